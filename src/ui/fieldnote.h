#pragma once

#include "core/requestcheck.h"

#include <QLabel>

namespace icebreaker {

/// The line under a field that says what is wrong, with the mend as a link. Takes no
/// room while nothing is wrong.
class FieldNote : public QLabel
{
    Q_OBJECT

public:
    explicit FieldNote(QWidget *parent = nullptr);

    /// Shows the first entry of @p field and marks @p editor if it is an error. Without
    /// one shows @p hint, if any.
    void show(const QList<CheckEntry> &entries, Field field, QWidget *editor,
              const QString &hint = {});
    /// Shows the hint also above an entry, not only in its place.
    void setKeepsHint(bool keeps) { m_keepsHint = keeps; }
    /// Words before the entry's own, e.g. "Row 2:".
    void setPrefix(const QString &prefix) { m_prefix = prefix; }
    /// A link behind the text, e.g. "Use built-in inbox".
    struct Action {
        QString name; ///< For actionRequested().
        QString text;
    };
    void setActions(const QList<Action> &actions) { m_actions = actions; }

signals:
    void mendRequested(const icebreaker::CheckEntry &entry);
    void actionRequested(const QString &name);

private:
    void follow(const QString &link);

    CheckEntry m_entry;
    QString m_prefix;
    QList<Action> m_actions;
    bool m_keepsHint = false;
};

} // namespace icebreaker
