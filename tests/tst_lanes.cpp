#include "store/journal.h"
#include "store/lanes.h"

#include "support/storesamples.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <limits>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::milliseconds;

class TestLanes : public QObject
{
    Q_OBJECT

private slots:
    void slotIsFreeAgainAfterTheInterval();
    void refusedTakeCostsNothing();
    void lanesAreIndependent();
    void waitTakesNothing();
    void pauseIsNeverShortened();
    void sillyDurationsAreHandled();
    void paceSurvivesReopening();
    void rebootFallsBackToTheWallClock();
    void clockSetBackBlocksNoLongerThanTheInterval();
    void clockSetBackWithinABootChangesNothing();
    void bootWithoutANameUsesTheWallClock();
    void withoutAJournalItFails();
    void laneFollowsAFreshJournal();
    void nobodyGetsInBetweenLookingAndTaking();
    void slotThatIsNearIsWaitedFor();
    void slotThatIsFarIsNotWaitedFor();
    void slotIsWaitedForWithoutALock();
    void nearSlotMayGoToSomebodyElse();
    void processesShareOnePace();
};

namespace {

/// Clocks that stand still until a test moves them or somebody sleeps.
struct FakeClocks {
    std::atomic<qint64> steadyUs = 5'000'000;
    std::atomic<qint64> wallMs = 1'700'000'000'000;
    QList<qint64> sleeps; ///< In microseconds; written on the lanes' thread.

    [[nodiscard]] LaneClock clock(const QString &boot = u"first"_s)
    {
        return {[this] { return microseconds(steadyUs); }, [this] { return milliseconds(wallMs); },
                boot, [this](microseconds time) { passWhileAsleep(time); }};
    }
    void passWhileAsleep(microseconds time)
    {
        sleeps.append(time.count());
        steadyUs += time.count();
    }

    void pass(milliseconds time)
    {
        steadyUs += microseconds(time).count();
        wallMs += time.count();
    }
};

void makeJournal(const QTemporaryDir &dir)
{
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
}

bool take(Lanes &lanes, microseconds interval, const QString &lane = u"a"_s)
{
    const auto slot = resultOf(lanes.take(lane, interval));
    return slot && slot->taken;
}

microseconds waitOf(Lanes &lanes, const QString &lane = u"a"_s)
{
    const auto wait = resultOf(lanes.wait(lane));
    return wait ? *wait : microseconds(-1);
}

/// This program again: takes slots of one lane and prints when, in microseconds of the
/// system-wide clock: the moment from which the next interval counts.
int takeSlots(const QString &folder, int count, microseconds interval)
{
    qint64 lastLook = 0; // written on the lanes' thread, read when its call is over
    LaneClock clock = LaneClock::system();
    clock.steady = [steady = clock.steady, &lastLook] {
        const auto now = steady();
        lastLook = now.count();
        return now;
    };
    Lanes lanes(folder, clock);
    for (int taken = 0; taken < count;) {
        const auto slot = resultOf(lanes.take(u"shared"_s, interval));
        if (!slot)
            return 1;
        if (!slot->taken)
            continue; // as impatient as can be
        ++taken;
        std::printf("%lld\n", static_cast<long long>(lastLook));
    }
    return 0;
}

} // namespace

void TestLanes::slotIsFreeAgainAfterTheInterval()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QVERIFY(take(lanes, 200ms));
    clocks.pass(197ms);
    const auto early = resultOf(lanes.take(u"a"_s, 200ms));
    QVERIFY(early && !early->taken);
    QCOMPARE(early->wait.count(), 3000);
    clocks.pass(3ms);
    QVERIFY(take(lanes, 200ms));
    clocks.pass(10s); // no burst for time gone by
    QVERIFY(take(lanes, 200ms));
    QVERIFY(!take(lanes, 200ms));
}

void TestLanes::refusedTakeCostsNothing()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QVERIFY(take(lanes, 200ms));
    for (int i = 0; i < 5; ++i)
        QVERIFY(!take(lanes, 10s));
    clocks.pass(200ms);
    QVERIFY(take(lanes, 200ms));
}

void TestLanes::lanesAreIndependent()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QVERIFY(take(lanes, 200ms, u"a"_s));
    QVERIFY(take(lanes, 200ms, u"b"_s));
    QVERIFY(!take(lanes, 200ms, u"a"_s));
}

void TestLanes::waitTakesNothing()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QCOMPARE(waitOf(lanes).count(), 0);
    QVERIFY(take(lanes, 200ms));
    QCOMPARE(waitOf(lanes).count(), 200'000);
    clocks.pass(200ms);
    QCOMPARE(waitOf(lanes).count(), 0);
    QVERIFY(take(lanes, 200ms));
}

void TestLanes::pauseIsNeverShortened()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QVERIFY(resultOf(lanes.pause(u"a"_s, 30s)));
    QVERIFY(resultOf(lanes.pause(u"a"_s, 1s)));
    QCOMPARE(waitOf(lanes), microseconds(30s));
    QVERIFY(resultOf(lanes.pause(u"a"_s, 40s)));
    QVERIFY(!take(lanes, 200ms));
    QCOMPARE(waitOf(lanes), microseconds(40s));
    clocks.pass(40s);
    QVERIFY(take(lanes, 200ms));
}

void TestLanes::sillyDurationsAreHandled()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QCOMPARE(resultOf(lanes.take(u"a"_s, -1us)).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(resultOf(lanes.pause(u"a"_s, -1ms)).error().kind, ErrorKind::InvalidInput);
    QVERIFY(take(lanes, 0us));
    QVERIFY(take(lanes, 0us));
    QVERIFY(resultOf(lanes.pause(u"a"_s, milliseconds(std::numeric_limits<qint64>::max()))));
    QVERIFY(waitOf(lanes) > microseconds(24h * 365));
}

void TestLanes::paceSurvivesReopening()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    {
        Lanes lanes(dir.path(), clocks.clock());
        QVERIFY(take(lanes, 1s));
    }
    makeJournal(dir); // moves the write-ahead log into the file
    clocks.pass(300ms);
    Lanes lanes(dir.path(), clocks.clock());
    QCOMPARE(waitOf(lanes), microseconds(700ms));
}

void TestLanes::rebootFallsBackToTheWallClock()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    {
        Lanes lanes(dir.path(), clocks.clock());
        QVERIFY(resultOf(lanes.pause(u"a"_s, 60s)));
    }
    clocks.wallMs += 20'000;
    clocks.steadyUs = 7; // counts from the new boot
    Lanes lanes(dir.path(), clocks.clock(u"second"_s));
    QCOMPARE(waitOf(lanes), microseconds(40s));
    clocks.steadyUs += 10'000'000; // now the steady clock counts, whatever the wall clock does
    QCOMPARE(waitOf(lanes), microseconds(30s));
    clocks.steadyUs += 30'000'000;
    QVERIFY(take(lanes, 200ms));
}

void TestLanes::clockSetBackBlocksNoLongerThanTheInterval()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    {
        Lanes lanes(dir.path(), clocks.clock());
        QVERIFY(take(lanes, 1s));
    }
    clocks.wallMs -= 365LL * 24 * 3600 * 1000;
    clocks.steadyUs = 7;
    Lanes lanes(dir.path(), clocks.clock(u"second"_s));
    QCOMPARE(waitOf(lanes), microseconds(1s));
    clocks.pass(1s);
    QVERIFY(take(lanes, 1s));
}

void TestLanes::clockSetBackWithinABootChangesNothing()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QVERIFY(take(lanes, 1s));
    clocks.wallMs = 0;
    QCOMPARE(waitOf(lanes), microseconds(1s));
    clocks.wallMs = 9'000'000'000'000;
    QVERIFY(!take(lanes, 1s));
}

void TestLanes::bootWithoutANameUsesTheWallClock()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock(QString()));
    QVERIFY(take(lanes, 1s));
    clocks.pass(997ms);
    QVERIFY(!take(lanes, 1s));
    clocks.pass(3ms);
    QVERIFY(take(lanes, 1s));
}

void TestLanes::withoutAJournalItFails()
{
    const QTemporaryDir dir;
    Lanes lanes(dir.path());
    QVERIFY(!resultOf(lanes.take(u"a"_s, 1s)));
    QVERIFY(!QFile::exists(dir.filePath(u"journal.sqlite"_s)));
    makeJournal(dir);
    QVERIFY(take(lanes, 1s));
}

void TestLanes::laneFollowsAFreshJournal()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    Lanes lanes(dir.path());
    QVERIFY(take(lanes, 1h));
    QVERIFY(QFile::rename(dir.filePath(u"journal.sqlite"_s), dir.filePath(u"aside"_s)));
    makeJournal(dir);
    QVERIFY(take(lanes, 1h)); // not in the file that was renamed
    Lanes others(dir.path());
    QVERIFY(!take(others, 1h));
}

void TestLanes::nobodyGetsInBetweenLookingAndTaking()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    QSemaphore secondIsDone; // outlives the thread that releases it
    Lanes second(dir.path(), clocks.clock());
    QFuture<Result<Slot>> rival;
    // The first reads its clock when it has found the slot free and not yet taken it: just
    // then the second tries. It must wait for the first, which gives up hoping for it.
    LaneClock clock = clocks.clock();
    clock.steady = [&] {
        if (!rival.isValid()) {
            rival = second.take(u"a"_s, 1s);
            rival.then([&secondIsDone](const Result<Slot> & /*slot*/) { secondIsDone.release(); });
            (void)secondIsDone.tryAcquire(1, 300);
        }
        return microseconds(clocks.steadyUs);
    };
    Lanes first(dir.path(), clock);
    const auto slot = resultOf(first.take(u"a"_s, 1s));
    QVERIFY(slot && slot->taken);
    const auto other = resultOf(rival);
    QVERIFY(other && !other->taken);
    QCOMPARE(other->wait, microseconds(1s));
}

void TestLanes::slotThatIsNearIsWaitedFor()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QVERIFY(take(lanes, 200ms));
    clocks.pass(198ms);
    QVERIFY(take(lanes, 200ms));
    QCOMPARE(clocks.sleeps, QList<qint64>{2000});
    // Counts from when it was taken, not from when it was asked for.
    QCOMPARE(waitOf(lanes), microseconds(200ms));
}

void TestLanes::slotThatIsFarIsNotWaitedFor()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes lanes(dir.path(), clocks.clock());
    QVERIFY(take(lanes, 200ms));
    clocks.pass(197ms);
    QVERIFY(!take(lanes, 200ms));
    QCOMPARE(clocks.sleeps, QList<qint64>());
}

void TestLanes::slotIsWaitedForWithoutALock()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes others(dir.path(), clocks.clock());
    LaneClock clock = clocks.clock();
    bool othersCould = false;
    clock.sleep = [&](microseconds time) {
        othersCould = take(others, 200ms, u"b"_s);
        clocks.passWhileAsleep(time);
    };
    Lanes lanes(dir.path(), clock);
    QVERIFY(take(lanes, 200ms));
    clocks.pass(199ms);
    QVERIFY(take(lanes, 200ms));
    QVERIFY(othersCould);
}

void TestLanes::nearSlotMayGoToSomebodyElse()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    FakeClocks clocks;
    Lanes rival(dir.path(), clocks.clock());
    LaneClock clock = clocks.clock();
    bool rivalCould = false;
    clock.sleep = [&](microseconds time) {
        clocks.passWhileAsleep(time);
        rivalCould = take(rival, 200ms);
    };
    Lanes lanes(dir.path(), clock);
    QVERIFY(take(lanes, 200ms));
    clocks.pass(199ms);
    const auto slot = resultOf(lanes.take(u"a"_s, 200ms));
    QVERIFY(rivalCould);
    QVERIFY(slot && !slot->taken);
    QCOMPARE(slot->wait, microseconds(200ms));
}

void TestLanes::processesShareOnePace()
{
    const QTemporaryDir dir;
    makeJournal(dir);
    constexpr int Children = 3;
    constexpr int EachTakes = 15;
    constexpr microseconds Interval = 20ms;
    std::vector<std::unique_ptr<QProcess>> children;
    for (int i = 0; i < Children; ++i) {
        children.push_back(std::make_unique<QProcess>());
        children.back()->start(QCoreApplication::applicationFilePath(),
                               {u"--take"_s, dir.path(), QString::number(EachTakes),
                                QString::number(Interval.count())});
    }
    QList<qint64> moments;
    for (const auto &child : children) {
        QVERIFY(child->waitForFinished());
        QCOMPARE(child->exitCode(), 0);
        const auto lines = child->readAllStandardOutput().split('\n');
        for (const QByteArray &line : lines) {
            if (!line.isEmpty())
                moments.append(line.toLongLong());
        }
    }
    QCOMPARE(moments.size(), Children * EachTakes);
    std::sort(moments.begin(), moments.end());
    for (qsizetype i = 1; i < moments.size(); ++i)
        QVERIFY(moments.at(i) - moments.at(i - 1) >= Interval.count());
}

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 5 && arguments.at(1) == u"--take"_s) {
        return takeSlots(arguments.at(2), arguments.at(3).toInt(),
                         microseconds(arguments.at(4).toInt()));
    }
    TestLanes test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_lanes.moc"
