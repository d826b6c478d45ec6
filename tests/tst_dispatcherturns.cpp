#include "core/dispatcher.h"

#include "support/dispatchworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Whose turn it is, and how a send leaves the queue again.
class TestDispatcherTurns : public QObject
{
    Q_OBJECT

private slots:
    void singlesGoBeforeRetriesBeforeRows();
    void aSingleOvertakesRowsThatWait();
    void aClaimedFrontKeepsItsSlot();
    void aSingleThatComesWhileTheLaneRestsIsToldHowLong();
    void withdrawLeavesNoTrace();
    void withdrawOfTheFrontLetsTheNextOneGo();
    void aTimerThatWasGivenUpIsNotListenedTo();
    void withdrawWhileTheLaneIsAskedIsInTime();
    void withdrawIsRefusedFromTheClaimOn();
    void unpacedClaimsAreUnderWayTogether();
    void unpacedSendsDoNotWaitForTheLane();
    void aPacedSendKeepsItsDistanceFromUnpacedOnes();
    void theLaneIsToldOfUnpacedSendsOncePerInterval();
};

void TestDispatcherTurns::singlesGoBeforeRetriesBeforeRows()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 1s;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"row 1"_s, Turn::Batch));
    dispatcher.enqueue(makeJob(u"row 2"_s, Turn::Batch));
    dispatcher.enqueue(makeJob(u"again 1"_s, Turn::Retry));
    dispatcher.enqueue(makeJob(u"single 1"_s));
    dispatcher.enqueue(makeJob(u"again 2"_s, Turn::Retry));
    dispatcher.enqueue(makeJob(u"single 2"_s));
    world.pass(10s);
    QCOMPARE(world.posted(),
             (QStringList{u"single 1"_s, u"single 2"_s, u"again 1"_s, u"again 2"_s, u"row 1"_s,
                          u"row 2"_s}));
}

void TestDispatcherTurns::aSingleOvertakesRowsThatWait()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    for (int i = 0; i < 5; ++i)
        dispatcher.enqueue(makeJob(QString::number(i), Turn::Batch));
    world.pass(500ms); // the second row waits for its slot
    dispatcher.enqueue(makeJob(u"single"_s));
    world.pass(10s);
    QCOMPARE(world.posted(), (QStringList{u"0"_s, u"single"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
}

void TestDispatcherTurns::aClaimedFrontKeepsItsSlot()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"row 1"_s, Turn::Batch));
    dispatcher.enqueue(makeJob(u"row 2"_s, Turn::Batch));
    world.settle();
    world.pass(paceInterval(1) - 1ms);
    QCOMPARE(world.claimed(), (QStringList{u"row 1"_s, u"row 2"_s}));
    dispatcher.enqueue(makeJob(u"single"_s));
    world.pass(10s);
    QCOMPARE(world.posted(), (QStringList{u"row 1"_s, u"row 2"_s, u"single"_s}));
}

void TestDispatcherTurns::aSingleThatComesWhileTheLaneRestsIsToldHowLong()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 30s;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"row"_s, Turn::Batch));
    world.pass(10s);
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    dispatcher.enqueue(makeJob(u"single"_s));
    QCOMPARE(waiting.count(), 1);
    QCOMPARE(waiting.first().at(0).toString(), u"single"_s);
    QCOMPARE(waiting.first().at(1).value<std::chrono::microseconds>(), 20s);
}

void TestDispatcherTurns::withdrawLeavesNoTrace()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 30s;
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    for (const auto turn : {Turn::Batch, Turn::Retry, Turn::Single})
        dispatcher.enqueue(makeJob(QString::number(static_cast<int>(turn)), turn));
    world.settle();
    for (const auto &id : {u"0"_s, u"1"_s, u"2"_s}) {
        QVERIFY(dispatcher.withdraw(id));
        QVERIFY(!dispatcher.withdraw(id));
        QVERIFY(!dispatcher.cancel(id));
    }
    QCOMPARE(dispatcher.waitingCount(), 0);
    world.pass(1min);
    QCOMPARE(finished.count(), 0);
    QCOMPARE(world.calls, QStringList{u"wait?"_s});
    dispatcher.enqueue(makeJob(u"later"_s)); // and the lane still works
    world.settle();
    QCOMPARE(world.posted(), QStringList{u"later"_s});
}

void TestDispatcherTurns::withdrawOfTheFrontLetsTheNextOneGo()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 1s;
    Dispatcher dispatcher(world.steps());
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeJob(u"b"_s));
    world.pass(500ms);
    QVERIFY(dispatcher.withdraw(u"a"_s));
    QCOMPARE(waiting.count(), 2);
    QCOMPARE(waiting.last().first().toString(), u"b"_s);
    world.pass(500ms);
    QCOMPARE(world.posted(), QStringList{u"b"_s});
    QCOMPARE(world.claimed(), QStringList{u"b"_s});
}

void TestDispatcherTurns::aTimerThatWasGivenUpIsNotListenedTo()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 20s;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QVERIFY(dispatcher.withdraw(u"a"_s));
    world.freeAt[u"lane"_s] = world.now() + 50s;
    dispatcher.enqueue(makeJob(u"b"_s));
    world.pass(40s);
    QCOMPARE(world.calls, (QStringList{u"wait?"_s, u"wait?"_s}));
}

void TestDispatcherTurns::withdrawWhileTheLaneIsAskedIsInTime()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s)); // asks, and is not answered before the loop runs
    QVERIFY(dispatcher.withdraw(u"a"_s));
    world.pass(1min);
    QCOMPARE(world.calls, QStringList{u"wait?"_s});
    dispatcher.enqueue(makeJob(u"b"_s));
    world.settle();
    QCOMPARE(world.posted(), QStringList{u"b"_s});
}

void TestDispatcherTurns::withdrawIsRefusedFromTheClaimOn()
{
    DispatchWorld world;
    world.holdsClaims = true;
    world.holdsSlots = true;
    world.holdsSends = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeUnpacedJob(u"unpaced"_s));
    world.settle();
    QVERIFY(!dispatcher.withdraw(u"a"_s)); // being written down
    QVERIFY(!dispatcher.withdraw(u"unpaced"_s));
    world.finishClaim(u"a"_s);
    QVERIFY(!dispatcher.withdraw(u"a"_s)); // the slot is being taken
    world.freeAt[u"lane"_s] = world.now() + 1s;
    world.finishSlots();
    QVERIFY(!dispatcher.withdraw(u"a"_s)); // waits once more, claimed
    world.holdsSlots = false;
    world.pass(1s);
    QCOMPARE(world.posted(), QStringList{u"a"_s});
    QVERIFY(!dispatcher.withdraw(u"a"_s)); // in flight
    world.answer(u"a"_s, DispatchWorld::accepted());
    QVERIFY(!dispatcher.withdraw(u"a"_s)); // over
}

void TestDispatcherTurns::unpacedClaimsAreUnderWayTogether()
{
    DispatchWorld world;
    world.holdsClaims = true;
    world.holdsSends = true;
    Dispatcher dispatcher(world.steps());
    for (int i = 0; i < 32; ++i)
        dispatcher.enqueue(makeUnpacedJob(QString::number(i), Turn::Batch));
    world.settle();
    QCOMPARE(world.claimed().size(), 32);
    QVERIFY(world.posted().isEmpty());
    for (int i = 31; i >= 0; --i) // in whatever order the journal is done
        world.finishClaim(QString::number(i));
    QCOMPARE(world.posted().size(), 32);
    QCOMPARE(dispatcher.inFlightCount(), 32);
}

void TestDispatcherTurns::unpacedSendsDoNotWaitForTheLane()
{
    DispatchWorld world;
    world.freeAt[u"lane"_s] = world.now() + 30s;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"paced"_s));
    dispatcher.enqueue(makeUnpacedJob(u"unpaced"_s));
    world.settle();
    QCOMPARE(world.posted(), QStringList{u"unpaced"_s});
    world.pass(30s);
    QCOMPARE(world.posted(), (QStringList{u"unpaced"_s, u"paced"_s}));
}

// Promise 5: block the lane for one interval instead of two and this fails.
void TestDispatcherTurns::aPacedSendKeepsItsDistanceFromUnpacedOnes()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    std::chrono::microseconds last{0};
    connect(&dispatcher, &Dispatcher::started, this, [&](const QString &sendId) {
        if (sendId == u"paced"_s)
            QVERIFY(world.now() - last >= shortestInterval(1));
        else
            last = world.now();
    });
    for (int i = 0; i < 19; ++i) {
        dispatcher.enqueue(makeUnpacedJob(QString::number(i)));
        world.pass(100ms);
    }
    dispatcher.enqueue(makeJob(u"paced"_s));
    world.pass(5s);
    QCOMPARE(world.posted().size(), 20);
}

void TestDispatcherTurns::theLaneIsToldOfUnpacedSendsOncePerInterval()
{
    DispatchWorld world;
    Dispatcher dispatcher(world.steps());
    for (int i = 0; i < 100; ++i) {
        dispatcher.enqueue(makeUnpacedJob(QString::number(i)));
        world.pass(10ms);
    }
    QCOMPARE(world.posted().size(), 100);
    QCOMPARE(world.callsOf(u"rest"_s), QStringList{u"2010"_s});
    world.pass(1s);
    dispatcher.enqueue(makeUnpacedJob(u"later"_s));
    world.settle();
    QCOMPARE(world.callsOf(u"rest"_s).size(), 2);
}

QTEST_GUILESS_MAIN(TestDispatcherTurns)
#include "tst_dispatcherturns.moc"
