#include "listen/statusinbox.h"
#include "support/rawclient.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

const QString SendId = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
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

QTEST_GUILESS_MAIN(TestStatusInbox)
#include "tst_statusinbox.moc"
