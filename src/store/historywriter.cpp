#include "store/historywriter.h"

#include "core/batch.h"
#include "store/columnreader.h"
#include "store/deliverywriter.h"
#include "store/filtersql.h"
#include "store/schema.h"
#include "store/searchindexer.h"
#include "store/sqlite.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LongestStepMs = 4;
constexpr int RemainsPerStep = 200;

/// Goes through the next rows of one batch that is over; a row whose send is left follows
/// with that. @return how many rows it went through
Result<int> wipeBatchRows(const SqliteConnection &connection, qint64 endedBefore)
{
    auto query = connection.run(
        u"SELECT id, wiped_to FROM batch b WHERE state IN (?, ?) AND delivery_ended_at < ?"
        " AND wiped_to < (SELECT ifnull(max(row), 0) FROM batch_row WHERE batch = b.id) LIMIT 1"_s,
        {static_cast<int>(BatchState::Stopped), static_cast<int>(BatchState::Finished),
         endedBefore});
    if (!query)
        return tl::unexpected(query.error());
    const auto found = nextRow(*query);
    if (!found || !*found)
        return found.map([](bool) { return 0; });
    const qint64 batch = query->value(0).toLongLong();
    const qint64 first = query->value(1).toLongLong();
    query->finish();
    const qint64 last = first + RemainsPerStep;
    return connection
        .execute(u"UPDATE batch_row SET cells = x'', reason = '' WHERE batch = ? AND row > ?"
                 " AND row <= ? AND +state <> ? AND last_send IS NULL"_s,
                 {batch, first, last, static_cast<int>(RowState::Waiting)})
        .and_then([&] {
            return connection.execute(u"UPDATE batch SET wiped_to = ? WHERE id = ?"_s,
                                      {last, batch});
        })
        .map([] { return RemainsPerStep; });
}

} // namespace

struct HistoryWriter::Candidate {
    qint64 row = 0;
    QString sendId;
    qint64 batch = 0; ///< 0: none.
    qint64 batchRow = 0;
    bool mayGo = false;
};

QString removableCondition()
{
    return u"s.outcome IS NOT NULL AND s.claimed_at <= ? AND (s.batch IS NULL OR NOT EXISTS"
           " (SELECT 1 FROM batch b WHERE b.id = s.batch"
           " AND (b.state NOT IN (%1, %2) OR b.delivery_ended_at IS NULL)))"_s.arg(
               QString::number(static_cast<int>(BatchState::Stopped)),
               QString::number(static_cast<int>(BatchState::Finished)));
}

HistoryWriter::HistoryWriter(const SqliteConnection &connection, const DeliveryWriter &deliveries)
    : m_connection(connection)
    , m_deliveries(deliveries)
{ }

Result<QList<HistoryWriter::Candidate>> HistoryWriter::candidates(const QList<qint64> &rows,
                                                                  const QDateTime &now) const
{
    const qint64 latest =
        now.toMSecsSinceEpoch() - std::chrono::milliseconds(YoungestRemoved).count();
    return collectRows(
        m_connection.run("SELECT s.id, s.send_id, ifnull(s.batch, 0), ifnull(s.batch_row, 0), "_L1
                             + removableCondition()
                             + " FROM send s WHERE s.id IN (SELECT value FROM json_each(?))"
                               " ORDER BY s.id DESC"_L1,
                         {latest, jsonList(rows)}),
        [](const QSqlQuery &query) {
            ColumnReader column(query);
            Candidate send;
            send.row = column.number();
            send.sendId = column.text();
            send.batch = column.number();
            send.batchRow = column.number();
            send.mayGo = column.flag();
            return send;
        });
}

Result<SendsRemoved> HistoryWriter::remove(const QList<qint64> &rows, const QDateTime &now) const
{
    QElapsedTimer time;
    time.start();
    const auto sends = candidates(rows, now);
    if (!sends)
        return tl::unexpected(sends.error());
    QHash<qint64, Candidate> byRow;
    for (const Candidate &send : *sends)
        byRow.insert(send.row, send);
    SendsRemoved result;
    QList<qint64> removed;
    for (const qint64 row : rows) {
        ++result.seen;
        const auto send = byRow.constFind(row);
        const bool isGone = send == byRow.cend();
        result.kept += !isGone && !send->mayGo;
        if (isGone || !send->mayGo)
            continue;
        const auto done = (removed.isEmpty() ? note(rows) : Result<void>()).and_then([&] {
            return removeOne(*send);
        });
        if (!done)
            return tl::unexpected(done.error());
        removed.append(row);
        if (time.hasExpired(LongestStepMs))
            break;
    }
    result.removed = removed.size();
    return result;
}

/// Before the first of them goes: the highest row and change may be theirs.
Result<void> HistoryWriter::note(const QList<qint64> &removed) const
{
    const auto change = nextChange(m_connection);
    if (!change)
        return tl::unexpected(change.error());
    auto noted = m_connection.execute(
        u"UPDATE history SET last_row = max(last_row, (SELECT max(id) FROM send)),"
        " last_change = ?, deletions = deletions + 1, scrub = 1"_s,
        {*change});
    QSet<qint64> shards;
    for (const qint64 row : removed)
        shards.insert(searchindex::shardOf(row));
    for (const qint64 shard : std::as_const(shards)) {
        if (!noted)
            return noted;
        noted = m_connection.execute(u"INSERT INTO purge VALUES (?, 1)"
                                     " ON CONFLICT DO UPDATE SET version = version + 1"_s,
                                     {shard});
    }
    return noted;
}

Result<void> HistoryWriter::removeOne(const Candidate &send) const
{
    auto done = m_deliveries.forget(send.row, send.sendId);
    if (send.batch > 0) {
        done = done.and_then([&] {
            // "+": by the row's key, not by all of the batch that are in a state.
            return m_connection.execute(u"UPDATE batch_row SET last_send = NULL,"
                                        " cells = CASE +state WHEN %1 THEN cells ELSE x'' END,"
                                        " reason = CASE +state WHEN %1 THEN reason ELSE '' END"
                                        " WHERE batch = ? AND row = ? AND last_send = ?"_s.arg(
                                            static_cast<int>(RowState::Waiting)),
                                        {send.batch, send.batchRow, send.row});
        });
    }
    for (const auto &table : {"connection"_L1, "answer"_L1, "request"_L1, "send"_L1}) {
        done = done.and_then([&] {
            return m_connection.execute("DELETE FROM "_L1 + table + " WHERE id = ?"_L1, {send.row});
        });
    }
    return done;
}

Result<int> HistoryWriter::removeRemains(const QDateTime &moment) const
{
    const qint64 before = moment.toMSecsSinceEpoch();
    const auto events =
        m_connection.run(u"DELETE FROM event WHERE id IN (SELECT id FROM event WHERE tied_by = 0"
                         " AND arrived_at < ? LIMIT ?)"_s,
                         {before, RemainsPerStep});
    if (!events)
        return tl::unexpected(events.error());
    const int deleted = events->numRowsAffected();
    auto rows = wipeBatchRows(m_connection, before);
    if (!rows)
        return rows;
    const int count = deleted + *rows;
    if (count == 0)
        return 0;
    return m_connection.execute(u"UPDATE history SET scrub = 1"_s).map([count] { return count; });
}

Result<bool> HistoryWriter::checkpoint() const
{
    return m_connection.value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s).map([](const QVariant &busy) {
        return busy.toInt() == 0;
    });
}

Result<bool> HistoryWriter::scrub(bool rewrite) const
{
    const auto needed = m_connection.value(u"SELECT scrub FROM history"_s);
    if (!needed)
        return tl::unexpected(needed.error());
    if (needed->toInt() == 0 || !rewrite)
        return checkpoint().map([&](bool done) { return done && needed->toInt() == 0; });
    return checkpoint()
        .and_then([this](bool /*done*/) { return m_connection.execute(u"VACUUM"_s); })
        .and_then([this] { return m_connection.execute(u"UPDATE history SET scrub = 0"_s); })
        .and_then([this] { return checkpoint(); });
}

} // namespace icebreaker
