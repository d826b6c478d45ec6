#include "core/deliverystate.h"

#include "support/deliverysamples.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(icebreaker::Outcome)

namespace {

const QString Uuid = u"aaaaaaaa-1111-4111-8111-000000000001"_s;
const QString OtherUuid = u"aaaaaaaa-1111-4111-8111-000000000002"_s;
const QByteArray Number = toNumber("447900000001"); // sampleClaim().to

} // namespace

/// To which send an event is tied, and what follows from it.
class TestDeliveries : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void pathIsAFact();
    void unknownPathIsKeptAndNeverGuessed();
    void knownMessageTiesWhatComesWithoutPath();
    void internalUuidCountsAsWell();
    void pathTeachesWhatCameBefore();
    void pathTakesAGuessAway();
    void messageOfTwoSendsIsTiedToNone();
    void guessIsNeverShownAsAFact();
    void factOverridesGuessesCompletely();
    void numberIsComparedByItsDigits_data();
    void numberIsComparedByItsDigits();
    void onlyOneSendInTimeIsGuessed_data();
    void onlyOneSendInTimeIsGuessed();
    void momentIsNeverAfterTheArrival();
    void errorsAreThoseOfTheFailure();
    void assignedByHandAndReleasedAgain();
    void assigningTeachesItsMessage();
    void releasedGuessIsForgotten();
    void factsAreNotMovedByHand();
    void failedAssignmentChangesNothing();
    void candidatesAreTheNearestFirst();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DeliveryStore> m_store;
};

void TestDeliveries::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<DeliveryStore>(*m_dir);
}

void TestDeliveries::cleanup()
{
    m_store.reset();
    m_dir.reset();
}

void TestDeliveries::pathIsAFact()
{
    const QString one = m_store->send();
    const QString two = m_store->send(); // to the same number
    QCOMPARE(m_store->take(callback(one, u"delivered"_s, Uuid, 2, Number)), EventMatch::Path);
    const SendRecord record = m_store->record(one);
    QCOMPARE(record.delivery, DeliveryStatus::Delivered);
    QCOMPARE(record.deliveryMatch, EventMatch::Path);
    QVERIFY(!isGuess(record));
    QCOMPARE(record.deliveredAt, claimedAt().addSecs(2).addMSecs(-123));
    QVERIFY(!record.submittedAt.isValid() && !record.readAt.isValid());
    QCOMPARE(m_store->record(two).delivery, DeliveryStatus::None);
    QCOMPARE(m_store->record(two).deliveryMatch, EventMatch::None);
    QVERIFY(m_store->unmatched().isEmpty());
}

void TestDeliveries::unknownPathIsKeptAndNeverGuessed()
{
    const QString known = m_store->send();
    (void)m_store->take(callback(known, u"submitted"_s, Uuid, 1));
    const QString stranger = newId();
    QCOMPARE(m_store->take(callback(stranger, u"read"_s, Uuid, 2, Number)), EventMatch::None);
    QCOMPARE(m_store->record(known).delivery, DeliveryStatus::Submitted);
    QCOMPARE(m_store->unmatched().size(), 1);
    QCOMPARE(m_store->unmatched().first().event.sendId, stranger);
    // A send of that name does not get what came before it was there.
    recordSend(m_store->journal, sampleClaim(stranger), sampleReport());
    QCOMPARE(m_store->record(stranger).delivery, DeliveryStatus::None);
    QCOMPARE(m_store->take(callback(stranger, u"submitted"_s, OtherUuid, 3)), EventMatch::Path);
    QCOMPARE(m_store->record(stranger).delivery, DeliveryStatus::Submitted);
    QCOMPARE(m_store->unmatched().size(), 1);
}

void TestDeliveries::knownMessageTiesWhatComesWithoutPath()
{
    const QString one = m_store->send();
    (void)m_store->send(); // the number alone would say nothing
    (void)m_store->take(callback(one, u"submitted"_s, Uuid, 1, Number));
    QCOMPARE(m_store->take(callback({}, u"read"_s, Uuid, 3, Number)), EventMatch::MessageUuid);
    const SendRecord record = m_store->record(one);
    QCOMPARE(record.delivery, DeliveryStatus::Read);
    QCOMPARE(record.deliveryMatch, EventMatch::MessageUuid);
    QCOMPARE(m_store->events(one).size(), 2);
    QCOMPARE(m_store->events(one).last().match, EventMatch::MessageUuid);
}

void TestDeliveries::internalUuidCountsAsWell()
{
    const QString one = m_store->send();
    const QByteArray internal = R"(,"internal_message_uuid":")" + OtherUuid.toUtf8() + '"';
    QCOMPARE(m_store->take(callback({}, u"read"_s, OtherUuid, 3)), EventMatch::None);
    (void)m_store->take(callback(one, u"submitted"_s, Uuid, 1, internal));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Read);
    QCOMPARE(m_store->take(callback({}, u"delivered"_s, newId(), 2, internal)),
             EventMatch::MessageUuid);
    QVERIFY(m_store->record(one).deliveredAt.isValid());
}

void TestDeliveries::pathTeachesWhatCameBefore()
{
    const QString one = m_store->send();
    (void)m_store->send();
    QCOMPARE(m_store->take(callback({}, u"read"_s, Uuid, 3, Number)), EventMatch::None);
    QCOMPARE(m_store->unmatched().size(), 1);
    (void)m_store->take(callback(one, u"submitted"_s, Uuid, 1, Number));
    QVERIFY(m_store->unmatched().isEmpty());
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Read);
    QCOMPARE(m_store->record(one).deliveryMatch, EventMatch::MessageUuid);
    QVERIFY(m_store->record(one).submittedAt.isValid());
    QVERIFY(m_store->record(one).readAt.isValid());
}

void TestDeliveries::pathTakesAGuessAway()
{
    const QString one = m_store->send();
    QCOMPARE(m_store->take(callback({}, u"read"_s, Uuid, 3, Number)), EventMatch::NumberAndTime);
    const QString two = m_store->send(Outcome::Accepted, u"447900000002"_s);
    (void)m_store->take(callback(two, u"submitted"_s, Uuid, 1));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::None);
    QVERIFY(m_store->events(one).isEmpty());
    QCOMPARE(m_store->record(two).delivery, DeliveryStatus::Read);
}

void TestDeliveries::messageOfTwoSendsIsTiedToNone()
{
    const QString one = m_store->send();
    const QString two = m_store->send(Outcome::Accepted, u"447900000002"_s);
    (void)m_store->take(callback(one, u"submitted"_s, Uuid, 1));
    QCOMPARE(m_store->take(callback({}, u"read"_s, Uuid, 3, Number)), EventMatch::MessageUuid);
    (void)m_store->take(callback(two, u"submitted"_s, Uuid, 1));
    // What was concluded before is taken back: nobody knows whose it is.
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Submitted);
    QCOMPARE(m_store->record(two).delivery, DeliveryStatus::Submitted);
    QCOMPARE(m_store->take(callback({}, u"read"_s, Uuid, 4, Number)), EventMatch::None);
    QCOMPARE(m_store->unmatched().size(), 2);
}

void TestDeliveries::guessIsNeverShownAsAFact()
{
    const QString one = m_store->send(Outcome::Unknown);
    for (const auto &status : {u"submitted"_s, u"delivered"_s, u"read"_s})
        QCOMPARE(m_store->take(callback({}, status, Uuid, 3, Number)), EventMatch::NumberAndTime);
    const SendRecord record = m_store->record(one);
    QCOMPARE(record.delivery, DeliveryStatus::Read);
    QCOMPARE(record.deliveryMatch, EventMatch::NumberAndTime);
    QVERIFY(isGuess(record));
    QVERIFY(!didReach(record) && !didStart(record));
    QVERIFY(!record.submittedAt.isValid() && !record.readAt.isValid());
    const Funnel funnel = resultOf(m_store->deliveries.funnel({})).value();
    QCOMPARE(funnel.unknownReached, 0);
    QCOMPARE(funnel.read.count, 0);
    const auto read = parseLogFilter(u"delivery:read"_s);
    QVERIFY(resultOf(m_store->journal.rows(*read, 0, 10)).value().isEmpty());
    QCOMPARE(m_store->unmatched().size(), 0);
}

void TestDeliveries::factOverridesGuessesCompletely()
{
    const QString one = m_store->send(Outcome::Unknown);
    (void)m_store->take(
        callback({}, u"rejected"_s, Uuid, 3, Number + R"(,"error":{"title":"1022"})"));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Rejected);
    QVERIFY(m_store->record(one).deliveryError.isEmpty());
    (void)m_store->take(callback(one, u"delivered"_s, OtherUuid, 3));
    const SendRecord record = m_store->record(one);
    QCOMPARE(record.delivery, DeliveryStatus::Delivered);
    QCOMPARE(record.deliveryMatch, EventMatch::Path);
    QVERIFY(didReach(record) && didStart(record));
    QVERIFY(record.outcome == Outcome::Unknown); // history stays as it was
    (void)m_store->take(callback({}, u"read"_s, newId(), 4, Number));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Delivered);
}

void TestDeliveries::numberIsComparedByItsDigits_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QByteArray>("heard");
    QTest::addColumn<bool>("isGuessed");
    QTest::newRow("same") << u"447900000001"_s << QByteArray("447900000001") << true;
    QTest::newRow("plus heard") << u"447900000001"_s << QByteArray("+447900000001") << true;
    QTest::newRow("plus sent") << u"+44 (7900) 000-001"_s << QByteArray("447900000001") << true;
    QTest::newRow("00 sent") << u"00447900000001"_s << QByteArray("447900000001") << true;
    QTest::newRow("part") << u"447900000001"_s << QByteArray("7900000001") << false;
    QTest::newRow("other") << u"447900000001"_s << QByteArray("447900000002") << false;
    QTest::newRow("none") << u"447900000001"_s << QByteArray() << false;
    QTest::newRow("neither") << QString() << QByteArray() << false;
}

void TestDeliveries::numberIsComparedByItsDigits()
{
    QFETCH(const QString, sent);
    QFETCH(const QByteArray, heard);
    QFETCH(const bool, isGuessed);
    (void)m_store->send(Outcome::Accepted, sent);
    QCOMPARE(m_store->take(callback({}, u"read"_s, Uuid, 3, toNumber(heard))),
             isGuessed ? EventMatch::NumberAndTime : EventMatch::None);
}

void TestDeliveries::onlyOneSendInTimeIsGuessed_data()
{
    constexpr int hour = 3600;
    QTest::addColumn<int>("first"); // seconds
    QTest::addColumn<Outcome>("outcome"); // of the first
    QTest::addColumn<int>("second");
    QTest::addColumn<int>("heard");
    QTest::addColumn<int>("expected"); // which of the two, 0: none
    const auto accepted = Outcome::Accepted;
    QTest::newRow("both in time") << 0 << accepted << hour << 2 * hour << 0;
    QTest::newRow("first too old") << -25 * hour << accepted << 0 << hour << 2;
    QTest::newRow("second not yet") << 0 << accepted << 2 * hour << hour << 1;
    QTest::newRow("both too old") << 0 << accepted << 1 << 25 * hour << 0;
    QTest::newRow("first was refused") << 0 << Outcome::Refused << 1 << hour << 2;
    QTest::newRow("first never left") << 0 << Outcome::NotSent << 1 << hour << 2;
    QTest::newRow("first was limited") << 0 << Outcome::RateLimited << 1 << hour << 2;
    QTest::newRow("first is unknown") << 0 << Outcome::Unknown << 1 << hour << 0;
}

void TestDeliveries::onlyOneSendInTimeIsGuessed()
{
    QFETCH(const int, first);
    QFETCH(const Outcome, outcome);
    QFETCH(const int, second);
    QFETCH(const int, heard);
    QFETCH(const int, expected);
    const QString to = sampleClaim().to;
    const QStringList sends{
        {}, m_store->send(outcome, to, first), m_store->send(Outcome::Accepted, to, second)};
    const EventMatch match = m_store->take(callback({}, u"read"_s, Uuid, heard, Number));
    QCOMPARE(match, expected == 0 ? EventMatch::None : EventMatch::NumberAndTime);
    for (int i = 1; i <= 2; ++i)
        QCOMPARE(isGuess(m_store->record(sends.at(i))), i == expected);
}

void TestDeliveries::momentIsNeverAfterTheArrival()
{
    const QString one = m_store->send();
    StatusEvent event = callback(one, u"delivered"_s, Uuid, 60);
    event.arrivedAt = claimedAt().addSecs(5); // their clock is a minute fast
    (void)m_store->take(event);
    QCOMPARE(m_store->record(one).deliveredAt, event.arrivedAt);
    // A copy that comes later changes nothing.
    event.arrivedAt = claimedAt().addSecs(3600);
    (void)m_store->take(event);
    QCOMPARE(m_store->record(one).deliveredAt, claimedAt().addSecs(5));
}

void TestDeliveries::errorsAreThoseOfTheFailure()
{
    const QString one = m_store->send();
    (void)m_store->take(callback(one, u"failed"_s, Uuid, 1, R"(,"error":{"title":"1300"})"));
    (void)m_store->take(
        callback(one, u"rejected"_s, Uuid, 3,
                 R"(,"error":{"title":"1022","detail":"(#132000) Number of parameters"})"));
    (void)m_store->take(callback(one, u"rejected"_s, Uuid, 2));
    (void)m_store->take(callback(one, u"delivered"_s, Uuid, 4, R"(,"error":{"title":"1000"})"));
    const SendRecord record = m_store->record(one);
    QCOMPARE(record.delivery, DeliveryStatus::Rejected);
    QCOMPARE(record.deliveryError, u"1022"_s);
    QCOMPARE(record.deliveryMeta, u"132000"_s);
}

void TestDeliveries::assignedByHandAndReleasedAgain()
{
    const QString one = m_store->send();
    const QString two = m_store->send();
    (void)m_store->take(callback({}, u"read"_s, {}, 3));
    const qint64 event = m_store->unmatched().first().number;
    QVERIFY(resultOf(m_store->deliveries.assign({event}, one)));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Read);
    QCOMPARE(m_store->record(one).deliveryMatch, EventMatch::ByHand);
    QVERIFY(m_store->unmatched().isEmpty());
    QCOMPARE(resultOf(m_store->deliveries.unmatchedCount()).value(), 0);
    // Somebody thinks again.
    QVERIFY(resultOf(m_store->deliveries.assign({event}, two)));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::None);
    QCOMPARE(m_store->record(one).deliveryMatch, EventMatch::None);
    QVERIFY(!m_store->record(one).readAt.isValid());
    QCOMPARE(m_store->record(two).delivery, DeliveryStatus::Read);
    QVERIFY(resultOf(m_store->deliveries.release({event})));
    QCOMPARE(m_store->record(two).delivery, DeliveryStatus::None);
    QCOMPARE(m_store->unmatched().size(), 1);
    QVERIFY(m_store->unmatched().first().event.sendId.isEmpty());
    QCOMPARE(resultOf(m_store->deliveries.unmatchedCount()).value(), 1);
    QVERIFY(resultOf(m_store->deliveries.release({event}))); // nothing left to take back
}

void TestDeliveries::assigningTeachesItsMessage()
{
    const QString one = m_store->send();
    const QString stranger = newId();
    (void)m_store->take(callback({}, u"read"_s, Uuid, 4));
    (void)m_store->take(callback(stranger, u"submitted"_s, Uuid, 3));
    const qint64 event = m_store->unmatched().first().number;
    QVERIFY(resultOf(m_store->deliveries.assign({event}, one)));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::Read);
    QCOMPARE(m_store->events(one).size(), 2);
    QCOMPARE(m_store->take(callback({}, u"delivered"_s, Uuid, 5)), EventMatch::MessageUuid);
    // All that followed from it goes with it, and its own path comes back.
    QVERIFY(resultOf(m_store->deliveries.release({event})));
    QVERIFY(m_store->events(one).isEmpty());
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::None);
    QCOMPARE(m_store->unmatched().size(), 3);
    QCOMPARE(m_store->events(stranger).size(), 1);
    QCOMPARE(m_store->take(callback({}, u"delivered"_s, Uuid, 6)), EventMatch::None);
}

void TestDeliveries::releasedGuessIsForgotten()
{
    const QString one = m_store->send();
    (void)m_store->take(callback({}, u"read"_s, Uuid, 3, Number));
    const qint64 event = m_store->events(one).first().number;
    QVERIFY(resultOf(m_store->deliveries.release({event})));
    QCOMPARE(m_store->record(one).delivery, DeliveryStatus::None);
    QCOMPARE(m_store->unmatched().size(), 1);
    // Confirmed instead, it is somebody's word.
    QVERIFY(resultOf(m_store->deliveries.assign({event}, one)));
    QCOMPARE(m_store->record(one).deliveryMatch, EventMatch::ByHand);
}

void TestDeliveries::factsAreNotMovedByHand()
{
    const QString one = m_store->send();
    const QString two = m_store->send();
    (void)m_store->take(callback(one, u"read"_s, Uuid, 3));
    const qint64 event = m_store->events(one).first().number;
    const auto moved = resultOf(m_store->deliveries.assign({event}, two));
    QVERIFY(!moved && moved.error().kind == ErrorKind::InvalidInput);
    const auto released = resultOf(m_store->deliveries.release({event}));
    QVERIFY(!released && released.error().kind == ErrorKind::InvalidInput);
    QVERIFY(resultOf(m_store->deliveries.assign({event}, one))); // it is there
    QCOMPARE(m_store->events(one).first().match, EventMatch::Path);
    QCOMPARE(m_store->record(two).delivery, DeliveryStatus::None);
}

void TestDeliveries::failedAssignmentChangesNothing()
{
    const QString one = m_store->send();
    (void)m_store->take(callback({}, u"read"_s, Uuid, 3));
    const qint64 event = m_store->unmatched().first().number;
    for (const auto &[events, sendId] :
         {std::pair(QList{event, event + 99}, one), std::pair(QList{event}, u"nobody"_s)}) {
        const auto done = resultOf(m_store->deliveries.assign(events, sendId));
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::InvalidInput);
        QCOMPARE(m_store->unmatched().size(), 1);
        QCOMPARE(m_store->record(one).delivery, DeliveryStatus::None);
    }
}

void TestDeliveries::candidatesAreTheNearestFirst()
{
    constexpr int day = 24 * 3600;
    const QString to = sampleClaim().to;
    (void)m_store->send(Outcome::Accepted, to, -8 * day); // too long ago
    const QString far = m_store->send(Outcome::Accepted, to, -6 * day);
    const QString near = m_store->send(Outcome::Unknown, "+"_L1 + to, -10);
    (void)m_store->send(Outcome::Refused, to, -5);
    (void)m_store->send(Outcome::Accepted, u"447900000002"_s, -5);
    (void)m_store->send(Outcome::Accepted, to, 600); // later
    (void)m_store->take(callback(newId(), u"read"_s, Uuid, 0, Number));
    const qint64 event = m_store->unmatched().first().number;
    const auto found = resultOf(m_store->deliveries.candidates(event, 10)).value();
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.first().claim.sendId, near);
    QCOMPARE(found.last().claim.sendId, far);
    QCOMPARE(resultOf(m_store->deliveries.candidates(event, 1)).value().size(), 1);
    QVERIFY(!resultOf(m_store->deliveries.candidates(event + 1, 1)));
}

QTEST_GUILESS_MAIN(TestDeliveries)
#include "tst_deliveries.moc"
