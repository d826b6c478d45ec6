#pragma once

#include "core/error.h"
#include "store/filtersql.h"
#include "store/searchedsends.h"
#include "store/searchindexview.h"

#include <QList>

#include <functional>
#include <limits>

namespace icebreaker {

/// Finds the sends that match a filter, step by step from the newest: by the search index
/// where that helps, and by looking at the sends themselves where it does not, or does not
/// know them yet. What it finds does not depend on the index. One per search, on the
/// journal's read thread.
class LogSearch
{
public:
    LogSearch(const SqliteConnection &journal, SearchIndexView &index, const LogFilter &filter);
    ~LogSearch();
    Q_DISABLE_COPY_MOVE(LogSearch)

    static constexpr qsizetype NoLimit = std::numeric_limits<int>::max();
    /// At most @p limit rows below @p before (<= 0: from the newest), newest first.
    /// @param isCancelled  asked at each step; the result does not matter once it is true
    [[nodiscard]] Result<QList<qint64>> rows(qint64 before, qsizetype limit,
                                             const std::function<bool()> &isCancelled);
    /// Calls @p take with what is found in each step; stops when it fails.
    [[nodiscard]] Result<void>
    eachStep(const std::function<bool()> &isCancelled,
             const std::function<Result<void>(const QList<qint64> &)> &take);
    /// What is found within one part of the index.
    [[nodiscard]] Result<QList<qint64>> inRange(RowRange range);
    /// Those of @p rows that match.
    [[nodiscard]] Result<QList<qint64>> matching(const QList<qint64> &rows);

private:
    [[nodiscard]] Result<RowRange> range();
    void lookAtIndex();
    [[nodiscard]] Result<QList<qint64>> step(qint64 first, qint64 end, qsizetype limit) const;
    [[nodiscard]] Result<QList<qint64>> direct(qint64 first, qint64 end, qsizetype limit) const;
    [[nodiscard]] Result<QList<qint64>> collect(const FilterQuery &query, qsizetype limit) const;

    const SqliteConnection &m_journal;
    SearchIndexView &m_index;
    const LogFilter m_filter;
    const QList<SearchTerm> m_terms;
    SearchedSends m_sends;
    QString m_expression; ///< Empty: without the index.
    QList<qint64> m_changed; ///< Not in the index as they are; descending.
};

} // namespace icebreaker
