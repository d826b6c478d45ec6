#pragma once

#include "share/bundle.h"
#include "store/logfilter.h"
#include "store/worker.h"

#include <QObject>

namespace icebreaker {

class Journal;

/// The most sends that go into one bundle; for more there are exports.
inline constexpr qsizetype BundleMostSends = 1000;
/// The most that their requests and answers may be together.
inline constexpr qint64 BundleMostBytes = 32LL * 1024 * 1024;

/// Collects sends and their events out of the journal, and makes bundles of them in a worker.
/// What was collected is kept, so that another choice of what to hide asks the journal
/// nothing.
class BundleJob : public QObject
{
    Q_OBJECT

public:
    /// @param journal  open, and outlives this
    explicit BundleJob(Journal &journal, QObject *parent = nullptr);
    ~BundleJob() override;

    /// @param rows  these; those that match @p filter, if there are none
    void collect(const QList<qint64> &rows, const LogFilter &filter);
    /// What was collected; to be completed before make().
    [[nodiscard]] BundleInput &input() { return m_input; }
    /// Redacts what was collected, and emits made(). Of several calls the last one counts.
    void make(const RedactionChoices &choices, const QByteArrayList &secrets);

signals:
    void progressed(qint64 sends, qint64 ofSends);
    void collected();
    void made(const icebreaker::MadeBundle &bundle);
    /// JournalFailed, or TooMuch: more than BundleMostSends or BundleMostBytes.
    void failed(const icebreaker::ExportReport &report);

private:
    void take(const QList<qint64> &rows);
    void nextPage();
    void nextEvents();

    Journal &m_journal;
    BundleInput m_input;
    QList<qint64> m_rows;
    qint64 m_bytes = 0;
    qsizetype m_done = 0;
    int m_generation = 0;
    Worker m_worker;
};

} // namespace icebreaker
