#include "store/sqlite.h"

#include "support/deliverysamples.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

const QString Uuid = u"aaaaaaaa-1111-4111-8111-000000000001"_s;
const QString OtherUuid = u"aaaaaaaa-1111-4111-8111-000000000002"_s;
const QByteArray Number = toNumber("447900000001"); // sampleClaim().to

} // namespace

/// What is kept of events and conversations, imported, listed and found again.
class TestDeliveryKeeping : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void unmatchedCanBePaged();
    void unmatchedChangesAreReported();
    void importSkipsWhatIsKnown();
    void importIsAllOrNothing();
    void importedArrivalIsNoMoment();
    void everyFieldOfAnEventIsKept();
    void conversationIsKept();
    void filtersFindDeliveries_data();
    void filtersFindDeliveries();
    void unreadCountsFromNow();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DeliveryStore> m_store;
};

void TestDeliveryKeeping::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<DeliveryStore>(*m_dir);
}

void TestDeliveryKeeping::cleanup()
{
    m_store.reset();
    m_dir.reset();
}

void TestDeliveryKeeping::unmatchedCanBePaged()
{
    for (int i = 0; i < 5; ++i)
        (void)m_store->take(callback({}, u"read"_s, newId(), i));
    const auto first = resultOf(m_store->deliveries.unmatched(0, 2)).value();
    QCOMPARE(first.size(), 2);
    QCOMPARE(first.first().event.eventAt, claimedAt().addSecs(4).addMSecs(-123));
    const auto rest = resultOf(m_store->deliveries.unmatched(first.last().number, 10)).value();
    QCOMPARE(rest.size(), 3);
    QVERIFY(rest.first().number < first.last().number);
    QCOMPARE(resultOf(m_store->deliveries.unmatchedCount()).value(), 5);
}

void TestDeliveryKeeping::unmatchedChangesAreReported()
{
    DeliveryStore other(*m_dir); // as another process has it
    QSignalSpy own(&m_store->deliveries, &Deliveries::unmatchedChanged);
    QSignalSpy others(&other.deliveries, &Deliveries::unmatchedChanged);
    const QString one = m_store->send();
    (void)m_store->take(callback(one, u"read"_s, Uuid, 1));
    (void)m_store->take(callback({}, u"read"_s, OtherUuid, 1));
    QTRY_COMPARE(own.size(), 1);
    QTRY_VERIFY(others.size() >= 1);
    own.clear();
    others.clear();
    QVERIFY(resultOf(m_store->deliveries.assign({m_store->unmatched().first().number}, one)));
    QTRY_COMPARE(own.size(), 1);
    QTRY_COMPARE(others.size(), 1);
    // What concerns known sends only is no news here.
    QSignalSpy changed(&other.journal, &Journal::changed);
    (void)m_store->take(callback(one, u"read"_s, Uuid, 1));
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(own.size(), 1);
    QCOMPARE(others.size(), 1);
}

void TestDeliveryKeeping::importSkipsWhatIsKnown()
{
    const QString one = m_store->send();
    const StatusEvent heard = callback(one, u"submitted"_s, Uuid, 1, Number);
    (void)m_store->take(heard);
    StatusEvent pasted = heard; // the same bytes, from who knows where
    pasted.sendId.clear();
    StatusEvent nameless = callback({}, u"read"_s, {}, 1);
    StatusEvent elsewhere = nameless;
    elsewhere.sendId = newId();
    StatusEvent guessed = callback({}, u"read"_s, OtherUuid, 2, Number);
    guessed.arrivedAt = {};
    const QList<StatusEvent> events{heard,    pasted,    callback({}, u"read"_s, Uuid, 9),
                                    nameless, elsewhere, guessed};
    const auto now = QDateTime::currentDateTimeUtc();
    auto taken = resultOf(m_store->deliveries.takeAll(events, EventSource::Imported, now));
    QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().detail));
    QCOMPARE(taken->known, 2);
    QCOMPARE(taken->tied, 1);
    QCOMPARE(taken->guessed, 1);
    QCOMPARE(taken->unmatched, 2);
    QCOMPARE(m_store->events(one).size(), 3);
    QVERIFY(m_store->events(one).last().event.arrivedAt.isValid());
    QVERIFY(m_store->events(one).last().source == EventSource::Imported);
    taken = resultOf(m_store->deliveries.takeAll(events, EventSource::Imported, now));
    QCOMPARE(taken->known, 6);
    QCOMPARE(m_store->events(one).size(), 3);
    // With its path it is worth more than without.
    guessed.sendId = one;
    taken = resultOf(m_store->deliveries.takeAll({guessed}, EventSource::Imported, now));
    QCOMPARE(taken->tied, 1);
    // By hand it is still the same event.
    QList<qint64> loose;
    for (const KeptEvent &kept : m_store->unmatched())
        loose.append(kept.number);
    QVERIFY(resultOf(m_store->deliveries.assign(loose, one)));
    taken = resultOf(m_store->deliveries.takeAll(events, EventSource::Imported, now));
    QCOMPARE(taken->known, 6);
}

void TestDeliveryKeeping::importIsAllOrNothing()
{
    SqliteConnection breaker;
    QVERIFY(breaker.open(m_dir->filePath(u"journal.sqlite"_s)));
    QVERIFY(breaker.execute(u"CREATE TRIGGER no BEFORE INSERT ON event WHEN new.status = 3 BEGIN"
                            " SELECT RAISE(ABORT, 'no'); END"_s));
    const QString one = m_store->send();
    const auto now = QDateTime::currentDateTimeUtc();
    const QList<StatusEvent> events{callback(one, u"submitted"_s, Uuid, 1),
                                    callback({}, u"delivered"_s, OtherUuid, 2),
                                    callback(one, u"read"_s, Uuid, 3)};
    QVERIFY(!resultOf(m_store->deliveries.takeAll(events, EventSource::Imported, now)));
    QVERIFY(m_store->events(one).isEmpty());
    QVERIFY(m_store->unmatched().isEmpty());
    QCOMPARE(resultOf(m_store->deliveries.unmatchedCount()).value(), 0);
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::None);
    QVERIFY(breaker.execute(u"DROP TRIGGER no"_s));
    const auto taken = resultOf(m_store->deliveries.takeAll(events, EventSource::Imported, now));
    QCOMPARE(taken->tied, 2);
}

void TestDeliveryKeeping::importedArrivalIsNoMoment()
{
    const QString one = m_store->send();
    StatusEvent event = callback({}, u"read"_s, Uuid, 60, Number);
    event.arrivedAt = claimedAt().addYears(1);
    QCOMPARE(m_store->take(event, EventSource::Imported), EventMatch::NumberAndTime);
    StatusEvent timeless = event;
    timeless.eventAt = {};
    QCOMPARE(m_store->take(timeless, EventSource::Imported), EventMatch::None);
    timeless.sendId = one;
    (void)m_store->take(timeless, EventSource::Imported);
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Read);
}

void TestDeliveryKeeping::everyFieldOfAnEventIsKept()
{
    const QString one = m_store->send();
    StatusEvent event = parseStatusEvent(
        R"({"to":"447900000001","from":"44123","channel":"whatsapp","message_uuid":"m",)"
        R"("internal_message_uuid":"i","timestamp":"2026-11-22T10:00:05Z","status":"rejected",)"
        R"("usage":{"price":"0.0421","currency":"EUR"},)"
        R"("whatsapp":{"conversation":{"id":"c","origin":{"type":"utility"}}},)"
        R"("error":{"title":"1022","detail":"(#132000) x"}})");
    event.sendId = one;
    event.arrivedAt = claimedAt();
    QVERIFY(m_store->take(event, EventSource::WebhookSite) == EventMatch::Path);
    const KeptEvent kept = m_store->events(one).first();
    QVERIFY(kept.number > 0);
    QCOMPARE(kept.source, EventSource::WebhookSite);
    const StatusEvent &back = kept.event;
    QCOMPARE(back.to, event.to);
    QCOMPARE(back.from, u"44123"_s);
    QCOMPARE(back.channel, u"whatsapp"_s);
    QCOMPARE(back.price, u"0.0421"_s);
    QCOMPARE(back.currency, u"EUR"_s);
    QCOMPARE(back.conversationId, u"c"_s);
    QCOMPARE(back.conversationOrigin, u"utility"_s);
    QCOMPARE(back.internalMessageUuid, u"i"_s);
    QCOMPARE(back.metaCode, u"132000"_s);
    QCOMPARE(back.raw, event.raw);
}

void TestDeliveryKeeping::conversationIsKept()
{
    const QString one = m_store->send();
    const qint64 row = m_store->record(one).row;
    QVERIFY(!resultOf(m_store->deliveries.conversation(row)).value());
    KeptConversation kept;
    kept.conversation = parseConversation(R"({"sessionId":"s","transcription":[]})").value();
    kept.fetchedAt = claimedAt();
    QSignalSpy changed(&m_store->journal, &Journal::changed);
    QVERIFY(resultOf(m_store->deliveries.keepConversation(row, kept)));
    QVERIFY(resultOf(m_store->deliveries.conversation(row)).value() == kept);
    QTRY_VERIFY(!changed.isEmpty() && changed.last().first().value<QList<qint64>>().contains(row));
    kept.foundBy = FoundBy::Choice;
    QVERIFY(resultOf(m_store->deliveries.keepConversation(row, kept)));
    QVERIFY(resultOf(m_store->deliveries.conversation(row)).value() == kept);
    const auto nowhere = resultOf(m_store->deliveries.keepConversation(row + 1, kept));
    QVERIFY(!nowhere && nowhere.error().kind == ErrorKind::InvalidInput);
}

void TestDeliveryKeeping::filtersFindDeliveries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<qint64>>("rows"); // newest first
    using Rows = QList<qint64>;
    QTest::newRow("none") << u"delivery:none"_s << Rows{1};
    QTest::newRow("submitted") << u"delivery:submitted"_s << Rows{2};
    QTest::newRow("delivered") << u"delivery:delivered"_s << Rows{3};
    QTest::newRow("read") << u"delivery:read"_s << Rows{4};
    QTest::newRow("rejected") << u"delivery:rejected"_s << Rows{5};
    QTest::newRow("undeliverable") << u"delivery:undeliverable"_s << Rows{6};
    QTest::newRow("failed") << u"delivery:failed"_s << Rows{7, 6, 5};
    QTest::newRow("other") << u"delivery:other"_s << Rows{8};
    QTest::newRow("guessed") << u"delivery:guessed"_s << Rows{9};
    QTest::newRow("several") << u"delivery:read,guessed,none"_s << Rows{9, 4, 1};
    QTest::newRow("with outcomes")
        << u"delivery:read,delivered outcome:unknown,refused"_s << Rows{4};
    QTest::newRow("unread") << u"unread:1m"_s << Rows{3};
    QTest::newRow("with words") << u"delivery:read \"Grüße\""_s << Rows{4};
}

void TestDeliveryKeeping::filtersFindDeliveries()
{
    QFETCH(const QString, text);
    QFETCH(const QList<qint64>, rows);
    const QStringList statuses{{},          u"submitted"_s,     u"delivered"_s,
                               u"read"_s,   u"rejected"_s,      u"undeliverable"_s,
                               u"failed"_s, u"something new"_s, {}};
    for (int i = 0; i < statuses.size(); ++i) {
        const auto outcome = i == 3 ? Outcome::Unknown : Outcome::Accepted;
        const QString id = m_store->send(outcome, QString::number(447'900'000'010 + i));
        if (!statuses.at(i).isEmpty())
            (void)m_store->take(callback(id, statuses.at(i), newId(), 5));
    }
    (void)m_store->take(callback({}, u"read"_s, newId(), 5, toNumber("447900000018")));
    const auto filter = parseLogFilter(text);
    QVERIFY(filter);
    QCOMPARE(resultOf(m_store->journal.rows(*filter, 0, 100)).value(), rows);
    QCOMPARE(resultOf(m_store->journal.matching(*filter, {1, 2, 3, 4, 5, 6, 7, 8, 9})).value(),
             rows);
    QCOMPARE(resultOf(m_store->deliveries.funnel(*filter)).value().sends, rows.size());
}

void TestDeliveryKeeping::unreadCountsFromNow()
{
    const QString one = m_store->send();
    StatusEvent event = callback(one, u"delivered"_s, Uuid, 0);
    event.eventAt = QDateTime::currentDateTimeUtc().addSecs(-90 * 60);
    event.arrivedAt = event.eventAt;
    (void)m_store->take(event);
    const auto found = [&](const QString &text) {
        return resultOf(m_store->journal.rows(*parseLogFilter(text), 0, 10)).value().size();
    };
    QCOMPARE(found(u"unread:89m"_s), 1);
    QCOMPARE(found(u"unread:2h"_s), 0);
    (void)m_store->take(callback(one, u"read"_s, Uuid, 9));
    QCOMPARE(found(u"unread:89m"_s), 0);
}

QTEST_GUILESS_MAIN(TestDeliveryKeeping)
#include "tst_deliverykeeping.moc"
