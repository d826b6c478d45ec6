#include "store/schema.h"

#include <QStringList>

#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// "IceB": tells our file from any other SQLite database.
constexpr qint64 ApplicationId = 0x49636542;

/// `send` holds what the log's columns and filters need and stays narrow; bodies live in
/// `request` and `answer`, so that a search over a million rows does not read them.
/// Moments are microseconds, times of day milliseconds since 1970 UTC.
/// `change` grows with every write and tells other processes which rows to look at.
constexpr const char16_t *First = uR"(
CREATE TABLE send (
  id INTEGER PRIMARY KEY, change INTEGER NOT NULL, owner TEXT NOT NULL,
  send_id TEXT NOT NULL UNIQUE, claimed_at INTEGER, profile TEXT NOT NULL, region TEXT NOT NULL,
  url TEXT NOT NULL, lane TEXT NOT NULL, recipient TEXT NOT NULL, agent TEXT NOT NULL,
  template TEXT NOT NULL, locale TEXT NOT NULL, channel TEXT NOT NULL,
  outcome INTEGER, settled_at INTEGER, note TEXT NOT NULL DEFAULT '',
  delivery INTEGER NOT NULL DEFAULT 0, delivery_error TEXT NOT NULL DEFAULT '',
  status INTEGER NOT NULL DEFAULT 0, reason BLOB NOT NULL DEFAULT x'',
  body_capped INTEGER NOT NULL DEFAULT 0,
  problem INTEGER NOT NULL DEFAULT 0, problem_detail TEXT NOT NULL DEFAULT '',
  connecting_us INTEGER, encrypted_us INTEGER, request_sent_us INTEGER, headers_us INTEGER,
  total_us INTEGER NOT NULL DEFAULT 0, reused_connection INTEGER NOT NULL DEFAULT 0,
  retry_after_ms INTEGER);
CREATE INDEX send_change ON send (change);
CREATE INDEX send_outcome ON send (outcome);
CREATE INDEX send_status ON send (status);
CREATE INDEX send_in_flight ON send (owner) WHERE outcome IS NULL;
CREATE TABLE request (id INTEGER PRIMARY KEY REFERENCES send, body BLOB NOT NULL);
CREATE TABLE answer (id INTEGER PRIMARY KEY REFERENCES send, headers BLOB NOT NULL,
  body BLOB NOT NULL);
CREATE TABLE event (
  id INTEGER PRIMARY KEY, send_id TEXT NOT NULL, arrived_at INTEGER, status INTEGER NOT NULL,
  status_text TEXT NOT NULL, event_at INTEGER, message_uuid TEXT NOT NULL,
  error_code TEXT NOT NULL, error_detail TEXT NOT NULL, raw BLOB NOT NULL);
CREATE INDEX event_send ON event (send_id);
CREATE TABLE lane (id TEXT PRIMARY KEY, boot TEXT NOT NULL, next_us INTEGER NOT NULL,
  next_wall_ms INTEGER NOT NULL, span_us INTEGER NOT NULL) WITHOUT ROWID
)";

/// Steps; PRAGMA user_version says how many have been applied. A released step is never
/// edited, only followed by a new one.
constexpr std::array Migrations{First};

Result<qint64> number(const SqliteConnection &connection, const QString &sql)
{
    return connection.value(sql).map([](const QVariant &value) { return value.toLongLong(); });
}

Result<void> apply(const SqliteConnection &connection, int step)
{
    return inTransaction(connection, [&]() -> Result<void> {
        // Another process may have been faster.
        const auto version = checkedVersion(connection);
        if (!version || *version > step)
            return version.map([](int) {});
        const QStringList statements =
            QString::fromUtf16(Migrations.at(static_cast<std::size_t>(step))).split(u';');
        for (const QString &statement : statements) {
            if (auto done = connection.execute(statement); !done)
                return done;
        }
        return connection.execute(u"PRAGMA application_id = %1"_s.arg(ApplicationId)).and_then([&] {
            return connection.execute(u"PRAGMA user_version = %1"_s.arg(step + 1));
        });
    });
}

} // namespace

Result<int> checkedVersion(const SqliteConnection &connection)
{
    const auto version = number(connection, u"PRAGMA user_version"_s);
    if (!version)
        return tl::unexpected(version.error());
    const auto application = number(connection, u"PRAGMA application_id"_s);
    if (!application)
        return tl::unexpected(application.error());
    const auto tables = number(connection, u"SELECT count(*) FROM sqlite_schema"_s);
    if (!tables)
        return tl::unexpected(tables.error());

    const bool isEmpty = *tables == 0 && *version == 0;
    if (!isEmpty && *application != ApplicationId)
        return failure(ErrorKind::StorageCorrupt, u"another program's database"_s);
    if (*version > static_cast<qint64>(Migrations.size()))
        return failure(ErrorKind::StorageTooNew, u"journal schema %1"_s.arg(*version));
    return static_cast<int>(*version);
}

Result<void> migrate(const SqliteConnection &connection)
{
    const auto version = checkedVersion(connection);
    if (!version)
        return tl::unexpected(version.error());
    for (int step = *version; step < static_cast<int>(Migrations.size()); ++step) {
        if (auto done = apply(connection, step); !done)
            return done;
    }
    return {};
}

} // namespace icebreaker
