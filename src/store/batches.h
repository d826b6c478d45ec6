#pragma once

#include "core/batch.h"
#include "core/error.h"

#include <QFuture>
#include <QObject>

namespace icebreaker {

class Journal;
class JournalThreads;

/// Batches in the journal: what they are made of and how far each row is. A row's state
/// changes in the same transaction as its send's claim and outcome (Journal::claim with
/// Claim::batchRow, Journal::settle, Journal::recover), so that no crash can part them:
///   claim -> InFlight; Accepted, Refused and Unknown stay; RateLimited, NotSent and
///   Cancelled put the row back to Waiting.
/// Journal::claim fails with InvalidInput, and records nothing, for a batch row that is
/// not Waiting: whatever goes wrong above, no row is sent twice. The same for a batch that
/// is still Building.
///
/// A batch belongs to the process that runs it, from create() or take() until release() or
/// the end of the process: what changes it fails with StorageLocked while another live
/// process does, and with InvalidInput if there is no such batch. What a dead process left
/// Running stays Running, with `elsewhere` and `here` both false: it can be taken, and goes
/// on where it was. What one left in Building is as good as gone, and deleted by the next
/// Journal::open() or recover().
///
/// A batch ends twice: when it is Finished or Stopped, and then (BatchRecord::deliveryEndedAt)
/// when every message that may have left is delivered, read or failed, or
/// BatchPlan::deliveryWait is over. The second end is noted with the event that brings it,
/// whichever process takes it, or within seconds of its time by Journal::recover(); it is
/// taken back when the batch goes on, and never by what is heard afterwards.
///
/// Same threads, errors and rules as Journal, which must outlive it and be open.
class Batches : public QObject
{
    Q_OBJECT

public:
    explicit Batches(Journal &journal, QObject *parent = nullptr);

    /// A new batch in state Building, run by this process. @return its id
    [[nodiscard]] QFuture<Result<qint64>> create(const BatchPlan &plan);
    /// Adds rows to a batch that this process builds; in chunks, so that claims get through
    /// between them (5,000 rows each is a good size).
    QFuture<Result<void>> addRows(qint64 batch, const QList<BatchRowInput> &rows);
    /// Running, Paused, Stopped, Finished; leaving Building makes it resumable. Fails with
    /// InvalidInput for Building.
    QFuture<Result<void>> setState(qint64 batch, BatchState state,
                                   BatchPause pause = BatchPause::None);
    /// Makes this process the one that runs it. Fails with StorageLocked if another live
    /// process runs it, with InvalidInput if there is no such batch or it was never
    /// completely written down (Building). The state stays.
    [[nodiscard]] QFuture<Result<BatchRecord>> take(qint64 batch);
    /// Lets others resume it.
    QFuture<Result<void>> release(qint64 batch);
    /// Another limit from now on, e.g. after an approval. Fails with InvalidInput below 1.
    QFuture<Result<void>> setLimit(qint64 batch, int limit);
    /// How long after its end news of its messages are waited for, up to a year; 0: not at
    /// all. Fails with InvalidInput for anything else. A batch whose time was over is waited
    /// for again if it is not any more.
    QFuture<Result<void>> setDeliveryWait(qint64 batch, std::chrono::milliseconds wait);
    /// Deletes a batch that was never completely written down; fails with InvalidInput for
    /// any other. What is more than 100,000 rows is deleted by Journal::recover().
    QFuture<Result<void>> discard(qint64 batch);

    /// Newest first. Without those that a dead process left in Building.
    [[nodiscard]] QFuture<Result<QList<BatchRecord>>> list();
    [[nodiscard]] QFuture<Result<std::optional<BatchRecord>>> batch(qint64 batch);
    /// Zeroes if there is no such batch. Costs the same for ten rows and for a million.
    [[nodiscard]] QFuture<Result<BatchCounts>> counts(qint64 batch);

    /// The next rows that wait, in file order, above @p after; without `last`.
    [[nodiscard]] QFuture<Result<QList<BatchRow>>> waiting(qint64 batch, qint64 after, int limit);
    /// These rows with their newest attempt, in this order; those that do not exist are left
    /// out.
    [[nodiscard]] QFuture<Result<QList<BatchRow>>> rows(qint64 batch, const QList<qint64> &rows);
    /// Numbers of all rows in one of @p states (empty: all), in file order.
    [[nodiscard]] QFuture<Result<QList<qint64>>> rowNumbers(qint64 batch,
                                                            const QList<RowState> &states);
    /// Puts refused rows, and no others, back to Waiting. @param rows  empty: all refused ones @return how many
    QFuture<Result<int>> retryRefused(qint64 batch, const QList<qint64> &rows = {});

signals:
    /// Something about these batches or their sends is new or different: at once for this
    /// journal's own writes, within about a second for those of other processes.
    void changed(const QList<qint64> &batches);

private:
    template <typename Work>
    [[nodiscard]] auto write(Work work);
    template <typename Work>
    [[nodiscard]] auto read(Work work);

    JournalThreads &m_threads;
};

} // namespace icebreaker
