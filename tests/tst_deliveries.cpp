#include "core/deliverystate.h"
#include "store/sqlite.h"

#include "support/deliverysamples.h"

#include <QSignalSpy>
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

void TestDeliveries::unmatchedCanBePaged()
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

void TestDeliveries::unmatchedChangesAreReported()
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

void TestDeliveries::importSkipsWhatIsKnown()
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

void TestDeliveries::importIsAllOrNothing()
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

void TestDeliveries::importedArrivalIsNoMoment()
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

void TestDeliveries::everyFieldOfAnEventIsKept()
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

void TestDeliveries::conversationIsKept()
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

void TestDeliveries::filtersFindDeliveries_data()
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

void TestDeliveries::filtersFindDeliveries()
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

void TestDeliveries::unreadCountsFromNow()
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

QTEST_GUILESS_MAIN(TestDeliveries)
#include "tst_deliveries.moc"
