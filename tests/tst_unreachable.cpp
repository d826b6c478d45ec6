#include "net/callbackposter.h"
#include "net/transportproblem.h"
#include "support/scriptedserver.h"
#include "support/sending.h"

using namespace icebreaker;
using namespace icebreaker::test;
using namespace std::chrono_literals;
using End = Script::End;
using Transport = ScriptedServer::Transport;

/// Failures before the request has left, and what stands between us and a server.
class TestUnreachable : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void refusedPortIsNotSent();
    void unresolvableNameIsNotSent();
    void untrustedCertificateIsNotSent();
    void certificateOfAnotherHostIsNotSent();
    void serverWithoutHandshakeIsNotSent_data();
    void serverWithoutHandshakeIsNotSent();
    void bodyThatWasNotReadToItsEndIsNotSent_data();
    void bodyThatWasNotReadToItsEndIsNotSent();
    void qtsWordsBecomeOurs_data();
    void qtsWordsBecomeOurs();

    void proxyThatRefusesIsNotSent_data();
    void proxyThatRefusesIsNotSent();
    void proxySeesATunnelAndNoKey();
    void loopbackNeverUsesTheProxy();

    void callbackIsPostedOnce_data();
    void callbackIsPostedOnce();
    void callbackIsDeliveredUntilItIsHeard();
    void callbackLeavesThisComputerNever();
    void callbackOfADeletedPosterFinishes();
};

void TestUnreachable::init()
{
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
                             "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})
        qunsetenv(name);
}

void TestUnreachable::refusedPortIsNotSent()
{
    QUrl url;
    {
        ScriptedServer gone;
        url = gone.url();
    }
    OutboundClient client;
    const SendReport report = sendAndWait(client, url);
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, TransportProblem::ConnectionRefused);
    QVERIFY(report.answer.problemDetail.contains(QStringLiteral("ConnectionRefusedError")));
}

void TestUnreachable::unresolvableNameIsNotSent()
{
    OutboundClient client;
    const SendReport report =
        sendAndWait(client, QUrl(QStringLiteral("https://agent.invalid/messaging")));
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, TransportProblem::NameNotResolved);
}

void TestUnreachable::untrustedCertificateIsNotSent()
{
    ScriptedServer server(Transport::Tls);
    OutboundClient client;
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, TransportProblem::TlsFailed);
    QVERIFY(report.answer.problemDetail.contains(QStringLiteral("self-signed")));
    QCOMPARE(server.requests.size(), 0);
}

void TestUnreachable::certificateOfAnotherHostIsNotSent()
{
    ScriptedServer server(Transport::Tls);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    QUrl url = server.url();
    url.setHost(QStringLiteral("127.0.0.2"));
    const SendReport report = sendAndWait(client, url);
    QCOMPARE(report.outcome, Outcome::NotSent);
    QVERIFY(report.answer.problem == TransportProblem::TlsFailed
            || report.answer.problem == TransportProblem::ConnectionRefused);
    QCOMPARE(server.requests.size(), 0);
}

void TestUnreachable::serverWithoutHandshakeIsNotSent_data()
{
    QTest::addColumn<SendLimits>("limits");
    QTest::addColumn<TransportProblem>("problem");
    QTest::newRow("inactivity") << SendLimits{5s, 150ms} << TransportProblem::InactivityTimeout;
    QTest::newRow("total") << SendLimits{150ms, 5s} << TransportProblem::TotalTimeout;
}

void TestUnreachable::serverWithoutHandshakeIsNotSent()
{
    QFETCH(const SendLimits, limits);
    QFETCH(const TransportProblem, problem);
    ScriptedServer server(Transport::Tls);
    server.setMute(true);
    OutboundClient client;
    client.setLimits(limits);
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, problem);
    QCOMPARE(server.connections, 1);
}

void TestUnreachable::bodyThatWasNotReadToItsEndIsNotSent_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<bool>("reused");
    for (const bool reused : {false, true}) {
        QTest::addRow("tcp, %s", reused ? "reused" : "fresh") << Transport::Tcp << reused;
        QTest::addRow("tls, %s", reused ? "reused" : "fresh") << Transport::Tls << reused;
    }
}

void TestUnreachable::bodyThatWasNotReadToItsEndIsNotSent()
{
    QFETCH(const Transport, transport);
    QFETCH(const bool, reused);
    ScriptedServer server(transport);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    if (reused)
        QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    server.requests.clear();
    Script script = Script::resetUnanswered();
    script.readAtMost = 1000;
    server.willDo(script);
    const SendReport report = sendAndWait(client, server.url(), QByteArray(30'000'000, 'x'));
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, TransportProblem::ClosedUnanswered);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(server.requests.first().body.size(), 1000);
}

// Those that no server on loopback can provoke.
void TestUnreachable::qtsWordsBecomeOurs_data()
{
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<ConnectionState>("state");
    QTest::addColumn<TransportProblem>("problem");
    const auto unnamed = QNetworkReply::UnknownNetworkError;
    QTest::newRow("network unreachable")
        << unnamed << ConnectionState{} << TransportProblem::ConnectionRefused;
    QTest::newRow("proxy says no")
        << unnamed << ConnectionState{false, false, true} << TransportProblem::ProxyFailed;
    QTest::newRow("network lost on the way")
        << unnamed << ConnectionState{true, false, false} << TransportProblem::ClosedUnanswered;
    QTest::newRow("network lost in the answer")
        << unnamed << ConnectionState{true, true, false} << TransportProblem::AnswerCut;
    QTest::newRow("broken stream")
        << QNetworkReply::ProtocolFailure << ConnectionState{true, false, false}
        << TransportProblem::NotHttp;
    QTest::newRow("broken stream in the answer")
        << QNetworkReply::ProtocolFailure << ConnectionState{true, true, false}
        << TransportProblem::AnswerCut;
}

void TestUnreachable::qtsWordsBecomeOurs()
{
    QFETCH(const QNetworkReply::NetworkError, error);
    QFETCH(const ConnectionState, state);
    QFETCH(const TransportProblem, problem);
    QCOMPARE(transportProblem(error, state), problem);
}

void TestUnreachable::proxyThatRefusesIsNotSent_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<TransportProblem>("problem");
    const auto failed = TransportProblem::ProxyFailed;
    const auto silent = TransportProblem::InactivityTimeout; // Qt waits on
    const QByteArray page = "<html>no</html>";
    QTest::newRow("password, basic") << Script::answer("407 Proxy Authentication Required", page,
                                                       "Proxy-Authenticate: Basic realm=\"x\"\r\n")
                                     << failed;
    QTest::newRow("password, negotiate") << Script::answer(
        "407 Proxy Authentication Required", page, "Proxy-Authenticate: Negotiate\r\n")
                                         << failed;
    QTest::newRow("forbidden") << Script::answer("403 Forbidden", page) << failed;
    QTest::newRow("bad gateway") << Script::answer("502 Bad Gateway", page) << failed;
    QTest::newRow("closed") << Script::closeUnanswered() << silent;
    QTest::newRow("reset") << Script::resetUnanswered() << silent;
}

void TestUnreachable::proxyThatRefusesIsNotSent()
{
    QFETCH(const Script, script);
    QFETCH(const TransportProblem, problem);
    ScriptedServer proxy;
    qputenv("https_proxy", proxy.url(QString()).toEncoded());
    proxy.willDo(script);
    OutboundClient client;
    client.setLimits({20s, problem == TransportProblem::InactivityTimeout ? 2s : 20s});
    const SendReport report =
        sendAndWait(client, QUrl(QStringLiteral("https://agent.test/messaging")));
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, problem);
    QVERIFY(!proxy.requests.isEmpty());
    for (const SeenRequest &request : std::as_const(proxy.requests)) {
        QCOMPARE(request.method, QByteArray("CONNECT"));
        QVERIFY(!request.head.contains(Key));
    }
}

void TestUnreachable::proxySeesATunnelAndNoKey()
{
    ScriptedServer proxy; // and the server at the end of its own tunnel
    qputenv("https_proxy", proxy.url(QString()).toEncoded());
    Script tunnel = Script::raw("HTTP/1.1 200 Connection established\r\n\r\n", End::KeepOpen);
    tunnel.startTls = true;
    proxy.willDo(tunnel);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    const SendReport report =
        sendAndWait(client, QUrl(QStringLiteral("https://agent.test/messaging")));
    QCOMPARE(report.outcome, Outcome::Accepted);
    QCOMPARE(proxy.requests.size(), 2);
    QCOMPARE(proxy.requests.first().method, QByteArray("CONNECT"));
    QVERIFY(!proxy.requests.first().head.contains(Key));
    QCOMPARE(proxy.requests.last().values("x-vgai-key"), QByteArrayList{Key});
    QCOMPARE(proxy.posts(), 1);
}

void TestUnreachable::loopbackNeverUsesTheProxy()
{
    ScriptedServer proxy;
    qputenv("http_proxy", proxy.url(QString()).toEncoded());
    ScriptedServer server;
    OutboundClient client;
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(proxy.connections, 0);
}

void TestUnreachable::callbackIsPostedOnce_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("status");
    QTest::newRow("heard") << Script::answer("204 No Content") << 204;
    QTest::newRow("refused") << Script::answer("404 Not Found") << 404;
    QTest::newRow("closed") << Script::closeUnanswered() << 0;
}

void TestUnreachable::callbackIsPostedOnce()
{
    QFETCH(const Script, script);
    QFETCH(const int, status);
    ScriptedServer server;
    CallbackPoster poster;
    server.willDo(script);
    const auto future = poster.post(server.url(), R"({"status":"read"})");
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result(), status);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(server.requests.first().body, QByteArray(R"({"status":"read"})"));
    QCOMPARE(server.requests.first().values("content-type"), QByteArrayList{"application/json"});
}

void TestUnreachable::callbackIsDeliveredUntilItIsHeard()
{
    ScriptedServer server;
    CallbackPoster poster(nullptr, 1ms);
    server.willDo(Script::answer("503 Service Unavailable"));
    server.willDo(Script::closeUnanswered());
    server.willDo(Script::answer("204 No Content")); // the sender is content with 200 alone
    server.willDo(Script::answer("200 OK"));
    poster.deliver(server.url(), R"({"status":"read"})");
    QTRY_COMPARE(server.posts(), 4);
    for (const auto &request : server.requests)
        QCOMPARE(request.body, QByteArray(R"({"status":"read"})"));

    // Heard: the next callback is the next request.
    server.willDo(Script::answer("200 OK"));
    poster.deliver(server.url(), R"({"status":"delivered"})");
    QTRY_COMPARE(server.posts(), 5);
    QCOMPARE(server.requests.last().body, QByteArray(R"({"status":"delivered"})"));

    // Nobody who listens: not for ever.
    constexpr int mostAttempts = 6;
    for (int i = 0; i < mostAttempts + 1; ++i)
        server.willDo(Script::answer("404 Not Found"));
    poster.deliver(server.url(), "{}");
    QTRY_COMPARE(server.posts(), 5 + mostAttempts);
    const auto after = poster.post(server.url(), "{}");
    QTRY_VERIFY(after.isFinished());
    QCOMPARE(server.posts(), 5 + mostAttempts + 1);
}

void TestUnreachable::callbackLeavesThisComputerNever()
{
    CallbackPoster poster;
    for (const char *address :
         {"http://agent.invalid/", "https://studio.example/", "file:///x", ""}) {
        const auto future = poster.post(QUrl(QString::fromLatin1(address)), "{}");
        QVERIFY(future.isFinished());
        QCOMPARE(future.result(), 0);
    }
}

void TestUnreachable::callbackOfADeletedPosterFinishes()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    auto poster = std::make_unique<CallbackPoster>();
    const auto future = poster->post(server.url(), "{}");
    QTRY_COMPARE(server.posts(), 1);
    poster.reset();
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.resultCount(), 1);
    QCOMPARE(future.result(), 0);
}

QTEST_GUILESS_MAIN(TestUnreachable)
#include "tst_unreachable.moc"
