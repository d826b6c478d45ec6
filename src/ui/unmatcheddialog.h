#pragma once

#include "core/error.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QDialog>
#include <QModelIndexList>

#include <memory>

namespace Ui {
class UnmatchedDialog;
} // namespace Ui

namespace icebreaker {

class Deliveries;
class TextTableModel;
class UnmatchedModel;

/// Statuses that are tied to no send: what came, which sends it may be of, and a button to
/// say so. Nothing is tied without that.
class UnmatchedDialog : public QDialog
{
    Q_OBJECT

public:
    explicit UnmatchedDialog(Deliveries &deliveries, QWidget *parent = nullptr);
    ~UnmatchedDialog() override;

signals:
    /// Somebody said which send it is of.
    void assigned(const QString &sendId);
    void failed(const icebreaker::Error &error);

private:
    void buildTables();
    void showCount();
    void showCurrent();
    void loadCandidates(const KeptEvent &event);
    void showCandidates(const QList<SendRecord> &records, const QDateTime &happenedAt);
    void showActions();
    void assign();
    void copyText();
    void copyRaw();
    [[nodiscard]] QModelIndexList selected() const;

    std::unique_ptr<Ui::UnmatchedDialog> m_ui;
    Deliveries &m_deliveries;
    UnmatchedModel *m_events;
    TextTableModel *m_candidates;
    QList<SendRecord> m_records; ///< The candidates.
    qint64 m_current = 0; ///< Number of the event whose candidates are shown.
};

} // namespace icebreaker
