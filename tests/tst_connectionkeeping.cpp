#include "store/connectionkeeping.h"
#include "store/journal.h"
#include "support/storesamples.h"

#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

ConnectionFacts sampleFacts(const QString &subject = u"CN=studio-api-eu.ai.vonage.com"_s)
{
    ConnectionFacts facts;
    facts.tlsVersion = u"TLS 1.3"_s;
    facts.cipher = u"TLS_AES_256_GCM_SHA384"_s;
    facts.anchor = TrustAnchor::Added;
    facts.tlsErrors = QStringList{u"first \"error\""_s, nastyText()};
    facts.http2 = true;
    const QDateTime from(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    facts.chain = {{subject, u"CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s, QByteArray(64, 'a'), from,
                    from.addDays(395)},
                   {u"CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s, u"CN=Amazon Root CA 1"_s,
                    QByteArray(64, 'b'), from.addYears(-4), from.addYears(4)}};
    return facts;
}

/// Claims and settles one send; its row.
qint64 settled(Journal &journal, const std::optional<ConnectionFacts> &facts)
{
    const Claim claim = sampleClaim();
    const qint64 row = resultOf(journal.claim(claim)).value();
    SendReport report = sampleReport();
    report.answer.connection = facts;
    const auto done = resultOf(journal.settle(claim.sendId, report));
    return done ? row : 0;
}

std::optional<ConnectionFacts> kept(Journal &journal, qint64 row)
{
    return resultOf(journal.record(row)).value()->answer.connection;
}

} // namespace

/// What connections showed, in the journal.
class TestConnectionKeeping : public QObject
{
    Q_OBJECT

private slots:
    void factsComeBackAsTheyWere();
    void sendWithoutFactsKeepsNone();
    void manySendsShareOneChain();
    void crashedSendThatEndsAfterAllKeepsItsFacts();
    void nonsenseIsNothing_data();
    void nonsenseIsNothing();
};

void TestConnectionKeeping::factsComeBackAsTheyWere()
{
    QCOMPARE(connectionFromBytes(toBytes(sampleFacts())), sampleFacts());
    QCOMPARE(connectionFromBytes(toBytes(ConnectionFacts{})), ConnectionFacts{});
    const QTemporaryDir dir;
    qint64 row = 0;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        row = settled(journal, sampleFacts());
        QCOMPARE(kept(journal, row), sampleFacts());
    }
    Journal again(dir.path());
    QVERIFY(resultOf(again.open()));
    QCOMPARE(kept(again, row), sampleFacts());
}

void TestConnectionKeeping::sendWithoutFactsKeepsNone()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const qint64 row = settled(journal, std::nullopt);
    QVERIFY(row > 0);
    QVERIFY(!kept(journal, row));
}

void TestConnectionKeeping::manySendsShareOneChain()
{
    constexpr int sends = 300;
    const QTemporaryDir dir;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        for (int i = 0; i < sends; ++i)
            QVERIFY(settled(journal, sampleFacts(i % 2 == 0 ? u"CN=eu"_s : u"CN=us"_s)) > 0);
        QCOMPARE(kept(journal, 1)->chain.first().subject, u"CN=eu"_s);
        QCOMPARE(kept(journal, 2)->chain.first().subject, u"CN=us"_s);
    }
    SqliteConnection file;
    QVERIFY(file.open(dir.filePath(u"journal.sqlite"_s)));
    QCOMPARE(file.value(u"SELECT count(*) FROM connection_facts"_s)->toInt(), 2);
    QCOMPARE(file.value(u"SELECT count(*) FROM connection"_s)->toInt(), sends);
    QVERIFY(file.value(u"SELECT max(length(kept)) FROM connection"_s)->toInt() <= 16);
}

void TestConnectionKeeping::crashedSendThatEndsAfterAllKeepsItsFacts()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const Claim claim = sampleClaim();
    const qint64 row = resultOf(journal.claim(claim)).value();
    SendReport presumed;
    QVERIFY(resultOf(journal.settle(claim.sendId, presumed, u"crashed"_s)));
    QVERIFY(!kept(journal, row));
    SendReport report = sampleReport();
    report.answer.connection = sampleFacts();
    QVERIFY(resultOf(journal.settle(claim.sendId, report)));
    QCOMPARE(kept(journal, row), sampleFacts());
}

void TestConnectionKeeping::nonsenseIsNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isNothing");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("no JSON") << QByteArray("{") << true;
    QTest::newRow("no object") << QByteArray("[1]") << true;
    QTest::newRow("other types") << QByteArray(
        R"({"tls":[],"chain":[1,{"from":"never"}],"anchor":99,"errors":{},"http2":"x"})")
                                 << false;
}

void TestConnectionKeeping::nonsenseIsNothing()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isNothing);
    const auto facts = connectionFromBytes(bytes);
    QCOMPARE(!facts.has_value(), isNothing);
    if (facts) {
        QCOMPARE(facts->anchor, TrustAnchor::Unknown);
        QCOMPARE(facts->chain.size(), 1);
        QVERIFY(!facts->chain.first().validFrom.isValid());
    }
}

QTEST_GUILESS_MAIN(TestConnectionKeeping)
#include "tst_connectionkeeping.moc"
