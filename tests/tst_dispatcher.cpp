#include "core/dispatcher.h"

#include "support/dispatchworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The stages of a send: what is promised to everybody, whatever the pace.
class TestDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void claimsBeforeItPosts();
    void postsNothingWhileTheClaimIsOnItsWay();
    void whatTheJournalRefusesIsNotSent();
    void aLaneThatCannotBeReadSendsNothing();
    void aSlotThatCannotBeTakenEndsTheClaimAsNotSent();
    void claimsLateWhileTheLaneIsNotFree();
    void theClaimIsDurableWhenTheSlotComesFree();
    void aSlowDiskMakesTheNextClaimEarlier();
    void aSlotThatAnotherProcessTookIsWaitedFor();
    void aLaneSendsOneAfterTheOtherAtItsPace();
    void theNewestJobSetsTheLimitOfItsLane();
    void aStalledAnswerHoldsNobodyUp();
    void twoLanesDoNotWaitForEachOther();
    void aTimerThatIsLateDoesNoHarm();
    void aLongWaitIsAskedAboutAgain();
    void aWaitingSendCanBeCancelled();
    void aClaimedSendCanBeCancelledUntilItLeaves();
    void aSendThatIsUnderWayCannotBeCancelled();
    void aCancelledSendThatCannotBeRecordedIsTold();
    void aFailedSettleIsToldAndTheReportIsNotLost();
    void aDispatcherThatIsGoneIsNotCalledBack();
};

// Promise 2: break it by posting in PacedLane::claimFirst() and this fails.
void TestDispatcher::claimsBeforeItPosts()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(world.calls,
             (QStringList{u"wait?"_s, u"claim a"_s, u"take 1005000"_s, u"post a"_s,
                          u"settle a accepted"_s}));
}

void TestDispatcher::postsNothingWhileTheClaimIsOnItsWay()
{
    DispatchWorld world;
    world.holdsClaims = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeUnpacedJob(u"b"_s));
    world.pass(1h);
    QCOMPARE(world.claimed().size(), 2);
    QVERIFY(world.posted().isEmpty());
    QCOMPARE(dispatcher.waitingCount(), 2);
    world.finishClaim(u"b"_s);
    QCOMPARE(world.posted(), QStringList{u"b"_s});
}

void TestDispatcher::whatTheJournalRefusesIsNotSent()
{
    DispatchWorld world;
    world.claimError = Error{ErrorKind::StorageFull, {}};
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    QSignalSpy failed(&dispatcher, &Dispatcher::failed);
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeJob(u"b"_s));
    dispatcher.enqueue(makeUnpacedJob(u"c"_s));
    world.settle();
    QCOMPARE(finished.count(), 3);
    QCOMPARE(failed.count(), 3);
    for (const auto &end : finished)
        QCOMPARE(end.at(1).value<SendReport>().outcome, Outcome::NotSent);
    QVERIFY(world.posted().isEmpty());
    QVERIFY(world.callsOf(u"settle"_s).isEmpty());
}

void TestDispatcher::aLaneThatCannotBeReadSendsNothing()
{
    DispatchWorld world;
    world.waitError = Error{ErrorKind::StorageLocked, {}};
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeJob(u"b"_s));
    world.settle();
    QCOMPARE(finished.count(), 2);
    QVERIFY(world.claimed().isEmpty());
    world.waitError.reset();
    dispatcher.enqueue(makeJob(u"c"_s)); // and the lane still works
    world.settle();
    QCOMPARE(world.posted(), QStringList{u"c"_s});
}

void TestDispatcher::aSlotThatCannotBeTakenEndsTheClaimAsNotSent()
{
    DispatchWorld world;
    world.slotError = Error{ErrorKind::StorageLocked, {}};
    Dispatcher dispatcher(world.steps());
    QSignalSpy failed(&dispatcher, &Dispatcher::failed);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(world.callsOf(u"settle"_s), QStringList{u"a not_sent"_s});
    QVERIFY(world.posted().isEmpty());
}

void TestDispatcher::claimsLateWhileTheLaneIsNotFree()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 30s;
    Dispatcher dispatcher(world.steps());
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.pass(29'900ms);
    QCOMPARE(waiting.count(), 1);
    QCOMPARE(waiting.first().at(1).value<std::chrono::microseconds>(), 30s);
    QVERIFY(world.claimed().isEmpty());
    world.pass(100ms);
    QCOMPARE(world.posted(), QStringList{u"a"_s});
    QCOMPARE(waiting.count(), 1);
}

void TestDispatcher::theClaimIsDurableWhenTheSlotComesFree()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 1s;
    world.holdsClaims = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    world.pass(1s - 1us);
    QCOMPARE(world.claimed(), QStringList{u"a"_s});
    world.finishClaim(u"a"_s);
    QVERIFY(world.posted().isEmpty());
    world.pass(1us); // not a microsecond for the disk
    QCOMPARE(world.posted(), QStringList{u"a"_s});
}

void TestDispatcher::aSlowDiskMakesTheNextClaimEarlier()
{
    DispatchWorld world;
    world.holdsClaims = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeJob(u"b"_s));
    world.pass(100ms);
    world.finishClaim(u"a"_s); // took 100 ms
    QCOMPARE(world.posted(), QStringList{u"a"_s});
    world.pass(1005ms - 301ms);
    QCOMPARE(world.claimed().size(), 1);
    world.pass(1ms);
    QCOMPARE(world.claimed().size(), 2);
    world.pass(250ms);
    world.finishClaim(u"b"_s);
    world.pass(50ms);
    QCOMPARE(world.posted().size(), 2);
}

void TestDispatcher::aSlotThatAnotherProcessTookIsWaitedFor()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 300ms;
    world.holdsClaims = true;
    Dispatcher dispatcher(world.steps());
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.pass(290ms);
    world.freeAt[u"lane"_s] += 200ms; // while it is being written down
    world.finishClaim(u"a"_s);
    world.pass(10ms);
    QVERIFY(world.posted().isEmpty());
    QCOMPARE(waiting.count(), 2);
    world.pass(200ms);
    QCOMPARE(world.posted(), QStringList{u"a"_s});
    QCOMPARE(world.claimed().size(), 1);
}

void TestDispatcher::aLaneSendsOneAfterTheOtherAtItsPace()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    for (int i = 0; i < 10; ++i) {
        auto job = makeJob(QString::number(i));
        job.limit = 5;
        dispatcher.enqueue(job);
    }
    QSignalSpy started(&dispatcher, &Dispatcher::started);
    QList<std::chrono::microseconds> times;
    connect(&dispatcher, &Dispatcher::started, this, [&] { times.append(world.now()); });
    world.pass(3s);
    QCOMPARE(started.count(), 10);
    for (qsizetype i = 0; i < times.size(); ++i) {
        QCOMPARE(started.at(i).first().toString(), QString::number(i));
        QCOMPARE(times.at(i) - times.first(), i * paceInterval(5)); // the first 9 are clean
    }
    QCOMPARE(dispatcher.waitingCount(), 0);
    QCOMPARE(dispatcher.inFlightCount(), 0);
}

void TestDispatcher::theNewestJobSetsTheLimitOfItsLane()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    auto quick = makeJob(u"b"_s);
    quick.limit = 5;
    dispatcher.enqueue(quick);
    world.settle();
    QVERIFY(world.calls.contains(u"take 201000"_s));
    auto elsewhere = makeJob(u"c"_s, Turn::Single, u"other"_s);
    elsewhere.limit = 3;
    dispatcher.enqueue(elsewhere);
    world.settle();
    QVERIFY(world.calls.contains(u"take 334999"_s));
}

void TestDispatcher::aStalledAnswerHoldsNobodyUp()
{
    DispatchWorld world;
    world.holdsSends = true;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    for (int i = 0; i < 30; ++i)
        dispatcher.enqueue(makeJob(QString::number(i)));
    world.pass(31s);
    QCOMPARE(dispatcher.inFlightCount(), 30);
    QCOMPARE(finished.count(), 0);
    world.answer(u"29"_s, DispatchWorld::accepted());
    QCOMPARE(finished.count(), 1);
    QCOMPARE(finished.first().first().toString(), u"29"_s);
    QCOMPARE(dispatcher.inFlightCount(), 29);
}

void TestDispatcher::twoLanesDoNotWaitForEachOther()
{
    DispatchWorld world;
    world.freeAt[u"slow"_s] = world.now() + 1h;
    world.holdsClaims = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s, Turn::Single, u"slow"_s));
    dispatcher.enqueue(makeJob(u"b"_s, Turn::Batch, u"stuck"_s)); // its claim hangs
    dispatcher.enqueue(makeJob(u"c"_s, Turn::Batch, u"quick"_s));
    dispatcher.enqueue(makeJob(u"d"_s, Turn::Batch, u"quick"_s));
    world.settle();
    world.finishClaim(u"c"_s);
    world.pass(1005ms);
    world.finishClaim(u"d"_s);
    QCOMPARE(world.posted(), (QStringList{u"c"_s, u"d"_s}));
    QCOMPARE(dispatcher.waitingCount(), 2);
}

void TestDispatcher::aTimerThatIsLateDoesNoHarm()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    for (int i = 0; i < 5; ++i)
        dispatcher.enqueue(makeJob(QString::number(i)));
    world.settle();
    QCOMPARE(world.posted().size(), 1);
    world.sleep(8h);
    QCOMPARE(world.posted().size(), 2); // no burst
    world.pass(1005ms);
    QCOMPARE(world.posted().size(), 3);
}

void TestDispatcher::aLongWaitIsAskedAboutAgain()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 24h;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    world.pass(10min);
    QVERIFY(world.posted().isEmpty());
    world.freeAt.clear(); // a clock was set right
    world.pass(1min);
    QCOMPARE(world.posted(), QStringList{u"a"_s});
}

void TestDispatcher::aWaitingSendCanBeCancelled()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 30s;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeJob(u"b"_s));
    world.settle();
    QVERIFY(dispatcher.cancel(u"b"_s)); // behind
    QVERIFY(dispatcher.cancel(u"a"_s)); // in front
    world.settle();
    QCOMPARE(finished.count(), 2);
    QCOMPARE(world.callsOf(u"settle"_s), (QStringList{u"b cancelled"_s, u"a cancelled"_s}));
    world.pass(1min);
    QVERIFY(world.posted().isEmpty());
    dispatcher.enqueue(makeJob(u"c"_s)); // and the lane still works
    world.settle();
    QCOMPARE(world.posted(), QStringList{u"c"_s});
}

void TestDispatcher::aClaimedSendCanBeCancelledUntilItLeaves()
{
    DispatchWorld world;
    world.holdsClaims = true;
    world.holdsSlots = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"claiming"_s));
    dispatcher.enqueue(makeUnpacedJob(u"unpaced"_s));
    world.settle();
    QVERIFY(dispatcher.cancel(u"claiming"_s));
    QVERIFY(dispatcher.cancel(u"unpaced"_s));
    world.finishClaim(u"claiming"_s);
    world.finishClaim(u"unpaced"_s);
    world.pass(1s);
    QCOMPARE(world.freeAt[u"lane"_s], 0us); // neither of them took anything from the lane
    world.holdsClaims = false;
    dispatcher.enqueue(makeJob(u"taking"_s));
    world.settle();
    QCOMPARE(world.calls.last(), u"take 1005000"_s);
    QVERIFY(dispatcher.cancel(u"taking"_s));
    world.finishSlots();
    world.holdsSlots = false;
    world.freeAt[u"lane"_s] = world.now() + 10ms;
    dispatcher.enqueue(makeJob(u"claimed"_s));
    world.settle();
    QVERIFY(world.claimed().contains(u"claimed"_s));
    QVERIFY(dispatcher.cancel(u"claimed"_s));
    world.pass(1min);
    QVERIFY(world.posted().isEmpty());
    QCOMPARE(world.callsOf(u"settle"_s).size(), 4);
    QCOMPARE(dispatcher.waitingCount(), 0);
}

void TestDispatcher::aSendThatIsUnderWayCannotBeCancelled()
{
    DispatchWorld world;
    world.holdsSends = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QVERIFY(!dispatcher.cancel(u"a"_s));
    QVERIFY(!dispatcher.cancel(u"nobody"_s));
}

void TestDispatcher::aCancelledSendThatCannotBeRecordedIsTold()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 30s;
    world.claimError = Error{ErrorKind::StorageFull, {}};
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    QSignalSpy failed(&dispatcher, &Dispatcher::failed);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QVERIFY(dispatcher.cancel(u"a"_s));
    world.settle();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(finished.first().at(1).value<SendReport>().outcome, Outcome::Cancelled);
    QVERIFY(world.callsOf(u"settle"_s).isEmpty());
}

void TestDispatcher::aFailedSettleIsToldAndTheReportIsNotLost()
{
    DispatchWorld world;
    world.settleError = Error{ErrorKind::StorageFull, {}};
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    QSignalSpy failed(&dispatcher, &Dispatcher::failed);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(finished.first().at(1).value<SendReport>().outcome, Outcome::Accepted);
}

void TestDispatcher::aDispatcherThatIsGoneIsNotCalledBack()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 1s;
    {
        Dispatcher dispatcher(world.steps());
        dispatcher.enqueue(makeJob(u"a"_s));
        world.settle();
    }
    world.pass(1min);
    QVERIFY(world.posted().isEmpty());
}

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"
