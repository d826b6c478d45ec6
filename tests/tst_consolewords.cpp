#include "support/sending.h"
#include "words/consolewords.h"

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using Transport = ScriptedServer::Transport;

/// What the console says was on the wire, held against what a server saw of it.
class TestConsoleWords : public QObject
{
    Q_OBJECT

private slots:
    void theHeadIsTheOneThatReachesTheServer_data();
    void theHeadIsTheOneThatReachesTheServer();
    void theFactsAreInTheOrderOfTheWire();
    void aReusedConnectionIsCalledSo();
    void whatCannotBeKnownIsSaid();
    void theKeyIsNowhere();

private:
    static SendRecord recordOf(const QUrl &url, const QByteArray &body, const SendReport &report)
    {
        SendRecord record;
        record.claim.sendId = u"11111111-2222-3333-4444-555555555555"_s;
        record.claim.claimedAt = QDateTime::currentDateTimeUtc();
        record.claim.url = url;
        record.claim.body = body;
        record.outcome = report.outcome;
        record.answer = report.answer;
        record.settledAt = QDateTime::currentDateTimeUtc();
        return record;
    }
    static QString console(const SendRecord &record)
    {
        return consoleText(record, QDateTime::currentDateTimeUtc());
    }
};

void TestConsoleWords::theHeadIsTheOneThatReachesTheServer_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QString>("path");
    QTest::newRow("plain") << Transport::Tcp << u"/messaging/conversation"_s;
    QTest::newRow("tls") << Transport::Tls << u"/messaging/conversation"_s;
    QTest::newRow("a path that needs escapes") << Transport::Tcp << u"/a b/\u00e4/conversation"_s;
}

void TestConsoleWords::theHeadIsTheOneThatReachesTheServer()
{
    QFETCH(const Transport, transport);
    QFETCH(const QString, path);
    ScriptedServer server(transport);
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    for (const QByteArray &body : {QByteArray("{}"), QByteArray(100'000, 'x')}) {
        const SendReport report = sendAndWait(client, server.url(path), body);
        QCOMPARE(report.outcome, Outcome::Accepted);
        const QByteArray head =
            requestHeadText(recordOf(server.url(path), body, report)).replace("••••••••", Key);
        QCOMPARE(QByteArray(server.requests.last().head).replace("\r\n", "\n"), head + '\n');
    }
}

void TestConsoleWords::theFactsAreInTheOrderOfTheWire()
{
    ScriptedServer server(Transport::Tls);
    server.willDo(Script::answer("201 Created", "{\"a\":1}",
                                 "Content-Type: application/json\r\nX-Odd: Yes\r\n"));
    OutboundClient client;
    client.setExtraCaCertificates(ScriptedServer::certificates());
    const QString text =
        console(recordOf(server.url(), "{}", sendAndWait(client, server.url(), "{}")));
    qsizetype at = -1;
    for (const QString &part :
         {u"before anything left"_s, u"127.0.0.1"_s, u"New: began to connect"_s, u"TLS 1."_s,
          u"Certificate 1"_s, u"> POST /messaging/conversation HTTP/1.1"_s,
          u"> X-Vgai-Key: ••••••••"_s, u"Body: 2 byte"_s, u"last byte was handed"_s,
          u"< HTTP 201 Created"_s, u"< X-Odd: Yes"_s, u"Body: 7 byte"_s, u"Ended after"_s,
          u"Outcome: Accepted"_s}) {
        const qsizetype found = text.indexOf(part, at + 1);
        QVERIFY2(found > at, qPrintable(part + u" in\n"_s + text));
        at = found;
    }
}

void TestConsoleWords::aReusedConnectionIsCalledSo()
{
    ScriptedServer server;
    OutboundClient client;
    const QString first =
        console(recordOf(server.url(), "{}", sendAndWait(client, server.url(), "{}")));
    const QString second =
        console(recordOf(server.url(), "{}", sendAndWait(client, server.url(), "{}")));
    QCOMPARE(server.requests.last().connection, 0);
    QVERIFY(first.contains(u"New: "_s) && !first.contains(u"Reused"_s));
    QVERIFY(second.contains(u"Reused"_s) && !second.contains(u"New: "_s));
}

void TestConsoleWords::whatCannotBeKnownIsSaid()
{
    ScriptedServer server;
    server.willDo(Script::closeUnanswered());
    OutboundClient client;
    const SendReport report = sendAndWait(client, server.url(), "{}");
    const QString text = console(recordOf(server.url(), "{}", report));
    QVERIFY(text.contains(u"No answer was received."_s));
    QVERIFY(text.contains(u"The head is not recorded but made anew"_s));
    QVERIFY(!text.contains(u"\n< "_s));
    SendRecord far = recordOf(QUrl(u"https://studio-api-eu.ai.vonage.com/x"_s), "{}", report);
    QVERIFY(console(far).contains(u"which of the host's addresses answered"_s));
    far.outcome.reset();
    far.answer = {};
    QVERIFY(console(far).contains(u"None yet."_s));
    QVERIFY(console(far).contains(u"if any of it left"_s));
}

void TestConsoleWords::theKeyIsNowhere()
{
    ScriptedServer server;
    server.willDo(Script::answer("200 OK", Key, "X-Echo: " + Key + "\r\n"));
    OutboundClient client;
    const SendRecord record = recordOf(server.url(), "{}", sendAndWait(client, server.url(), "{}"));
    QVERIFY(!console(record).toUtf8().contains(Key));
    QVERIFY(console(record).contains(u"< X-Echo: [key]"_s));
}

QTEST_GUILESS_MAIN(TestConsoleWords)
#include "tst_consolewords.moc"
