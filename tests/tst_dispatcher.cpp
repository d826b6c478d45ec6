#include "core/dispatcher.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The dispatcher's whole world, as a script and a protocol: what is asked is written
/// down in order, what is answered stands in the members. Time passes when told to.
struct World {
    QStringList calls;
    std::chrono::microseconds laneWait{0};
    QList<std::chrono::microseconds> lostSlots; ///< Waits with which takeSlot says no first.
    std::optional<Error> claimError;
    std::optional<Error> settleError;
    SendReport report{Outcome::Accepted, {}};
    QList<std::function<void()>> later;
    bool answers = true; ///< false: sends stay in flight.
    QPromise<SendReport> pending;

    Dispatcher::Steps steps()
    {
        return {
            [this](const QString &) {
                calls.append(u"wait?"_s);
                return ready(std::exchange(laneWait, 0us));
            },
            [this](const QString &, std::chrono::microseconds interval) {
                calls.append(u"take %1"_s.arg(interval.count()));
                return ready(lostSlots.isEmpty() ? Slot{true, 0us}
                                                 : Slot{false, lostSlots.takeFirst()});
            },
            [this](const QString &, std::chrono::milliseconds rest) {
                calls.append(u"rest %1"_s.arg(rest.count()));
                return QtFuture::makeReadyFuture(Result<void>{});
            },
            [this](const Claim &claim) {
                calls.append("claim "_L1 + claim.sendId);
                return QtFuture::makeReadyFuture(
                    claimError ? Result<qint64>(tl::unexpected(*claimError)) : Result<qint64>(1));
            },
            [this](const Claim &claim, const ApiKey &) {
                calls.append("post "_L1 + claim.sendId);
                return answers ? QtFuture::makeReadyFuture(report) : pending.future();
            },
            [this](const QString &sendId, const SendReport &end) {
                calls.append("settle "_L1 + sendId + u' ' + outcomeName(end.outcome));
                return QtFuture::makeReadyFuture(
                    settleError ? Result<void>(tl::unexpected(*settleError)) : Result<void>{});
            },
            [this](std::chrono::microseconds wait, std::function<void()> callback) {
                calls.append(u"later %1"_s.arg(wait.count()));
                later.append(std::move(callback));
            },
        };
    }

    template <typename T>
    static QFuture<Result<T>> ready(T value)
    {
        return QtFuture::makeReadyFuture(Result<T>(value));
    }
};

class TestDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void claimsBeforeItPosts();
    void whatTheJournalRefusesIsNotSent();
    void waitsForTheLaneBeforeItClaims();
    void aSlotThatAnotherProcessTookIsWaitedFor();
    void aLaneSendsOneAfterTheOther();
    void aStalledAnswerHoldsNobodyUp();
    void restsAfterARateLimit();
    void ignoringTheLimitStillRestsTheLane();
    void aWaitingSendCanBeCancelled();
    void aSendThatIsUnderWayCannotBeCancelled();
    void aFailedSettleIsToldAndTheReportIsNotLost();

private:
    static Dispatcher::Job job(const QString &id, const QString &lane = u"lane"_s);
};

Dispatcher::Job TestDispatcher::job(const QString &id, const QString &lane)
{
    Dispatcher::Job job;
    job.claim.sendId = id;
    job.claim.lane = lane;
    return job;
}

// Promise 2: break it by posting in claimFront() and this fails.
void TestDispatcher::claimsBeforeItPosts()
{
    World world;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(job(u"a"_s));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(world.calls,
             (QStringList{u"wait?"_s, u"claim a"_s, u"take 1020000"_s, u"post a"_s,
                          u"settle a accepted"_s}));
}

void TestDispatcher::whatTheJournalRefusesIsNotSent()
{
    World world;
    world.claimError = Error{ErrorKind::StorageFull, {}};
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    QSignalSpy failed(&dispatcher, &Dispatcher::failed);
    dispatcher.enqueue(job(u"a"_s));
    dispatcher.enqueue(job(u"b"_s));
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(failed.count(), 2);
    QCOMPARE(finished.first().at(1).value<SendReport>().outcome, Outcome::NotSent);
    QVERIFY(world.calls.filter(u"post"_s).isEmpty());
}

void TestDispatcher::waitsForTheLaneBeforeItClaims()
{
    World world;
    world.laneWait = 700ms;
    Dispatcher dispatcher(world.steps());
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(job(u"a"_s));
    QTRY_COMPARE(waiting.count(), 1);
    QVERIFY(world.calls.filter(u"claim"_s).isEmpty());
    world.later.takeFirst()();
    QTRY_COMPARE(finished.count(), 1);
}

void TestDispatcher::aSlotThatAnotherProcessTookIsWaitedFor()
{
    World world;
    world.lostSlots = {300ms, 200ms};
    Dispatcher dispatcher(world.steps());
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(job(u"a"_s));
    QTRY_COMPARE(waiting.count(), 1);
    world.later.takeFirst()();
    QTRY_COMPARE(waiting.count(), 2);
    QVERIFY(world.calls.filter(u"post"_s).isEmpty());
    world.later.takeFirst()();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(world.calls.filter(u"claim"_s).size(), 1);
    QCOMPARE(world.calls.filter(u"post"_s).size(), 1);
}

void TestDispatcher::aLaneSendsOneAfterTheOther()
{
    World world;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    for (const auto &id : {u"a"_s, u"b"_s, u"c"_s})
        dispatcher.enqueue(job(id));
    QTRY_COMPARE(finished.count(), 3);
    QCOMPARE(world.calls.filter(u"post"_s), (QStringList{u"post a"_s, u"post b"_s, u"post c"_s}));
    QCOMPARE(dispatcher.waitingCount(), 0);
    QCOMPARE(dispatcher.inFlightCount(), 0);
}

void TestDispatcher::aStalledAnswerHoldsNobodyUp()
{
    World world;
    world.answers = false;
    world.pending.start();
    Dispatcher dispatcher(world.steps());
    QSignalSpy started(&dispatcher, &Dispatcher::started);
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(job(u"a"_s));
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(dispatcher.inFlightCount(), 1);
    world.answers = true;
    dispatcher.enqueue(job(u"b"_s));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished.first().first().toString(), u"b"_s);
    world.pending.addResult(SendReport{Outcome::Unknown, {}});
    world.pending.finish();
    QTRY_COMPARE(finished.count(), 2);
}

void TestDispatcher::restsAfterARateLimit()
{
    World world;
    world.report.outcome = Outcome::RateLimited;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(job(u"a"_s));
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(world.calls.contains(u"rest 1000"_s));
    world.report.answer.retryAfter = 7s;
    dispatcher.enqueue(job(u"b"_s));
    QTRY_COMPARE(finished.count(), 2);
    QVERIFY(world.calls.contains(u"rest 7000"_s));
    QCOMPARE(world.calls.filter(u"post"_s).size(), 2); // never again by itself
}

void TestDispatcher::ignoringTheLimitStillRestsTheLane()
{
    World world;
    world.laneWait = 5s;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    auto now = job(u"a"_s);
    now.ignoreLimit = true;
    now.limit = 5;
    dispatcher.enqueue(now);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(world.calls,
             (QStringList{u"claim a"_s, u"rest 220"_s, u"post a"_s, u"settle a accepted"_s}));
}

void TestDispatcher::aWaitingSendCanBeCancelled()
{
    World world;
    world.laneWait = 30s;
    Dispatcher dispatcher(world.steps());
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(job(u"a"_s));
    dispatcher.enqueue(job(u"b"_s));
    QTRY_COMPARE(waiting.count(), 1);
    QVERIFY(dispatcher.cancel(u"b"_s)); // behind
    QVERIFY(dispatcher.cancel(u"a"_s)); // in front
    QTRY_COMPARE(finished.count(), 2);
    QVERIFY(world.calls.contains(u"settle a cancelled"_s));
    QVERIFY(world.calls.contains(u"settle b cancelled"_s));
    world.later.takeFirst()(); // the old timer finds nothing to do
    QVERIFY(world.calls.filter(u"post"_s).isEmpty());
    dispatcher.enqueue(job(u"c"_s)); // and the lane still works
    QTRY_COMPARE(finished.count(), 3);
    QCOMPARE(world.calls.filter(u"post"_s), QStringList{u"post c"_s});
}

void TestDispatcher::aSendThatIsUnderWayCannotBeCancelled()
{
    World world;
    world.answers = false;
    world.pending.start();
    Dispatcher dispatcher(world.steps());
    QSignalSpy started(&dispatcher, &Dispatcher::started);
    dispatcher.enqueue(job(u"a"_s));
    QTRY_COMPARE(started.count(), 1);
    QVERIFY(!dispatcher.cancel(u"a"_s));
    QVERIFY(!dispatcher.cancel(u"nobody"_s));
    world.pending.addResult(world.report);
    world.pending.finish();
}

void TestDispatcher::aFailedSettleIsToldAndTheReportIsNotLost()
{
    World world;
    world.settleError = Error{ErrorKind::StorageFull, {}};
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    QSignalSpy failed(&dispatcher, &Dispatcher::failed);
    dispatcher.enqueue(job(u"a"_s));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(finished.first().at(1).value<SendReport>().outcome, Outcome::Accepted);
}

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"
