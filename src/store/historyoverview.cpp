#include "store/columnreader.h"
#include "store/historyreader.h"
#include "store/numberlist.h"
#include "store/sqlite.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

OverviewGroup readOverviewGroup(const QSqlQuery &query)
{
    ColumnReader column(query);
    OverviewGroup group;
    group.slot = column.optionalNumber();
    if (const auto outcome = column.optionalNumber())
        group.outcome = static_cast<Outcome>(*outcome);
    group.error = column.text();
    group.sends = column.number();
    group.took = numberList(column.bytes());
    return group;
}

PaceBin readPaceBin(const QSqlQuery &query)
{
    ColumnReader column(query);
    PaceBin bin;
    bin.starts = column.number();
    bin.seconds = column.number();
    bin.sends = column.number();
    bin.rateLimited = column.number();
    return bin;
}

} // namespace

Result<OverviewStep> HistoryReader::overview(const LogFilter &filter, qint64 before,
                                             std::chrono::seconds slot, int utcOffset)
{
    // As `took:` in a filter has it: what never left took no time.
    const QString columns = ", s.claimed_at AS at, s.outcome AS outcome, s.lane AS lane, "_L1
        + errorColumn()
        + " AS error, CASE WHEN s.total_us > 0 THEN s.total_us / 1000 END AS took"_L1;
    const auto found = step(filter, before, columns);
    if (!found || !*found)
        return found.map([](const auto &) { return OverviewStep(); });
    const Step &rows = **found;

    const auto groups = collectRows(
        m_connection.run(
            u"SELECT (at / 1000 + %1) / %2 AS slot, outcome, error, count(*),"
            " CAST(group_concat(took) AS BLOB) FROM (%3) GROUP BY slot, outcome, error"_s
                .arg(utcOffset)
                .arg(slot.count())
                .arg(rows.query.sql),
            rows.query.values),
        readOverviewGroup);
    if (!groups)
        return tl::unexpected(groups.error());
    // What never left cost nothing of the limit.
    const auto pace = collectRows(
        m_connection.run(
            u"SELECT starts, count(*), sum(starts), sum(limited) FROM (SELECT count(*) AS starts,"
            " sum(outcome = %1) AS limited FROM (%2) WHERE outcome IS NULL OR outcome NOT IN (%3, "
            "%4)"
            " GROUP BY lane, at / 1000) GROUP BY starts"_s
                .arg(static_cast<int>(Outcome::RateLimited))
                .arg(rows.query.sql)
                .arg(static_cast<int>(Outcome::NotSent))
                .arg(static_cast<int>(Outcome::Cancelled)),
            rows.query.values),
        readPaceBin);
    return pace.map([&](const QList<PaceBin> &bins) {
        return OverviewStep{*groups, bins, rows.next};
    });
}

} // namespace icebreaker
