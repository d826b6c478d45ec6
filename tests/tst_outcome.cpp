#include "core/endpoint.h"
#include "core/outcome.h"
#include "core/statusevent.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestOutcome : public QObject
{
    Q_OBJECT

private slots:
    void outcomeFollowsFromTheWireAlone_data();
    void outcomeFollowsFromTheWireAlone();
    void namesReadBack();
    void lanesAndOrigins();
    void readsCallbacks_data();
    void readsCallbacks();
    void deliveryIsTheSameInEveryOrder();
};

void TestOutcome::outcomeFollowsFromTheWireAlone_data()
{
    QTest::addColumn<bool>("handed");
    QTest::addColumn<bool>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("html");
    QTest::addColumn<Outcome>("outcome");
    using enum Outcome;
    QTest::newRow("not handed over") << false << false << 0 << false << NotSent;
    QTest::newRow("no answer") << true << false << 0 << false << Unknown;
    QTest::newRow("half the headers") << true << false << 200 << false << Unknown;
    for (const int status : {200, 201, 202, 204})
        QTest::addRow("%d", status) << true << true << status << false << Accepted;
    QTest::newRow("200 page") << true << true << 200 << true << Unknown;
    for (const int status : {300, 301, 302, 303, 304, 307, 308})
        QTest::addRow("%d", status) << true << true << status << false << Refused;
    for (const int status : {400, 401, 403, 404, 405, 409, 413, 422, 451})
        QTest::addRow("%d", status) << true << true << status << false << Refused;
    QTest::newRow("403 page") << true << true << 403 << true << Refused;
    QTest::newRow("408") << true << true << 408 << false << Unknown;
    QTest::newRow("429") << true << true << 429 << false << RateLimited;
    for (const int status : {500, 502, 503, 504, 599})
        QTest::addRow("%d", status) << true << true << status << false << Unknown;
    QTest::newRow("100") << true << true << 100 << false << Unknown;
    QTest::newRow("999") << true << true << 999 << false << Unknown;
}

void TestOutcome::outcomeFollowsFromTheWireAlone()
{
    QFETCH(const bool, handed);
    QFETCH(const bool, headers);
    QFETCH(const int, status);
    QFETCH(const bool, html);
    QFETCH(const Outcome, outcome);
    QCOMPARE(classify({handed, headers, status, html}), outcome);
}

void TestOutcome::namesReadBack()
{
    for (const Outcome outcome : {Outcome::Accepted, Outcome::RateLimited, Outcome::Refused,
                                  Outcome::NotSent, Outcome::Unknown, Outcome::Cancelled})
        QCOMPARE(outcomeFromName(QString(outcomeName(outcome))), outcome);
    QVERIFY(!outcomeFromName(u"fine"));
    QCOMPARE(outcomeName(Outcome::RateLimited), "rate_limited"_L1);
}

void TestOutcome::lanesAndOrigins()
{
    QCOMPARE(origin(QUrl(u"https://H.org/a?b"_s)), u"https://h.org:443"_s);
    QCOMPARE(origin(QUrl(u"https://h.org:443"_s)), origin(QUrl(u"https://h.org"_s)));
    QVERIFY(origin(QUrl(u"http://h.org:443"_s)) != origin(QUrl(u"https://h.org"_s)));

    const QUrl eu = documentedBase(Region::Eu);
    QCOMPARE(eu.host(), u"studio-api-eu.ai.vonage.com"_s);
    QVERIFY(laneId(Region::Eu, eu, u"a"_s)
            != laneId(Region::Us, documentedBase(Region::Us), u"a"_s));
    QVERIFY(laneId(Region::Eu, eu, u"a"_s) != laneId(Region::Eu, eu, u"b"_s));
    QCOMPARE(laneId(Region::Eu, eu, u"a"_s, u"k"_s), laneId(Region::Eu, eu, u"b"_s, u"k"_s));
    QCOMPARE(laneId(Region::Sandbox, QUrl(u"http://127.0.0.1:1"_s), u"a"_s),
             laneId(Region::Sandbox, QUrl(u"http://127.0.0.1:2"_s), u"a"_s));
}

void TestOutcome::readsCallbacks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<DeliveryStatus>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("delivered") << QByteArray(R"({"status":"delivered","message_uuid":"u"})")
                               << DeliveryStatus::Delivered << QString();
    QTest::newRow("meta's word") << QByteArray(R"({"status":"SENT"})") << DeliveryStatus::Submitted
                                 << QString();
    QTest::newRow("code in type") << QByteArray(
        R"({"status":"rejected","error":{"type":"https://x/messages#1022","title":"No"}})")
                                  << DeliveryStatus::Rejected << u"1022"_s;
    QTest::newRow("code in title, a number")
        << QByteArray(R"({"status":"rejected","error":{"title":1340,"detail":"d"}})")
        << DeliveryStatus::Rejected << u"1340"_s;
    QTest::newRow("doubly nested")
        << QByteArray(R"({"status":"undeliverable","error":{"error":{"title":"1300"}}})")
        << DeliveryStatus::Undeliverable << u"1300"_s;
    QTest::newRow("unknown word") << QByteArray(R"({"status":"frozen"})") << DeliveryStatus::Other
                                  << QString();
    QTest::newRow("no JSON") << QByteArray("\xff hello") << DeliveryStatus::Other << QString();
    QTest::newRow("a list") << QByteArray("[1]") << DeliveryStatus::Other << QString();
    QTest::newRow("empty") << QByteArray() << DeliveryStatus::Other << QString();
}

void TestOutcome::readsCallbacks()
{
    QFETCH(const QByteArray, body);
    QFETCH(const DeliveryStatus, status);
    QFETCH(const QString, code);
    const StatusEvent event = parseStatusEvent(body);
    QCOMPARE(event.status, status);
    QCOMPARE(event.errorCode, code);
    QCOMPARE(event.raw, body);
}

void TestOutcome::deliveryIsTheSameInEveryOrder()
{
    using enum DeliveryStatus;
    const auto endOf = [](std::array<DeliveryStatus, 5> events) {
        std::sort(events.begin(), events.end());
        QList<DeliveryStatus> ends;
        do {
            DeliveryStatus state = None;
            for (const DeliveryStatus event : events)
                state = advance(state, event);
            if (!ends.contains(state))
                ends.append(state);
        } while (std::next_permutation(events.begin(), events.end()));
        return ends;
    };
    QCOMPARE(endOf({Submitted, Delivered, Read, Delivered, Other}), QList{Read});
    QCOMPARE(endOf({Submitted, Rejected, Read, Delivered, Submitted}), QList{Rejected});
    QCOMPARE(endOf({Submitted, Submitted, Other, Undeliverable, Submitted}), QList{Undeliverable});
    QCOMPARE(advance(None, Other), Other);
}

QTEST_APPLESS_MAIN(TestOutcome)
#include "tst_outcome.moc"
