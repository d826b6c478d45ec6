#include "store/schema.h"

#include <QRegularExpression>
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

/// Batches. `send.batch` and `batch_row` name the row that a send is for, `last_send` the
/// newest send of a row. `batch_count` is one short record per batch, kept by triggers in
/// the transaction of whatever changes a row or a send: counting a million rows would take
/// 200 ms at every look. `send_claimed` is for what a lane has done lately.
/// The numbers are those of RowState (1 to 6), Outcome and DeliveryStatus.
constexpr const char16_t *Second = uR"(
CREATE TABLE batch (
  id INTEGER PRIMARY KEY, change INTEGER NOT NULL, owner TEXT NOT NULL,
  created_at INTEGER, ended_at INTEGER, state INTEGER NOT NULL, pause INTEGER NOT NULL DEFAULT 0,
  row_count INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL, request BLOB NOT NULL,
  column_names TEXT NOT NULL, profile_id TEXT NOT NULL, profile TEXT NOT NULL,
  region TEXT NOT NULL, base TEXT NOT NULL, lane TEXT NOT NULL, per_second INTEGER NOT NULL,
  ignore_limit INTEGER NOT NULL, built_in_inbox INTEGER NOT NULL);
CREATE INDEX batch_change ON batch (change);
CREATE TABLE batch_row (
  batch INTEGER NOT NULL REFERENCES batch, row INTEGER NOT NULL, state INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, last_send INTEGER REFERENCES send, cells BLOB NOT NULL,
  excluded TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (batch, row)) WITHOUT ROWID;
CREATE INDEX batch_row_state ON batch_row (batch, state);
CREATE TABLE batch_count (
  batch INTEGER PRIMARY KEY REFERENCES batch, waiting INTEGER NOT NULL DEFAULT 0,
  in_flight INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0, unknown INTEGER NOT NULL DEFAULT 0,
  excluded INTEGER NOT NULL DEFAULT 0, rate_limited INTEGER NOT NULL DEFAULT 0,
  submitted INTEGER NOT NULL DEFAULT 0, delivered INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0);
ALTER TABLE send ADD COLUMN batch INTEGER;
ALTER TABLE send ADD COLUMN batch_row INTEGER;
CREATE INDEX send_batch ON send (batch) WHERE batch IS NOT NULL;
CREATE INDEX send_claimed ON send (claimed_at);
CREATE TRIGGER batch_row_added AFTER INSERT ON batch_row BEGIN
  UPDATE batch_count SET waiting = waiting + (new.state = 1), excluded = excluded + (new.state = 6)
    WHERE batch = new.batch; END;
CREATE TRIGGER batch_row_moved AFTER UPDATE OF state ON batch_row BEGIN
  UPDATE batch_count SET waiting = waiting + (new.state = 1) - (old.state = 1),
    in_flight = in_flight + (new.state = 2) - (old.state = 2),
    accepted = accepted + (new.state = 3) - (old.state = 3),
    refused = refused + (new.state = 4) - (old.state = 4),
    unknown = unknown + (new.state = 5) - (old.state = 5),
    excluded = excluded + (new.state = 6) - (old.state = 6)
    WHERE batch = new.batch; END;
CREATE TRIGGER batch_send_moved AFTER UPDATE OF outcome, delivery ON send
  WHEN new.batch IS NOT NULL BEGIN
  UPDATE batch_count SET
    rate_limited = rate_limited + (new.outcome IS 2) - (old.outcome IS 2),
    submitted = submitted + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery IN (1, 2, 3))
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery IN (1, 2, 3)),
    delivered = delivered + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery IN (2, 3))
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery IN (2, 3)),
    read = read + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery = 3)
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery = 3),
    failed = failed + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery IN (4, 5, 6))
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery IN (4, 5, 6))
    WHERE batch = new.batch; END
)";

/// Steps; PRAGMA user_version says how many have been applied. A released step is never
/// edited, only followed by a new one.
constexpr std::array Migrations{First, Second};

/// The statements of a step. A trigger's own statement ends within it: each has only one.
QStringList statementsOf(int step)
{
    static const QRegularExpression end(uR"(;(?!\s*END\b))"_s);
    return QString::fromUtf16(Migrations.at(static_cast<std::size_t>(step))).split(end);
}

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
        const QStringList statements = statementsOf(step);
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

Result<qint64> nextChange(const SqliteConnection &connection)
{
    return number(connection,
                  u"SELECT max(ifnull((SELECT max(change) FROM send), 0),"
                  " ifnull((SELECT max(change) FROM batch), 0)) + 1"_s);
}

} // namespace icebreaker
