#include "listen/statusinbox.h"
#include "net/inboxprobe.h"
#include "net/localaddresses.h"
#include "support/scriptedserver.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Verdict = ProbeReport::Verdict;
using Transport = ScriptedServer::Transport;

namespace {

constexpr auto Impatient = 1000ms; // and yet enough for an answer on a busy computer

/// The report of @p future, which must come within 5 s.
ProbeReport reportOf(const QFuture<ProbeReport> &future)
{
    QFutureWatcher<ProbeReport> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    ProbeReport none;
    none.verdict = Verdict::BadUrl;
    if (!future.isFinished() && !finished.wait(5000))
        return none;
    return future.resultCount() == 1 ? future.result() : none;
}

} // namespace

/// The "Test" button: from a public address back to the inbox, or the reason why not.
class TestInboxProbe : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void probeComesBack();
    void probeComesBackThroughAProxyThatKeepsThePath();
    void relayThatForwardsLaterWorks();
    void tokenOfAnotherProbeDoesNotCount();
    void anotherMachineIsNoticed();
    void wrongStatusIsReported_data();
    void wrongStatusIsReported();
    void wrongPathOfThisInboxIsA404();
    void answerThatIsChangedOnItsWayIsNoticed();
    void answerThatIsLostIsNoticed();
    void untrustedCertificateIsReported();
    void refusedConnectionIsReported();
    void unknownNameIsReported();
    void silenceIsATimeOut();
    void whatIsNotHttpIsNoAnswer();
    void unusableAddressIsNotTried_data();
    void unusableAddressIsNotTried();
    void probeThatGoesAwayFinishes();
    void probesDoNotDisturbEachOther();
    void tokensAreFitForTheInbox();
    void loopbackIsAmongTheLocalAddresses();
};

void TestInboxProbe::init()
{
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
                             "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})
        qunsetenv(name);
}

void TestInboxProbe::probeComesBack()
{
    StatusInbox inbox({});
    QVERIFY(inbox.start());
    InboxProbe probe;
    connect(&inbox, &StatusInbox::probeArrived, &probe, &InboxProbe::noteArrival);
    const QString token = InboxProbe::makeToken();
    const ProbeReport report = reportOf(probe.run(inbox.probeUrlFor(token), token));
    QCOMPARE(report.verdict, Verdict::Works);
    QVERIFY(report.arrived);
    QCOMPARE(report.status, 200);
    QCOMPARE(report.problem, TransportProblem::None);
    QCOMPARE(inbox.counts().probes, 1);
    QCOMPARE(inbox.rejectedCount(), 0);
}

void TestInboxProbe::probeComesBackThroughAProxyThatKeepsThePath()
{
    StatusInbox inbox({});
    QVERIFY(inbox.start());
    InboxOptions options;
    options.place.port = static_cast<quint16>(inbox.localBase().port());
    // What stands before the secret reaches the inbox here as it is.
    options.publicBase = QUrl(u"http://127.0.0.1:%1/hooks/in"_s.arg(options.place.port));
    QVERIFY(inbox.start(options));
    InboxProbe probe;
    connect(&inbox, &StatusInbox::probeArrived, &probe, &InboxProbe::noteArrival);
    const QString token = InboxProbe::makeToken();
    const QUrl url = inbox.probeUrlFor(token);
    QVERIFY(url.path().startsWith("/hooks/in/"_L1));
    QCOMPARE(reportOf(probe.run(url, token)).verdict, Verdict::Works);
}

void TestInboxProbe::relayThatForwardsLaterWorks()
{
    ScriptedServer relay;
    InboxProbe probe;
    const QString token = InboxProbe::makeToken();
    const auto future = probe.run(relay.url(u"/probe/"_s + token), token);
    QTRY_COMPARE(relay.requests.size(), 1);
    QTimer::singleShot(150ms, &probe, [&probe, token] { probe.noteArrival(token); });
    const ProbeReport report = reportOf(future);
    QCOMPARE(report.verdict, Verdict::Works);
    QVERIFY(report.arrived);
}

void TestInboxProbe::tokenOfAnotherProbeDoesNotCount()
{
    ScriptedServer server;
    InboxProbe probe;
    const QString token = InboxProbe::makeToken();
    const auto future = probe.run(server.url(u"/probe/"_s + token), token, Impatient);
    probe.noteArrival(InboxProbe::makeToken());
    QCOMPARE(reportOf(future).verdict, Verdict::OtherMachine);
}

void TestInboxProbe::anotherMachineIsNoticed()
{
    ScriptedServer other;
    InboxProbe probe;
    const QString token = InboxProbe::makeToken();
    const ProbeReport report =
        reportOf(probe.run(other.url(u"/hooks/probe/"_s + token), token, Impatient));
    QCOMPARE(report.verdict, Verdict::OtherMachine);
    QVERIFY(!report.arrived);
    QCOMPARE(report.status, 200);
    QCOMPARE(other.posts(), 1);
    QCOMPARE(other.requests.front().target, "/hooks/probe/" + token.toLatin1());
    QCOMPARE(other.requests.front().values("content-type"), {"application/json"});
}

void TestInboxProbe::wrongStatusIsReported_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::newRow("another program, or a wrong path") << QByteArray("404 Not Found") << 404;
    QTest::newRow("redirect") << QByteArray("301 Moved Permanently") << 301;
    QTest::newRow("tunnel without an end") << QByteArray("502 Bad Gateway") << 502;
    QTest::newRow("a door before it") << QByteArray("401 Unauthorized") << 401;
}

void TestInboxProbe::wrongStatusIsReported()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, status);
    ScriptedServer server;
    server.willDo(Script::answer(line, "no", "Location: /elsewhere\r\n"));
    InboxProbe probe;
    const QString token = InboxProbe::makeToken();
    const ProbeReport report = reportOf(probe.run(server.url(u"/probe/"_s + token), token));
    QCOMPARE(report.verdict, Verdict::WrongStatus);
    QCOMPARE(report.status, status);
    QVERIFY(!report.arrived);
    QCOMPARE(server.requests.size(), 1); // no redirect was followed
}

void TestInboxProbe::wrongPathOfThisInboxIsA404()
{
    StatusInbox inbox({});
    QVERIFY(inbox.start());
    InboxProbe probe;
    connect(&inbox, &StatusInbox::probeArrived, &probe, &InboxProbe::noteArrival);
    const QString token = InboxProbe::makeToken();
    QUrl url = inbox.probeUrlFor(token);
    url.setPath("/AAAAAAAAAAAAAAAAAAAAAA/probe/"_L1 + token);
    const ProbeReport report = reportOf(probe.run(url, token));
    QCOMPARE(report.verdict, Verdict::WrongStatus);
    QCOMPARE(report.status, 404);
    QCOMPARE(inbox.rejectedCount(), 1);
}

void TestInboxProbe::answerThatIsChangedOnItsWayIsNoticed()
{
    ScriptedServer proxy;
    proxy.willDo(Script::answer("500 Internal Server Error"));
    InboxProbe probe;
    const QString token = InboxProbe::makeToken();
    const auto future = probe.run(proxy.url(u"/probe/"_s + token), token);
    probe.noteArrival(token); // while the proxy has not yet answered
    const ProbeReport report = reportOf(future);
    QCOMPARE(report.verdict, Verdict::AnswerLost);
    QVERIFY(report.arrived);
    QCOMPARE(report.status, 500);
}

void TestInboxProbe::answerThatIsLostIsNoticed()
{
    ScriptedServer proxy;
    proxy.willDo(Script::stall());
    InboxProbe probe;
    const QString token = InboxProbe::makeToken();
    const auto future = probe.run(proxy.url(u"/probe/"_s + token), token, Impatient);
    probe.noteArrival(token);
    const ProbeReport report = reportOf(future);
    QCOMPARE(report.verdict, Verdict::AnswerLost);
    QCOMPARE(report.status, 0);
}

void TestInboxProbe::untrustedCertificateIsReported()
{
    ScriptedServer server(Transport::Tls);
    InboxProbe probe;
    const QString token = InboxProbe::makeToken();
    const ProbeReport report = reportOf(probe.run(server.url(u"/probe/"_s + token), token));
    QCOMPARE(report.verdict, Verdict::TlsFailed);
    QVERIFY(report.detail.contains("self-signed"_L1));
    QVERIFY(!report.detail.contains(token));
    QCOMPARE(server.requests.size(), 0);
}

void TestInboxProbe::refusedConnectionIsReported()
{
    QUrl url;
    {
        ScriptedServer gone;
        url = gone.url(u"/probe"_s);
    }
    InboxProbe probe;
    const ProbeReport report = reportOf(probe.run(url, InboxProbe::makeToken()));
    QCOMPARE(report.verdict, Verdict::ConnectionRefused);
    QCOMPARE(report.problem, TransportProblem::ConnectionRefused);
    QCOMPARE(report.status, 0);
}

void TestInboxProbe::unknownNameIsReported()
{
    InboxProbe probe;
    const ProbeReport report =
        reportOf(probe.run(QUrl(u"https://inbox.invalid/probe"_s), InboxProbe::makeToken()));
    QCOMPARE(report.verdict, Verdict::NameNotResolved);
}

void TestInboxProbe::silenceIsATimeOut()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    InboxProbe probe;
    const ProbeReport report =
        reportOf(probe.run(server.url(u"/probe"_s), InboxProbe::makeToken(), Impatient));
    QCOMPARE(report.verdict, Verdict::TimedOut);
    QVERIFY(report.took >= Impatient * 9 / 10); // Qt's coarse timers may be early
}

void TestInboxProbe::whatIsNotHttpIsNoAnswer()
{
    ScriptedServer server;
    server.willDo(Script::closeUnanswered());
    InboxProbe probe;
    const ProbeReport report =
        reportOf(probe.run(server.url(u"/probe"_s), InboxProbe::makeToken()));
    QCOMPARE(report.verdict, Verdict::NoAnswer);
    QCOMPARE(server.posts(), 1);
}

void TestInboxProbe::unusableAddressIsNotTried_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("empty") << QUrl();
    QTest::newRow("no host") << QUrl(u"https:///probe"_s);
    QTest::newRow("a file") << QUrl(u"file:///etc/hosts"_s);
    QTest::newRow("ftp") << QUrl(u"ftp://127.0.0.1/probe"_s);
}

void TestInboxProbe::unusableAddressIsNotTried()
{
    QFETCH(const QUrl, url);
    InboxProbe probe;
    const auto future = probe.run(url, InboxProbe::makeToken());
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().verdict, Verdict::BadUrl);
}

void TestInboxProbe::probeThatGoesAwayFinishes()
{
    ScriptedServer stalling;
    stalling.willDo(Script::stall());
    ScriptedServer answering;
    auto probe = std::make_unique<InboxProbe>();
    const auto inFlight = probe->run(stalling.url(u"/a"_s), InboxProbe::makeToken());
    const auto answered = probe->run(answering.url(u"/b"_s), InboxProbe::makeToken());
    QTRY_COMPARE(answering.requests.size(), 1);
    QTRY_COMPARE(stalling.requests.size(), 1);
    probe.reset();
    QVERIFY(inFlight.isFinished());
    QVERIFY(answered.isFinished());
    QCOMPARE(inFlight.result().verdict, Verdict::Cancelled);
    QCOMPARE(answered.result().verdict, Verdict::Cancelled);
}

void TestInboxProbe::probesDoNotDisturbEachOther()
{
    StatusInbox inbox({});
    QVERIFY(inbox.start());
    ScriptedServer other;
    InboxProbe probe;
    connect(&inbox, &StatusInbox::probeArrived, &probe, &InboxProbe::noteArrival);
    const QString first = InboxProbe::makeToken();
    const QString second = InboxProbe::makeToken();
    const auto wrong = probe.run(other.url(u"/probe/"_s + first), first, Impatient);
    const auto right = probe.run(inbox.probeUrlFor(second), second);
    QCOMPARE(reportOf(wrong).verdict, Verdict::OtherMachine);
    QCOMPARE(reportOf(right).verdict, Verdict::Works);
}

void TestInboxProbe::tokensAreFitForTheInbox()
{
    QSet<QString> tokens;
    for (int i = 0; i < 100; ++i)
        tokens.insert(InboxProbe::makeToken());
    QCOMPARE(tokens.size(), 100);
    for (const QString &token : std::as_const(tokens))
        QCOMPARE(token.size(), 32);
}

void TestInboxProbe::loopbackIsAmongTheLocalAddresses()
{
    const QList<LocalAddress> addresses = localAddresses();
    QVERIFY(!addresses.isEmpty());
    QVERIFY(addresses.front().loopback);
    const auto ipv4 = std::find_if(addresses.begin(), addresses.end(),
                                   [](const auto &each) { return each.address == "127.0.0.1"_L1; });
    QVERIFY(ipv4 != addresses.end());
    QVERIFY(ipv4->loopback && !ipv4->ipv6);
    QVERIFY(!ipv4->interfaceName.isEmpty());
}

QTEST_GUILESS_MAIN(TestInboxProbe)
#include "tst_inboxprobe.moc"
