#include "store/logsearch.h"

#include "store/searchdocument.h"
#include "store/searchindexer.h"
#include "store/sqlite.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// With more of them in one step the sends themselves tell as quickly.
constexpr int MostCandidates = 2000;

qint64 numberOf(const QSqlQuery &query)
{
    return query.value(0).toLongLong();
}

} // namespace

LogSearch::LogSearch(const SqliteConnection &journal, SearchIndexView &index,
                     const LogFilter &filter)
    : m_journal(journal)
    , m_index(index)
    , m_filter(filter)
    , m_terms(searchTerms(filter.text))
    , m_sends(journal)
{ }

LogSearch::~LogSearch()
{
    m_index.end();
}

void LogSearch::lookAtIndex()
{
    m_expression = searchExpression(m_filter);
    if (m_expression.isEmpty())
        return;
    const auto identity = m_journal.value(u"SELECT identity FROM history"_s);
    const auto coverage = identity ? m_index.begin(identity->toByteArray()) : std::nullopt;
    const auto changed = coverage
        ? collectRows(m_journal.run(u"SELECT id FROM send WHERE (change, id) > (?, ?)"_s,
                                    {coverage->change, coverage->row}),
                      numberOf)
        : Result<QList<qint64>>(failure(ErrorKind::Storage, {}));
    if (!changed) {
        m_expression.clear();
        return;
    }
    m_changed = *changed;
    std::sort(m_changed.begin(), m_changed.end(), std::greater<>());
}

Result<RowRange> LogSearch::range()
{
    const auto newest = m_journal.value(u"SELECT ifnull(max(id), 0) FROM send"_s);
    if (!newest)
        return tl::unexpected(newest.error());
    // After max(id): what comes later is not looked for, and the index need not know it.
    lookAtIndex();
    return rowRange(m_journal, m_filter, newest->toLongLong());
}

Result<QList<qint64>> LogSearch::rows(qint64 before, qsizetype limit,
                                      const std::function<bool()> &isCancelled)
{
    const auto whole = range();
    if (!whole)
        return tl::unexpected(whole.error());
    QList<qint64> found;
    qint64 end = before > 0 ? std::min(whole->end, before) : whole->end;
    while (end > whole->first && found.size() < limit && !isCancelled()) {
        const qint64 first = std::max(whole->first, searchindex::shardOf(end - 1) * SearchStep);
        auto more = step(first, end, limit - found.size());
        if (!more)
            return more;
        found += *more;
        end = first;
    }
    return found;
}

Result<void> LogSearch::eachStep(const std::function<bool()> &isCancelled,
                                 const std::function<Result<void>(const QList<qint64> &)> &take)
{
    const auto whole = range();
    if (!whole)
        return tl::unexpected(whole.error());
    for (qint64 end = whole->end; end > whole->first && !isCancelled();) {
        const qint64 first = std::max(whole->first, searchindex::shardOf(end - 1) * SearchStep);
        const auto found = step(first, end, NoLimit);
        if (!found)
            return tl::unexpected(found.error());
        if (auto taken = take(*found); !taken)
            return taken;
        end = first;
    }
    return {};
}

Result<QList<qint64>> LogSearch::inRange(RowRange range)
{
    lookAtIndex();
    return step(range.first, range.end, NoLimit);
}

Result<QList<qint64>> LogSearch::matching(const QList<qint64> &rows)
{
    return collect(matchingQuery(m_filter, rows), NoLimit);
}

Result<QList<qint64>> LogSearch::step(qint64 first, qint64 end, qsizetype limit) const
{
    if (m_expression.isEmpty())
        return direct(first, end, limit);
    const auto indexed = m_index.indexedBefore(searchindex::shardOf(first));
    const qint64 known = indexed ? std::clamp(*indexed, first, end) : first;
    const auto candidates = known > first
        ? m_index.candidates(m_expression, first, known, MostCandidates)
        : QList<qint64>();
    if (!candidates)
        return direct(first, end, limit);
    QList<qint64> found;
    if (known < end) {
        auto rest = direct(known, end, limit);
        if (!rest)
            return rest;
        found = *rest;
    }
    // Both are descending.
    const auto from =
        std::lower_bound(m_changed.begin(), m_changed.end(), known - 1, std::greater<>());
    const auto to = std::upper_bound(from, m_changed.end(), first, std::greater<>());
    QList<qint64> rows;
    std::set_union(candidates->begin(), candidates->end(), from, to, std::back_inserter(rows),
                   std::greater<>());
    if (rows.isEmpty() || found.size() >= limit)
        return found;
    return collect(matchingQuery(m_filter, rows), limit - found.size())
        .map([&found](const QList<qint64> &more) { return found + more; });
}

Result<QList<qint64>> LogSearch::direct(qint64 first, qint64 end, qsizetype limit) const
{
    return collect(rangeQuery(m_filter, first, end), limit);
}

Result<QList<qint64>> LogSearch::collect(const FilterQuery &query, qsizetype limit) const
{
    if (!query.verify)
        return collectRows(
            m_journal.run(query.sql + " LIMIT "_L1 + QString::number(limit), query.values),
            numberOf);
    QList<qint64> found;
    auto rows = m_journal.run(query.sql, query.values);
    if (!rows)
        return tl::unexpected(rows.error());
    auto more = nextRow(*rows);
    for (; more && *more && found.size() < limit; more = nextRow(*rows)) {
        auto matching = m_sends.matching({numberOf(*rows)}, m_terms);
        if (!matching)
            return matching;
        found += *matching;
    }
    return more.map([&found](bool) { return found; });
}

} // namespace icebreaker
