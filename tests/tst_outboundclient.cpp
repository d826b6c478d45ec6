#include "support/scriptedserver.h"
#include "support/sending.h"

#include <QElapsedTimer>
#include <QFile>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace std::chrono_literals;
using End = Script::End;
using Transport = ScriptedServer::Transport;

namespace {

/// Peak resident memory of this process in bytes.
qint64 peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const auto start = text.indexOf("VmHWM:") + 6;
    return text.mid(start, text.indexOf("kB", start) - start).trimmed().toLongLong() * 1024;
}

const QByteArray Body =
    "{\"t\":\"\xF0\x9F\xA7\x8A \xF0\xA0\xAE\xB7 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D "
    "\\\"quoted\\\" \xC3\xA4\"}";

} // namespace

class TestOutboundClient : public QObject
{
    Q_OBJECT

private slots:
    void bodyArrivesByteForByte();
    void fortySendsAreOnTheWireAtOnce_data();
    void fortySendsAreOnTheWireAtOnce();
    void idleConnectionThatWasClosedIsReplaced();
    void leftoversOfOneAnswerNeverBecomeTheNext_data();
    void leftoversOfOneAnswerNeverBecomeTheNext();
    void failureLeavesOtherSendsAlone();

    void retryAfterIsRead_data();
    void retryAfterIsRead();
    void repeatedHeadersSurvive();

    void hugeAnswerIsCutAtTheCap();
    void answerOfExactlyTheCapIsWhole();
    void slowDripEndsAtTheTotalTimeout_data();
    void slowDripEndsAtTheTotalTimeout();
    void abortReportsEverySend();
    void abortIsHonestAtAnyMoment_data();
    void abortIsHonestAtAnyMoment();
    void sealedBodyGivesNothingMore();
    void deletedClientStillReports();
    void timingHasEveryPhase();
    void theProgressTellsWhenTheLastByteLeft();
};

void TestOutboundClient::bodyArrivesByteForByte()
{
    ScriptedServer server(Transport::Tls);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    QCOMPARE(sendAndWait(client, server.url(), Body).outcome, Outcome::Accepted);
    QCOMPARE(server.requests.first().body, Body);

    const QByteArray large = Body.repeated(20'000); // many reads of the body device
    QCOMPARE(sendAndWait(client, server.url(), large).outcome, Outcome::Accepted);
    QVERIFY(server.requests.last().body == large);
}

void TestOutboundClient::fortySendsAreOnTheWireAtOnce_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::newRow("tcp") << Transport::Tcp;
    QTest::newRow("tls") << Transport::Tls;
}

void TestOutboundClient::fortySendsAreOnTheWireAtOnce()
{
    QFETCH(const Transport, transport);
    constexpr int count = 40;
    ScriptedServer server(transport);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    QList<QFuture<SendReport>> futures;
    for (int i = 0; i < count; ++i) {
        server.willDo(Script::stall()); // nobody is answered: nobody can have waited
        futures.append(client.send(server.url(), keyFor(server.url()), "{}"));
    }
    QTRY_COMPARE_WITH_TIMEOUT(server.posts(), count, 20'000);
    QCOMPARE(server.connections, count);
    QCOMPARE(client.inFlight(), count);

    client.abortAll();
    QCOMPARE(client.inFlight(), 0);
    for (const auto &future : futures)
        QCOMPARE(reportOf(future).answer.problem, TransportProblem::Aborted);
    QCOMPARE(server.posts(), count);
}

void TestOutboundClient::idleConnectionThatWasClosedIsReplaced()
{
    ScriptedServer server;
    OutboundClient client;
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    server.hangUp();
    QTRY_COMPARE(server.openConnections(), 0);

    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::Accepted);
    QVERIFY(!report.answer.timing.reusedConnection);
    QCOMPARE(server.posts(), 2);
}

void TestOutboundClient::leftoversOfOneAnswerNeverBecomeTheNext_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray rest = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
    QTest::newRow("two answers") << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + rest;
    QTest::newRow("204 with a body") << "HTTP/1.1 204 No Content\r\n\r\n" + rest;
    QTest::newRow("early hints") << "HTTP/1.1 103 Early Hints\r\n\r\n" + rest;
    QTest::newRow("broken chunks")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + rest;
}

void TestOutboundClient::leftoversOfOneAnswerNeverBecomeTheNext()
{
    QFETCH(const QByteArray, answer);
    ScriptedServer server;
    OutboundClient client;
    server.willDo(Script::raw(answer, End::KeepOpen));
    server.willDo(Script::answer("422 Unprocessable Entity"));
    QVERIFY(sendAndWait(client, server.url()).answer.status != 201);
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.answer.status, 422);
    QCOMPARE(report.outcome, Outcome::Refused);
    QCOMPARE(server.posts(), 2);
}

void TestOutboundClient::failureLeavesOtherSendsAlone()
{
    ScriptedServer server;
    OutboundClient client;
    server.willDo({"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", End::KeepOpen, -1, 15ms});
    const auto slow = client.send(server.url(), keyFor(server.url()), "{}");
    QTRY_COMPARE(server.posts(), 1);
    server.willDo(Script::resetUnanswered());
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Unknown);
    QVERIFY(!slow.isFinished());
    QCOMPARE(reportOf(slow).outcome, Outcome::Accepted);
    QCOMPARE(server.posts(), 2);
}

void TestOutboundClient::retryAfterIsRead_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("seconds"); // -1: none
    const QByteArray date = "Date: Thu, 16 Jul 2026 12:00:00 GMT\r\n";
    QTest::newRow("429, none") << QByteArray("429 No") << QByteArray() << -1;
    QTest::newRow("429, seconds") << QByteArray("429 No") << QByteArray("Retry-After: 7\r\n") << 7;
    QTest::newRow("429, date") << QByteArray("429 No")
                               << date + "Retry-After: Thu, 16 Jul 2026 12:00:09 GMT\r\n"
                               << 9;
    QTest::newRow("429, nonsense")
        << QByteArray("429 No") << QByteArray("Retry-After: soon\r\n") << -1;
    QTest::newRow("503, seconds") << QByteArray("503 No") << QByteArray("Retry-After: 7\r\n") << 7;
    QTest::newRow("200, seconds") << QByteArray("200 OK") << QByteArray("Retry-After: 7\r\n") << -1;
}

void TestOutboundClient::retryAfterIsRead()
{
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, headers);
    QFETCH(const int, seconds);
    ScriptedServer server;
    OutboundClient client;
    server.willDo(Script::answer(status, "{}", headers));
    const auto wait = sendAndWait(client, server.url()).answer.retryAfter;
    QCOMPARE(wait.has_value(), seconds >= 0);
    if (wait)
        QCOMPARE(wait->count(), seconds * 1000);
}

void TestOutboundClient::repeatedHeadersSurvive()
{
    ScriptedServer server;
    OutboundClient client;
    server.willDo(Script::answer("200 OK", "{}", "X-A: 1\r\nX-B: 2\r\nX-A: 3\r\n"));
    const Answer answer = sendAndWait(client, server.url()).answer;
    QCOMPARE(headerValue(answer.headers, "x-a"), QByteArray("1, 3"));
    QCOMPARE(headerValue(answer.headers, "x-b"), QByteArray("2"));
    QCOMPARE(answer.reason, QByteArray("OK"));
}

void TestOutboundClient::hugeAnswerIsCutAtTheCap()
{
    // Far above what the sanitizers' quarantine keeps of freed memory.
    constexpr qint64 size = 400'000'000;
    ScriptedServer server;
    OutboundClient client;
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    const qint64 before = peakMemory();
    QVERIFY(before > 0);
    Script flood{"HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n"};
    flood.flood = size;
    server.willDo(flood);
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::Accepted);
    QCOMPARE(report.answer.problem, TransportProblem::None);
    QVERIFY(report.answer.bodyCapped);
    QCOMPARE(report.answer.body.size(), SendLimits().answerCap);
    QCOMPARE(server.posts(), 2);
    QVERIFY2(peakMemory() - before < 100'000'000,
             QByteArray::number(peakMemory() - before).constData());
    QVERIFY(server.bytesWritten < size);
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
}

void TestOutboundClient::answerOfExactlyTheCapIsWhole()
{
    ScriptedServer server;
    OutboundClient client;
    client.setLimits({5s, 5s, 1000});
    for (const int size : {1000, 1001}) {
        server.willDo(Script::answer("200 OK", QByteArray(size, 'x')));
        const Answer answer = sendAndWait(client, server.url()).answer;
        QCOMPARE(answer.body, QByteArray(1000, 'x'));
        QCOMPARE(answer.bodyCapped, size > 1000);
        QCOMPARE(answer.problem, TransportProblem::None);
    }
}

void TestOutboundClient::slowDripEndsAtTheTotalTimeout_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("headers") << "HTTP/1.1 200 OK\r\nX: " + QByteArray(1000, 'x')
                             << Outcome::Unknown;
    QTest::newRow("body") << "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(1000, 'x') << Outcome::Accepted;
}

void TestOutboundClient::slowDripEndsAtTheTotalTimeout()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Outcome, outcome);
    ScriptedServer server;
    OutboundClient client;
    client.setLimits({500ms, 5s});
    server.willDo({bytes, End::KeepOpen, -1, 2ms});
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, outcome);
    QCOMPARE(report.answer.problem, TransportProblem::TotalTimeout);
    QVERIFY(report.answer.timing.total >= 450ms);
    QVERIFY(report.answer.timing.total < 5s);
    QCOMPARE(server.posts(), 1);
}

void TestOutboundClient::abortReportsEverySend()
{
    ScriptedServer server;
    OutboundClient client;
    server.willDo(Script::stall());
    const auto sent = client.send(server.url(), keyFor(server.url()), "{}");
    QTRY_COMPARE(server.posts(), 1);
    const auto waiting = client.send(server.url(), keyFor(server.url()), "{}");
    QCOMPARE(client.inFlight(), 2);
    client.abortAll();

    QVERIFY(sent.isFinished() && waiting.isFinished());
    QCOMPARE(sent.result().outcome, Outcome::Unknown);
    QCOMPARE(sent.result().answer.problem, TransportProblem::Aborted);
    QCOMPARE(waiting.result().outcome, Outcome::NotSent);
    QCOMPARE(waiting.result().answer.problem, TransportProblem::Aborted);
    // What was reported as not sent must not go out afterwards.
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    QCOMPARE(server.posts(), 2);
}

void TestOutboundClient::abortIsHonestAtAnyMoment_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::newRow("tcp") << Transport::Tcp;
    QTest::newRow("tls") << Transport::Tls;
}

void TestOutboundClient::abortIsHonestAtAnyMoment()
{
    QFETCH(const Transport, transport);
    ScriptedServer server(transport);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    const QByteArray body(40'000, 'x'); // three reads of the body device
    int notSent = 0;
    int sent = 0;
    for (int moment = 0; sent < 20; ++moment) {
        const auto before = server.requests.size();
        const auto future = client.send(server.url(), keyFor(server.url()), body);
        for (int i = 0; i < moment / 3 && !future.isFinished(); ++i)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        client.abortAll();
        const Outcome outcome = future.result().outcome;
        // Whatever is still on its way arrives before this.
        QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
        const bool arrived = server.requests.at(before).body.size() == body.size();
        QVERIFY(!(arrived && outcome == Outcome::NotSent));
        ++(outcome == Outcome::NotSent ? notSent : sent);
    }
    QVERIFY(notSent > 0);
}

void TestOutboundClient::sealedBodyGivesNothingMore()
{
    OneShotBody body("abcdef");
    QCOMPARE(body.read(3), QByteArray("abc"));
    body.seal();
    QCOMPARE(body.read(3), QByteArray());
    QVERIFY(!body.wasReadToEnd());
    QVERIFY(!body.reset());
    QVERIFY(!body.seek(0));
}

void TestOutboundClient::deletedClientStillReports()
{
    ScriptedServer server;
    QFuture<SendReport> future;
    {
        OutboundClient client;
        server.willDo(Script::stall());
        future = client.send(server.url(), keyFor(server.url()), "{}");
        QTRY_COMPARE(server.posts(), 1);
    }
    QVERIFY(future.isFinished() && !future.isCanceled());
    QCOMPARE(future.resultCount(), 1);
    QCOMPARE(future.result().outcome, Outcome::Unknown);
}

void TestOutboundClient::timingHasEveryPhase()
{
    ScriptedServer server(Transport::Tls);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    const Timing fresh = sendAndWait(client, server.url()).answer.timing;
    QVERIFY(fresh.connecting && fresh.encrypted && fresh.requestSent && fresh.headers);
    QVERIFY(*fresh.connecting <= *fresh.encrypted);
    QVERIFY(*fresh.encrypted <= *fresh.requestSent);
    QVERIFY(*fresh.requestSent <= *fresh.headers);
    QVERIFY(*fresh.headers <= fresh.total);
    QVERIFY(!fresh.reusedConnection);

    const Timing reused = sendAndWait(client, server.url()).answer.timing;
    QVERIFY(!reused.connecting && !reused.encrypted && reused.requestSent && reused.headers);
    QVERIFY(reused.reusedConnection);
}

void TestOutboundClient::theProgressTellsWhenTheLastByteLeft()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    OutboundClient client;
    const auto future = client.send(server.url(), keyFor(server.url()), "{}");
    QCOMPARE(future.progressValue(), 0);
    QTRY_COMPARE(server.posts(), 1);
    QTRY_COMPARE(future.progressValue(), 1);
    QVERIFY(!future.isFinished());

    server.close();
    const auto refused = client.send(server.url(), keyFor(server.url()), "{}");
    QCOMPARE(reportOf(refused).outcome, Outcome::NotSent);
    QCOMPARE(refused.progressValue(), 0);
}

QTEST_GUILESS_MAIN(TestOutboundClient)
#include "tst_outboundclient.moc"
