#pragma once

#include "core/batch.h"
#include "core/error.h"
#include "core/outcome.h"

#include <QList>
#include <QString>
#include <QVariant>

#include <chrono>

namespace icebreaker {

class OwnerLock;
class SqliteConnection;

/// What JournalWriter does to batches and their rows. Every function runs inside a
/// transaction on the journal's write thread; the meaning of those that Batches has as
/// well is that of their namesake there.
class BatchWriter
{
public:
    BatchWriter(const SqliteConnection &connection, const OwnerLock &owner);

    [[nodiscard]] Result<qint64> create(const BatchPlan &plan) const;
    [[nodiscard]] Result<void> addRows(qint64 batch, const QList<BatchRowInput> &rows) const;
    [[nodiscard]] Result<void> setState(qint64 batch, BatchState state, BatchPause pause) const;
    [[nodiscard]] Result<BatchRecord> take(qint64 batch) const;
    [[nodiscard]] Result<void> release(qint64 batch) const;
    [[nodiscard]] Result<void> setLimit(qint64 batch, int limit) const;
    [[nodiscard]] Result<void> setDeliveryWait(qint64 batch, std::chrono::milliseconds wait) const;
    [[nodiscard]] Result<void> discard(qint64 batch) const;
    [[nodiscard]] Result<int> retryRefused(qint64 batch, const QList<qint64> &rows) const;

    /// The row goes to InFlight with @p send, the row of the log. Fails with InvalidInput
    /// unless it waits and its batch is completely written down.
    [[nodiscard]] Result<void> claimRow(const BatchRowRef &row, qint64 send) const;
    /// The row of @p sendId, if it has one, goes to where @p outcome puts it.
    [[nodiscard]] Result<void> settleRow(const QString &sendId, Outcome outcome) const;
    /// The rows that @p owner has in flight go to Unknown; before their sends are settled.
    [[nodiscard]] Result<void> settleRowsOf(const QString &owner) const;
    /// Notes the second end of a batch that has come to its first one, if every message that
    /// may have left was heard of for good, or the time to wait is over.
    [[nodiscard]] Result<void> endDelivery(qint64 batch) const;
    /// The same for all batches that are waited for.
    [[nodiscard]] Result<void> endDeliveries() const;
    /// Deletes what dead processes left in Building, and what discard() left: at most some
    /// 100,000 rows of each batch at a time, so that the file is not locked for long.
    [[nodiscard]] Result<void> sweep() const;
    /// Makes this process, under its new id, the one that runs what @p before ran.
    [[nodiscard]] Result<void> adopt(const QString &before) const;

private:
    /// Fails with InvalidInput if there is no such batch, and with StorageLocked if another
    /// live process runs it. @return it
    [[nodiscard]] Result<BatchRecord> ownable(qint64 batch) const;
    /// Sets columns of a batch and says that it changed. @param set  e.g. "owner = ?"
    [[nodiscard]] Result<void> update(qint64 batch, const QString &set,
                                      const QVariantList &values) const;
    [[nodiscard]] Result<void> sweep(qint64 batch) const;
    /// As many as are swept at a time. @return how many
    [[nodiscard]] Result<int> deleteRows(qint64 batch) const;

    const SqliteConnection &m_connection;
    const OwnerLock &m_owner;
};

} // namespace icebreaker
