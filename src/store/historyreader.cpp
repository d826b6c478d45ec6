#include "store/historyreader.h"

#include "store/columnreader.h"
#include "store/filtersql.h"
#include "store/historywriter.h"
#include "store/logsearch.h"
#include "store/searchindexer.h"
#include "store/sqlite.h"

#include <algorithm>
#include <array>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// So many of the newest sends tell what is in use.
constexpr int SeenSends = 5000;
constexpr int MostSeen = 100;

QString columnOf(LogGrouping grouping)
{
    switch (grouping) {
    case LogGrouping::Recipient: return u"s.recipient"_s;
    case LogGrouping::Agent: return u"s.agent"_s;
    case LogGrouping::Template: return u"s.template"_s;
    case LogGrouping::Error: break;
    }
    return errorColumn();
}

LogGroup readGroupOf(const QSqlQuery &query)
{
    ColumnReader column(query);
    LogGroup group;
    group.value = column.text();
    group.count = column.number();
    group.last = column.time();
    return group;
}

} // namespace

QString errorColumn()
{
    QString sql =
        u"CASE WHEN s.delivery IN (4, 5, 6) THEN CASE"
        " WHEN s.delivery_meta <> '' THEN 'code:' || s.delivery_meta"
        " WHEN s.delivery_error <> '' THEN 'code:' || s.delivery_error"
        " WHEN s.delivery = 4 THEN 'delivery:rejected'"
        " WHEN s.delivery = 5 THEN 'delivery:undeliverable' ELSE 'delivery:failed' END"
        " WHEN s.outcome = %1 THEN NULL WHEN s.status > 0 THEN 'status:' || s.status"_s.arg(
            static_cast<int>(Outcome::Accepted));
    for (const Outcome outcome : {Outcome::NotSent, Outcome::Unknown, Outcome::Cancelled,
                                  Outcome::Refused, Outcome::RateLimited})
        sql += u" WHEN s.outcome = %1 THEN 'outcome:%2'"_s.arg(static_cast<int>(outcome))
                   .arg(outcomeName(outcome));
    return sql + " END"_L1;
}

HistoryReader::HistoryReader(const SqliteConnection &connection, SearchIndexView &index)
    : m_connection(connection)
    , m_index(index)
{ }

Result<std::optional<HistoryReader::Step>>
HistoryReader::step(const LogFilter &filter, qint64 before, const QString &columns)
{
    const auto newest = m_connection.value(u"SELECT ifnull(max(id), 0) FROM send"_s);
    if (!newest)
        return tl::unexpected(newest.error());
    const auto range = rowRange(m_connection, filter, newest->toLongLong());
    if (!range)
        return tl::unexpected(range.error());
    const qint64 end = before > 0 ? std::min(before, range->end) : range->end;
    if (end <= range->first)
        return std::nullopt;
    const qint64 first = std::max(range->first, searchindex::shardOf(end - 1) * SearchStep);
    Step step{rangeQuery(filter, first, end, columns), first > range->first ? first : 0};
    if (filter.text.isEmpty())
        return step;
    const auto rows = LogSearch(m_connection, m_index, filter).inRange({first, end});
    if (!rows)
        return tl::unexpected(rows.error());
    step.query = {"SELECT s.id AS id"_L1 + columns
                      + " FROM send s WHERE s.id IN (SELECT value FROM json_each(?))"_L1,
                  {jsonList(*rows)},
                  false};
    return step;
}

Result<LogGroups> HistoryReader::groups(const LogFilter &filter, LogGrouping grouping,
                                        qint64 before)
{
    const auto found =
        step(filter, before, ", "_L1 + columnOf(grouping) + " AS value, s.claimed_at AS at"_L1);
    if (!found || !*found)
        return found.map([](const auto &) { return LogGroups(); });
    const Step &rows = **found;
    return collectRows(m_connection.run("SELECT value, count(*), max(at) FROM ("_L1 + rows.query.sql
                                            + ") WHERE value <> '' GROUP BY value"_L1,
                                        rows.query.values),
                       readGroupOf)
        .map([&rows](const QList<LogGroup> &groups) {
            return LogGroups{groups, rows.next};
        });
}

Result<SeenValues> HistoryReader::seenValues() const
{
    const QString newest = u"(SELECT * FROM send ORDER BY id DESC LIMIT %1)"_s.arg(SeenSends);
    const auto values = [&](QLatin1StringView column) {
        return collectRows(
            m_connection.run("SELECT "_L1 + column + " FROM "_L1 + newest + " WHERE "_L1 + column
                                 + " <> '' GROUP BY 1 ORDER BY max(id) DESC LIMIT ?"_L1,
                             {MostSeen}),
            [](const QSqlQuery &query) { return query.value(0).toString(); });
    };
    SeenValues seen;
    const std::array wanted{
        std::pair("agent"_L1, &seen.agents), std::pair("template"_L1, &seen.templates),
        std::pair("locale"_L1, &seen.locales), std::pair("profile"_L1, &seen.profiles),
        std::pair("delivery_error"_L1, &seen.codes)};
    for (const auto &[column, list] : wanted) {
        const auto found = values(column);
        if (!found)
            return tl::unexpected(found.error());
        *list = *found;
    }
    return values("delivery_meta"_L1).map([&seen](const QStringList &codes) {
        seen.codes += codes;
        seen.codes.removeDuplicates();
        return seen;
    });
}

Result<RemovableSends> HistoryReader::removable(const LogFilter &filter, const QDateTime &now,
                                                const std::function<bool()> &isCancelled)
{
    const qint64 latest =
        now.toMSecsSinceEpoch() - std::chrono::milliseconds(YoungestRemoved).count();
    RemovableSends count;
    const auto counted = LogSearch(m_connection, m_index, filter)
                             .eachStep(isCancelled, [&](const QList<qint64> &rows) -> Result<void> {
                                 if (rows.isEmpty())
                                     return {};
                                 count.newest = std::max(count.newest, rows.first());
                                 return m_connection
                                     .value("SELECT count(*) FROM send s WHERE s.id IN"
                                            " (SELECT value FROM json_each(?)) AND "_L1
                                                + removableCondition(),
                                            {jsonList(rows), latest})
                                     .map([&](const QVariant &found) {
                                         count.removable += found.toLongLong();
                                         count.kept += rows.size() - found.toLongLong();
                                     });
                             });
    return counted.map([&count] { return count; });
}

} // namespace icebreaker
