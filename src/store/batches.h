#pragma once

#include "core/batch.h"
#include "core/error.h"

#include <QFuture>
#include <QObject>

namespace icebreaker {

class Journal;

/// Batches in the journal: what they are made of and how far each row is. A row's state
/// changes in the same transaction as its send's claim and outcome (Journal::claim with
/// Claim::batchRow, Journal::settle, Journal::recover), so that no crash can part them:
///   claim -> InFlight; Accepted, Refused and Unknown stay; RateLimited, NotSent and
///   Cancelled put the row back to Waiting.
/// Journal::claim fails with InvalidInput, and records nothing, for a batch row that is
/// not Waiting: whatever goes wrong above, no row is sent twice.
///
/// Same threads, errors and rules as Journal, which must outlive it and be open.
class Batches : public QObject
{
    Q_OBJECT

public:
    explicit Batches(Journal &journal, QObject *parent = nullptr);

    /// A new batch in state Building, run by this process. @return its id
    [[nodiscard]] QFuture<Result<qint64>> create(const BatchPlan &plan);
    /// Adds rows to a batch in state Building; in chunks, so that claims get through
    /// between them (5,000 rows each is a good size).
    QFuture<Result<void>> addRows(qint64 batch, const QList<BatchRowInput> &rows);
    /// Running, Paused, Stopped, Finished; leaving Building makes it resumable.
    QFuture<Result<void>> setState(qint64 batch, BatchState state,
                                   BatchPause pause = BatchPause::None);
    /// Makes this process the one that runs it. Fails with StorageLocked if another live
    /// process runs it, with InvalidInput if there is no such batch or it was never
    /// completely written down (Building).
    [[nodiscard]] QFuture<Result<BatchRecord>> take(qint64 batch);
    /// Lets others resume it.
    QFuture<Result<void>> release(qint64 batch);
    /// Another limit from now on, e.g. after an approval.
    QFuture<Result<void>> setLimit(qint64 batch, int limit);
    /// Deletes a batch that was never completely written down. Sends stay in any case.
    QFuture<Result<void>> discard(qint64 batch);

    /// Newest first. Without those that a dead process left in Building.
    [[nodiscard]] QFuture<Result<QList<BatchRecord>>> list();
    [[nodiscard]] QFuture<Result<std::optional<BatchRecord>>> batch(qint64 batch);
    [[nodiscard]] QFuture<Result<BatchCounts>> counts(qint64 batch);

    /// The next rows that wait, in file order, above @p after; without `last`.
    [[nodiscard]] QFuture<Result<QList<BatchRow>>> waiting(qint64 batch, qint64 after, int limit);
    /// These rows with their newest attempt, in this order.
    [[nodiscard]] QFuture<Result<QList<BatchRow>>> rows(qint64 batch, const QList<qint64> &rows);
    /// Numbers of all rows in one of @p states (empty: all), in file order.
    [[nodiscard]] QFuture<Result<QList<qint64>>> rowNumbers(qint64 batch,
                                                            const QList<RowState> &states);
    /// Puts refused rows back to Waiting. @param rows  empty: all refused ones @return how many
    QFuture<Result<int>> retryRefused(qint64 batch, const QList<qint64> &rows = {});

signals:
    /// Something about these batches is new or different, also by other processes.
    void changed(const QList<qint64> &batches);
};

} // namespace icebreaker
