#include "core/dispatcher.h"

#include "support/dispatchworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a lane does after a 429, or when the host is away.
class TestDispatcherRests : public QObject
{
    Q_OBJECT

private slots:
    void restsAfterARateLimit();
    void restsAsLongAsTheServerAsks();
    void aRateLimitedSendIsNotSentAgainByItself();
    void theRetryGoesFirstAndTheRestGrows();
    void manyInFlightMakeOneRest();
    void theRestIsTakenBeforeTheEndIsTold();
    void aRestCanBeLeftAtOnce();
    void aClaimedFrontWaitsTheRestOut();
    void unpacedRowsRestAsWell();
    void aHeldRowCanBeTakenBack();
    void anUnreachableHostRestsTheLaneOfABatch_data();
    void anUnreachableHostRestsTheLaneOfABatch();
    void otherEndsDoNotRestTheLane_data();
    void otherEndsDoNotRestTheLane();
    void aSingleSendNeverRestsTheLaneForAHostThatIsAway();
    void onlyItsOwnLaneRests();
    void aLateDepartureBlocksTheLane();

private:
    using Milliseconds = std::chrono::milliseconds;
    static Milliseconds restOf(const QList<QVariant> &told)
    {
        return told.at(1).value<Milliseconds>();
    }
    static RestCause causeOf(const QList<QVariant> &told) { return told.at(2).value<RestCause>(); }
    static int inARowOf(const QList<QVariant> &told) { return told.at(3).toInt(); }
};

void TestDispatcherRests::restsAfterARateLimit()
{
    DispatchWorld world;
    world.report = DispatchWorld::limited();
    world.random = 0.5;
    Dispatcher dispatcher(world.steps());
    QSignalSpy rests(&dispatcher, &Dispatcher::laneRests);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QCOMPARE(rests.count(), 1);
    QCOMPARE(rests.first().first().toString(), u"lane"_s);
    QCOMPARE(restOf(rests.first()), 1125ms);
    QCOMPARE(causeOf(rests.first()), RestCause::RateLimited);
    QCOMPARE(inARowOf(rests.first()), 1);
    QCOMPARE(world.callsOf(u"rest"_s), QStringList{u"1125"_s});
    world.report = DispatchWorld::accepted();
    dispatcher.enqueue(makeJob(u"b"_s));
    world.pass(1124ms);
    QCOMPARE(world.posted().size(), 1);
    world.pass(1ms);
    QCOMPARE(world.posted().size(), 2);
}

void TestDispatcherRests::restsAsLongAsTheServerAsks()
{
    DispatchWorld world;
    world.report = DispatchWorld::limited(7s);
    Dispatcher dispatcher(world.steps());
    QSignalSpy rests(&dispatcher, &Dispatcher::laneRests);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QCOMPARE(restOf(rests.first()), 7s);
    QCOMPARE(world.callsOf(u"rest"_s), QStringList{u"7000"_s});
}

void TestDispatcherRests::aRateLimitedSendIsNotSentAgainByItself()
{
    DispatchWorld world;
    world.report = DispatchWorld::limited();
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(makeJob(u"a"_s, Turn::Batch));
    world.pass(10min);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(world.posted(), QStringList{u"a"_s});
    QCOMPARE(world.callsOf(u"settle"_s), QStringList{u"a rate_limited"_s});
}

void TestDispatcherRests::theRetryGoesFirstAndTheRestGrows()
{
    DispatchWorld world;
    world.report = DispatchWorld::limited();
    Dispatcher dispatcher(world.steps());
    QSignalSpy rests(&dispatcher, &Dispatcher::laneRests);
    for (int i = 0; i < 3; ++i)
        dispatcher.enqueue(makeJob(u"row %1"_s.arg(i), Turn::Batch));
    int tries = 0;
    connect(&dispatcher, &Dispatcher::finished, this,
            [&](const QString &, const SendReport &report) {
                if (report.outcome == Outcome::RateLimited && ++tries <= 5)
                    dispatcher.enqueue(makeJob(u"again %1"_s.arg(tries), Turn::Retry));
                if (tries == 5)
                    world.report = DispatchWorld::accepted();
            });
    world.pass(1min);
    QCOMPARE(world.posted(),
             (QStringList{u"row 0"_s, u"again 1"_s, u"again 2"_s, u"again 3"_s, u"again 4"_s,
                          u"again 5"_s, u"row 1"_s, u"row 2"_s}));
    QCOMPARE(rests.count(), 5);
    auto expected = 1000ms;
    for (int i = 0; i < 5; ++i, expected *= 2) {
        QCOMPARE(restOf(rests.at(i)), expected);
        QCOMPARE(inARowOf(rests.at(i)), i + 1);
    }
}

void TestDispatcherRests::manyInFlightMakeOneRest()
{
    DispatchWorld world;
    world.holdsSends = true;
    Dispatcher dispatcher(world.steps());
    QSignalSpy rests(&dispatcher, &Dispatcher::laneRests);
    for (int i = 0; i < 25; ++i) {
        auto job = makeJob(QString::number(i), Turn::Batch);
        job.limit = 5;
        dispatcher.enqueue(job);
    }
    world.pass(6s);
    QCOMPARE(dispatcher.inFlightCount(), 25);
    for (int i = 0; i < 5; ++i) {
        world.answer(QString::number(i), DispatchWorld::limited());
        world.pass(200ms);
    }
    QCOMPARE(rests.count(), 1);
    auto next = makeJob(u"next"_s, Turn::Retry);
    next.limit = 5;
    dispatcher.enqueue(next);
    world.pass(1s);
    QCOMPARE(world.posted().last(), u"next"_s);
    for (int i = 5; i < 25; ++i) // clean, and from before: they prove nothing
        world.answer(QString::number(i), DispatchWorld::accepted());
    world.answer(u"next"_s, DispatchWorld::limited());
    QCOMPARE(rests.count(), 2);
    QCOMPARE(restOf(rests.last()), 2s);
    QCOMPARE(inARowOf(rests.last()), 2);
}

void TestDispatcherRests::theRestIsTakenBeforeTheEndIsTold()
{
    DispatchWorld world;
    world.report = DispatchWorld::limited();
    Dispatcher dispatcher(world.steps());
    QStringList told;
    connect(&dispatcher, &Dispatcher::laneRests, this, [&] { told.append(u"rests"_s); });
    connect(&dispatcher, &Dispatcher::finished, this, [&] {
        told.append(world.callsOf(u"rest"_s).isEmpty() ? u"finished"_s : u"finished, resting"_s);
    });
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    QCOMPARE(told, (QStringList{u"rests"_s, u"finished, resting"_s}));
}

void TestDispatcherRests::aRestCanBeLeftAtOnce()
{
    DispatchWorld world;
    world.report = DispatchWorld::limited(30s);
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(makeJob(u"a"_s));
    world.settle();
    dispatcher.enqueue(makeJob(u"b"_s, Turn::Batch));
    dispatcher.enqueue(makeJob(u"c"_s, Turn::Batch));
    world.pass(1s);
    QVERIFY(dispatcher.withdraw(u"b"_s));
    QVERIFY(dispatcher.cancel(u"c"_s));
    world.settle();
    QCOMPARE(finished.count(), 2);
    QCOMPARE(finished.last().at(1).value<SendReport>().outcome, Outcome::Cancelled);
    QCOMPARE(dispatcher.waitingCount(), 0);
}

void TestDispatcherRests::aClaimedFrontWaitsTheRestOut()
{
    DispatchWorld world;
    world.holdsSends = true;
    Dispatcher dispatcher(world.steps());
    QSignalSpy waiting(&dispatcher, &Dispatcher::waiting);
    dispatcher.enqueue(makeJob(u"a"_s, Turn::Batch));
    dispatcher.enqueue(makeJob(u"b"_s, Turn::Batch));
    world.settle();
    world.pass(paceInterval(1) - 1ms);
    QVERIFY(world.claimed().contains(u"b"_s));
    world.answer(u"a"_s, DispatchWorld::limited(7s));
    world.pass(6999ms);
    QCOMPARE(world.posted(), QStringList{u"a"_s});
    QCOMPARE(waiting.last().first().toString(), u"b"_s);
    world.pass(1ms);
    QCOMPARE(world.posted(), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(world.claimed().size(), 2);
}

void TestDispatcherRests::unpacedRowsRestAsWell()
{
    DispatchWorld world;
    world.report = DispatchWorld::unreachable();
    Dispatcher dispatcher(world.steps());
    int tries = 0;
    connect(&dispatcher, &Dispatcher::finished, this, [&] {
        if (++tries < 100)
            dispatcher.enqueue(makeUnpacedJob(u"again %1"_s.arg(tries), Turn::Retry));
    });
    dispatcher.enqueue(makeUnpacedJob(u"row"_s, Turn::Batch));
    world.pass(1s - 1us);
    QCOMPARE(tries, 1); // not as fast as it goes
    world.pass(6s);
    QCOMPARE(tries, 3);
    dispatcher.enqueue(makeUnpacedJob(u"single"_s));
    world.settle();
    QVERIFY(world.posted().contains(u"single"_s));
}

void TestDispatcherRests::aHeldRowCanBeTakenBack()
{
    DispatchWorld world;
    world.report = DispatchWorld::unreachable();
    Dispatcher dispatcher(world.steps());
    QSignalSpy finished(&dispatcher, &Dispatcher::finished);
    dispatcher.enqueue(makeUnpacedJob(u"row"_s, Turn::Batch));
    world.settle();
    dispatcher.enqueue(makeUnpacedJob(u"withdrawn"_s, Turn::Batch));
    dispatcher.enqueue(makeUnpacedJob(u"cancelled"_s, Turn::Batch));
    QVERIFY(dispatcher.withdraw(u"withdrawn"_s));
    QVERIFY(dispatcher.cancel(u"cancelled"_s));
    world.pass(1min);
    QCOMPARE(world.posted(), QStringList{u"row"_s});
    QCOMPARE(finished.count(), 2);
    QCOMPARE(world.callsOf(u"settle"_s).last(), u"cancelled cancelled"_s);
}

void TestDispatcherRests::anUnreachableHostRestsTheLaneOfABatch_data()
{
    QTest::addColumn<TransportProblem>("problem");
    QTest::newRow("name") << TransportProblem::NameNotResolved;
    QTest::newRow("refused") << TransportProblem::ConnectionRefused;
    QTest::newRow("proxy") << TransportProblem::ProxyFailed;
    QTest::newRow("tls") << TransportProblem::TlsFailed;
    QTest::newRow("closed") << TransportProblem::ClosedUnanswered;
    QTest::newRow("total time-out") << TransportProblem::TotalTimeout;
    QTest::newRow("inactivity") << TransportProblem::InactivityTimeout;
}

void TestDispatcherRests::anUnreachableHostRestsTheLaneOfABatch()
{
    QFETCH(TransportProblem, problem);
    DispatchWorld world;
    world.report = DispatchWorld::unreachable(problem);
    Dispatcher dispatcher(world.steps());
    QSignalSpy rests(&dispatcher, &Dispatcher::laneRests);
    dispatcher.enqueue(makeJob(u"a"_s, Turn::Batch));
    world.settle();
    dispatcher.enqueue(makeJob(u"b"_s, Turn::Retry));
    world.pass(10s);
    QCOMPARE(rests.count(), 2);
    QCOMPARE(causeOf(rests.first()), RestCause::Unreachable);
    QCOMPARE(restOf(rests.first()), 1s);
    QCOMPARE(restOf(rests.last()), 2s);
    QCOMPARE(inARowOf(rests.last()), 2);
}

void TestDispatcherRests::otherEndsDoNotRestTheLane_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<TransportProblem>("problem");
    QTest::newRow("refused by the server") << Outcome::Refused << TransportProblem::None;
    QTest::newRow("unknown") << Outcome::Unknown << TransportProblem::TotalTimeout;
    QTest::newRow("wrong host for the key") << Outcome::NotSent << TransportProblem::KeyNotForHost;
    QTest::newRow("aborted") << Outcome::NotSent << TransportProblem::Aborted;
    QTest::newRow("another") << Outcome::NotSent << TransportProblem::Other;
}

void TestDispatcherRests::otherEndsDoNotRestTheLane()
{
    QFETCH(Outcome, outcome);
    QFETCH(TransportProblem, problem);
    DispatchWorld world;
    world.report = DispatchWorld::unreachable(problem);
    world.report.outcome = outcome;
    Dispatcher dispatcher(world.steps());
    QSignalSpy rests(&dispatcher, &Dispatcher::laneRests);
    dispatcher.enqueue(makeJob(u"a"_s, Turn::Batch));
    world.settle();
    QCOMPARE(world.callsOf(u"settle"_s).size(), 1);
    QCOMPARE(rests.count(), 0);
    QVERIFY(world.callsOf(u"rest"_s).isEmpty());
}

void TestDispatcherRests::aSingleSendNeverRestsTheLaneForAHostThatIsAway()
{
    DispatchWorld world;
    world.report = DispatchWorld::unreachable();
    Dispatcher dispatcher(world.steps());
    QSignalSpy rests(&dispatcher, &Dispatcher::laneRests);
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeJob(u"b"_s));
    world.pass(paceInterval(1));
    QCOMPARE(world.posted().size(), 2);
    QCOMPARE(rests.count(), 0);
}

void TestDispatcherRests::onlyItsOwnLaneRests()
{
    DispatchWorld world;
    world.report = DispatchWorld::limited(30s);
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s, Turn::Batch, u"resting"_s));
    world.settle();
    world.report = DispatchWorld::accepted();
    dispatcher.enqueue(makeJob(u"b"_s, Turn::Batch, u"resting"_s));
    dispatcher.enqueue(makeJob(u"c"_s, Turn::Batch, u"other"_s));
    dispatcher.enqueue(makeJob(u"d"_s, Turn::Batch, u"other"_s));
    world.pass(paceInterval(1));
    QCOMPARE(world.posted(), (QStringList{u"a"_s, u"c"_s, u"d"_s}));
    world.pass(30s);
    QCOMPARE(world.posted().last(), u"b"_s);
}

void TestDispatcherRests::aLateDepartureBlocksTheLane()
{
    DispatchWorld world;
    world.holdsSends = true;
    Dispatcher dispatcher(world.steps());
    dispatcher.enqueue(makeJob(u"a"_s));
    dispatcher.enqueue(makeJob(u"b"_s));
    world.settle();
    world.pass(400ms);
    world.leave(u"a"_s); // only now: the window was busy
    world.pass(1s);
    QCOMPARE(world.posted(), QStringList{u"a"_s});
    world.pass(10ms);
    QCOMPARE(world.posted(), (QStringList{u"a"_s, u"b"_s}));
}

QTEST_GUILESS_MAIN(TestDispatcherRests)
#include "tst_dispatcherrests.moc"
