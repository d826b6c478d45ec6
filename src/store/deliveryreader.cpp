#include "store/deliveryreader.h"

#include "core/funnelcounter.h"
#include "store/columnreader.h"
#include "store/eventcolumns.h"
#include "store/eventties.h"
#include "store/filtersql.h"
#include "store/logsearch.h"
#include "store/numberlist.h"
#include "store/sqlite.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// How long before an event its send is looked for when a person will choose.
constexpr qint64 CandidateWindowMs = 7LL * 24 * 3600 * 1000;

constexpr auto FunnelColumns =
    ", s.outcome AS outcome, s.delivery AS delivery,"
    " s.guess > 0 AS guessed, s.submitted_at - s.settled_at AS submitted,"
    " s.delivered_at - s.settled_at AS delivered,"
    " s.read_at - s.settled_at AS read"_L1;

/// Rows with FunnelColumns in groups: a column of a row takes longer to fetch than all else,
/// and this way there are some twenty rows instead of a million.
QString grouped(const QString &rows)
{
    return "SELECT outcome, delivery, guessed, count(*), CAST(group_concat(submitted) AS BLOB),"
           " CAST(group_concat(delivered) AS BLOB), CAST(group_concat(read) AS BLOB) FROM ("_L1
        + rows + ") GROUP BY outcome, delivery, guessed"_L1;
}

FunnelGroup readGroup(const QSqlQuery &query)
{
    ColumnReader column(query);
    FunnelGroup group;
    if (const auto outcome = column.optionalNumber())
        group.outcome = static_cast<Outcome>(*outcome);
    group.delivery = static_cast<DeliveryStatus>(column.integer());
    group.isGuessed = column.flag();
    group.sends = column.number();
    group.submitted = numberList(column.bytes());
    group.delivered = numberList(column.bytes());
    group.read = numberList(column.bytes());
    return group;
}

} // namespace

DeliveryReader::DeliveryReader(const SqliteConnection &connection)
    : m_connection(connection)
{ }

Result<QList<KeptEvent>> DeliveryReader::unmatched(qint64 before, int limit) const
{
    const qint64 end = before > 0 ? before : std::numeric_limits<qint64>::max();
    return collectRows(m_connection.run("SELECT "_L1 + eventColumns()
                                            + " FROM event WHERE tied_by = 0 AND id < ?"
                                              " ORDER BY id DESC LIMIT ?"_L1,
                                        {end, limit}),
                       readEvent);
}

Result<qint64> DeliveryReader::unmatchedCount() const
{
    return m_connection.value(u"SELECT unmatched FROM event_count"_s)
        .map([](const QVariant &count) { return count.toLongLong(); });
}

Result<QList<SendRecord>> DeliveryReader::candidates(qint64 event, int limit) const
{
    const auto found = collectRows(
        m_connection.run("SELECT "_L1 + eventColumns() + " FROM event WHERE id = ?"_L1, {event}),
        readEvent);
    if (!found)
        return tl::unexpected(found.error());
    if (found->isEmpty())
        return failure(ErrorKind::InvalidInput, u"no such event"_s);
    const KeptEvent &kept = found->front();
    const QString number = comparedNumber(kept.event.to);
    const auto latest = latestClaim(kept.event, kept.source);
    if (number.isEmpty() || !latest)
        return QList<SendRecord>();
    return collectRows(m_connection.run("SELECT "_L1 + summaryColumns() + " FROM send s WHERE "_L1
                                            + numberExpression()
                                            + " = ? AND claimed_at BETWEEN ? AND ?"
                                              " AND (outcome IS NULL OR outcome IN (?, ?))"
                                              " ORDER BY claimed_at DESC, id DESC LIMIT ?"_L1,
                                        {number, *latest - CandidateWindowMs, *latest,
                                         static_cast<int>(Outcome::Accepted),
                                         static_cast<int>(Outcome::Unknown), limit}),
                       [](const QSqlQuery &query) { return readSummary(query); });
}

Result<std::optional<KeptConversation>> DeliveryReader::conversation(qint64 row) const
{
    return m_connection.value(u"SELECT kept FROM conversation WHERE id = ?"_s, {row})
        .map([](const QVariant &kept) { return keptConversationFromJson(kept.toByteArray()); });
}

Result<std::optional<qint64>>
DeliveryReader::lastGood(qint64 row, const std::function<bool()> &isCancelled) const
{
    auto best = lastLike(row, "+g.delivery IN (2, 3)"_L1, isCancelled);
    if (!best || *best)
        return best;
    return lastLike(row, "g.delivery NOT IN (4, 5, 6)"_L1, isCancelled);
}

Result<std::optional<qint64>>
DeliveryReader::lastLike(qint64 row, QLatin1StringView condition,
                         const std::function<bool()> &isCancelled) const
{
    for (qint64 end = row; end > 1 && !isCancelled();) {
        const qint64 first = std::max<qint64>(1, end - SearchStep);
        // The pluses keep SQLite from an index whose rows it would have to sort.
        const auto found = m_connection.value(
            "SELECT g.id FROM send g, send s WHERE s.id = ? AND g.id >= ? AND g.id < ?"
            " AND +g.outcome = 1 AND g.template = s.template AND g.channel = s.channel"
            " AND (s.template <> '' OR g.agent = s.agent) AND "_L1
                + condition + " ORDER BY g.id DESC LIMIT 1"_L1,
            {row, first, end});
        if (!found)
            return tl::unexpected(found.error());
        if (found->isValid())
            return found->toLongLong();
        end = first;
    }
    return std::nullopt;
}

Result<Funnel> DeliveryReader::funnel(const LogFilter &filter, LogSearch &search,
                                      const std::function<bool()> &isCancelled) const
{
    FunnelCounter counter;
    const auto count = [&](const FilterQuery &query) {
        return collectRows(m_connection.run(grouped(query.sql), query.values), readGroup)
            .map([&counter](const QList<FunnelGroup> &groups) {
                for (const FunnelGroup &group : groups)
                    counter.add(group);
            });
    };
    const auto counted = [&counter] { return counter.funnel(); };
    if (!filter.text.isEmpty()) {
        const QString rows = "SELECT s.id"_L1 + FunnelColumns
            + " FROM send s WHERE s.id IN (SELECT value FROM json_each(?))"_L1;
        return search
            .eachStep(isCancelled,
                      [&](const QList<qint64> &found) {
                          return count({rows, {jsonList(found)}, false});
                      })
            .map(counted);
    }
    const auto newest = m_connection.value(u"SELECT ifnull(max(id), 0) FROM send"_s);
    if (!newest)
        return tl::unexpected(newest.error());
    const auto range = rowRange(m_connection, filter, newest->toLongLong());
    if (!range)
        return tl::unexpected(range.error());
    for (qint64 end = range->end; end > range->first && !isCancelled();) {
        const qint64 first = std::max(range->first, end - SearchStep);
        if (const auto done = count(rangeQuery(filter, first, end, FunnelColumns)); !done)
            return tl::unexpected(done.error());
        end = first;
    }
    return counter.funnel();
}

} // namespace icebreaker
