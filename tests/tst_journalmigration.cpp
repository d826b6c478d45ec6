#include "store/batches.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "store/lanes.h"
#include "store/schema.h"
#include "store/sqlite.h"

#include "support/batchsamples.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Journals that earlier versions wrote.
class TestJournalMigration : public QObject
{
    Q_OBJECT

private slots:
    void firstVersionKeepsItsRows();
    void firstVersionGetsBatches();
    void interruptedMigrationIsDoneAgain();
    void eventsAreReadAgain();
    void secondVersionKeepsItsRows();
    void migratedAndFreshJournalsAreTheSame();
};

namespace {

/// A journal as schema version 1 left it: three sends (accepted and read, refused, in
/// flight) and a lane. Never to be changed.
const QStringList &versionOne()
{
    static const QStringList statements{
        u"PRAGMA journal_mode = WAL"_s,
        u"CREATE TABLE send ("
        "  id INTEGER PRIMARY KEY, change INTEGER NOT NULL, owner TEXT NOT NULL,"
        "  send_id TEXT NOT NULL UNIQUE, claimed_at INTEGER, profile TEXT NOT NULL,"
        "  region TEXT NOT NULL, url TEXT NOT NULL, lane TEXT NOT NULL, recipient TEXT NOT NULL,"
        "  agent TEXT NOT NULL, template TEXT NOT NULL, locale TEXT NOT NULL,"
        "  channel TEXT NOT NULL, outcome INTEGER, settled_at INTEGER,"
        "  note TEXT NOT NULL DEFAULT '', delivery INTEGER NOT NULL DEFAULT 0,"
        "  delivery_error TEXT NOT NULL DEFAULT '', status INTEGER NOT NULL DEFAULT 0,"
        "  reason BLOB NOT NULL DEFAULT x'', body_capped INTEGER NOT NULL DEFAULT 0,"
        "  problem INTEGER NOT NULL DEFAULT 0, problem_detail TEXT NOT NULL DEFAULT '',"
        "  connecting_us INTEGER, encrypted_us INTEGER, request_sent_us INTEGER,"
        "  headers_us INTEGER, total_us INTEGER NOT NULL DEFAULT 0,"
        "  reused_connection INTEGER NOT NULL DEFAULT 0, retry_after_ms INTEGER)"_s,
        u"CREATE INDEX send_change ON send (change)"_s,
        u"CREATE INDEX send_outcome ON send (outcome)"_s,
        u"CREATE INDEX send_status ON send (status)"_s,
        u"CREATE INDEX send_in_flight ON send (owner) WHERE outcome IS NULL"_s,
        u"CREATE TABLE request (id INTEGER PRIMARY KEY REFERENCES send, body BLOB NOT NULL)"_s,
        u"CREATE TABLE answer (id INTEGER PRIMARY KEY REFERENCES send, headers BLOB NOT NULL,"
        "  body BLOB NOT NULL)"_s,
        u"CREATE TABLE event ("
        "  id INTEGER PRIMARY KEY, send_id TEXT NOT NULL, arrived_at INTEGER,"
        "  status INTEGER NOT NULL, status_text TEXT NOT NULL, event_at INTEGER,"
        "  message_uuid TEXT NOT NULL, error_code TEXT NOT NULL, error_detail TEXT NOT NULL,"
        "  raw BLOB NOT NULL)"_s,
        u"CREATE INDEX event_send ON event (send_id)"_s,
        u"CREATE TABLE lane (id TEXT PRIMARY KEY, boot TEXT NOT NULL, next_us INTEGER NOT NULL,"
        "  next_wall_ms INTEGER NOT NULL, span_us INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"INSERT INTO send (change, owner, send_id, claimed_at, profile, region, url, lane,"
        "  recipient, agent, template, locale, channel, outcome, settled_at, delivery, status,"
        "  reason, total_us) VALUES"
        " (4, 'gone', 'one', 1700000000000, 'p', 'eu', 'https://h/m', 'l', '447900000001', 'a',"
        "  't', 'es', 'whatsapp', 1, 1700000000500, 3, 200, CAST('OK' AS BLOB), 500000),"
        " (5, 'gone', 'two', 1700000001000, 'p', 'eu', 'https://h/m', 'l', '447900000002', 'a',"
        "  't', 'es', 'whatsapp', 3, 1700000001500, 0, 422, CAST('No' AS BLOB), 500000),"
        " (6, 'gone', 'three', 1700000002000, 'p', 'eu', 'https://h/m', 'l', '447900000003',"
        "  'a', 't', 'es', 'whatsapp', NULL, NULL, 0, 0, x'', 0)"_s,
        u"INSERT INTO request SELECT id, CAST('{\"to\":\"' || recipient || '\"}' AS BLOB)"
        " FROM send"_s,
        u"INSERT INTO answer SELECT id, CAST('[[\"A\",\"b\"]]' AS BLOB), CAST('{}' AS BLOB)"
        " FROM send WHERE outcome IS NOT NULL"_s,
        u"INSERT INTO event (send_id, arrived_at, status, status_text, message_uuid, error_code,"
        "  error_detail, raw) VALUES ('one', 1700000005000, 3, 'read', 'u', '', '', x'7b7d')"_s,
        u"INSERT INTO lane VALUES ('l', '', 0, 9000000000000, 3600000000)"_s,
        u"PRAGMA application_id = 1231250754"_s,
        u"PRAGMA user_version = 1"_s,
    };
    return statements;
}

void makeVersionOne(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    SqliteConnection connection;
    QVERIFY(connection.open(path));
    for (const QString &sql : versionOne()) {
        const auto done = connection.execute(sql);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    }
}

/// A journal as schema version 2 left it, with two batches that ended: of one everything was
/// heard.
void makeVersionTwo(const QString &path)
{
    makeVersionOne(path);
    SqliteConnection connection;
    QVERIFY(connection.open(path));
    // The third step fails at its end, and the second stands.
    QVERIFY(connection.execute(u"CREATE INDEX send_number ON send (recipient)"_s));
    QVERIFY(!migrate(connection));
    QCOMPARE(connection.value(u"PRAGMA user_version"_s)->toInt(), 2);
    QVERIFY(!connection.value(u"SELECT count(*) FROM event_count"_s)); // nothing is left
    QVERIFY(!connection.value(u"SELECT count(path_id) FROM event"_s));
    QVERIFY(connection.execute(u"DROP INDEX send_number"_s));
    for (const auto &sql :
         {u"INSERT INTO batch (id, change, owner, created_at, ended_at, state, name, request,"
          " column_names, profile_id, profile, region, base, lane, per_second, ignore_limit,"
          " built_in_inbox) VALUES (1, 7, '', 0, 1700000003000, 5, 'a', x'', '[]', '', '', '', '',"
          " '', 1, 0, 1), (2, 8, '', 0, 1700000003000, 4, 'b', x'', '[]', '', '', '', '', '', 1, 0,"
          " 1)"_s,
          u"INSERT INTO batch_count (batch, accepted, unknown, submitted, delivered, read) VALUES"
          " (1, 1, 0, 1, 1, 1), (2, 1, 1, 1, 1, 0)"_s,
          u"UPDATE send SET batch = 1, batch_row = 1 WHERE send_id = 'one'"_s}) {
        const auto done = connection.execute(sql);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    }
}

QStringList schemaOf(const QString &path)
{
    SqliteConnection connection;
    if (!connection.open(path))
        return {};
    auto query = connection.run(u"SELECT type || ' ' || name || ' ' || tbl_name"
                                " FROM sqlite_schema ORDER BY 1"_s);
    QStringList names;
    while (query && query->next())
        names.append(query->value(0).toString());
    names.append(connection.value(u"PRAGMA user_version"_s)->toString());
    return names;
}

} // namespace

void TestJournalMigration::firstVersionKeepsItsRows()
{
    const QTemporaryDir dir;
    makeVersionOne(dir.filePath(u"journal.sqlite"_s));
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
    QVERIFY(!opened->setAside);
    QCOMPARE(opened->recovered, 1);
    const auto rows = resultOf(journal.rows({}, 0, 10)).value();
    QCOMPARE(rows, (QList<qint64>{3, 2, 1}));
    const auto first = resultOf(journal.record(1)).value().value();
    QCOMPARE(first.claim.sendId, u"one"_s);
    QCOMPARE(first.claim.body, R"({"to":"447900000001"})");
    QVERIFY(!first.claim.batchRow);
    QVERIFY(first.outcome == Outcome::Accepted);
    QCOMPARE(first.delivery, DeliveryStatus::Read);
    QCOMPARE(first.answer.status, 200);
    QCOMPARE(first.answer.headers.size(), 1);
    QCOMPARE(first.answer.timing.total, std::chrono::milliseconds(500));
    QVERIFY(resultOf(journal.record(2)).value()->outcome == Outcome::Refused);
    QCOMPARE(resultOf(journal.record(3)).value()->note, u"crashed"_s);
    QCOMPARE(resultOf(journal.events(u"one"_s)).value().size(), 1);
    QCOMPARE(resultOf(journal.laneActivity(u"l"_s, first.claim.claimedAt)).value().size(), 3);
    Lanes lanes(dir.path());
    QVERIFY(resultOf(lanes.wait(u"l"_s)).value() > std::chrono::minutes(50));
}

void TestJournalMigration::firstVersionGetsBatches()
{
    const QTemporaryDir dir;
    makeVersionOne(dir.filePath(u"journal.sqlite"_s));
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    Batches batches(journal);
    QVERIFY(resultOf(batches.list()).value().isEmpty());
    const qint64 batch = makeBatch(batches, 2);
    const Claim claim = claimOf(batch, 1);
    QCOMPARE(resultOf(journal.claim(claim)).value(), 4);
    QVERIFY(resultOf(journal.settle(claim.sendId, sampleReport())));
    QCOMPARE(resultOf(batches.counts(batch)).value().accepted, 1);
    QVERIFY(resultOf(journal.append(sampleEvent(claim.sendId, DeliveryStatus::Read))));
    QVERIFY(resultOf(journal.append(sampleEvent(u"two"_s, DeliveryStatus::Read))));
    QCOMPARE(resultOf(batches.counts(batch)).value().read, 1);
}

void TestJournalMigration::interruptedMigrationIsDoneAgain()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"journal.sqlite"_s);
    makeVersionOne(path);
    {
        // The last thing that the step makes is there already: it fails at its end.
        SqliteConnection connection;
        QVERIFY(connection.open(path));
        QVERIFY(connection.execute(u"CREATE TRIGGER batch_send_moved AFTER UPDATE ON send"
                                   " BEGIN SELECT 1; END"_s));
        QVERIFY(!migrate(connection));
        QCOMPARE(connection.value(u"PRAGMA user_version"_s)->toInt(), 1);
        QVERIFY(!connection.value(u"SELECT count(*) FROM batch"_s)); // nothing is left
        QVERIFY(connection.execute(u"DROP TRIGGER batch_send_moved"_s));
    }
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened && !opened->setAside);
    QCOMPARE(resultOf(journal.count()).value(), 3);
}

void TestJournalMigration::eventsAreReadAgain()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"journal.sqlite"_s);
    makeVersionOne(path);
    {
        // More of them than are read at a time.
        SqliteConnection connection;
        QVERIFY(connection.open(path));
        for (
            const auto &sql :
            {u"UPDATE send SET delivery = 4, delivery_error = '1022' WHERE send_id = 'two'"_s,
             u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
             " INSERT INTO event (send_id, arrived_at, status, status_text, event_at,"
             " message_uuid, error_code, error_detail, raw) SELECT CASE i % 3 WHEN 0 THEN 'two'"
             " WHEN 1 THEN '' ELSE 'stranger' END, 1700000009000 + i, 4, 'rejected', NULL, 'm',"
             " '1022', '', CAST('{\"to\":\"44790\",\"from\":\"44123\",\"status\":\"rejected\",'"
             " || '\"message_uuid\":\"m\",\"internal_message_uuid\":\"i\",'"
             " || '\"timestamp\":\"2023-11-14T22:13:' || (24 + i % 2) || 'Z\",'"
             " || '\"usage\":{\"price\":\"0.0' || i || '\",\"currency\":\"EUR\"},'"
             " || '\"error\":{\"title\":\"1022\",\"detail\":\"(#132000) x\"}}' AS BLOB) FROM n"_s}) {
            const auto done = connection.execute(sql);
            QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
        }
    }
    Journal journal(dir.path());
    Deliveries deliveries(journal);
    const auto opened = resultOf(journal.open());
    QVERIFY2(opened && !opened->setAside, qPrintable(opened ? QString() : opened.error().detail));
    const auto events = resultOf(journal.events(u"two"_s)).value();
    QCOMPARE(events.size(), 5000 / 3);
    const KeptEvent &last = events.last();
    QCOMPARE(last.match, EventMatch::Path);
    QCOMPARE(last.source, EventSource::Unknown);
    QCOMPARE(last.event.to, u"44790"_s);
    QCOMPARE(last.event.from, u"44123"_s);
    QCOMPARE(last.event.price, u"0.04998"_s);
    QCOMPARE(last.event.currency, u"EUR"_s);
    QCOMPARE(last.event.internalMessageUuid, u"i"_s);
    QCOMPARE(last.event.metaCode, u"132000"_s);
    QCOMPARE(last.event.eventAt, QDateTime::fromMSecsSinceEpoch(1'700'000'004'000, Qt::UTC));
    // What cannot be read again stays as it was.
    QCOMPARE(resultOf(journal.events(u"one"_s))->first().event.status, DeliveryStatus::Read);
    const auto unmatched = resultOf(deliveries.unmatched(0, 10'000)).value();
    QCOMPARE(unmatched.size(), 5000 - 5000 / 3);
    QCOMPARE(resultOf(deliveries.unmatchedCount()).value(), unmatched.size());
    QCOMPARE(unmatched.at(0).event.sendId, u"stranger"_s);
    QCOMPARE(unmatched.at(1).event.sendId, QString());

    const auto one = resultOf(journal.record(1)).value().value();
    QCOMPARE(one.deliveryMatch, EventMatch::Path);
    QCOMPARE(one.readAt, QDateTime::fromMSecsSinceEpoch(1'700'000'005'000, Qt::UTC));
    QVERIFY(!one.submittedAt.isValid());
    const auto two = resultOf(journal.record(2)).value().value();
    QCOMPARE(two.delivery, DeliveryStatus::Rejected);
    QCOMPARE(two.deliveryMeta, u"132000"_s);
    QCOMPARE(resultOf(journal.record(3))->value().deliveryMatch, EventMatch::None);
    // Their messages are known now.
    StatusEvent loose;
    loose.status = DeliveryStatus::Read;
    loose.internalMessageUuid = u"i"_s;
    QCOMPARE(resultOf(deliveries.take(loose, EventSource::Listener)).value(),
             EventMatch::MessageUuid);
    // Now it is one of two sends: nobody knows which.
    QVERIFY(resultOf(deliveries.assign({unmatched.at(1).number}, u"one"_s)));
    QCOMPARE(resultOf(deliveries.unmatchedCount()).value(), unmatched.size());
}

void TestJournalMigration::secondVersionKeepsItsRows()
{
    const QTemporaryDir dir;
    makeVersionTwo(dir.filePath(u"journal.sqlite"_s));
    Journal journal(dir.path());
    Batches batches(journal);
    QVERIFY(resultOf(journal.open()));
    QCOMPARE(resultOf(journal.count()).value(), 3);
    const auto heard = resultOf(batches.batch(1)).value().value();
    QCOMPARE(heard.deliveryEnd, DeliveryEnd::AllHeard);
    QCOMPARE(heard.deliveryEndedAt, QDateTime::fromMSecsSinceEpoch(1'700'000'005'000, Qt::UTC));
    QVERIFY(heard.plan.deliveryWait == std::chrono::hours(24));
    const auto silent = resultOf(batches.batch(2)).value().value();
    QCOMPARE(silent.deliveryEnd, DeliveryEnd::TimeOver);
    QCOMPARE(silent.deliveryEndedAt, silent.endedAt.addDays(1));
}

void TestJournalMigration::migratedAndFreshJournalsAreTheSame()
{
    const QTemporaryDir old;
    const QTemporaryDir fresh;
    makeVersionOne(old.filePath(u"journal.sqlite"_s));
    for (const QTemporaryDir *dir : {&old, &fresh}) {
        Journal journal(dir->path());
        QVERIFY(resultOf(journal.open()));
    }
    const QStringList schema = schemaOf(fresh.filePath(u"journal.sqlite"_s));
    QVERIFY(schema.contains(u"table batch_row batch_row"_s));
    QVERIFY(schema.contains(u"trigger batch_row_moved batch_row"_s));
    QCOMPARE(schemaOf(old.filePath(u"journal.sqlite"_s)), schema);
}

QTEST_GUILESS_MAIN(TestJournalMigration)
#include "tst_journalmigration.moc"
