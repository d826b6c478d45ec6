#include "core/json.h"
#include "listen/sandbox.h"
#include "listen/statusinbox.h"
#include "support/loopbackposter.h"
#include "support/rawclient.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

const QString SendId = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;

QByteArray request(const QString &to, const QUrl &statusUrl = QUrl(u"http://127.0.0.1:9/"_s))
{
    JsonObject body;
    body.members = {{u"namespace"_s, u"ns"_s},
                    {u"template"_s, u"hello"_s},
                    {u"locale"_s, u"en"_s},
                    {u"to"_s, to},
                    {u"agent_id"_s, u"agent"_s},
                    {u"channel"_s, u"whatsapp"_s},
                    {u"status_url"_s, statusUrl.toString(QUrl::FullyEncoded)}};
    return toJson(body, JsonStyle::Compact);
}

void trigger(RawClient &client, const QByteArray &body)
{
    client.post("/messaging/conversation", body,
                "X-Vgai-Key: sandbox\r\nContent-Type: application/json\r\n");
}

Sandbox::Post nowhere()
{
    return [](const QUrl &, const QByteArray &) {};
}

quint16 portOf(const Result<QUrl> &base)
{
    return static_cast<quint16>(base.value().port());
}

} // namespace

class TestSandbox : public QObject
{
    Q_OBJECT

private slots:
    void acceptedMessageIsFollowedToTheInbox();
    void misbehaviourShowsOnTheWire_data();
    void misbehaviourShowsOnTheWire();
    void otherRequestsAreAnswered404_data();
    void otherRequestsAreAnswered404();
    void limitIsKeptAndCanBeLifted();
    void callbacksNeverLeaveThisComputer_data();
    void callbacksNeverLeaveThisComputer();
    void answersWhileItsOwnThreadIsBusy();
    void stopDropsCallbacksAndEndsStalls();
    void startingTwiceKeepsItOrMovesIt();
    void takenPortIsAnErrorAndLeavesItStopped();
};

void TestSandbox::acceptedMessageIsFollowedToTheInbox()
{
    QStringList statuses;
    StatusInbox inbox([&statuses](const StatusEvent &event, const std::function<void(bool)> &done) {
        statuses += event.sendId == SendId ? event.statusText : u"?"_s;
        done(true);
    });
    QVERIFY(inbox.start());
    LoopbackPoster poster;
    Sandbox sandbox([&poster](const QUrl &url, const QByteArray &body) { poster.post(url, body); });
    QSignalSpy seen(&sandbox, &Sandbox::requestSeen);
    sandbox.setCallbackSpeed(10);
    const auto base = sandbox.start();
    QVERIFY(base);

    RawClient client(portOf(base));
    trigger(client, request(u"4915112345678"_s, inbox.urlFor(SendId)));
    QVERIFY(client.waitForAnswer());

    QCOMPARE(client.status(), 200);
    QVERIFY(client.header("Content-Type").startsWith("application/json"));
    const auto body = parseJson(client.body());
    QVERIFY(body && body->object() != nullptr && body->object()->find(u"session_id") != nullptr);
    QTRY_COMPARE(statuses, QStringList({u"submitted"_s, u"delivered"_s, u"read"_s}));
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen.first().first().toInt(), 200);
}

void TestSandbox::misbehaviourShowsOnTheWire_data()
{
    QTest::addColumn<SandboxBehaviour>("behaviour");
    QTest::addColumn<int>("status"); // 0: no byte
    QTest::addColumn<bool>("closes");
    QTest::newRow("401") << SandboxBehaviour::WrongKey << 401 << false;
    QTest::newRow("404") << SandboxBehaviour::UnpublishedAgent << 404 << false;
    QTest::newRow("422") << SandboxBehaviour::Unprocessable << 422 << false;
    QTest::newRow("429") << SandboxBehaviour::RateLimited << 429 << false;
    QTest::newRow("500") << SandboxBehaviour::ServerError << 500 << false;
    QTest::newRow("html") << SandboxBehaviour::HtmlPage << 200 << false;
    QTest::newRow("redirect") << SandboxBehaviour::Redirect << 302 << false;
    QTest::newRow("half an answer") << SandboxBehaviour::HalfAnswer << 200 << true;
    QTest::newRow("closed unanswered") << SandboxBehaviour::CloseUnanswered << 0 << true;
    QTest::newRow("stalled") << SandboxBehaviour::Stall << 0 << false;
}

void TestSandbox::misbehaviourShowsOnTheWire()
{
    QFETCH(const SandboxBehaviour, behaviour);
    QFETCH(const int, status);
    QFETCH(const bool, closes);
    const auto &table = specialRecipients();
    const auto entry = std::find_if(table.begin(), table.end(), [&](const SpecialRecipient &row) {
        return row.behaviour == behaviour;
    });
    QVERIFY(entry != table.end());
    Sandbox sandbox(nowhere());
    QSignalSpy seen(&sandbox, &Sandbox::requestSeen);
    const auto base = sandbox.start();
    QVERIFY(base);

    RawClient client(portOf(base));
    trigger(client, request(entry->number));
    QTRY_COMPARE(seen.size(), 1);
    if (closes)
        QVERIFY(client.waitForClose());
    else if (status != 0)
        QVERIFY(client.waitForAnswer());
    else
        QVERIFY(!client.waitForClose(200));

    QCOMPARE(client.status(), status);
    QCOMPARE(client.isConnected(), !closes);
    QCOMPARE(seen.first().first().toInt(), status);
    if (behaviour == SandboxBehaviour::HalfAnswer)
        QCOMPARE(client.body().size(), client.header("Content-Length").toLongLong() / 2);
    if (status == 0)
        QCOMPARE(client.received, QByteArray());
}

void TestSandbox::otherRequestsAreAnswered404_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("another path") << QByteArray("POST /other\"path");
    QTest::newRow("another method") << QByteArray("GET /messaging/conversation");
    QTest::newRow("trailing slash") << QByteArray("POST /messaging/conversation/");
}

void TestSandbox::otherRequestsAreAnswered404()
{
    QFETCH(const QByteArray, line);
    Sandbox sandbox(nowhere());
    const auto base = sandbox.start();
    QVERIFY(base);
    RawClient client(portOf(base));
    client.send(line + " HTTP/1.1\r\nHost: h\r\nX-Vgai-Key: sandbox\r\n\r\n");
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 404);
    const auto body = parseJson(client.body());
    QVERIFY(body && body->object() != nullptr);
    QCOMPARE(body->object()->find(u"statusCode")->number()->text, QByteArray("404"));
}

void TestSandbox::limitIsKeptAndCanBeLifted()
{
    Sandbox sandbox(nowhere());
    const auto base = sandbox.start();
    QVERIFY(base);
    RawClient client(portOf(base));
    const auto statusOfNext = [&client] {
        client.received.clear();
        trigger(client, request(u"4915112345678"_s));
        return client.waitForAnswer() ? client.status() : -1;
    };
    QCOMPARE(statusOfNext(), 200);
    QCOMPARE(statusOfNext(), 429);
    sandbox.setLimit(0);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(statusOfNext(), 200);
}

void TestSandbox::callbacksNeverLeaveThisComputer_data()
{
    QTest::addColumn<QUrl>("statusUrl");
    QTest::newRow("another host") << QUrl(u"http://example.invalid/status"_s);
    QTest::newRow("loopback as user name") << QUrl(u"http://127.0.0.1@example.invalid/"_s);
    QTest::newRow("loopback as prefix") << QUrl(u"http://127.0.0.1.example.invalid/"_s);
    QTest::newRow("private network") << QUrl(u"http://192.168.0.1/"_s);
    QTest::newRow("every address") << QUrl(u"http://0.0.0.0/"_s);
    QTest::newRow("name that a resolver may send out") << QUrl(u"http://x.localhost/"_s);
    QTest::newRow("https") << QUrl(u"https://127.0.0.1/"_s);
}

void TestSandbox::callbacksNeverLeaveThisComputer()
{
    QFETCH(const QUrl, statusUrl);
    QList<QUrl> posted;
    Sandbox sandbox([&posted](const QUrl &url, const QByteArray &) { posted += url; });
    QSignalSpy skipped(&sandbox, &Sandbox::callbackSkipped);
    sandbox.setCallbackSpeed(1000);
    sandbox.setLimit(0);
    const auto base = sandbox.start();
    QVERIFY(base);
    RawClient client(portOf(base));
    trigger(client, request(u"4915112345678"_s, statusUrl));
    QTRY_COMPARE(skipped.size(), 1);
    QCOMPARE(skipped.first().first().toUrl(), statusUrl);

    // A message whose callbacks do go out, later: nothing of the first is in between.
    const QUrl here(u"http://127.0.0.1:9/here"_s);
    RawClient next(portOf(base));
    trigger(next, request(u"4915112345678"_s, here));
    QTRY_COMPARE(posted.size(), 3);
    QCOMPARE(posted, QList<QUrl>({here, here, here}));
}

void TestSandbox::answersWhileItsOwnThreadIsBusy()
{
    Sandbox sandbox(nowhere());
    const auto base = sandbox.start();
    QVERIFY(base);
    // Blocking calls: no event of this thread, the sandbox's own, is handled meanwhile.
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, portOf(base));
    QVERIFY(socket.waitForConnected());
    const QByteArray body = request(u"4915112345678"_s);
    socket.write("POST /messaging/conversation HTTP/1.1\r\nHost: h\r\nX-Vgai-Key: sandbox\r\n"
                 "Content-Length: "
                 + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY(socket.waitForBytesWritten());
    QVERIFY(socket.waitForReadyRead());
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 200 "));
}

void TestSandbox::stopDropsCallbacksAndEndsStalls()
{
    int posted = 0;
    Sandbox sandbox([&posted](const QUrl &, const QByteArray &) { ++posted; });
    QSignalSpy seen(&sandbox, &Sandbox::requestSeen);
    sandbox.setCallbackSpeed(10);
    sandbox.setLimit(0);
    const auto base = sandbox.start();
    QVERIFY(base);
    RawClient stalled(portOf(base));
    trigger(stalled, request(u"447700900408"_s));
    RawClient accepted(portOf(base));
    trigger(accepted, request(u"4915112345678"_s));
    QTRY_COMPARE(seen.size(), 2);
    QTRY_COMPARE(posted, 1); // submitted is out, the others are not due

    sandbox.stop();

    QVERIFY(sandbox.baseUrl().isEmpty());
    QVERIFY(stalled.waitForClose());
    QCOMPARE(stalled.received, QByteArray());
    // The next run's first callback would come after the dropped ones.
    sandbox.setCallbackSpeed(1);
    const auto again = sandbox.start();
    QVERIFY(again);
    RawClient next(portOf(again));
    trigger(next, request(u"4915112345678"_s));
    QTRY_COMPARE(posted, 2);
}

void TestSandbox::startingTwiceKeepsItOrMovesIt()
{
    Sandbox sandbox(nowhere());
    const auto first = sandbox.start();
    QVERIFY(first);
    QCOMPARE(sandbox.start().value(), *first);
    QCOMPARE(sandbox.start(portOf(first)).value(), *first);

    Sandbox other(nowhere());
    const auto freed = other.start();
    QVERIFY(freed);
    other.stop();
    const auto moved = sandbox.start(portOf(freed));
    QVERIFY(moved);
    QCOMPARE(*moved, *freed);
    RawClient client(portOf(moved));
    trigger(client, request(u"4915112345678"_s));
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 200);
    RawClient old(portOf(first));
    QVERIFY(old.waitForClose());
}

void TestSandbox::takenPortIsAnErrorAndLeavesItStopped()
{
    Sandbox first(nowhere());
    const auto base = first.start();
    QVERIFY(base);
    Sandbox second(nowhere());
    QVERIFY(second.start());
    const auto started = second.start(portOf(base));
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::Network);
    QVERIFY(second.baseUrl().isEmpty());
    QVERIFY(second.start());
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
