#pragma once

#include "core/error.h"

#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <map>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

class QSqlError;

namespace icebreaker {

/// An SQLite failure as an Error whose kind tells what the user can do about it.
/// IOERR_WRITE and IOERR_SHMSIZE count as a full disk: SQLite reports only ENOSPC as
/// FULL, but a quota (EDQUOT) and a file size limit (EFBIG) as these.
[[nodiscard]] Error sqliteError(const QSqlError &error);

/// Never NULL: an empty text or array is stored as such.
[[nodiscard]] QVariant notNull(const QString &text);
[[nodiscard]] QVariant notNull(const QByteArray &bytes);

/// Statements of a connection that were prepared and are not in use: preparing one takes
/// longer than running it.
class StatementCache
{
public:
    /// Nothing if there is none for @p sql.
    [[nodiscard]] std::optional<QSqlQuery> take(const QString &sql);
    void give(const QString &sql, QSqlQuery query);

private:
    std::map<QString, QSqlQuery> m_idle;
};

/// A query that goes back to its connection's cache at its end.
class SqliteQuery : public QSqlQuery
{
public:
    SqliteQuery(QString sql, QSqlQuery query, std::weak_ptr<StatementCache> home);
    SqliteQuery(SqliteQuery &&other) noexcept = default;
    SqliteQuery &operator=(SqliteQuery &&other) = delete;
    SqliteQuery(const SqliteQuery &) = delete;
    SqliteQuery &operator=(const SqliteQuery &) = delete;
    ~SqliteQuery();

private:
    QString m_sql;
    std::weak_ptr<StatementCache> m_home; ///< Gone if the connection was closed.
};

/// One SQLite connection. It belongs to the thread that opened it, which must also
/// close it. Not for databases that may not exist: it never creates a file, because
/// the file's mode has to be right from the start.
class SqliteConnection
{
public:
    SqliteConnection() = default;
    ~SqliteConnection();
    Q_DISABLE_COPY_MOVE(SqliteConnection)

    /// Opens the existing file at @p path. A statement that finds it locked waits for
    /// 3 s before it fails with StorageLocked.
    [[nodiscard]] Result<void> open(const QString &path);
    void close();
    [[nodiscard]] bool isOpen() const { return !m_name.isEmpty(); }

    /// Runs one statement; the query stands before its first row.
    [[nodiscard]] Result<SqliteQuery> run(const QString &sql,
                                          const QVariantList &values = {}) const;
    /// Runs one statement whose rows do not matter.
    [[nodiscard]] Result<void> execute(const QString &sql, const QVariantList &values = {}) const;
    /// Runs one statement once for each of @p rows of values.
    [[nodiscard]] Result<void> executeEach(const QString &sql,
                                           const QList<QVariantList> &rows) const;
    /// First column of the first row; an invalid variant without a row.
    [[nodiscard]] Result<QVariant> value(const QString &sql, const QVariantList &values = {}) const;

private:
    [[nodiscard]] Result<SqliteQuery> prepared(const QString &sql) const;

    QString m_name; ///< Of the QSqlDatabase; unique in this process.
    std::shared_ptr<StatementCache> m_cache;
};

/// Moves to the next row; false at the end, an error if reading broke off.
[[nodiscard]] Result<bool> nextRow(QSqlQuery &query);

/// What @p read makes of every row of @p query.
template <typename Read>
[[nodiscard]] auto collectRows(Result<SqliteQuery> query, Read read)
    -> Result<QList<std::invoke_result_t<Read, const QSqlQuery &>>>
{
    if (!query)
        return tl::unexpected(query.error());
    QList<std::invoke_result_t<Read, const QSqlQuery &>> list;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query))
        list.append(read(*query));
    if (!more)
        return tl::unexpected(more.error());
    return list;
}

/// Runs @p work inside the transaction that has begun and commits it, or rolls it back if
/// it fails.
template <typename Work>
[[nodiscard]] auto finishTransaction(const SqliteConnection &connection, Work work)
    -> decltype(work())
{
    auto result = work();
    if (result) {
        const auto committed = connection.execute(QStringLiteral("COMMIT"));
        if (committed)
            return result;
        result = tl::unexpected(committed.error());
    }
    // After some errors (disk full) SQLite has already rolled back: then this fails.
    (void)connection.execute(QStringLiteral("ROLLBACK"));
    return result;
}

/// Runs @p work inside a write transaction, which is rolled back if it fails. The write
/// lock is taken at once (BEGIN IMMEDIATE), so that no statement in @p work can fail
/// half-way because another process writes.
template <typename Work>
[[nodiscard]] auto inTransaction(const SqliteConnection &connection, Work work) -> decltype(work())
{
    if (const auto begun = connection.execute(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::unexpected(begun.error());
    return finishTransaction(connection, std::move(work));
}

} // namespace icebreaker
