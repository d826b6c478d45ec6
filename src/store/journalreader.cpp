#include "store/journalreader.h"

#include "store/columnreader.h"
#include "store/connectionkeeping.h"
#include "store/eventcolumns.h"
#include "store/logsearch.h"
#include "store/rowmapping.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

JournalReader::JournalReader(const QString &folder, JournalState &state)
    : m_file(folder)
    , m_owners(folder)
    , m_state(state)
    , m_index(folder)
{ }

void JournalReader::close()
{
    m_index.close();
    m_connection.close();
    m_generation = 0;
}

void JournalReader::note(const Error &error)
{
    if (error.kind != ErrorKind::StorageCorrupt)
        return;
    m_state.damaged = true;
    m_file.markDamaged();
}

Result<void> JournalReader::connect()
{
    const int generation = m_state.generation;
    if (generation == 0)
        return failure(ErrorKind::Storage, u"journal is not open"_s);
    if (generation == m_generation)
        return {};
    close();
    return m_connection.open(m_file.path())
        .and_then([this] { return m_connection.execute(u"PRAGMA query_only = ON"_s); })
        .map([this, generation] {
            m_generation = generation;
            m_dataVersion = 0;
            m_seenChange = m_state.openedAtChange;
            m_seenUnmatched = m_state.openedAtUnmatched;
            m_seenDeletions = m_state.openedAtDeletions;
        });
}

Result<QList<qint64>> JournalReader::rows(const LogFilter &filter, qint64 before, int limit,
                                          const std::function<bool()> &isCancelled)
{
    return read([&] {
        return LogSearch(m_connection, m_index, filter).rows(before, limit, [&] {
            return m_state.closing || isCancelled();
        });
    });
}

Result<QList<qint64>> JournalReader::matching(const LogFilter &filter, const QList<qint64> &rows)
{
    return read([&] { return LogSearch(m_connection, m_index, filter).matching(rows); });
}

Result<QList<SendRecord>> JournalReader::records(const QList<qint64> &rows)
{
    return read([&]() -> Result<QList<SendRecord>> {
        auto query =
            m_connection.run("SELECT "_L1 + summaryColumns()
                                 + " FROM send s WHERE s.id IN (SELECT value FROM json_each(?))"_L1,
                             {jsonList(rows)});
        if (!query)
            return tl::unexpected(query.error());
        QHash<qint64, SendRecord> byRow;
        auto more = nextRow(*query);
        for (; more && *more; more = nextRow(*query)) {
            const SendRecord record = readSummary(*query);
            byRow.insert(record.row, record);
        }
        if (!more)
            return tl::unexpected(more.error());
        QList<SendRecord> records;
        for (const qint64 row : rows) {
            if (const auto found = byRow.constFind(row); found != byRow.cend())
                records.append(*found);
        }
        return records;
    });
}

Result<QList<SendRecord>> JournalReader::wholeRecords(const QList<qint64> &rows)
{
    auto whole = records(rows);
    for (qsizetype i = 0; whole && i < whole->size(); ++i) {
        if (const auto read = readBodies((*whole)[i]); !read)
            return tl::unexpected(read.error());
    }
    return whole;
}

Result<std::optional<SendRecord>> JournalReader::record(qint64 row)
{
    return read([&]() -> Result<std::optional<SendRecord>> {
        auto query = m_connection.run(
            "SELECT "_L1 + summaryColumns() + " FROM send s WHERE s.id = ?"_L1, {row});
        if (!query)
            return tl::unexpected(query.error());
        const auto found = nextRow(*query);
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            return std::nullopt;
        SendRecord record = readSummary(*query);
        return readBodies(record).map([&] { return std::optional(record); });
    });
}

Result<void> JournalReader::readBodies(SendRecord &record) const
{
    auto query = m_connection.run(u"SELECT r.body, a.headers, a.body FROM request r"
                                  " LEFT JOIN answer a ON a.id = r.id WHERE r.id = ?"_s,
                                  {record.row});
    if (!query)
        return tl::unexpected(query.error());
    return nextRow(*query)
        .map([&](bool found) {
            if (!found)
                return;
            record.claim.body = query->value(0).toByteArray();
            record.answer.headers = headersFromBytes(query->value(1).toByteArray());
            record.answer.body = query->value(2).toByteArray();
        })
        .and_then([&] { return readConnection(m_connection, record.row); })
        .map([&record](const std::optional<ConnectionFacts> &facts) {
            record.answer.connection = facts;
        });
}

Result<QList<KeptEvent>> JournalReader::events(const QString &sendId)
{
    return read([&]() -> Result<QList<KeptEvent>> {
        auto query = m_connection.run("SELECT "_L1 + eventColumns()
                                          + " FROM event WHERE send_id = ? ORDER BY id"_L1,
                                      {notNull(sendId)});
        return collectRows(std::move(query), readEvent);
    });
}

Result<qint64> JournalReader::count()
{
    return read([&]() -> Result<qint64> {
        return m_connection.value(u"SELECT count(*) FROM send"_s).map([](const QVariant &value) {
            return value.toLongLong();
        });
    });
}

Result<QList<LaneStart>> JournalReader::laneActivity(const QString &lane, const QDateTime &since)
{
    return read([&]() -> Result<QList<LaneStart>> {
        // The moment selects by an index; a lane has a good part of what happened since.
        auto query = m_connection.run(u"SELECT claimed_at, outcome FROM send"
                                      " WHERE claimed_at >= ? AND lane = ?"
                                      " ORDER BY claimed_at, id"_s,
                                      {since.toMSecsSinceEpoch(), notNull(lane)});
        if (!query)
            return tl::unexpected(query.error());
        QList<LaneStart> starts;
        auto more = nextRow(*query);
        for (; more && *more; more = nextRow(*query)) {
            ColumnReader column(*query);
            LaneStart start;
            start.at = column.time();
            if (const auto outcome = column.optionalNumber())
                start.outcome = static_cast<Outcome>(*outcome);
            starts.append(start);
        }
        return more.map([&starts](bool) { return starts; });
    });
}

Result<Funnel> JournalReader::funnel(const LogFilter &filter,
                                     const std::function<bool()> &isCancelled)
{
    return readDeliveries([&](const DeliveryReader &reader) {
        LogSearch search(m_connection, m_index, filter);
        return reader.funnel(filter, search, [&] { return m_state.closing || isCancelled(); });
    });
}

Result<JournalChanges> JournalReader::changes()
{
    return read([&]() -> Result<JournalChanges> {
        const auto version = m_connection.value(u"PRAGMA data_version"_s);
        if (!version)
            return tl::unexpected(version.error());
        JournalChanges changes;
        if (version->toLongLong() == m_dataVersion)
            return changes;
        // One statement: a write between two of them could be missed.
        auto query =
            m_connection.run(u"SELECT 0, change, id, batch FROM send WHERE change > ?"
                             " UNION ALL SELECT 0, change, NULL, id FROM batch"
                             " WHERE change > ?"
                             " UNION ALL SELECT 1, version, NULL, NULL FROM event_count"
                             " WHERE version > ?"
                             " UNION ALL SELECT 2, deletions, NULL, NULL FROM history"
                             " WHERE deletions > ? ORDER BY 2"_s,
                             {m_seenChange, m_seenChange, m_seenUnmatched, m_seenDeletions});
        if (!query)
            return tl::unexpected(query.error());
        const auto taken = takeChanges(*query, changes);
        if (!taken)
            return tl::unexpected(taken.error());
        m_dataVersion = version->toLongLong();
        return changes;
    });
}

Result<void> JournalReader::takeChanges(QSqlQuery &query, JournalChanges &changes)
{
    std::array seen{m_seenChange, m_seenUnmatched, m_seenDeletions};
    QSet<qint64> batches;
    auto more = nextRow(query);
    for (; more && *more; more = nextRow(query)) {
        ColumnReader column(query);
        const auto kind = static_cast<std::size_t>(column.number());
        const qint64 change = column.number();
        if (const auto row = column.optionalNumber())
            changes.rows.append(*row);
        if (const auto batch = column.optionalNumber())
            batches.insert(*batch);
        changes.unmatched = changes.unmatched || kind == 1;
        changes.removed = changes.removed || kind == 2;
        seen.at(kind) = std::max(seen.at(kind), change);
    }
    if (!more)
        return tl::unexpected(more.error());
    changes.batches = batches.values();
    m_seenChange = seen[0];
    m_seenUnmatched = seen[1];
    m_seenDeletions = seen[2];
    return {};
}

} // namespace icebreaker
