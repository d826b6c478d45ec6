#pragma once

#include "store/logfilter.h"

#include <QString>
#include <QVariant>

class QSqlQuery;

namespace icebreaker {

/// A query for the row numbers of sends, newest first. The caller runs it as it is.
struct FilterQuery {
    QString sql; ///< First column: the row; with `verify` the columns of SearchedColumns follow.
    QVariantList values;
    /// SQLite compares letters beyond ASCII exactly. If the filter has any, the query
    /// finds too much, and every row must be checked with containsWords().
    bool verify = false;
};

/// Recipient, agent, template, request body and answer body.
inline constexpr int SearchedColumns = 5;

/// Rows from @p first to before @p end that match @p filter, without limit. Outcomes,
/// deliveries, statuses and "in flight" are read from an index that is already in the right order, so
/// that a page costs the same with ten rows and with a million.
/// @param columns  more columns of `send` (alias s), each after a comma; they come last
[[nodiscard]] FilterQuery rangeQuery(const LogFilter &filter, qint64 first, qint64 end,
                                     const QString &columns = {});

/// How many rows a search looks at before it asks whether it is still wanted: some tens
/// of milliseconds.
inline constexpr qint64 SearchStep = 50'000;

/// Those of @p rows that match @p filter.
[[nodiscard]] FilterQuery matchingQuery(const LogFilter &filter, const QList<qint64> &rows);

/// `[1,2,3]`, for `json_each(?)`: any number of values in one placeholder.
[[nodiscard]] QString jsonList(const QList<qint64> &rows);

/// The searched columns of a row of a query with `verify`.
[[nodiscard]] QStringList searchedFields(const QSqlQuery &query);

/// Whether every word of @p words occurs in one of @p fields, ignoring case.
[[nodiscard]] bool containsWords(const QStringList &fields, const QStringList &words);

} // namespace icebreaker
