#include "core/conversation.h"
#include "store/deliveries.h"
#include "store/history.h"
#include "store/journal.h"
#include "store/schema.h"
#include "store/searchdocument.h"
#include "store/searchindexer.h"
#include "store/searchterms.h"
#include "store/sqlite.h"

#include "support/storesamples.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Free text and the other filters, with the search index, without it, and with half of it:
/// what is found is the same.
class TestSearch : public QObject
{
    Q_OBJECT

private slots:
    void numbersAreFoundAsTheyAreTyped_data();
    void numbersAreFoundAsTheyAreTyped();
    void escapesAreRead();
    void everythingThatWasSaidIsFound_data();
    void everythingThatWasSaidIsFound();
    void indexAndNoIndexFindTheSame_data();
    void indexAndNoIndexFindTheSame();
    void whatChangesAfterwardsIsFound();
    void movedStatusesFollowTheirSend();
    void anotherJournalsIndexIsNotBelieved();
    void damagedIndexIsMadeAgain();
    void oldJournalIsIndexedInSteps();
    void interruptedStepLeavesNothing();
    void indexKeepsOthersOut();
};

namespace {

const auto Never = [] { return false; };

void indexAll(const QString &folder)
{
    SearchIndexer indexer(folder);
    for (;;) {
        const auto progress = indexer.step(Never);
        if (!progress)
            qFatal("%s", qPrintable(progress.error().detail));
        if (*progress == SearchIndexer::Progress::Done)
            break;
    }
    indexer.close();
}

QList<qint64> find(Journal &journal, const QString &text)
{
    const auto filter = parseLogFilter(text);
    if (!filter)
        qFatal("not understood: %s", qPrintable(text));
    return resultOf(journal.rows(*filter, 0, 100)).value();
}

/// 1 accepted and read, with a conversation; 2 refused; 3 unknown and slow; 4 rejected.
void fill(Journal &journal)
{
    Deliveries deliveries(journal);
    Claim one = sampleClaim();
    one.to = u"447700900958"_s;
    one.body = R"({"to":"447700900958","text":"Gr\u00fc\u00dfe","order":"A-1047"})";
    one.claimedAt = QDateTime::currentDateTimeUtc().addDays(-5);
    recordSend(journal, one, sampleReport());
    KeptConversation kept;
    kept.conversation.raw = R"({"transcription":[{"customer":"Where is my \"caf\u00e9\"?\nNow"}]})";
    kept.fetchedAt = one.claimedAt;
    if (!resultOf(deliveries.keepConversation(1, kept)))
        qFatal("cannot keep");
    StatusEvent read = sampleEvent(one.sendId, DeliveryStatus::Read);
    read.raw = R"({"status":"read","message_uuid":"11112222-3333-4444-5555-666677778888"})";
    (void)resultOf(deliveries.take(read, EventSource::Listener));

    Claim two = sampleClaim();
    two.to = u"5491155556666"_s;
    two.body = R"({"to":"5491155556666"})";
    two.locale = u"es_AR"_s;
    two.region = u"us"_s;
    two.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-3600 * 3);
    SendReport refused = sampleReport(Outcome::Refused, 422);
    refused.answer.body = R"({"error":{"code":1150,"detail":"Invalid \/ parameter"}})";
    refused.answer.timing.total = std::chrono::milliseconds(80);
    recordSend(journal, two, refused);

    Claim three = sampleClaim();
    three.profile = u"Other one"_s;
    three.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-60);
    SendReport unknown = sampleReport(Outcome::Unknown, 0);
    unknown.answer.body.clear();
    unknown.answer.timing.total = std::chrono::seconds(31);
    recordSend(journal, three, unknown);

    Claim four = sampleClaim();
    four.templateName = u"parcel_on_its_way"_s;
    four.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-30);
    recordSend(journal, four, sampleReport());
    StatusEvent rejected = parseStatusEvent(
        R"({"status":"rejected","error":{"title":"1022","detail":"(#131026) Not on WhatsApp"}})");
    rejected.sendId = four.sendId;
    rejected.arrivedAt = QDateTime::currentDateTimeUtc();
    (void)resultOf(deliveries.take(rejected, EventSource::Listener));
}

} // namespace

void TestSearch::numbersAreFoundAsTheyAreTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("found");
    const auto row = [](const QString &typed, bool found = true) {
        QTest::addRow("%s", qPrintable(typed)) << typed << found;
    };
    row(u"447700900958"_s);
    row(u"+447700900958"_s);
    row(u"+44 7700 900958"_s);
    row(u"+44 (7700) 900-958"_s);
    row(u"900958"_s);
    row(u"900 958"_s);
    row(u"\"900 958\""_s);
    row(u"0900958"_s);
    row(u"07700 900958"_s);
    row(u"00447700900958"_s);
    row(u"58"_s);
    row(u"+44 7700 900959"_s, false);
    row(u"\"900 959\""_s, false);
    row(u"0002"_s, false);
}

void TestSearch::numbersAreFoundAsTheyAreTyped()
{
    QFETCH(const QString, typed);
    QFETCH(const bool, found);
    const QString text = searchedText(R"({"to":"447700900958"})");
    QCOMPARE(containsTerms(text, searchTerms(parseLogFilter(typed)->text)), found);
}

void TestSearch::escapesAreRead()
{
    QCOMPARE(searchedText(R"(A\u00C9\/\"\n\t\\u0041\ud83d\ude00\u00)"),
             u"aé/\"  \\u0041"_s + QString::fromUtf8("\xF0\x9F\x98\x80") + uR"(\u00)"_s);
    QCOMPARE(searchedText(QByteArray("a\0b\x01", 4)), u"a b "_s);
    QCOMPARE(searchedText("\\"), u"\\"_s);
    QCOMPARE(searchedText({}), QString());
}

void TestSearch::everythingThatWasSaidIsFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<qint64>>("rows");
    const auto row = [](const QString &text, const QList<qint64> &rows) {
        QTest::addRow("%s", qPrintable(text)) << text << rows;
    };
    row(u"900958"_s, {1});
    row(u"+44 7700 900958"_s, {1});
    row(u"GRÜßE"_s, {4, 3, 1}); // also where JSON wrote it as escapes
    row(u"a-1047"_s, {1});
    row(u"café"_s, {1}); // the conversation
    row(u"\"\\\"CAFÉ\\\"? now\""_s, {1});
    row(u"6666777788"_s, {1}); // a status
    row(u"\"/ parameter\""_s, {2}); // the answer
    row(u"onfirm"_s, {3, 2, 1}); // the middle of a word
    row(u"is"_s, {1}); // shorter than the index divides text
    row(u"ca fé"_s, {1});
    row(u"nirgendwo"_s, {});
    row(u"nirgendwö"_s, {});
    row(u"session read"_s, {1});
    row(u"code:1150"_s, {2});
    row(u"code:1022"_s, {4});
    row(u"code:131026,1150"_s, {4, 2});
    row(u"code:115"_s, {}); // only all of it
    row(u"code:9"_s, {});
    row(u"took:>2s"_s, {3, 4, 1}); // see below
    row(u"took:<100ms"_s, {2});
    row(u"took:>=3.9s took:<=4s"_s, {4, 1});
    row(u"took:30s..1m"_s, {3});
    row(u"since:2h"_s, {4, 3});
    row(u"since:4h until:2h"_s, {2});
    row(u"until:1d"_s, {1});
    row(u"since:6d until:3d code:1022"_s, {});
    row(u"to:900958"_s, {1});
    row(u"to:5555 region:us locale:es"_s, {2});
    row(u"profile:\"other ONE\""_s, {3});
    row(u"template:on_its"_s, {4});
    row(u"template:on_its delivery:rejected"_s, {4});
    row(u"template:on_its delivery:read"_s, {});
    row(u"outcome:refused parameter"_s, {2});
    row(u"status:422 to:549"_s, {2});
}

void TestSearch::everythingThatWasSaidIsFound()
{
    QFETCH(const QString, text);
    QFETCH(QList<qint64>, rows);
    std::sort(rows.begin(), rows.end(), std::greater<>());
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    fill(journal);
    QCOMPARE(find(journal, text), rows);
    indexAll(dir.path());
    QCOMPARE(find(journal, text), rows);
    QCOMPARE(resultOf(journal.matching(*parseLogFilter(text), {1, 2, 3, 4})).value(), rows);
    Deliveries deliveries(journal);
    QCOMPARE(resultOf(deliveries.funnel(*parseLogFilter(text))).value().sends, rows.size());
}

void TestSearch::indexAndNoIndexFindTheSame_data()
{
    QTest::addColumn<QString>("text");
    for (const auto &text : {u"to:4479000"_s, u"number 17"_s, u"\"number 1\""_s, u"to:7 number"_s,
                             u"outcome:refused number"_s, u"NUMBER 299"_s, u"locale:es"_s})
        QTest::addRow("%s", qPrintable(text)) << text;
}

/// A journal of three parts of the index, of which the second was made, the third was begun
/// and the first is missing.
void TestSearch::indexAndNoIndexFindTheSame()
{
    QFETCH(const QString, text);
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    {
        SqliteConnection connection;
        QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
        QVERIFY(connection.execute(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
            " INSERT INTO send (id, change, owner, send_id, claimed_at, profile, region, url, lane,"
            " recipient, agent, template, locale, channel, outcome, settled_at, status, total_us)"
            " SELECT i + (i / 300) * 49700, i, '', 'id' || i, 1700000000000 + i, 'p', 'eu', '',"
            " 'l', 447900000000 + i, 'a', 't', 'es', 'whatsapp', 1 + 2 * (i % 7 = 0), 0, 200, 1000"
            " FROM n"_s));
        QVERIFY(connection.execute(
            u"INSERT INTO request SELECT id, CAST('{\"text\":\"number ' || substr(send_id, 3)"
            " || '\"}' AS BLOB) FROM send"_s));
    }
    const auto filter = parseLogFilter(text).value();
    const auto all = resultOf(journal.rows(filter, 0, 10'000)).value();
    QVERIFY(!all.isEmpty());
    SearchIndexer indexer(dir.path());
    for (bool isDone = false; !isDone;) {
        const auto progress = indexer.step(Never);
        QVERIFY(progress);
        isDone = *progress == SearchIndexer::Progress::Done;
        QCOMPARE(resultOf(journal.rows(filter, 0, 10'000)).value(), all);
        QCOMPARE(resultOf(journal.rows(filter, all.first(), 3)).value(), all.mid(1, 3));
    }
    indexer.close();
}

void TestSearch::whatChangesAfterwardsIsFound()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    fill(journal);
    indexAll(dir.path());
    const Claim claim = sampleClaim();
    QCOMPARE(resultOf(journal.claim(claim)).value(), 5);
    QCOMPARE(find(journal, u"to:447900000001 outcome:in_flight"_s), QList<qint64>{5});
    SendReport report = sampleReport();
    report.answer.body = "zwetschgenmus";
    QVERIFY(resultOf(journal.settle(claim.sendId, report)));
    QCOMPARE(find(journal, u"etschge"_s), QList<qint64>{5});
    indexAll(dir.path());
    QCOMPARE(find(journal, u"etschge"_s), QList<qint64>{5});
    QCOMPARE(find(journal, u"etschge outcome:in_flight"_s), QList<qint64>()); // it was
    StatusEvent late = sampleEvent(claim.sendId, DeliveryStatus::Delivered);
    late.raw = "powidltascherl";
    QVERIFY(resultOf(journal.append(late)));
    QCOMPARE(find(journal, u"etschge powidl"_s), QList<qint64>{5});
    indexAll(dir.path());
    QCOMPARE(find(journal, u"etschge powidl"_s), QList<qint64>{5});
}

void TestSearch::movedStatusesFollowTheirSend()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    Deliveries deliveries(journal);
    QVERIFY(resultOf(journal.open()));
    fill(journal);
    StatusEvent loose = sampleEvent({}, DeliveryStatus::Read);
    loose.raw = "marillenknoedel";
    QVERIFY(resultOf(deliveries.take(loose, EventSource::Imported)));
    indexAll(dir.path());
    QCOMPARE(find(journal, u"marille"_s), QList<qint64>());
    const qint64 event = resultOf(deliveries.unmatched(0, 10)).value().first().number;
    const auto idOf = [&](qint64 row) {
        return resultOf(journal.record(row))->value().claim.sendId;
    };
    QVERIFY(resultOf(deliveries.assign({event}, idOf(2))));
    QCOMPARE(find(journal, u"marille"_s), QList<qint64>{2});
    indexAll(dir.path());
    QCOMPARE(find(journal, u"marille"_s), QList<qint64>{2});
    QVERIFY(resultOf(deliveries.assign({event}, idOf(3))));
    indexAll(dir.path());
    QCOMPARE(find(journal, u"marille"_s), QList<qint64>{3});
}

void TestSearch::anotherJournalsIndexIsNotBelieved()
{
    const QTemporaryDir other;
    const QTemporaryDir dir;
    {
        Journal journal(other.path());
        QVERIFY(resultOf(journal.open()));
        indexAll(other.path()); // of nothing
    }
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    fill(journal);
    QVERIFY(QFile::copy(searchindex::path(other.path()), searchindex::path(dir.path())));
    QCOMPARE(find(journal, u"900958"_s), QList<qint64>{1});
    indexAll(dir.path());
    QCOMPARE(find(journal, u"900958"_s), QList<qint64>{1});
}

void TestSearch::damagedIndexIsMadeAgain()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    fill(journal);
    QFile file(searchindex::path(dir.path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100'000, 'x'));
    file.close();
    QCOMPARE(find(journal, u"900958"_s), QList<qint64>{1});
    SearchIndexer indexer(dir.path());
    QVERIFY(!indexer.step(Never)); // throws it away
    indexer.close();
    indexAll(dir.path());
    QCOMPARE(find(journal, u"900958"_s), QList<qint64>{1});
    QVERIFY(resultOf(journal.open())); // and of the journal it says nothing
    QCOMPARE(resultOf(journal.count()).value(), 4);
}

void TestSearch::oldJournalIsIndexedInSteps()
{
    const QTemporaryDir dir;
    {
        QFile file(dir.filePath(u"journal.sqlite"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        SqliteConnection connection;
        QVERIFY(connection.open(file.fileName()));
        // The fourth step fails at its end, and the third stands.
        QVERIFY(connection.execute(u"CREATE TABLE purge (x)"_s));
        QVERIFY(connection.execute(u"PRAGMA application_id = 1231250754"_s));
        QVERIFY(!migrate(connection));
        QCOMPARE(connection.value(u"PRAGMA user_version"_s)->toInt(), 3);
        QVERIFY(!connection.value(u"SELECT count(*) FROM history"_s)); // nothing is left
        QVERIFY(connection.execute(u"DROP TABLE purge"_s));
        QVERIFY(connection.execute(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
            " INSERT INTO send (change, owner, send_id, claimed_at, profile, region, url, lane,"
            " recipient, agent, template, locale, channel, outcome, settled_at)"
            " SELECT 7, '', 'id' || i, 1700000000000 + i, 'p', 'eu', '', 'l', 447900000000 + i,"
            " 'a', 't', 'es', 'whatsapp', 1, 0 FROM n"_s)); // one change for all: a recovery
        QVERIFY(connection.execute(u"INSERT INTO request SELECT id, x'7b7d' FROM send"_s));
    }
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    SearchIndexer indexer(dir.path());
    int steps = 0;
    while (*indexer.step(Never) == SearchIndexer::Progress::More) {
        ++steps;
        QCOMPARE(find(journal, u"447900000999"_s), QList<qint64>{999});
        QCOMPARE(find(journal, u"447900000003"_s), QList<qint64>{3});
    }
    QVERIFY2(steps >= 4, "in one long step"); // each short
    indexer.close();
    QCOMPARE(resultOf(journal.claim(sampleClaim())).value(), 1001);
    QCOMPARE(find(journal, u"447900000001"_s), (QList<qint64>{1001, 1}));
}

void TestSearch::interruptedStepLeavesNothing()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    fill(journal);
    SearchIndexer indexer(dir.path());
    int asked = 0;
    QVERIFY(!indexer.step([&asked] { return ++asked == 3; }));
    SqliteConnection index;
    QVERIFY(index.open(searchindex::path(dir.path())));
    QCOMPARE(index.value(u"SELECT count(*) FROM shard"_s)->toInt(), 0);
    QCOMPARE(find(journal, u"900958"_s), QList<qint64>{1});
    indexer.close();
    indexAll(dir.path());
    QCOMPARE(index.value(u"SELECT count(*) FROM shard"_s)->toInt(), 1);
}

void TestSearch::indexKeepsOthersOut()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    fill(journal);
    indexAll(dir.path());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(searchindex::path(dir.path())) & others));
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
