#include "net/diagnoser.h"
#include "support/scriptedserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Transport = ScriptedServer::Transport;

namespace {

/// What a server that behaves says, at its own moment.
Script answerAt(const QDateTime &moment, const QByteArray &status = "404 Not Found")
{
    const QString date =
        QLocale::c().toString(moment.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    return Script::answer(status, "{}", "Server: test\r\nDate: " + date.toLatin1() + "\r\n");
}

Script answerNow()
{
    return answerAt(QDateTime::currentDateTimeUtc());
}

QHostInfo namesOf(const QList<QHostAddress> &addresses)
{
    QHostInfo info;
    info.setAddresses(addresses);
    return info;
}

/// Knows the names ending in ".test", all of which are this computer.
ProbeMeans::Resolver testResolver(QList<QHostAddress> addresses = {QHostAddress::LocalHost})
{
    return [addresses](const QString &name, QObject *context,
                       const std::function<void(const QHostInfo &)> &done) {
        QHostInfo info = namesOf(addresses);
        if (!name.endsWith(".test"_L1)) {
            info = QHostInfo();
            info.setError(QHostInfo::HostNotFound);
            info.setErrorString(u"Host not found"_s);
        }
        QMetaObject::invokeMethod(
            context, [done, info] { done(info); }, Qt::QueuedConnection);
    };
}

/// A resolver that is never heard of again.
void silentResolver(const QString & /*name*/, QObject * /*context*/,
                    const std::function<void(const QHostInfo &)> & /*done*/)
{ }

ProbeMeans means()
{
    ProbeMeans made;
    made.resolve = testResolver();
    made.authorityFolders.clear();
    made.patience = 5s;
    return made;
}

DiagnosedHost hostAt(const QUrl &base)
{
    DiagnosedHost host;
    host.region = u"custom"_s;
    host.base = base;
    return host;
}

/// @p server under another name of this computer.
QUrl named(const ScriptedServer &server, const QString &name)
{
    QUrl url = server.url(QString());
    url.setHost(name);
    return url;
}

} // namespace

/// The checks against real sockets on loopback.
class TestDiagnoser : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void healthyServerIsFoundHealthy_data();
    void healthyServerIsFoundHealthy();
    void nothingIsPostedAndNoKeyIsSent();
    void resolverFailureStopsThere_data();
    void resolverFailureStopsThere();
    void theSystemsResolverKnowsNoInvalidName();
    void closedPortIsRefused();
    void anAddressThatFailsIsNotTheEnd();
    void stalledHandshakeTimesOut();
    void closedHandshakeIsNoticed();
    void untrustedCertificateIsNamed();
    void certificateForAnotherNameIsNoticed();
    void whoTrustsACertificateIsTold_data();
    void whoTrustsACertificateIsTold();
    void skewedClockIsMeasured_data();
    void skewedClockIsMeasured();
    void bothClocksTogetherBlameThisComputer();
    void badAnswersAreTold_data();
    void badAnswersAreTold();
    void proxyIsReachedAndLedThrough();
    void proxyThatFailsIsBlamed_data();
    void proxyThatFailsIsBlamed();
    void proxyThatIsGoneIsBlamed();
    void loopbackNeverUsesTheProxy();
    void theOtherHostIsComparedWith();
    void stopMarksWhatIsLeft();
    void theTotalTimeIsKept();
    void aSecondRunForgetsTheFirst();
    void extraChecksAreRun();
    void aDiagnoserMayGoAwayAtAnyTime();

private:
    /// The report of a run that ended by itself.
    static DiagnosisReport run(Diagnoser &diagnoser, const QUrl &base)
    {
        diagnoser.start({u"p"_s, u"custom"_s, base, {}});
        return QTest::qWaitFor([&diagnoser] { return !diagnoser.isRunning(); }, 20'000)
            ? diagnoser.report()
            : DiagnosisReport{};
    }
    static DiagnosisReport run(const QUrl &base, const ProbeMeans &with,
                               const std::optional<DiagnosedHost> &other = std::nullopt)
    {
        Diagnoser diagnoser;
        diagnoser.setMeans(with);
        diagnoser.setComparison(other);
        return run(diagnoser, base);
    }
    static CheckLine lineFor(const DiagnosisReport &report, CheckKind kind, qsizetype host = 0)
    {
        const CheckLine *line =
            host < report.hosts.size() ? lineOf(report.hosts.at(host).lines, kind) : nullptr;
        return line != nullptr ? *line : CheckLine{};
    }
    static Finding found(const DiagnosisReport &report, CheckKind kind, qsizetype host = 0)
    {
        return lineFor(report, kind, host).finding;
    }
    /// Trusts the test's certificate as if it was the system's.
    static ProbeMeans trusting()
    {
        ProbeMeans made = means();
        made.tls = QSslConfiguration::defaultConfiguration();
        made.tls->setCaCertificates(ScriptedServer::certificates());
        return made;
    }
};

void TestDiagnoser::init()
{
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
                             "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})
        qunsetenv(name);
}

void TestDiagnoser::healthyServerIsFoundHealthy_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QString>("name");
    QTest::newRow("tls, name") << Transport::Tls << u"agent.test"_s;
    QTest::newRow("tls, address") << Transport::Tls << u"127.0.0.1"_s;
    QTest::newRow("plain, address") << Transport::Tcp << u"127.0.0.1"_s;
}

void TestDiagnoser::healthyServerIsFoundHealthy()
{
    QFETCH(const Transport, transport);
    QFETCH(const QString, name);
    ScriptedServer server(transport);
    server.willDo(answerNow());
    const DiagnosisReport report = run(named(server, name), trusting());
    QVERIFY(report.isDone);
    QCOMPARE(verdictOf(report),
             (DiagnosisVerdict{Culprit::Nobody, VerdictReason::NothingWrong, {}}));
    QCOMPARE(found(report, CheckKind::Proxy), Finding::NoProxy);
    QCOMPARE(found(report, CheckKind::Name),
             name == "127.0.0.1"_L1 ? Finding::NumericAddress : Finding::Resolved);
    QCOMPARE(lineFor(report, CheckKind::Tcp).subject, u"127.0.0.1:%1"_s.arg(server.serverPort()));
    QCOMPARE(found(report, CheckKind::Tls),
             transport == Transport::Tls ? Finding::TrustedBySystem : Finding::PlainHttp);
    const CheckLine answer = lineFor(report, CheckKind::Answer);
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.subject, u"test"_s);
    QCOMPARE(found(report, CheckKind::Clock), Finding::ClockRight);
    if (transport == Transport::Tls)
        QCOMPARE(report.hosts.first().connection->chain.first().subject,
                 u"CN=Icebreaker test server"_s);
}

void TestDiagnoser::nothingIsPostedAndNoKeyIsSent()
{
    ScriptedServer server(Transport::Tls);
    QUrl base = named(server, u"agent.test"_s);
    base.setPath(u"/messaging/conversation"_s); // not what is asked for
    base.setQuery(u"key=f00d"_s);
    const DiagnosisReport report = run(base, trusting());
    QCOMPARE(found(report, CheckKind::Answer), Finding::Answered);
    QCOMPARE(server.requests.size(), 1);
    const SeenRequest &request = server.requests.first();
    QCOMPARE(request.method, QByteArray("GET"));
    QCOMPARE(request.target, QByteArray("/"));
    QCOMPARE(request.body, QByteArray());
    QCOMPARE(request.values("x-vgai-key"), QByteArrayList{});
    QCOMPARE(request.values("authorization"), QByteArrayList{});
    QCOMPARE(request.values("cookie"), QByteArrayList{});
    QCOMPARE(request.values("host"),
             QByteArrayList{"agent.test:" + QByteArray::number(server.serverPort())});
    QVERIFY(!request.head.contains("f00d"));
}

void TestDiagnoser::resolverFailureStopsThere_data()
{
    QTest::addColumn<bool>("silent");
    QTest::addColumn<Finding>("finding");
    QTest::newRow("unknown") << false << Finding::NameUnknown;
    QTest::newRow("no answer") << true << Finding::TimedOut;
}

void TestDiagnoser::resolverFailureStopsThere()
{
    QFETCH(const bool, silent);
    QFETCH(const Finding, finding);
    ProbeMeans with = means();
    with.patience = 200ms;
    if (silent)
        with.resolve = silentResolver;
    const QUrl base(u"https://agent.elsewhere"_s);
    const DiagnosisReport report = run(base, with, hostAt(QUrl(u"https://other.elsewhere"_s)));
    for (const qsizetype host : {0, 1}) {
        QCOMPARE(found(report, CheckKind::Name, host), finding);
        QCOMPARE(lineFor(report, CheckKind::Name, host).state, CheckState::Bad);
        QCOMPARE(found(report, CheckKind::Tcp, host), Finding::NeedsEarlier);
    }
    QCOMPARE(verdictOf(report).why, VerdictReason::NoNameResolves);
    QCOMPARE(verdictOf(report).who, Culprit::ThisNetwork);
}

void TestDiagnoser::theSystemsResolverKnowsNoInvalidName()
{
    ProbeMeans with = means();
    with.resolve = ProbeMeans::systemResolver();
    const DiagnosisReport report = run(QUrl(u"https://agent.invalid"_s), with);
    QCOMPARE(lineFor(report, CheckKind::Name).state, CheckState::Bad);
    QVERIFY(found(report, CheckKind::Name) == Finding::NameUnknown
            || found(report, CheckKind::Name) == Finding::ResolverFailed);
    QCOMPARE(verdictOf(report).who, Culprit::Unclear); // with nothing to compare
}

void TestDiagnoser::closedPortIsRefused()
{
    QUrl base;
    {
        ScriptedServer gone(Transport::Tls);
        base = named(gone, u"agent.test"_s);
    }
    const DiagnosisReport report = run(base, means());
    QCOMPARE(found(report, CheckKind::Tcp), Finding::Refused);
    QCOMPARE(lineFor(report, CheckKind::Tcp).details.size(), 1);
    QCOMPARE(found(report, CheckKind::Tls), Finding::NeedsEarlier);
    QCOMPARE(verdictOf(report).why, VerdictReason::HostUnreachable);
    QCOMPARE(verdictOf(report).who, Culprit::Unclear);

    base.setHost(u"127.0.0.1"_s);
    QCOMPARE(verdictOf(run(base, means())).why, VerdictReason::NothingListensHere);
}

void TestDiagnoser::anAddressThatFailsIsNotTheEnd()
{
    ScriptedServer server(Transport::Tls); // on 127.0.0.1 only
    ProbeMeans with = trusting();
    with.resolve = testResolver({QHostAddress(u"127.0.0.7"_s), QHostAddress::LocalHost});
    const DiagnosisReport report = run(named(server, u"agent.test"_s), with);
    QCOMPARE(found(report, CheckKind::Tcp), Finding::Connected);
    QCOMPARE(lineFor(report, CheckKind::Tcp).details.size(), 1);
    QVERIFY(lineFor(report, CheckKind::Tcp).details.first().startsWith("127.0.0.7:"_L1));
    QCOMPARE(found(report, CheckKind::Answer), Finding::Answered);
}

void TestDiagnoser::stalledHandshakeTimesOut()
{
    ScriptedServer stalled(Transport::Tls);
    stalled.setMute(true);
    ScriptedServer healthy(Transport::Tls);
    ProbeMeans with = trusting();
    with.patience = 1s;
    const DiagnosisReport alone = run(named(stalled, u"agent.test"_s), with);
    QCOMPARE(found(alone, CheckKind::Tcp), Finding::Connected);
    QCOMPARE(found(alone, CheckKind::Tls), Finding::TimedOut);
    QVERIFY(lineFor(alone, CheckKind::Tls).took >= 900ms);
    QCOMPARE(found(alone, CheckKind::Answer), Finding::NeedsEarlier);
    QCOMPARE(verdictOf(alone),
             (DiagnosisVerdict{Culprit::Unclear, VerdictReason::TlsIncomplete, {}}));
    QCOMPARE(stalled.requests.size(), 0);

    const DiagnosisReport both =
        run(named(stalled, u"agent.test"_s), with, hostAt(named(stalled, u"two.test"_s)));
    QCOMPARE(verdictOf(both).who, Culprit::ThisNetwork);
    QCOMPARE(verdictOf(both).why, VerdictReason::TlsNowhere);

    const DiagnosisReport one =
        run(named(stalled, u"agent.test"_s), with, hostAt(named(healthy, u"agent.test"_s)));
    QCOMPARE(verdictOf(one).who, Culprit::Unclear);
    QCOMPARE(verdictOf(one).why, VerdictReason::TlsNotHere);
}

void TestDiagnoser::closedHandshakeIsNoticed()
{
    QTcpServer server; // takes connections and hangs up at the first byte
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QIODevice::readyRead, socket, [socket] { socket->disconnectFromHost(); });
    });
    const DiagnosisReport report =
        run(QUrl(u"https://agent.test:%1"_s.arg(server.serverPort())), means());
    QCOMPARE(found(report, CheckKind::Tls), Finding::HandshakeClosed);
}

void TestDiagnoser::untrustedCertificateIsNamed()
{
    ScriptedServer server(Transport::Tls);
    const DiagnosisReport report = run(named(server, u"agent.test"_s), means());
    const CheckLine tls = lineFor(report, CheckKind::Tls);
    QCOMPARE(tls.finding, Finding::Untrusted);
    QCOMPARE(tls.state, CheckState::Bad);
    QCOMPARE(tls.subject, u"CN=Icebreaker test server"_s);
    QVERIFY(tls.technical.contains("self-signed"_L1));
    QCOMPARE(server.requests.size(), 0); // nothing is said over such a connection
    const auto &facts = report.hosts.first().connection;
    QVERIFY(facts);
    QCOMPARE(facts->anchor, TrustAnchor::NotTrusted);
    QCOMPARE(facts->chain.size(), 1);
    QCOMPARE(facts->chain.first().sha256,
             ScriptedServer::certificates().first().digest(QCryptographicHash::Sha256).toHex());
    QCOMPARE(verdictOf(report),
             (DiagnosisVerdict{Culprit::Unclear, VerdictReason::SignerNotTrusted,
                               u"Icebreaker test server"_s}));
}

void TestDiagnoser::certificateForAnotherNameIsNoticed()
{
    ScriptedServer server(Transport::Tls);
    const DiagnosisReport report = run(named(server, u"other.test"_s), trusting());
    QCOMPARE(found(report, CheckKind::Tls), Finding::WrongName);
    QCOMPARE(server.requests.size(), 0);
    QCOMPARE(verdictOf(report).why, VerdictReason::CertificateForAnotherName);
}

void TestDiagnoser::whoTrustsACertificateIsTold_data()
{
    QTest::addColumn<Finding>("finding");
    QTest::newRow("system") << Finding::TrustedBySystem;
    QTest::newRow("administrator") << Finding::TrustedLocally;
    QTest::newRow("added") << Finding::TrustedAdded;
}

void TestDiagnoser::whoTrustsACertificateIsTold()
{
    QFETCH(const Finding, finding);
    ScriptedServer server(Transport::Tls);
    const QTemporaryDir folder;
    ProbeMeans with = trusting();
    if (finding == Finding::TrustedLocally) {
        QVERIFY(QFile::copy(QStringLiteral(ICEBREAKER_TEST_TLS_DIR "/server.crt"),
                            folder.filePath(u"company.crt"_s)));
        with.authorityFolders = QStringList{folder.path()};
    }
    Diagnoser diagnoser;
    diagnoser.setComparison(std::nullopt);
    diagnoser.setMeans(with);
    if (finding == Finding::TrustedAdded)
        diagnoser.setExtraCaCertificates(ScriptedServer::certificates());
    const DiagnosisReport report = run(diagnoser, named(server, u"agent.test"_s));
    QCOMPARE(found(report, CheckKind::Tls), finding);
    QCOMPARE(lineFor(report, CheckKind::Tls).state,
             finding == Finding::TrustedBySystem ? CheckState::Good : CheckState::Notice);
    QCOMPARE(report.hosts.first().connection->anchor,
             finding == Finding::TrustedAdded ? TrustAnchor::Added : TrustAnchor::System);
    QCOMPARE(found(report, CheckKind::Answer), Finding::Answered);
}

void TestDiagnoser::skewedClockIsMeasured_data()
{
    QTest::addColumn<int>("serversOffset");
    QTest::addColumn<Finding>("finding");
    QTest::newRow("right") << 0 << Finding::ClockRight;
    QTest::newRow("tolerated") << 45 << Finding::ClockRight;
    QTest::newRow("server ahead") << 7200 << Finding::ClockOff;
    QTest::newRow("server behind") << -90 * 86400 << Finding::ClockOff;
}

void TestDiagnoser::skewedClockIsMeasured()
{
    QFETCH(const int, serversOffset);
    QFETCH(const Finding, finding);
    ScriptedServer server(Transport::Tls);
    server.willDo(answerAt(QDateTime::currentDateTimeUtc().addSecs(serversOffset)));
    const DiagnosisReport report = run(named(server, u"agent.test"_s), trusting());
    const CheckLine clock = lineFor(report, CheckKind::Clock);
    QCOMPARE(clock.finding, finding);
    QVERIFY(std::abs(clock.skew.count() + serversOffset) <= 10); // a busy computer is slow
    QCOMPARE(verdictOf(report).why,
             finding == Finding::ClockOff ? VerdictReason::ClocksDiffer
                                          : VerdictReason::NothingWrong);
}

void TestDiagnoser::bothClocksTogetherBlameThisComputer()
{
    ScriptedServer one(Transport::Tls);
    ScriptedServer two(Transport::Tls);
    for (ScriptedServer *server : {&one, &two})
        server->willDo(answerAt(QDateTime::currentDateTimeUtc().addDays(3)));
    const DiagnosisReport report =
        run(named(one, u"agent.test"_s), trusting(), hostAt(named(two, u"agent.test"_s)));
    QCOMPARE(verdictOf(report),
             (DiagnosisVerdict{Culprit::ThisComputer, VerdictReason::ClockWrong, {}}));
}

void TestDiagnoser::badAnswersAreTold_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<Finding>("finding");
    QTest::addColumn<CheckState>("state");
    QTest::newRow("503") << Script::answer("503 Service Unavailable") << Finding::ServerError
                         << CheckState::Notice;
    QTest::newRow("captive portal") << Script::answer("511 Network Authentication Required")
                                    << Finding::LoginDemanded << CheckState::Bad;
    QTest::newRow("redirect") << Script::answer("302 Found", "",
                                                "Location: https://127.0.0.1:1/\r\n")
                              << Finding::Answered << CheckState::Good;
    QTest::newRow("closed") << Script::closeUnanswered() << Finding::NoAnswer << CheckState::Bad;
    QTest::newRow("stalled") << Script::stall() << Finding::TimedOut << CheckState::Bad;
}

void TestDiagnoser::badAnswersAreTold()
{
    QFETCH(const Script, script);
    QFETCH(const Finding, finding);
    QFETCH(const CheckState, state);
    ScriptedServer server(Transport::Tls);
    for (int i = 0; i < 6; ++i) // Qt asks again after a closed connection; a GET does no harm
        server.willDo(script);
    ProbeMeans with = trusting();
    with.patience = 1s;
    const DiagnosisReport report = run(named(server, u"agent.test"_s), with);
    QCOMPARE(found(report, CheckKind::Answer), finding);
    QCOMPARE(lineFor(report, CheckKind::Answer).state, state);
    QCOMPARE(server.posts(), 0);
    if (state == CheckState::Bad)
        QCOMPARE(found(report, CheckKind::Clock), Finding::NeedsEarlier);
}

void TestDiagnoser::proxyIsReachedAndLedThrough()
{
    ScriptedServer proxy; // and the server at the end of its own tunnels
    qputenv("https_proxy", proxy.url(QString()).toEncoded());
    Script tunnel =
        Script::raw("HTTP/1.1 200 Connection established\r\n\r\n", Script::End::KeepOpen);
    tunnel.startTls = true;
    proxy.willDo(tunnel); // for the handshake
    proxy.willDo(tunnel); // for the request
    proxy.willDo(answerNow());
    const DiagnosisReport report = run(QUrl(u"https://agent.test"_s), trusting());
    const QString name = u"http://127.0.0.1:%1"_s.arg(proxy.serverPort());
    QVERIFY(report.hosts.first().throughProxy);
    QCOMPARE(found(report, CheckKind::Proxy), Finding::ProxyAnswers);
    QCOMPARE(lineFor(report, CheckKind::Proxy).subject, name);
    QCOMPARE(found(report, CheckKind::Tcp), Finding::Tunnelled);
    QCOMPARE(found(report, CheckKind::Answer), Finding::Answered);
    QCOMPARE(verdictOf(report).who, Culprit::Nobody);
    QCOMPARE(proxy.posts(), 0);
    QCOMPARE(proxy.requests.last().target, QByteArray("/"));
    QCOMPARE(proxy.requests.last().values("host"), QByteArrayList{"agent.test"});
}

void TestDiagnoser::proxyThatFailsIsBlamed_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<Finding>("finding");
    QTest::addColumn<VerdictReason>("why");
    QTest::newRow("password") << Script::answer("407 Proxy Authentication Required", "",
                                                "Proxy-Authenticate: Basic realm=\"x\"\r\n")
                              << Finding::ProxyWantsLogin << VerdictReason::ProxyLogin;
    QTest::newRow("forbidden") << Script::answer("403 Forbidden") << Finding::ProxyRefuses
                               << VerdictReason::ProxyBlocks;
    QTest::newRow("no way on") << Script::answer("503 Service Unavailable") << Finding::ProxyRefuses
                               << VerdictReason::ProxyBlocks;
    QTest::newRow("silent") << Script::stall() << Finding::ProxyRefuses
                            << VerdictReason::ProxyBlocks;
}

void TestDiagnoser::proxyThatFailsIsBlamed()
{
    QFETCH(const Script, script);
    QFETCH(const Finding, finding);
    QFETCH(const VerdictReason, why);
    ScriptedServer proxy;
    proxy.willDo(script);
    proxy.willDo(script);
    qputenv("https_proxy",
            "http://user:s3cret@127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    ProbeMeans with = means();
    with.patience = 1s;
    const DiagnosisReport report = run(QUrl(u"https://agent.elsewhere"_s), with);
    QCOMPARE(found(report, CheckKind::Name), Finding::NameLeftToProxy);
    QCOMPARE(found(report, CheckKind::Proxy), finding);
    QCOMPARE(verdictOf(report).who, Culprit::Proxy);
    QCOMPARE(verdictOf(report).why, why);
    for (const CheckLine &line : report.hosts.first().lines)
        QVERIFY(!(line.subject + line.technical + line.details.join(u' ')).contains("s3cret"_L1));
    for (const SeenRequest &request : std::as_const(proxy.requests))
        QCOMPARE(request.method, QByteArray("CONNECT"));
}

void TestDiagnoser::proxyThatIsGoneIsBlamed()
{
    QByteArray address;
    {
        ScriptedServer gone;
        address = gone.url(QString()).toEncoded();
    }
    qputenv("https_proxy", address);
    const DiagnosisReport report = run(QUrl(u"https://agent.test"_s), means());
    QCOMPARE(found(report, CheckKind::Proxy), Finding::ProxyUnreachable);
    QCOMPARE(verdictOf(report).why, VerdictReason::ProxyDown);
    QCOMPARE(found(report, CheckKind::Name), Finding::NeedsEarlier);
}

void TestDiagnoser::loopbackNeverUsesTheProxy()
{
    ScriptedServer proxy;
    qputenv("http_proxy", proxy.url(QString()).toEncoded());
    ScriptedServer server;
    const DiagnosisReport report = run(server.url(QString()), means());
    QCOMPARE(found(report, CheckKind::Proxy), Finding::NoProxy);
    QCOMPARE(found(report, CheckKind::Answer), Finding::Answered);
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(proxy.connections, 0);
}

void TestDiagnoser::theOtherHostIsComparedWith()
{
    ScriptedServer main(Transport::Tls);
    ScriptedServer other(Transport::Tls);
    main.willDo(Script::answer("503 Service Unavailable"));
    other.willDo(answerNow());
    const DiagnosisReport report =
        run(named(main, u"agent.test"_s), trusting(), hostAt(named(other, u"agent.test"_s)));
    QCOMPARE(report.hosts.size(), 2);
    QCOMPARE(verdictOf(report).who, Culprit::Them);
    QCOMPARE(verdictOf(report).why, VerdictReason::AnswersWithError);
    QCOMPARE(other.requests.size(), 1);
    QCOMPARE(other.requests.first().method, QByteArray("GET"));
}

void TestDiagnoser::stopMarksWhatIsLeft()
{
    ScriptedServer stalled(Transport::Tls);
    stalled.setMute(true);
    Diagnoser diagnoser;
    diagnoser.setMeans(means());
    diagnoser.setComparison(std::nullopt);
    QSignalSpy finished(&diagnoser, &Diagnoser::finished);
    diagnoser.start({u"p"_s, u"custom"_s, named(stalled, u"agent.test"_s), {}});
    QTRY_COMPARE(lineFor(diagnoser.report(), CheckKind::Tls).state, CheckState::Running);
    diagnoser.stop();
    QCOMPARE(finished.size(), 1);
    QVERIFY(!diagnoser.isRunning());
    QCOMPARE(found(diagnoser.report(), CheckKind::Tcp), Finding::Connected);
    QCOMPARE(found(diagnoser.report(), CheckKind::Tls), Finding::Stopped);
    QCOMPARE(verdictOf(diagnoser.report()).why, VerdictReason::Incomplete);
    QTRY_COMPARE(stalled.openConnections(), 0);
    QCOMPARE(finished.size(), 1);
}

void TestDiagnoser::theTotalTimeIsKept()
{
    ScriptedServer stalled(Transport::Tls);
    stalled.setMute(true);
    Diagnoser diagnoser;
    diagnoser.setMeans(means());
    diagnoser.setComparison(std::nullopt);
    diagnoser.setTotal(300ms);
    QElapsedTimer clock;
    clock.start();
    const DiagnosisReport report = run(diagnoser, named(stalled, u"agent.test"_s));
    QVERIFY(report.isDone);
    QVERIFY(clock.elapsed() < 4000); // below the patience of a single check
    QCOMPARE(found(report, CheckKind::Answer), Finding::Stopped);
}

void TestDiagnoser::aSecondRunForgetsTheFirst()
{
    ScriptedServer stalled(Transport::Tls);
    stalled.setMute(true);
    ScriptedServer healthy(Transport::Tls);
    healthy.willDo(answerNow());
    Diagnoser diagnoser;
    diagnoser.setMeans(trusting());
    diagnoser.setComparison(std::nullopt);
    QPromise<Diagnoser::ExtraResult> late;
    late.start();
    diagnoser.start({u"p"_s,
                     u"custom"_s,
                     named(stalled, u"agent.test"_s),
                     {{CheckKind::Journal, [&late] { return late.future(); }}}});
    const DiagnosisReport report = run(diagnoser, named(healthy, u"agent.test"_s));
    late.addResult(Diagnoser::ExtraResult{});
    late.finish();
    QCoreApplication::sendPostedEvents();
    QCOMPARE(report.hosts.size(), 1);
    QVERIFY(report.computer.isEmpty());
    QCOMPARE(verdictOf(report).why, VerdictReason::NothingWrong);
}

void TestDiagnoser::extraChecksAreRun()
{
    ScriptedServer server(Transport::Tls);
    Diagnoser diagnoser;
    diagnoser.setMeans(trusting());
    diagnoser.setComparison(std::nullopt);
    const auto fails = [] {
        Diagnoser::ExtraResult result;
        result.line.state = CheckState::Bad;
        result.line.finding = Finding::StatusUrlFails;
        result.probe = ProbeReport{};
        return QtFuture::makeReadyFuture(result);
    };
    QSignalSpy finished(&diagnoser, &Diagnoser::finished);
    diagnoser.start(
        {u"p"_s, u"custom"_s, named(server, u"agent.test"_s), {{CheckKind::StatusUrl, fails}}});
    QVERIFY(finished.wait(20'000));
    const DiagnosisReport &report = diagnoser.report();
    QCOMPARE(report.computer.size(), 1);
    QCOMPARE(report.computer.first().kind, CheckKind::StatusUrl);
    QVERIFY(report.probe);
    QCOMPARE(verdictOf(report).why, VerdictReason::StatusesDoNotArrive);
}

void TestDiagnoser::aDiagnoserMayGoAwayAtAnyTime()
{
    ScriptedServer server(Transport::Tls);
    server.willDo(Script::stall());
    for (const CheckKind kind : {CheckKind::Proxy, CheckKind::Tls, CheckKind::Answer}) {
        auto diagnoser = std::make_unique<Diagnoser>();
        diagnoser->setMeans(trusting());
        diagnoser->setComparison(std::nullopt);
        diagnoser->start({u"p"_s, u"custom"_s, named(server, u"agent.test"_s), {}});
        QTRY_VERIFY(lineFor(diagnoser->report(), kind).state != CheckState::Waiting);
        diagnoser.reset();
    }
    QTRY_COMPARE(server.openConnections(), 0);
}

QTEST_GUILESS_MAIN(TestDiagnoser)
#include "tst_diagnoser.moc"
