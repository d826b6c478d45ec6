#pragma once

#include "store/historyreader.h"

#include <QCompleter>
#include <QStringList>

class QLineEdit;
class QStandardItemModel;

namespace icebreaker {

/// Completes what is typed into the log's filter, token by token: keys, and after a colon
/// the values that make sense there or were seen lately. Each proposal says what it is.
class FilterCompleter : public QCompleter
{
    Q_OBJECT

public:
    /// @param edit  whose text is a filter
    explicit FilterCompleter(QLineEdit &edit);

    /// Proposes them at once where there was nothing to propose.
    void setSeenValues(const SeenValues &values);
    /// What is proposed for @p text with the cursor at @p cursor: whole tokens.
    [[nodiscard]] QStringList proposals(const QString &text, int cursor) const;

signals:
    /// Somebody begins to type: the values had better be fresh.
    void valuesWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void propose();
    void hideProposals();
    void take(const QString &token);
    [[nodiscard]] QStringList valuesOf(const QString &key) const;

    QLineEdit &m_edit;
    QStandardItemModel *m_model;
    SeenValues m_seen;
    bool m_hasNothing = false; ///< Proposals were wanted.
};

} // namespace icebreaker
