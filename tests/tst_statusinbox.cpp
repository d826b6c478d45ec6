#include "listen/statusinbox.h"
#include "support/rawclient.h"

#include <QSet>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QThread>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

const QString SendId = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
const QString Secret = u"secret-0123456789-ABC_xyz"_s;
const QByteArray Delivered = R"({"status":"delivered","message_uuid":"m-1"})";

/// Keeps at once and remembers.
struct Shelf {
    QList<StatusEvent> events;
    bool durable = true;
    QThread *thread = nullptr;

    StatusInbox::Keep keep()
    {
        return [this](const StatusEvent &event, const std::function<void(bool)> &done) {
            events.append(event);
            thread = QThread::currentThread();
            done(durable);
        };
    }
};

} // namespace

class TestStatusInbox : public QObject
{
    Q_OBJECT

private slots:
    void statusIsKeptAndThenConfirmed();
    void nothingIsConfirmedBeforeItIsDurable();
    void whatCannotBeKeptIsAnswered503();
    void whatIsNeverKeptIsNotConfirmed();
    void bodyThatIsNoStatusIsKeptAsItCame_data();
    void bodyThatIsNoStatusIsKeptAsItCame();
    void otherPathIsAnswered404_data();
    void otherPathIsAnswered404();
    void otherMethodIsAnswered405();
    void addressesCannotBeGuessed();
    void addressesStayTheSameWithinARun();
    void inboxMayGoAwayWhileAStatusIsBeingKept();

    void publicAddressIsWhatSendsGet();
    void pathThroughAProxyIsUnderstood_data();
    void pathThroughAProxyIsUnderstood();
    void healthChecksAreNoWrongPaths_data();
    void healthChecksAreNoWrongPaths();
    void probeIsToldAndAnswered();
    void probeWithoutAProperTokenIs404_data();
    void probeWithoutAProperTokenIs404();
    void secretOutlivesTheInbox();
    void unusableOptionsChangeNothing_data();
    void unusableOptionsChangeNothing();
    void newOptionsHoldAtOnce();
    void listensWhereItIsTold_data();
    void listensWhereItIsTold();
    void addressOfNoInterfaceIsAnError();
    void publicBaseIsRead_data();
    void publicBaseIsRead();
    void duplicatesAreAllKeptAndConfirmed();
    void everythingIsCounted();
};

void TestStatusInbox::statusIsKeptAndThenConfirmed()
{
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QSignalSpy kept(&inbox, &StatusInbox::eventKept);
    QVERIFY(inbox.start());
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const QUrl url = inbox.urlFor(SendId);
    QCOMPARE(url.host(), u"127.0.0.1"_s);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1() + "?q=ignored", Delivered);
    QVERIFY(client.waitForAnswer());

    QCOMPARE(client.status(), 200);
    QCOMPARE(shelf.events.size(), 1);
    const StatusEvent &event = shelf.events.first();
    QCOMPARE(event.sendId, SendId);
    QCOMPARE(event.status, DeliveryStatus::Delivered);
    QCOMPARE(event.messageUuid, u"m-1"_s);
    QCOMPARE(event.raw, Delivered);
    QVERIFY(event.arrivedAt >= before && event.arrivedAt <= QDateTime::currentDateTimeUtc());
    QCOMPARE(event.arrivedAt.timeSpec(), Qt::UTC);
    QCOMPARE(shelf.thread, inbox.thread());
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.first().first().value<StatusEvent>().sendId, SendId);
    QCOMPARE(inbox.rejectedCount(), 0);
}

void TestStatusInbox::nothingIsConfirmedBeforeItIsDurable()
{
    std::function<void(bool)> done;
    StatusInbox inbox(
        [&done](const StatusEvent &, const std::function<void(bool)> &given) { done = given; });
    QSignalSpy kept(&inbox, &StatusInbox::eventKept);
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), Delivered);
    QTRY_VERIFY(done);
    QVERIFY(!client.waitForAnswer(100));
    QCOMPARE(client.received, QByteArray());
    QCOMPARE(kept.size(), 0);

    done(true);

    QCOMPARE(kept.size(), 1);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 200);
}

void TestStatusInbox::whatCannotBeKeptIsAnswered503()
{
    Shelf shelf;
    shelf.durable = false;
    StatusInbox inbox(shelf.keep());
    QSignalSpy kept(&inbox, &StatusInbox::eventKept);
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), Delivered);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 503);
    QCOMPARE(kept.size(), 0);
}

void TestStatusInbox::whatIsNeverKeptIsNotConfirmed()
{
    StatusInbox inbox([](const StatusEvent &, const std::function<void(bool)> &) {});
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), Delivered);
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray());
}

void TestStatusInbox::bodyThatIsNoStatusIsKeptAsItCame_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("status=delivered");
    QTest::newRow("an array") << QByteArray("[1]");
    QTest::newRow("not UTF-8, with a zero") << QByteArray("\xFF\xFE\0x", 4);
}

void TestStatusInbox::bodyThatIsNoStatusIsKeptAsItCame()
{
    QFETCH(const QByteArray, body);
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), body);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 200);
    QCOMPARE(shelf.events.size(), 1);
    QCOMPARE(shelf.events.first().raw, body);
    QCOMPARE(shelf.events.first().sendId, SendId);
    QCOMPARE(shelf.events.first().status, DeliveryStatus::Other);
}

void TestStatusInbox::otherPathIsAnswered404_data()
{
    QTest::addColumn<QString>("path"); // %1 is the base's path
    QTest::newRow("root") << u"/"_s;
    QTest::newRow("no secret") << u"/s/"_s + SendId;
    QTest::newRow("another secret") << u"/AAAAAAAAAAAAAAAAAAAAAA/s/"_s + SendId;
    QTest::newRow("base alone") << u"%1"_s;
    QTest::newRow("no id") << u"%1/s/"_s;
    QTest::newRow("id is no UUID") << u"%1/s/1"_s;
    QTest::newRow("id in braces") << u"%1/s/{"_s + SendId + u'}';
    QTest::newRow("id in upper case") << u"%1/s/"_s + SendId.toUpper();
    QTest::newRow("null UUID") << u"%1/s/00000000-0000-0000-0000-000000000000"_s;
    QTest::newRow("more after the id") << u"%1/s/"_s + SendId + u"/x"_s;
    QTest::newRow("dots") << u"%1/s/../s/"_s + SendId;
}

void TestStatusInbox::otherPathIsAnswered404()
{
    QFETCH(QString, path);
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QVERIFY(inbox.start());
    path.replace(u"%1"_s, inbox.base().path());
    RawClient client(static_cast<quint16>(inbox.base().port()));
    client.post(path.toLatin1(), Delivered);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 404);
    QCOMPARE(inbox.rejectedCount(), 1);
    QCOMPARE(shelf.events.size(), 0);
}

void TestStatusInbox::otherMethodIsAnswered405()
{
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    RawClient client(static_cast<quint16>(url.port()));
    client.send("GET " + url.path().toLatin1() + " HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 405);
    QCOMPARE(client.header("Allow"), QByteArray("POST"));
    QCOMPARE(inbox.rejectedCount(), 1);
    QCOMPARE(shelf.events.size(), 0);
}

void TestStatusInbox::addressesCannotBeGuessed()
{
    QSet<QString> secrets;
    for (int i = 0; i < 50; ++i) {
        StatusInbox inbox({});
        QVERIFY(inbox.base().isEmpty());
        QVERIFY(inbox.urlFor(SendId).isEmpty());
        QVERIFY(inbox.start());
        const QString secret = inbox.base().path().mid(1);
        QCOMPARE(secret.size(), 22);
        QCOMPARE(inbox.base().path(QUrl::FullyEncoded).mid(1), secret);
        secrets.insert(secret);
    }
    QCOMPARE(secrets.size(), 50);
}

void TestStatusInbox::addressesStayTheSameWithinARun()
{
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    inbox.stop();
    QVERIFY(inbox.start(static_cast<quint16>(url.port())));
    QCOMPARE(inbox.urlFor(SendId), url);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), Delivered);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 200);
}

void TestStatusInbox::inboxMayGoAwayWhileAStatusIsBeingKept()
{
    std::function<void(bool)> done;
    auto inbox = std::make_unique<StatusInbox>(
        [&done](const StatusEvent &, const std::function<void(bool)> &given) { done = given; });
    QVERIFY(inbox->start());
    const QUrl url = inbox->urlFor(SendId);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), Delivered);
    QTRY_VERIFY(done);
    inbox.reset();
    done(true);
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray());
}

void TestStatusInbox::publicAddressIsWhatSendsGet()
{
    StatusInbox inbox({});
    InboxOptions options;
    options.secret = Secret;
    options.publicBase = QUrl(u"https://me.example.com/hooks/"_s);
    QVERIFY(inbox.start(options));
    QCOMPARE(inbox.base(), QUrl(u"https://me.example.com/hooks/"_s + Secret));
    QCOMPARE(inbox.urlFor(SendId),
             QUrl(u"https://me.example.com/hooks/"_s + Secret + u"/s/"_s + SendId));
    QCOMPARE(inbox.localBase().host(), u"127.0.0.1"_s);
    QCOMPARE(inbox.localBase().path(), u'/' + Secret);
    inbox.stop();
    QVERIFY(inbox.base().isEmpty());
    QVERIFY(inbox.localBase().isEmpty());
    QVERIFY(inbox.urlFor(SendId).isEmpty());
    QVERIFY(inbox.probeUrlFor(u"0123456789abcdef"_s).isEmpty());
}

void TestStatusInbox::pathThroughAProxyIsUnderstood_data()
{
    QTest::addColumn<QString>("path"); // %1 is the secret
    const QString rest = u"%1/s/"_s + SendId;
    QTest::newRow("prefix taken away") << u'/' + rest;
    QTest::newRow("prefix kept") << u"/hooks/in/"_s + rest;
    QTest::newRow("part of the prefix kept") << u"/in/"_s + rest;
    QTest::newRow("another prefix") << u"/upstream/"_s + rest;
    QTest::newRow("doubled slash") << u"//"_s + rest;
    QTest::newRow("doubled slashes") << u"/hooks//in///%1//s//"_s + SendId;
    QTest::newRow("encoded where it need not be") << u"/hooks/in/%1/%73/"_s + SendId;
    QTest::newRow("prefix with encoded letters") << u"/a%20b/"_s + rest;
    QTest::newRow("prefix like ours") << u"/s/"_s + rest;
}

void TestStatusInbox::pathThroughAProxyIsUnderstood()
{
    QFETCH(QString, path);
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    InboxOptions options;
    options.secret = Secret;
    options.publicBase = QUrl(u"https://me.example.com/hooks/in"_s);
    QVERIFY(inbox.start(options));
    RawClient client(static_cast<quint16>(inbox.localBase().port()));
    client.post(path.replace(u"%1"_s, Secret).toLatin1(), Delivered);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 200);
    QCOMPARE(shelf.events.size(), 1);
    QCOMPARE(shelf.events.front().sendId, SendId);
}

void TestStatusInbox::healthChecksAreNoWrongPaths_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("GET") << QByteArray("GET");
    QTest::newRow("HEAD") << QByteArray("HEAD");
}

void TestStatusInbox::healthChecksAreNoWrongPaths()
{
    QFETCH(const QByteArray, method);
    StatusInbox inbox({});
    QVERIFY(inbox.start());
    RawClient client(static_cast<quint16>(inbox.base().port()));
    client.send(method + " /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.status(), 404);
    QCOMPARE(client.body(), QByteArray());
    QCOMPARE(inbox.counts().glances, 1);
    QCOMPARE(inbox.rejectedCount(), 0);
}

void TestStatusInbox::probeIsToldAndAnswered()
{
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QSignalSpy probes(&inbox, &StatusInbox::probeArrived);
    QVERIFY(inbox.start());
    const QString token = u"0123456789abcdef0123456789abcdef"_s;
    const QUrl url = inbox.probeUrlFor(token);
    RawClient client(static_cast<quint16>(url.port()));
    client.post("/hooks" + url.path().toLatin1(), "{}");
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 200);
    QCOMPARE(probes.size(), 1);
    QCOMPARE(probes.front().front().toString(), token);
    QCOMPARE(inbox.counts().probes, 1);
    QCOMPARE(shelf.events.size(), 0);

    client.received.clear();
    client.send("GET " + url.path().toLatin1() + " HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 405);
    QCOMPARE(probes.size(), 1);
}

void TestStatusInbox::probeWithoutAProperTokenIs404_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("empty") << QString();
    QTest::newRow("short") << u"0123456789abcde"_s;
    QTest::newRow("long") << QString(65, u'a');
    QTest::newRow("a dot") << u"0123456789abcdef.0"_s;
    QTest::newRow("a line break") << u"0123456789abcdef%0A"_s;
    QTest::newRow("more behind") << u"0123456789abcdef/x"_s;
}

void TestStatusInbox::probeWithoutAProperTokenIs404()
{
    QFETCH(const QString, token);
    StatusInbox inbox({});
    QSignalSpy probes(&inbox, &StatusInbox::probeArrived);
    QVERIFY(inbox.start());
    RawClient client(static_cast<quint16>(inbox.base().port()));
    client.post((inbox.base().path() + u"/probe/"_s + token).toLatin1(), "{}");
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 404);
    QCOMPARE(probes.size(), 0);
}

void TestStatusInbox::secretOutlivesTheInbox()
{
    QUrl url;
    InboxOptions options;
    {
        StatusInbox first({});
        QVERIFY(first.start());
        options = first.options();
        QCOMPARE(options.secret.size(), 22);
        options.place.port = static_cast<quint16>(first.localBase().port());
        url = first.urlFor(SendId);
    }
    Shelf shelf;
    StatusInbox second(shelf.keep());
    QVERIFY(second.start(options));
    QCOMPARE(second.urlFor(SendId), url);
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), Delivered);
    QVERIFY(client.waitForAnswer());
    QCOMPARE(client.status(), 200);
}

void TestStatusInbox::unusableOptionsChangeNothing_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("publicBase");
    QTest::newRow("short secret") << u"0123456789abcde"_s << QString();
    QTest::newRow("slash in the secret") << u"0123456789abcdef/0"_s << QString();
    QTest::newRow("line break behind the secret") << u"0123456789abcdef\n"_s << QString();
    QTest::newRow("public address without a host") << QString() << u"https:///hooks"_s;
    QTest::newRow("public address of another kind") << QString() << u"ftp://me.example.com"_s;
}

void TestStatusInbox::unusableOptionsChangeNothing()
{
    QFETCH(const QString, secret);
    QFETCH(const QString, publicBase);
    StatusInbox inbox({});
    QVERIFY(inbox.start());
    const InboxOptions before = inbox.options();
    const QUrl base = inbox.base();
    InboxOptions options;
    options.secret = secret;
    options.publicBase = QUrl(publicBase);
    const auto started = inbox.start(options);
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::InvalidInput);
    QVERIFY(inbox.isRunning());
    QCOMPARE(inbox.options(), before);
    QCOMPARE(inbox.base(), base);
}

void TestStatusInbox::newOptionsHoldAtOnce()
{
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QVERIFY(inbox.start());
    const QUrl old = inbox.urlFor(SendId);
    InboxOptions options;
    options.secret = Secret;
    options.place.port = static_cast<quint16>(old.port());
    QVERIFY(inbox.start(options));
    RawClient late(static_cast<quint16>(old.port()));
    late.post(old.path().toLatin1(), Delivered);
    QVERIFY(late.waitForAnswer());
    QCOMPARE(late.status(), 404);
    RawClient fresh(static_cast<quint16>(old.port()));
    fresh.post(inbox.urlFor(SendId).path().toLatin1(), Delivered);
    QVERIFY(fresh.waitForAnswer());
    QCOMPARE(fresh.status(), 200);
}

void TestStatusInbox::listensWhereItIsTold_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("host"); // in the local base
    QTest::addColumn<QStringList>("reached");
    QTest::addColumn<QStringList>("notReached");
    QTest::newRow("loopback") << u"127.0.0.1"_s << u"127.0.0.1"_s << QStringList{u"127.0.0.1"_s}
                              << QStringList{u"127.0.0.2"_s, u"::1"_s};
    QTest::newRow("one address") << u"127.0.0.2"_s << u"127.0.0.2"_s << QStringList{u"127.0.0.2"_s}
                                 << QStringList{u"127.0.0.1"_s};
    QTest::newRow("every IPv4 interface")
        << u"0.0.0.0"_s << u"0.0.0.0"_s << QStringList{u"127.0.0.1"_s, u"127.0.0.2"_s}
        << QStringList{u"::1"_s};
    const bool ipv6 = QTcpServer().listen(QHostAddress::LocalHostIPv6);
    QStringList all{u"127.0.0.1"_s, u"127.0.0.2"_s};
    if (ipv6) {
        QTest::newRow("IPv6 loopback")
            << u"::1"_s << u"::1"_s << QStringList{u"::1"_s} << QStringList{u"127.0.0.1"_s};
        all += u"::1"_s;
    }
    QTest::newRow("everywhere") << QString(ListenPlace::AllInterfaces) << u"127.0.0.1"_s << all
                                << QStringList{};
}

void TestStatusInbox::listensWhereItIsTold()
{
    QFETCH(const QString, address);
    QFETCH(const QString, host);
    QFETCH(const QStringList, reached);
    QFETCH(const QStringList, notReached);
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    InboxOptions options;
    options.place.address = address;
    QVERIFY(inbox.start(options));
    const QUrl url = inbox.urlFor(SendId);
    QCOMPARE(url.host(), host);
    const auto port = static_cast<quint16>(url.port());
    for (const QString &each : reached) {
        RawClient client(port, QHostAddress(each));
        client.post(url.path().toLatin1(), Delivered);
        QVERIFY(client.waitForAnswer());
        QCOMPARE(client.status(), 200);
    }
    for (const QString &each : notReached) {
        RawClient client(port, QHostAddress(each));
        client.post(url.path().toLatin1(), Delivered);
        QVERIFY(client.waitForClose());
        QCOMPARE(client.received, QByteArray());
    }
    QCOMPARE(shelf.events.size(), reached.size());
}

void TestStatusInbox::addressOfNoInterfaceIsAnError()
{
    StatusInbox inbox({});
    InboxOptions options;
    options.place.address = u"192.0.2.1"_s; // for documentation (RFC 5737): nobody has it
    QCOMPARE(inbox.start(options).error().kind, ErrorKind::Network);
    for (const QString &bad : {u""_s, u"localhost"_s, u"eth0"_s, u"1.2.3.4.5"_s, u"[::1]"_s}) {
        options.place.address = bad;
        QCOMPARE(inbox.start(options).error().kind, ErrorKind::InvalidInput);
    }
    QVERIFY(!inbox.isRunning());
    QVERIFY(inbox.base().isEmpty());
}

void TestStatusInbox::publicBaseIsRead_data()
{
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto row = [](const char *typed, const QString &expected) {
        QTest::newRow(typed) << expected;
    };
    row("https://me.example.com", u"https://me.example.com"_s);
    row("  https://me.example.com/hooks//  ", u"https://me.example.com/hooks"_s);
    row("https://me.example.com:8443/a/b", u"https://me.example.com:8443/a/b"_s);
    row("http://me.example.com", u"http://me.example.com"_s);
    row("me.example.com", {});
    row("https://", {});
    row("https://u:p@me.example.com", {});
    row("https://me.example.com/?a=b", {});
    row("https://me.example.com/#a", {});
    row("file:///etc/hosts", {});
    row("", {});
}

void TestStatusInbox::publicBaseIsRead()
{
    QFETCH(const QString, expected);
    const auto base = parsePublicBase(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(base ? base->toString() : QString(), expected);
}

void TestStatusInbox::duplicatesAreAllKeptAndConfirmed()
{
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    RawClient client(static_cast<quint16>(url.port()));
    for (int i = 1; i <= 3; ++i) {
        client.received.clear();
        client.post(url.path().toLatin1(), Delivered);
        QVERIFY(client.waitForAnswer());
        QCOMPARE(client.status(), 200);
        QCOMPARE(shelf.events.size(), i);
    }
    QCOMPARE(inbox.counts().kept, 3);
}

void TestStatusInbox::everythingIsCounted()
{
    Shelf shelf;
    StatusInbox inbox(shelf.keep());
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(SendId);
    const auto request = [&](const QByteArray &method, const QByteArray &path) {
        RawClient client(static_cast<quint16>(url.port()));
        client.send(method + ' ' + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        return client.waitForAnswer();
    };
    const QByteArray path = url.path().toLatin1();
    QVERIFY(request("POST", path));
    shelf.durable = false;
    QVERIFY(request("POST", path));
    QVERIFY(request("POST", "/"));
    QVERIFY(request("PUT", "/x"));
    QVERIFY(request("DELETE", path));
    QVERIFY(request("GET", "/"));
    const InboxCounts counts = inbox.counts();
    QCOMPARE(counts.kept, 1);
    QCOMPARE(counts.notKept, 1);
    QCOMPARE(counts.wrongPath, 2);
    QCOMPARE(counts.wrongMethod, 1);
    QCOMPARE(counts.glances, 1);
    QCOMPARE(counts.probes, 0);
    QCOMPARE(inbox.rejectedCount(), 3);
}

QTEST_GUILESS_MAIN(TestStatusInbox)
#include "tst_statusinbox.moc"
