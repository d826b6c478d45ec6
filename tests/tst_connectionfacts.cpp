#include "net/tlsfacts.h"
#include "support/scriptedserver.h"
#include "support/sending.h"

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Transport = ScriptedServer::Transport;

/// What a send says of its connection.
class TestConnectionFacts : public QObject
{
    Q_OBJECT

private slots:
    void freshConnectionIsDescribed();
    void reusedConnectionIsDescribedAsWell();
    void trustBySystemIsToldFromTrustByAddition();
    void untrustedConnectionIsDescribed();
    void plainHttpHasNoFacts();
    void connectionThatNeverCameAboutHasNoFacts();
};

namespace {

void checkServer(const std::optional<ConnectionFacts> &facts)
{
    QVERIFY(facts);
    QVERIFY(facts->tlsVersion == "TLS 1.3"_L1 || facts->tlsVersion == "TLS 1.2"_L1);
    QVERIFY(!facts->cipher.isEmpty());
    QVERIFY(!facts->http2);
    QCOMPARE(facts->chain.size(), 1);
    const CertificateFacts &leaf = facts->chain.first();
    const QSslCertificate real = ScriptedServer::certificates().first();
    QCOMPARE(leaf.subject, u"CN=Icebreaker test server"_s);
    QCOMPARE(leaf.issuer, leaf.subject);
    QCOMPARE(leaf.sha256, real.digest(QCryptographicHash::Sha256).toHex());
    QCOMPARE(leaf.validFrom, real.effectiveDate());
    QCOMPARE(leaf.validUntil, real.expiryDate());
}

} // namespace

void TestConnectionFacts::freshConnectionIsDescribed()
{
    ScriptedServer server(Transport::Tls);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::Accepted);
    QVERIFY(!report.answer.timing.reusedConnection);
    checkServer(report.answer.connection);
    QCOMPARE(report.answer.connection->anchor, TrustAnchor::Added);
    QVERIFY(report.answer.connection->tlsErrors.isEmpty());
}

void TestConnectionFacts::reusedConnectionIsDescribedAsWell()
{
    ScriptedServer server(Transport::Tls);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    const SendReport first = sendAndWait(client, server.url());
    const SendReport second = sendAndWait(client, server.url());
    QVERIFY(second.answer.timing.reusedConnection);
    QCOMPARE(second.answer.connection, first.answer.connection);
}

void TestConnectionFacts::trustBySystemIsToldFromTrustByAddition()
{
    const auto facts = [](const char *subject, const char *issuer, const char *digest) {
        CertificateFacts made;
        made.subject = QString::fromLatin1(subject);
        made.issuer = QString::fromLatin1(issuer);
        made.sha256 = digest;
        return made;
    };
    const QList<CertificateFacts> chain{facts("CN=leaf", "CN=between", "1"),
                                        facts("CN=between", "CN=root", "2")};
    QCOMPARE(anchorOf(chain, {}), TrustAnchor::System);
    QCOMPARE(anchorOf(chain, {facts("CN=other", "CN=other", "9")}), TrustAnchor::System);
    QCOMPARE(anchorOf(chain, {facts("CN=root", "CN=root", "3")}), TrustAnchor::Added);
    QCOMPARE(anchorOf(chain, {facts("CN=between", "CN=root", "2")}), TrustAnchor::Added);
}

void TestConnectionFacts::untrustedConnectionIsDescribed()
{
    ScriptedServer server(Transport::Tls);
    OutboundClient client;
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::NotSent);
    checkServer(report.answer.connection);
    QCOMPARE(report.answer.connection->anchor, TrustAnchor::NotTrusted);
    QVERIFY(report.answer.connection->tlsErrors.join(u' ').contains("self-signed"_L1));
}

void TestConnectionFacts::plainHttpHasNoFacts()
{
    ScriptedServer server;
    OutboundClient client;
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::Accepted);
    QVERIFY(!report.answer.connection);
}

void TestConnectionFacts::connectionThatNeverCameAboutHasNoFacts()
{
    ScriptedServer server(Transport::Tls);
    server.setMute(true);
    OutboundClient client;
    client.setLimits({300ms, 5s});
    QVERIFY(!sendAndWait(client, server.url()).answer.connection);
}

QTEST_GUILESS_MAIN(TestConnectionFacts)
#include "tst_connectionfacts.moc"
