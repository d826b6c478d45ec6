#include "net/diagnoser.h"
#include "support/scriptedserver.h"
#include "support/sending.h"
#include "words/diagnosiswords.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A real proxy that opens TLS and signs in every host's name: mitmproxy, with an authority
/// of its own that it makes at its start. It leads "agent.test" to a server of the test.
class TestInterception : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void interceptionThatIsNotTrustedIsNamed();
    void interceptionThatWasAddedIsNamedAndLedThrough();
    void interceptionOfADocumentedHostByACompanyIsNamed();
    void deadServerBehindItIsNotBlamedOnThem();
    void sendThatIsInterceptedIsNotSentAndSaysWhoSigned();

private:
    [[nodiscard]] QList<QSslCertificate> authority() const
    {
        return QSslCertificate::fromPath(m_folder.filePath(u"conf/mitmproxy-ca-cert.pem"_s));
    }
    static CheckLine lineFor(const DiagnosisReport &report, CheckKind kind)
    {
        const CheckLine *line = lineOf(report.hosts.first().lines, kind);
        return line != nullptr ? *line : CheckLine{};
    }
    static DiagnosisReport run(Diagnoser &diagnoser, const QString &region)
    {
        QSignalSpy finished(&diagnoser, &Diagnoser::finished);
        diagnoser.setComparison(std::nullopt);
        diagnoser.start({u"p"_s, region, QUrl(u"https://agent.test"_s), {}});
        if (finished.isEmpty() && !finished.wait(40'000))
            qWarning("the diagnosis did not end");
        return diagnoser.report();
    }

    QTemporaryDir m_folder;
    ScriptedServer m_server{ScriptedServer::Transport::Tls};
    QProcess m_proxy;
    quint16 m_port = 0;
};

void TestInterception::initTestCase()
{
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        m_port = free.serverPort();
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_folder.path());
    m_proxy.setProcessEnvironment(environment);
    m_proxy.setProcessChannelMode(QProcess::MergedChannels);
    const QString target = m_server.url(u"/"_s).toString();
    m_proxy.start(u"mitmdump"_s,
                  {u"--listen-host"_s, u"127.0.0.1"_s, u"--listen-port"_s, QString::number(m_port),
                   u"--set"_s, u"confdir="_s + m_folder.filePath(u"conf"_s), u"--set"_s,
                   u"connection_strategy=lazy"_s, u"--ssl-insecure"_s, u"--map-remote"_s,
                   u"|https://agent\\.test/|"_s + target});
    QVERIFY2(m_proxy.waitForStarted(), "mitmdump is not installed (Debian package mitmproxy)");
    const auto answers = [this] {
        QTcpSocket socket;
        socket.setProxy(QNetworkProxy::NoProxy);
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        return socket.waitForConnected(200);
    };
    if (!QTest::qWaitFor(answers, 60'000))
        QFAIL(m_proxy.readAll().constData());
    QTRY_COMPARE(authority().size(), 1);
}

void TestInterception::init()
{
    for (const char *name : {"http_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY",
                             "ALL_PROXY", "NO_PROXY"})
        qunsetenv(name);
    qputenv("https_proxy", "http://127.0.0.1:" + QByteArray::number(m_port));
    m_server.requests.clear();
}

void TestInterception::cleanupTestCase()
{
    m_proxy.terminate();
    if (!m_proxy.waitForFinished(10'000)) {
        m_proxy.kill();
        m_proxy.waitForFinished();
    }
}

void TestInterception::interceptionThatIsNotTrustedIsNamed()
{
    Diagnoser diagnoser;
    const DiagnosisReport report = run(diagnoser, u"eu"_s);
    QCOMPARE(lineFor(report, CheckKind::Proxy).finding, Finding::ProxyAnswers);
    QCOMPARE(lineFor(report, CheckKind::Tcp).finding, Finding::Tunnelled);
    const CheckLine tls = lineFor(report, CheckKind::Tls);
    QCOMPARE(tls.finding, Finding::Untrusted);
    QVERIFY2(tls.subject.contains("O=mitmproxy"_L1), qPrintable(tls.subject));
    QCOMPARE(verdictOf(report),
             (DiagnosisVerdict{Culprit::Proxy, VerdictReason::Inspected, u"mitmproxy"_s}));
    const QString text = diagnosisText(report);
    QVERIFY(text.contains(u"It is a proxy in between."_s));
    QVERIFY(text.contains(u"“mitmproxy” answers in the name of agent.test"_s));
    QCOMPARE(m_server.requests.size(), 0);
}

void TestInterception::interceptionThatWasAddedIsNamedAndLedThrough()
{
    Diagnoser diagnoser;
    diagnoser.setExtraCaCertificates(authority());
    const DiagnosisReport report = run(diagnoser, u"custom"_s);
    QCOMPARE(lineFor(report, CheckKind::Tls).finding, Finding::TrustedAdded);
    QCOMPARE(report.hosts.first().connection->anchor, TrustAnchor::Added);
    QCOMPARE(lineFor(report, CheckKind::Answer).finding, Finding::Answered);
    QCOMPARE(verdictOf(report),
             (DiagnosisVerdict{Culprit::Nobody, VerdictReason::NothingWrongButInspected,
                               u"mitmproxy"_s}));
    QCOMPARE(m_server.requests.size(), 1);
    QCOMPARE(m_server.requests.first().method, QByteArray("GET"));
    QCOMPARE(m_server.posts(), 0);
    QCOMPARE(m_server.requests.first().values("x-vgai-key"), QByteArrayList{});
}

void TestInterception::interceptionOfADocumentedHostByACompanyIsNamed()
{
    // As if an administrator had put the authority on this computer.
    ProbeMeans means;
    means.tls = QSslConfiguration::defaultConfiguration();
    means.tls->setCaCertificates(authority());
    means.authorityFolders = QStringList{m_folder.filePath(u"conf"_s)};
    Diagnoser diagnoser;
    diagnoser.setMeans(means);
    const DiagnosisReport report = run(diagnoser, u"eu"_s);
    QCOMPARE(lineFor(report, CheckKind::Tls).finding, Finding::TrustedLocally);
    QCOMPARE(verdictOf(report).why, VerdictReason::NothingWrongButInspected);
}

void TestInterception::deadServerBehindItIsNotBlamedOnThem()
{
    m_server.willDo(Script::answer("502 Bad Gateway"));
    Diagnoser diagnoser;
    diagnoser.setExtraCaCertificates(authority());
    const DiagnosisReport report = run(diagnoser, u"eu"_s);
    QCOMPARE(lineFor(report, CheckKind::Answer).finding, Finding::ServerError);
    QCOMPARE(verdictOf(report).who, Culprit::Proxy);
    QCOMPARE(verdictOf(report).why, VerdictReason::Inspected);
}

void TestInterception::sendThatIsInterceptedIsNotSentAndSaysWhoSigned()
{
    OutboundClient client;
    const SendReport report = sendAndWait(client, QUrl(u"https://agent.test/messaging"_s));
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, TransportProblem::TlsFailed);
    QVERIFY(report.answer.connection);
    QCOMPARE(report.answer.connection->anchor, TrustAnchor::NotTrusted);
    QVERIFY(report.answer.connection->chain.first().issuer.contains("mitmproxy"_L1));
    QCOMPARE(m_server.requests.size(), 0);
}

QTEST_GUILESS_MAIN(TestInterception)
#include "tst_interception.moc"
