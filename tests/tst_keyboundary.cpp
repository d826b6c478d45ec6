#include "support/scriptedserver.h"
#include "support/sending.h"

using namespace icebreaker;
using namespace icebreaker::test;

/// The key and everything else about the user goes to one place and to no other.
class TestKeyBoundary : public QObject
{
    Q_OBJECT

private slots:
    void headersAreOurOwn();
    void noCookieComesBack();
    void redirectIsNotFollowed_data();
    void redirectIsNotFollowed();
    void keyOfAnotherOriginNeverLeaves_data();
    void keyOfAnotherOriginNeverLeaves();
    void unusableKeyNeverLeaves_data();
    void unusableKeyNeverLeaves();
    void unsafeUrlIsRefused_data();
    void unsafeUrlIsRefused();
    void repeatedKeyIsHidden();
};

void TestKeyBoundary::headersAreOurOwn()
{
    ScriptedServer server;
    OutboundClient client;
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);

    const SeenRequest &request = server.requests.first();
    QVERIFY(request.head.startsWith("POST /messaging/conversation HTTP/1.1\r\n"));
    QCOMPARE(request.values("x-vgai-key"), QByteArrayList{Key});
    QCOMPARE(request.values("user-agent"), QByteArrayList{"Icebreaker/" ICEBREAKER_VERSION});
    QCOMPARE(request.values("content-type"), QByteArrayList{"application/json"});
    QCOMPARE(request.values("content-length"), QByteArrayList{"10"});
    QCOMPARE(request.values("accept"), QByteArrayList{"application/json"});
    QCOMPARE(request.values("accept-language"), QByteArrayList{"en"});
    QCOMPARE(request.values("accept-encoding"), QByteArrayList{"identity"});
    QCOMPARE(request.values("cookie"), QByteArrayList());
    QCOMPARE(request.values("authorization"), QByteArrayList());
    QCOMPARE(request.head.count(Key), 1);
}

void TestKeyBoundary::noCookieComesBack()
{
    ScriptedServer server;
    OutboundClient client;
    server.willDo(Script::answer("200 OK", "{}", "Set-Cookie: id=1; Path=/\r\n"));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    QCOMPARE(server.requests.last().values("cookie"), QByteArrayList());
}

void TestKeyBoundary::redirectIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {300, 301, 302, 303, 305, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestKeyBoundary::redirectIsNotFollowed()
{
    QFETCH(const int, status);
    ScriptedServer elsewhere;
    ScriptedServer server;
    OutboundClient client;
    const QByteArray target = elsewhere.url().toEncoded();
    server.willDo(Script::answer(QByteArray::number(status) + " Elsewhere", "{}",
                                 "Location: " + target + "\r\n"));
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::Refused);
    QCOMPARE(report.answer.status, status);
    QCOMPARE(headerValue(report.answer.headers, "location"), target);
    QCOMPARE(report.answer.problem, TransportProblem::None);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(elsewhere.connections, 0);
}

void TestKeyBoundary::keyOfAnotherOriginNeverLeaves_data()
{
    QTest::addColumn<QString>("origin");
    QTest::newRow("none") << QString();
    QTest::newRow("other host") << QStringLiteral("http://localhost:%1");
    QTest::newRow("other scheme") << QStringLiteral("https://127.0.0.1:%1");
    QTest::newRow("other port") << QStringLiteral("http://127.0.0.1:1");
    QTest::newRow("longer host") << QStringLiteral("http://127.0.0.1:%1.example");
}

void TestKeyBoundary::keyOfAnotherOriginNeverLeaves()
{
    QFETCH(const QString, origin);
    ScriptedServer server;
    OutboundClient client;
    const ApiKey key{
        Key, QString(origin).replace(QStringLiteral("%1"), QString::number(server.serverPort()))};
    const SendReport report = reportOf(client.send(server.url(), key, "{}"));
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, TransportProblem::KeyNotForHost);
    // Whatever might still be on its way would come before this.
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    QCOMPARE(server.connections, 1);
}

void TestKeyBoundary::unusableKeyNeverLeaves_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("line break") << QByteArray("abc\r\nX-Evil: 1");
    QTest::newRow("trailing newline") << QByteArray("abc\n");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("space") << QByteArray("a b");
    QTest::newRow("delete") << QByteArray("a\x7f");
    QTest::newRow("not ASCII") << QByteArray("a\xC3\xA4");
}

void TestKeyBoundary::unusableKeyNeverLeaves()
{
    QFETCH(const QByteArray, bytes);
    ScriptedServer server;
    OutboundClient client;
    const SendReport report =
        reportOf(client.send(server.url(), {bytes, origin(server.url())}, "{}"));
    QCOMPARE(report.outcome, Outcome::NotSent);
    QCOMPARE(report.answer.problem, TransportProblem::Other);
    QVERIFY(bytes.isEmpty() || !report.answer.problemDetail.toUtf8().contains(bytes));
    QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
    QCOMPARE(server.connections, 1);
}

void TestKeyBoundary::unsafeUrlIsRefused_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("http beyond this computer") << QStringLiteral("http://agent.invalid/");
    QTest::newRow("another scheme") << QStringLiteral("ftp://127.0.0.1/");
    QTest::newRow("a file") << QStringLiteral("file:///etc/hostname");
    QTest::newRow("user name") << QStringLiteral("https://me:pw@127.0.0.1/");
    QTest::newRow("no host") << QStringLiteral("https:///x");
    QTest::newRow("empty") << QString();
}

void TestKeyBoundary::unsafeUrlIsRefused()
{
    QFETCH(const QString, address);
    OutboundClient client;
    const QUrl url(address);
    const auto future = client.send(url, keyFor(url), "{}");
    QVERIFY(future.isFinished()); // nothing was even tried
    QCOMPARE(future.result().outcome, Outcome::NotSent);
    QCOMPARE(future.result().answer.problem, TransportProblem::Other);
}

void TestKeyBoundary::repeatedKeyIsHidden()
{
    ScriptedServer server;
    OutboundClient client;
    server.willDo(
        Script::answer("400 Bad " + Key, R"({"key":")" + Key + R"("})", "X-Echo: " + Key + "\r\n"));
    const Answer answer = sendAndWait(client, server.url()).answer;
    QCOMPARE(answer.body, QByteArray("{\"key\":\"[key]\"}"));
    QCOMPARE(headerValue(answer.headers, "X-Echo"), QByteArray("[key]"));
    QCOMPARE(answer.reason, QByteArray("Bad [key]"));
    QVERIFY(!answer.problemDetail.contains(QString::fromLatin1(Key)));
}

QTEST_GUILESS_MAIN(TestKeyBoundary)
#include "tst_keyboundary.moc"
