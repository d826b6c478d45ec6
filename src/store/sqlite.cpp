#include "store/sqlite.h"

#include <QSqlError>
#include <QUrl>
#include <QUuid>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// SQLite's result codes (sqlite.org/rescode.html): part of its file format promise,
/// and the header is not needed for anything else.
enum SqliteCode : int {
    Perm = 3,
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    Protocol = 15, // gave up on the locks of a WAL
    Constraint = 19, // e.g. an id that must be unique is not
    NotADatabase = 26,
    IoWrite = 10 | (3 << 8),
    IoShmSize = 10 | (19 << 8),
    IoCorruptFs = 10 | (33 << 8),
};

/// More than the journal has; what a person types into a filter may make new ones for ever.
constexpr std::size_t MostIdleStatements = 64;

ErrorKind kindOf(int code)
{
    switch (code) { // extended codes first
    case IoWrite:
    case IoShmSize: return ErrorKind::StorageFull;
    case IoCorruptFs: return ErrorKind::StorageCorrupt;
    default: break;
    }
    switch (code & 0xff) {
    case Full: return ErrorKind::StorageFull;
    case Perm:
    case ReadOnly:
    case CannotOpen: return ErrorKind::StorageReadOnly;
    case Corrupt:
    case NotADatabase: return ErrorKind::StorageCorrupt;
    case Busy:
    case Locked:
    case Protocol: return ErrorKind::StorageLocked;
    case Constraint: return ErrorKind::InvalidInput;
    default: return ErrorKind::Storage;
    }
}

} // namespace

Error sqliteError(const QSqlError &error)
{
    return {kindOf(error.nativeErrorCode().toInt()),
            u"%1 (SQLite %2)"_s.arg(error.databaseText(), error.nativeErrorCode())};
}

QVariant notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QVariant notNull(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

std::optional<QSqlQuery> StatementCache::take(const QString &sql)
{
    auto found = m_idle.extract(sql);
    return found ? std::optional(std::move(found.mapped())) : std::nullopt;
}

void StatementCache::give(const QString &sql, QSqlQuery query)
{
    if (m_idle.size() >= MostIdleStatements)
        return;
    query.finish();
    // A body of many megabytes is not kept for the sake of the next one.
    const auto bound = query.boundValues().size();
    for (qsizetype i = 0; i < bound; ++i)
        query.bindValue(static_cast<int>(i), QVariant());
    m_idle.emplace(sql, std::move(query));
}

SqliteQuery::SqliteQuery(QString sql, QSqlQuery query, std::weak_ptr<StatementCache> home)
    : QSqlQuery(std::move(query))
    , m_sql(std::move(sql))
    , m_home(std::move(home))
{ }

SqliteQuery::~SqliteQuery()
{
    const auto cache = m_home.lock(); // nobody's after it was moved from
    if (cache && !lastError().isValid())
        cache->give(m_sql, std::move(*this));
}

SqliteConnection::~SqliteConnection()
{
    close();
}

Result<void> SqliteConnection::open(const QString &path)
{
    close();
    m_name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto db = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    db.setDatabaseName(QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded(QUrl::FullyEncoded))
                       + "?mode=rw"_L1);
    db.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=3000"_s);
    if (db.open()) {
        m_cache = std::make_shared<StatementCache>();
        return {};
    }
    const Error error = sqliteError(db.lastError());
    db = {};
    close();
    return tl::unexpected(error);
}

void SqliteConnection::close()
{
    m_cache.reset();
    if (m_name.isEmpty())
        return;
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

Result<SqliteQuery> SqliteConnection::prepared(const QString &sql) const
{
    if (m_cache) {
        if (auto query = m_cache->take(sql))
            return SqliteQuery(sql, std::move(*query), m_cache);
    }
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true); // nothing is read twice: do not cache rows
    if (!query.prepare(sql))
        return tl::unexpected(sqliteError(query.lastError()));
    return SqliteQuery(sql, std::move(query), m_cache);
}

Result<SqliteQuery> SqliteConnection::run(const QString &sql, const QVariantList &values) const
{
    auto query = prepared(sql);
    if (!query)
        return query;
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(static_cast<int>(i), values.at(i));
    if (!query->exec())
        return tl::unexpected(sqliteError(query->lastError()));
    return query;
}

Result<void> SqliteConnection::execute(const QString &sql, const QVariantList &values) const
{
    return run(sql, values).map([](const QSqlQuery &) {});
}

Result<void> SqliteConnection::executeEach(const QString &sql,
                                           const QList<QVariantList> &rows) const
{
    auto query = prepared(sql);
    if (!query)
        return tl::unexpected(query.error());
    for (const QVariantList &values : rows) {
        for (qsizetype i = 0; i < values.size(); ++i)
            query->bindValue(static_cast<int>(i), values.at(i));
        if (!query->exec())
            return tl::unexpected(sqliteError(query->lastError()));
    }
    return {};
}

Result<QVariant> SqliteConnection::value(const QString &sql, const QVariantList &values) const
{
    auto query = run(sql, values);
    if (!query)
        return tl::unexpected(query.error());
    return nextRow(*query).map([&](bool found) { return found ? query->value(0) : QVariant(); });
}

Result<bool> nextRow(QSqlQuery &query)
{
    if (query.next())
        return true;
    if (const QSqlError error = query.lastError(); error.isValid())
        return tl::unexpected(sqliteError(error));
    return false;
}

} // namespace icebreaker
