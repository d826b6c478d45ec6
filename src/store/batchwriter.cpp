#include "store/batchwriter.h"

#include "store/batchcolumns.h"
#include "store/batchreader.h"
#include "store/columnreader.h"
#include "store/filtersql.h"
#include "store/ownerlock.h"
#include "store/schema.h"
#include "store/sqlite.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Deleting them takes some 200 ms.
constexpr int SweptRows = 100'000;

/// Up to a year: nobody waits longer.
bool isDeliveryWait(std::chrono::milliseconds wait)
{
    constexpr std::chrono::hours longest(24 * 365);
    return wait >= std::chrono::milliseconds(0) && wait <= longest;
}

int number(RowState state)
{
    return static_cast<int>(state);
}

/// Where a send's end leaves its row: back in the queue if nothing reached the recipient
/// and another attempt may, else for good.
RowState stateAfter(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Accepted: return RowState::Accepted;
    case Outcome::Refused: return RowState::Refused;
    case Outcome::RateLimited:
    case Outcome::NotSent:
    case Outcome::Cancelled: return RowState::Waiting;
    case Outcome::Unknown: break;
    }
    return RowState::Unknown;
}

} // namespace

BatchWriter::BatchWriter(const SqliteConnection &connection, const OwnerLock &owner)
    : m_connection(connection)
    , m_owner(owner)
{ }

Result<BatchRecord> BatchWriter::ownable(qint64 batch) const
{
    const auto found = BatchReader(m_connection, m_owner, m_owner.id()).batch(batch);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return failure(ErrorKind::InvalidInput, u"no such batch"_s);
    if ((*found)->elsewhere)
        return failure(ErrorKind::StorageLocked, u"another process runs this batch"_s);
    return **found;
}

Result<void> BatchWriter::update(qint64 batch, const QString &set, const QVariantList &values) const
{
    return nextChange(m_connection).and_then([&](qint64 change) {
        return m_connection.execute("UPDATE batch SET change = ?, "_L1 + set + " WHERE id = ?"_L1,
                                    QVariantList{change} + values + QVariantList{batch});
    });
}

Result<qint64> BatchWriter::create(const BatchPlan &plan) const
{
    if (!isDeliveryWait(plan.deliveryWait))
        return failure(ErrorKind::InvalidInput, u"wait below 0 or above a year"_s);
    const auto change = nextChange(m_connection);
    if (!change)
        return tl::unexpected(change.error());
    const auto [sql, values] =
        insertBatch(plan, QDateTime::currentDateTimeUtc(), m_owner.id(), *change);
    const auto inserted = m_connection.run(sql, values);
    if (!inserted)
        return tl::unexpected(inserted.error());
    const qint64 batch = inserted->lastInsertId().toLongLong();
    return m_connection.execute(u"INSERT INTO batch_count (batch) VALUES (?)"_s, {batch})
        .map([batch] { return batch; });
}

Result<void> BatchWriter::addRows(qint64 batch, const QList<BatchRowInput> &rows) const
{
    const auto record = ownable(batch);
    if (!record)
        return tl::unexpected(record.error());
    if (record->state != BatchState::Building || !record->here)
        return failure(ErrorKind::InvalidInput, u"rows can be added while building only"_s);
    QList<QVariantList> values;
    values.reserve(rows.size());
    for (const BatchRowInput &row : rows) {
        if (row.row < 1)
            return failure(ErrorKind::InvalidInput, u"rows are numbered from 1"_s);
        values.append(batchRowValues(batch, row));
    }
    return m_connection.executeEach(insertBatchRow(), values).and_then([&] {
        return update(batch, u"row_count = row_count + ?"_s, {rows.size()});
    });
}

Result<void> BatchWriter::setState(qint64 batch, BatchState state, BatchPause pause) const
{
    if (state == BatchState::Building)
        return failure(ErrorKind::InvalidInput, u"a batch is built once"_s);
    return ownable(batch).and_then([&](const BatchRecord & /*record*/) {
        const bool isOver = state == BatchState::Stopped || state == BatchState::Finished;
        const auto now = QDateTime::currentDateTimeUtc().toMSecsSinceEpoch();
        return update(batch,
                      u"state = ?, pause = ?, ended_at = ?, delivery_ended_at = NULL,"
                      " delivery_end = 0"_s,
                      {static_cast<int>(state), static_cast<int>(pause),
                       isOver ? QVariant(now) : QVariant()})
            .and_then([&] { return endDelivery(batch); });
    });
}

Result<BatchRecord> BatchWriter::take(qint64 batch) const
{
    return ownable(batch).and_then([&](BatchRecord record) -> Result<BatchRecord> {
        if (record.state == BatchState::Building)
            return failure(ErrorKind::InvalidInput, u"never completely written down"_s);
        record.here = true;
        return update(batch, u"owner = ?"_s, {m_owner.id()}).map([&record] { return record; });
    });
}

Result<void> BatchWriter::release(qint64 batch) const
{
    return ownable(batch).and_then(
        [&](const BatchRecord & /*record*/) { return update(batch, u"owner = ''"_s, {}); });
}

Result<void> BatchWriter::setLimit(qint64 batch, int limit) const
{
    if (limit < 1)
        return failure(ErrorKind::InvalidInput, u"limit below 1"_s);
    return ownable(batch).and_then([&](const BatchRecord & /*record*/) {
        return update(batch, u"per_second = ?"_s, {limit});
    });
}

Result<void> BatchWriter::setDeliveryWait(qint64 batch, std::chrono::milliseconds wait) const
{
    if (!isDeliveryWait(wait))
        return failure(ErrorKind::InvalidInput, u"wait below 0 or above a year"_s);
    return ownable(batch).and_then([&](const BatchRecord &record) {
        // What ended because the time was over goes on if it is not any more.
        const QString reopen = record.deliveryEnd == DeliveryEnd::TimeOver
            ? u", delivery_ended_at = NULL, delivery_end = 0"_s
            : QString();
        return update(batch, "delivery_wait_ms = ?"_L1 + reopen, {toColumn(std::optional(wait))})
            .and_then([&] { return endDelivery(batch); });
    });
}

Result<void> BatchWriter::discard(qint64 batch) const
{
    return ownable(batch).and_then([&](const BatchRecord &record) -> Result<void> {
        if (record.state != BatchState::Building)
            return failure(ErrorKind::InvalidInput, u"completely written down"_s);
        // The batch itself stays, as nobody's, until the next sweep: a row that is gone
        // would not tell other processes that something changed.
        return update(batch, u"owner = ''"_s, {})
            .and_then([&] { return deleteRows(batch); })
            .map([](int /*deleted*/) {});
    });
}

Result<int> BatchWriter::retryRefused(qint64 batch, const QList<qint64> &rows) const
{
    const auto record = ownable(batch);
    if (!record)
        return tl::unexpected(record.error());
    // Without cells there is nothing to send: they were deleted with the history.
    QString sql = u"UPDATE batch_row SET state = ? WHERE batch = ? AND state = ?"
                  " AND length(cells) > 0"_s;
    QVariantList values{number(RowState::Waiting), batch, number(RowState::Refused)};
    if (!rows.isEmpty()) {
        sql += " AND row IN (SELECT value FROM json_each(?))"_L1;
        values.append(jsonList(rows));
    }
    const auto updated = m_connection.run(sql, values);
    if (!updated)
        return tl::unexpected(updated.error());
    const int count = updated->numRowsAffected();
    return update(batch, u"state = state"_s, {}).map([count] { return count; });
}

Result<void> BatchWriter::claimRow(const BatchRowRef &row, qint64 send) const
{
    const auto updated = m_connection.run(
        u"UPDATE batch_row SET state = ?, attempts = attempts + 1, last_send = ?"
        " WHERE batch = ? AND row = ? AND state = ?"
        " AND (SELECT state FROM batch WHERE id = ?) <> ?"_s,
        {number(RowState::InFlight), send, row.batch, row.row, number(RowState::Waiting), row.batch,
         static_cast<int>(BatchState::Building)});
    if (!updated)
        return tl::unexpected(updated.error());
    if (updated->numRowsAffected() != 1)
        return failure(ErrorKind::InvalidInput, u"the batch's row does not wait"_s);
    return {};
}

Result<void> BatchWriter::settleRow(const QString &sendId, Outcome outcome) const
{
    // The newest attempt decides; Unknown gives way only if it was the presumption, which
    // is the one case in which a settled send is settled again.
    auto moved =
        m_connection.execute(u"UPDATE batch_row SET state = ? FROM send s WHERE s.send_id = ?"
                             " AND batch_row.batch = s.batch AND batch_row.row = s.batch_row"
                             " AND batch_row.last_send = s.id AND batch_row.state IN (?, ?)"_s,
                             {number(stateAfter(outcome)), sendId, number(RowState::InFlight),
                              number(RowState::Unknown)});
    if (!moved)
        return moved;
    const auto batch = m_connection.value(u"SELECT batch FROM send WHERE send_id = ?"_s, {sendId});
    if (!batch)
        return tl::unexpected(batch.error());
    return batch->isNull() ? Result<void>() : endDelivery(batch->toLongLong());
}

Result<void> BatchWriter::endDelivery(qint64 batch) const
{
    auto query = m_connection.run(
        u"SELECT b.ended_at, b.delivery_wait_ms, c.in_flight + c.accepted + c.unknown"
        " - c.delivered - c.failed FROM batch b JOIN batch_count c ON c.batch = b.id"
        " WHERE b.id = ? AND b.state IN (?, ?) AND b.delivery_ended_at IS NULL"_s,
        {batch, static_cast<int>(BatchState::Stopped), static_cast<int>(BatchState::Finished)});
    if (!query)
        return tl::unexpected(query.error());
    const auto found = nextRow(*query);
    if (!found || !*found)
        return found.map([](bool) {});
    const qint64 ended = query->value(0).toLongLong();
    const qint64 timeOver = ended + query->value(1).toLongLong();
    const bool isAllHeard = query->value(2).toLongLong() <= 0;
    query->finish();
    // The clock may have been set back since.
    const qint64 now = std::max(ended, QDateTime::currentMSecsSinceEpoch());
    if (!isAllHeard && now < timeOver)
        return {};
    // Who looks late, e.g. after a restart, does not make it late.
    const bool isInTime = isAllHeard && now <= timeOver;
    const auto end = isInTime ? DeliveryEnd::AllHeard : DeliveryEnd::TimeOver;
    return update(batch, u"delivery_ended_at = ?, delivery_end = ?"_s,
                  {isInTime ? now : timeOver, static_cast<int>(end)});
}

Result<void> BatchWriter::endDeliveries() const
{
    const auto waiting = collectRows(
        m_connection.run(
            u"SELECT id FROM batch WHERE state IN (?, ?) AND delivery_ended_at IS NULL"_s,
            {static_cast<int>(BatchState::Stopped), static_cast<int>(BatchState::Finished)}),
        [](const QSqlQuery &query) { return query.value(0).toLongLong(); });
    if (!waiting)
        return tl::unexpected(waiting.error());
    for (const qint64 batch : *waiting) {
        if (auto done = endDelivery(batch); !done)
            return done;
    }
    return {};
}

Result<void> BatchWriter::settleRowsOf(const QString &owner) const
{
    return m_connection.execute(
        u"UPDATE batch_row SET state = ? FROM send s WHERE s.outcome IS NULL AND s.owner = ?"
        " AND batch_row.batch = s.batch AND batch_row.row = s.batch_row"
        " AND batch_row.last_send = s.id AND batch_row.state = ?"_s,
        {number(stateAfter(Outcome::Unknown)), owner, number(RowState::InFlight)});
}

Result<void> BatchWriter::sweep() const
{
    auto query = m_connection.run(u"SELECT id, owner FROM batch WHERE state = ?"_s,
                                  {static_cast<int>(BatchState::Building)});
    if (!query)
        return tl::unexpected(query.error());
    QList<qint64> abandoned;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query)) {
        if (m_owner.isDead(query->value(1).toString()))
            abandoned.append(query->value(0).toLongLong());
    }
    if (!more)
        return tl::unexpected(more.error());
    query->finish();
    for (const qint64 batch : std::as_const(abandoned)) {
        if (auto swept = sweep(batch); !swept)
            return swept;
    }
    return {};
}

Result<void> BatchWriter::sweep(qint64 batch) const
{
    const auto deleted = deleteRows(batch);
    if (!deleted)
        return tl::unexpected(deleted.error());
    if (*deleted == SweptRows)
        return {}; // the rest next time
    return m_connection.execute(u"DELETE FROM batch_count WHERE batch = ?"_s, {batch})
        .and_then(
            [&] { return m_connection.execute(u"DELETE FROM batch WHERE id = ?"_s, {batch}); });
}

Result<int> BatchWriter::deleteRows(qint64 batch) const
{
    return m_connection
        .run(u"DELETE FROM batch_row WHERE batch = ? AND row IN"
             " (SELECT row FROM batch_row WHERE batch = ? LIMIT ?)"_s,
             {batch, batch, SweptRows})
        .map([](const QSqlQuery &query) { return query.numRowsAffected(); });
}

Result<void> BatchWriter::adopt(const QString &before) const
{
    return m_connection.execute(u"UPDATE batch SET owner = ? WHERE owner = ?"_s,
                                {m_owner.id(), before});
}

} // namespace icebreaker
