#include "listen/httplistener.h"
#include "support/rawclient.h"

#include <QTest>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace std::chrono_literals;

namespace {

/// Keeps what a listener's thread handed out until the test asks for it.
class Pending
{
public:
    void add(const Responder &responder)
    {
        const std::lock_guard lock(m_mutex);
        m_responders.push_back(responder);
    }
    [[nodiscard]] std::size_t size()
    {
        const std::lock_guard lock(m_mutex);
        return m_responders.size();
    }
    [[nodiscard]] std::vector<Responder> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_responders, {});
    }

private:
    std::mutex m_mutex;
    std::vector<Responder> m_responders;
};

HttpListener::Handler keepIn(Pending &pending)
{
    return [&pending](const HttpRequest &, const Responder &responder) { pending.add(responder); };
}

void answerOk(const HttpRequest &, const Responder &responder)
{
    responder.answer({200, {}, "ok"});
}

} // namespace

class TestHttpListener : public QObject
{
    Q_OBJECT

private slots:
    void handlerGetsTheRequestAndItsAnswerArrives();
    void keptConnectionServesManyRequests();
    void answerMayComeLaterFromAnyThread();
    void droppedResponderClosesUnanswered();
    void firstDecisionCounts();
    void headerWithALineBreakIsNeverSent();
    void cutAnswerHasAllHeadersAndTheFirstBytes_data();
    void cutAnswerHasAllHeadersAndTheFirstBytes();
    void stallEndsWithStop();
    void stalledClientThatLeavesFreesItsPlace();
    void undecidedRequestIsClosedAfterTheLimit();
    void clientThatLeavesBeforeItsAnswerDoesNoHarm();
    void halfClosedClientIsAnswered();
    void malformedRequestIsRefused_data();
    void malformedRequestIsRefused();
    void bodyUpToTheCapIsTaken();
    void longerBodyIsAnswered413_data();
    void longerBodyIsAnswered413();
    void endlessBodyIsCutOff();
    void silentClientsAreCutOff();
    void drippingClientIsCutOff();
    void crowdOfSlowClientsMakesRoomSoon();
    void twoHundredConnectionsAreAllAnswered();
    void stopUnderLoadLeavesNothingOpen();
    void decisionAfterStopDoesNothing();
    void samePortServesAgainAfterStop();
    void takenPortIsAnError();
    void onlyThisComputerIsServed();
};

void TestHttpListener::handlerGetsTheRequestAndItsAnswerArrives()
{
    HttpRequest seen;
    HttpListener listener([&seen](const HttpRequest &request, const Responder &responder) {
        seen = request;
        responder.answer({201, {{"X-Answer", "yes"}}, "made"});
    });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/a%20b/c?x=1&y=%20", "\xF0\x9F\x98\x80 body", "X-Vgai-Key: k\r\n");
    QVERIFY(client.waitForAnswer());
    listener.stop(); // so that `seen` is ours

    QCOMPARE(client.status(), 201);
    QCOMPARE(client.header("X-Answer"), QByteArray("yes"));
    QVERIFY(!client.header("Date").isEmpty());
    QCOMPARE(client.body(), QByteArray("made"));
    QCOMPARE(seen.method, QByteArray("POST"));
    QCOMPARE(seen.path, QByteArray("/a%20b/c"));
    QCOMPARE(seen.query, QByteArray("x=1&y=%20"));
    QCOMPARE(headerValue(seen.headers, "x-vgai-key"), QByteArray("k"));
    QCOMPARE(seen.body, QByteArray("\xF0\x9F\x98\x80 body"));
}

void TestHttpListener::keptConnectionServesManyRequests()
{
    HttpListener listener([](const HttpRequest &request, const Responder &responder) {
        responder.answer({200, {}, request.path});
    });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    for (int i = 0; i < 20; ++i) {
        const QByteArray path = "/" + QByteArray::number(i);
        client.received.clear();
        client.post(path, "x");
        QVERIFY(client.waitForAnswer());
        QCOMPARE(client.body(), path);
    }
    QVERIFY(client.isConnected());
}

void TestHttpListener::answerMayComeLaterFromAnyThread()
{
    Pending pending;
    HttpListener listener(keepIn(pending));
    QVERIFY(listener.start());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 40; ++i) {
        clients.push_back(std::make_unique<RawClient>(listener.port()));
        clients.back()->post("/", "x");
    }
    QTRY_COMPARE(pending.size(), std::size_t(40));

    std::vector<std::thread> threads;
    for (const Responder &responder : pending.take())
        threads.emplace_back([responder] { responder.answer({202, {}, "later"}); });
    for (std::thread &thread : threads)
        thread.join();

    for (const auto &client : clients) {
        QVERIFY(client->waitForAnswer());
        QCOMPARE(client->status(), 202);
        QCOMPARE(client->body(), QByteArray("later"));
    }
}

void TestHttpListener::droppedResponderClosesUnanswered()
{
    Pending pending;
    HttpListener listener(keepIn(pending));
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/", "x");
    QTRY_COMPARE(pending.size(), std::size_t(1));
    QVERIFY(client.isConnected());

    static_cast<void>(pending.take());

    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray());
}

void TestHttpListener::firstDecisionCounts()
{
    HttpListener listener([](const HttpRequest &, const Responder &responder) {
        responder.answer({200, {}, "first"});
        responder.answer({500, {}, "second"});
        responder.closeUnanswered();
        responder.stall();
    });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/", "x");
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.body(), QByteArray("first"));
}

void TestHttpListener::headerWithALineBreakIsNeverSent()
{
    HttpListener listener([](const HttpRequest &, const Responder &responder) {
        responder.answer({200, {{"X-Bad", "a\r\nX-Injected: b"}}, "body"});
    });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/", "x");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray());
}

void TestHttpListener::cutAnswerHasAllHeadersAndTheFirstBytes_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("cut");
    QTest::newRow("nothing of a short body") << 10 << 0;
    QTest::newRow("half of a short body") << 10 << 5;
    QTest::newRow("half of a long body") << 100'000 << 50'000;
}

void TestHttpListener::cutAnswerHasAllHeadersAndTheFirstBytes()
{
    QFETCH(const int, size);
    QFETCH(const int, cut);
    const QByteArray whole(size, 'b');
    HttpListener listener([&](const HttpRequest &, const Responder &responder) {
        responder.answerCut({200, {{"X-Last", "header"}}, whole}, cut);
    });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/", "x");
    QVERIFY(client.waitForClose());

    QCOMPARE(client.status(), 200);
    QCOMPARE(client.header("X-Last"), QByteArray("header"));
    QCOMPARE(client.header("Content-Length"), QByteArray::number(size));
    QCOMPARE(client.body(), whole.left(cut));
}

void TestHttpListener::stallEndsWithStop()
{
    std::atomic<int> seen = 0;
    HttpListener listener([&seen](const HttpRequest &, const Responder &responder) {
        responder.stall();
        ++seen;
    });
    QVERIFY(listener.start());
    RawClient first(listener.port());
    RawClient second(listener.port());
    first.post("/", "x");
    second.post("/", "x");
    QTRY_COMPARE(seen.load(), 2);
    QVERIFY(first.isConnected());

    listener.stop();

    QVERIFY(first.waitForClose());
    QVERIFY(second.waitForClose());
    QCOMPARE(first.received + second.received, QByteArray());
}

void TestHttpListener::stalledClientThatLeavesFreesItsPlace()
{
    std::atomic<int> seen = 0;
    ListenLimits limits;
    limits.connections = 1;
    HttpListener listener(
        [&seen](const HttpRequest &request, const Responder &responder) {
            ++seen;
            if (request.path == "/stall")
                responder.stall();
            else
                responder.answer({});
        },
        limits);
    QVERIFY(listener.start());
    RawClient leaving(listener.port());
    leaving.post("/stall", "x");
    QTRY_COMPARE(seen.load(), 1);
    RawClient waiting(listener.port());
    waiting.post("/", "x");
    QVERIFY(waiting.waitForSent());

    leaving.abort();

    QVERIFY(waiting.waitForAnswer());
    QCOMPARE(waiting.status(), 200);
}

void TestHttpListener::undecidedRequestIsClosedAfterTheLimit()
{
    Pending pending;
    ListenLimits limits;
    limits.answer = 200ms;
    HttpListener listener(keepIn(pending), limits);
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/", "x");
    QVERIFY(client.waitForClose(2000));
    QCOMPARE(client.received, QByteArray());
    for (const Responder &late : pending.take())
        late.answer({});
}

void TestHttpListener::clientThatLeavesBeforeItsAnswerDoesNoHarm()
{
    Pending pending;
    HttpListener listener(keepIn(pending));
    QVERIFY(listener.start());
    for (int i = 0; i < 20; ++i) {
        RawClient client(listener.port());
        client.post("/", "x");
        QTRY_COMPARE(pending.size(), std::size_t(1));
        client.abort();
        pending.take().front().answer({200, {}, QByteArray(100'000, 'x')});
    }
    RawClient next(listener.port());
    next.post("/", "x");
    QTRY_COMPARE(pending.size(), std::size_t(1));
    pending.take().front().answer({204, {}, {}});
    QVERIFY(next.waitForAnswer());
    QCOMPARE(next.status(), 204);
}

void TestHttpListener::halfClosedClientIsAnswered()
{
    Pending pending;
    HttpListener listener(keepIn(pending));
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/", "x");
    QVERIFY(client.waitForSent());
    client.halfClose();
    QTRY_COMPARE(pending.size(), std::size_t(1));
    pending.take().front().answer({200, {}, "still here"});
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.body(), QByteArray("still here"));
}

void TestHttpListener::malformedRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status"); // 0: closed unanswered
    QTest::newRow("length is a word")
        << QByteArray("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ten\r\n\r\n") << 400;
    QTest::newRow("length is negative")
        << QByteArray("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n") << 400;
    QTest::newRow("length overflows")
        << QByteArray("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n")
        << 413;
    QTest::newRow("header of 1 MB")
        << "POST / HTTP/1.1\r\nHost: h\r\nX-Long: " + QByteArray(1'000'000, 'x') + "\r\n\r\n"
        << 431;
    QTest::newRow("address of 1 MB")
        << "GET /" + QByteArray(1'000'000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n"
        << 414;
    QTest::newRow("two lengths") << QByteArray(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 30\r\n\r\nx")
                                 << 400;
    QTest::newRow("length and chunks") << QByteArray(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\n") << 400;
    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("chunk is no number") << QByteArray(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n")
                                        << 400;
}

void TestHttpListener::malformedRequestIsRefused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    std::atomic<int> handled = 0;
    HttpListener listener([&handled](const HttpRequest &, const Responder &responder) {
        ++handled;
        responder.answer({});
    });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.send(bytes);
    QVERIFY(client.waitForClose());
    QCOMPARE(client.status(), status);
    QCOMPARE(handled.load(), 0);

    RawClient next(listener.port());
    next.post("/", "x");
    QVERIFY(next.waitForAnswer());
    QCOMPARE(next.status(), 200);
}

void TestHttpListener::bodyUpToTheCapIsTaken()
{
    qsizetype size = 0;
    HttpListener listener([&size](const HttpRequest &request, const Responder &responder) {
        size = request.body.size();
        responder.answer({});
    });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.post("/", QByteArray(65536, 'x'));
    QVERIFY(client.waitForAnswer());
    listener.stop();
    QCOMPARE(client.status(), 200);
    QCOMPARE(size, qsizetype(65536));
}

void TestHttpListener::longerBodyIsAnswered413_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("chunked");
    QTest::newRow("one byte more") << 65536 + 1 << false;
    QTest::newRow("20 MB") << 20'000'000 << false;
    QTest::newRow("chunked") << 65536 + 1 << true;
}

void TestHttpListener::longerBodyIsAnswered413()
{
    QFETCH(const int, size);
    QFETCH(const bool, chunked);
    std::atomic<int> handled = 0;
    HttpListener listener([&handled](const HttpRequest &, const Responder &) { ++handled; });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    const QByteArray body(size, 'x');
    if (chunked)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + QByteArray::number(size, 16) + "\r\n" + body + "\r\n0\r\n\r\n");
    else
        client.post("/", body);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 413);
    QCOMPARE(handled.load(), 0);
}

void TestHttpListener::endlessBodyIsCutOff()
{
    std::atomic<int> handled = 0;
    HttpListener listener([&handled](const HttpRequest &, const Responder &) { ++handled; });
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    const QByteArray chunk = "400000\r\n" + QByteArray(0x400000, 'x') + "\r\n";
    QVERIFY(QTest::qWaitFor([&] {
        while (client.isConnected() && client.unsent() < 1'000'000)
            client.send(chunk);
        return client.isClosed();
    }));
    QCOMPARE(handled.load(), 0);
}

void TestHttpListener::silentClientsAreCutOff()
{
    ListenLimits limits;
    limits.connections = 16;
    limits.inactivity = 1s;
    HttpListener listener(&answerOk, limits);
    QVERIFY(listener.start());
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 16; ++i) {
        silent.push_back(std::make_unique<RawClient>(listener.port()));
        silent.back()->send("POST / HTTP/1.1\r\nHost: h\r\nX-");
        QVERIFY(silent.back()->waitForSent());
    }
    RawClient honest(listener.port());
    honest.post("/", "x");
    QVERIFY(honest.waitForAnswer());
    QCOMPARE(honest.status(), 200);
    for (const auto &client : silent)
        QVERIFY(client->waitForClose());
}

void TestHttpListener::drippingClientIsCutOff()
{
    ListenLimits limits;
    limits.wholeRequest = 600ms;
    HttpListener listener(&answerOk, limits);
    QVERIFY(listener.start());
    RawClient client(listener.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nX-Slow: ");
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&client] {
        if (client.isConnected())
            client.send("x");
    });
    drip.start(50ms);
    QVERIFY(client.waitForClose(3000));
    QVERIFY(client.status() != 200);
}

void TestHttpListener::crowdOfSlowClientsMakesRoomSoon()
{
    ListenLimits limits;
    limits.connections = 16;
    limits.wholeRequestWhenCrowded = 300ms; // against 5 s of inactivity
    HttpListener listener(&answerOk, limits);
    QVERIFY(listener.start());
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 16; ++i) {
        slow.push_back(std::make_unique<RawClient>(listener.port()));
        slow.back()->send("POST / HTTP/1.1\r\nHost: h\r\nX-");
        QVERIFY(slow.back()->waitForSent());
    }
    RawClient honest(listener.port());
    honest.post("/", "x");
    QVERIFY(honest.waitForAnswer(2500));
    QCOMPARE(honest.status(), 200);
    // Without a crowd, a slow client keeps its time.
    for (const auto &client : slow)
        QVERIFY(client->waitForClose());
    RawClient lonely(listener.port());
    lonely.send("POST / HTTP/1.1\r\nHost: h\r\n");
    QVERIFY(lonely.waitForSent());
    QVERIFY(!lonely.waitForClose(900));
}

void TestHttpListener::twoHundredConnectionsAreAllAnswered()
{
    HttpListener listener(&answerOk);
    QVERIFY(listener.start());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(listener.port()));
        clients.back()->post("/", "x", "Connection: close\r\n");
    }
    for (const auto &client : clients) {
        QVERIFY(client->waitForAnswer());
        QCOMPARE(client->status(), 200);
    }
}

void TestHttpListener::stopUnderLoadLeavesNothingOpen()
{
    for (int round = 0; round < 10; ++round) {
        std::mutex mutex;
        std::vector<std::thread> answering;
        std::atomic<int> seen = 0;
        HttpListener listener([&](const HttpRequest &, const Responder &responder) {
            const std::lock_guard lock(mutex);
            switch (++seen % 4) {
            case 0: responder.stall(); break;
            case 1: responder.answer({}); break;
            case 2: responder.answerCut({200, {}, "half"}, 2); break;
            default: answering.emplace_back([responder] { responder.answer({}); });
            }
        });
        QVERIFY(listener.start());
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 60; ++i) {
            clients.push_back(std::make_unique<RawClient>(listener.port()));
            clients.back()->post("/", "x");
        }
        QTRY_VERIFY(seen > round * 5);

        listener.stop();

        const std::lock_guard lock(mutex);
        for (std::thread &thread : answering)
            thread.join();
        for (const auto &client : clients)
            QVERIFY(client->waitForClose());
    }
}

void TestHttpListener::decisionAfterStopDoesNothing()
{
    Pending pending;
    {
        HttpListener listener(keepIn(pending));
        QVERIFY(listener.start());
        RawClient client(listener.port());
        client.post("/", "x");
        QTRY_COMPARE(pending.size(), std::size_t(1));
    }
    pending.take().front().answer({});
}

void TestHttpListener::samePortServesAgainAfterStop()
{
    HttpListener listener(&answerOk);
    QVERIFY(listener.start());
    const quint16 port = listener.port();
    for (int round = 0; round < 3; ++round) {
        QVERIFY(listener.start(port));
        QCOMPARE(listener.port(), port);
        RawClient client(port);
        client.post("/", "x");
        QVERIFY(client.waitForAnswer());
        listener.stop();
        QCOMPARE(listener.port(), quint16(0));
    }
}

void TestHttpListener::takenPortIsAnError()
{
    HttpListener first(&answerOk);
    QVERIFY(first.start());
    HttpListener second(&answerOk);
    const auto started = second.start(first.port());
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::Network);
    QVERIFY(started.error().detail.contains(QString::number(first.port())));
    QVERIFY(!second.isRunning());
}

void TestHttpListener::onlyThisComputerIsServed()
{
    HttpListener listener(&answerOk);
    QVERIFY(listener.start());
    // Bound to 127.0.0.1 alone: not even another loopback address gets through.
    RawClient client(listener.port(), QHostAddress(QStringLiteral("127.0.0.2")));
    client.post("/", "x");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray());
}

QTEST_GUILESS_MAIN(TestHttpListener)
#include "tst_httplistener.moc"
