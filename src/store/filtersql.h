#pragma once

#include "core/error.h"
#include "store/logfilter.h"

#include <QString>
#include <QVariant>

namespace icebreaker {

class SqliteConnection;

/// A query for the row numbers of sends, newest first. The caller runs it as it is.
struct FilterQuery {
    QString sql; ///< First column: the row.
    QVariantList values;
    /// The query finds too much: SQLite compares letters beyond ASCII exactly, and does not
    /// know JSON's escapes. Every row must be checked with SearchedSends.
    bool verify = false;
};

/// Rows from @p first to before @p end that match @p filter, without limit. Outcomes,
/// deliveries, statuses and "in flight" are read from an index that is already in the right order, so
/// that a page costs the same with ten rows and with a million.
/// @param columns  more columns of `send` (alias s), each after a comma; they come last
[[nodiscard]] FilterQuery rangeQuery(const LogFilter &filter, qint64 first, qint64 end,
                                     const QString &columns = {});

/// How many rows a search looks at before it asks whether it is still wanted: some tens
/// of milliseconds. A step begins at a multiple of it, where a part of the index does.
inline constexpr qint64 SearchStep = 50'000;

/// The rows that can match `since` and `until`: from `first` to before `end`.
struct RowRange {
    qint64 first = 1;
    qint64 end = 1;
};
/// Nothing but a look at an index. @param newest  highest row that there is
[[nodiscard]] Result<RowRange> rowRange(const SqliteConnection &connection, const LogFilter &filter,
                                        qint64 newest);

/// Those of @p rows that match @p filter.
[[nodiscard]] FilterQuery matchingQuery(const LogFilter &filter, const QList<qint64> &rows);

/// `[1,2,3]`, for `json_each(?)`: any number of values in one placeholder.
[[nodiscard]] QString jsonList(const QList<qint64> &rows);

} // namespace icebreaker
