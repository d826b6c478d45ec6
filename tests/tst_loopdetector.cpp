#include "core/loopdetector.h"

#include <QTest>

#include <vector>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = LoopAlarm::Kind;

namespace {

const QDateTime Start(QDate(2026, 11, 22), QTime(9, 0), Qt::UTC);

/// A detector, and a clock that the test turns.
class Bench
{
public:
    std::optional<LoopAlarm> note(const QString &sendId, const QString &messageUuid = u"m"_s,
                                  const QString &status = u"delivered"_s)
    {
        StatusEvent event;
        event.sendId = sendId;
        event.messageUuid = messageUuid;
        event.statusText = status;
        event.status = DeliveryStatus::Delivered;
        event.arrivedAt = m_now;
        const auto alarm = m_detector.note(event);
        if (alarm)
            alarms.push_back(*alarm);
        return alarm;
    }
    void pass(std::chrono::milliseconds time) { m_now = m_now.addMSecs(time.count()); }

    std::vector<LoopAlarm> alarms;

private:
    LoopDetector m_detector;
    QDateTime m_now = Start;
};

} // namespace

class TestLoopDetector : public QObject
{
    Q_OBJECT

private slots:
    void fiveCopiesAreOrdinaryAndTheSixthIsNot();
    void copiesFarApartAreOrdinary();
    void otherStatusOrMessageIsNoCopy();
    void oneEpisodeAlarmsOnce();
    void nextEpisodeAlarmsAgain();
    void conversationAtAPersonsPaceIsNoLoop();
    void sendThatIsBusierThanAPersonIsALoop();
    void callbacksWithoutASendAreALoopWhenMany();
    void fullSpeedBatchIsNoLoop();
    void backlogOfManySendsIsNoLoop();
    void quietAfterAFloodIsQuiet();
    void clockThatIsSetBackStartsAfresh();
    void timeMayGoBackALittle();
    void manyDifferentThingsTakeBoundedTime();
};

void TestLoopDetector::fiveCopiesAreOrdinaryAndTheSixthIsNot()
{
    Bench bench;
    for (int i = 0; i < 5; ++i) {
        QVERIFY(!bench.note(u"a"_s));
        bench.pass(10s);
    }
    const auto alarm = bench.note(u"a"_s);
    QVERIFY(alarm);
    QCOMPARE(alarm->kind, Kind::SameAgain);
    QCOMPARE(alarm->sendId, u"a"_s);
    QCOMPARE(alarm->messageUuid, u"m"_s);
    QCOMPARE(alarm->status, DeliveryStatus::Delivered);
    QCOMPARE(alarm->count, 6);
    QCOMPARE(alarm->window, 60s);
}

void TestLoopDetector::copiesFarApartAreOrdinary()
{
    Bench bench;
    for (int i = 0; i < 500; ++i) {
        bench.note(u"a"_s);
        bench.pass(12s);
    }
    QVERIFY(bench.alarms.empty());
}

void TestLoopDetector::otherStatusOrMessageIsNoCopy()
{
    Bench bench;
    for (int i = 0; i < 4; ++i) {
        bench.note(u"a"_s, u"m1"_s, u"delivered"_s);
        bench.note(u"a"_s, u"m1"_s, u"read"_s);
        bench.note(u"a"_s, u"m2"_s, u"delivered"_s);
        bench.note(u"b"_s, u"m1"_s, u"delivered"_s);
    }
    QVERIFY(bench.alarms.empty());
}

void TestLoopDetector::oneEpisodeAlarmsOnce()
{
    Bench bench;
    for (int i = 0; i < 1000; ++i) {
        bench.note(u"a"_s);
        bench.note(u"b"_s);
        bench.pass(1500ms);
    }
    QCOMPARE(bench.alarms.size(), std::size_t(1));
    QCOMPARE(bench.alarms.front().kind, Kind::SameAgain);
}

void TestLoopDetector::nextEpisodeAlarmsAgain()
{
    Bench bench;
    for (int episode = 0; episode < 3; ++episode) {
        for (int i = 0; i < 20; ++i)
            bench.note(u"a"_s);
        bench.pass(61s);
    }
    QCOMPARE(bench.alarms.size(), std::size_t(3));
}

void TestLoopDetector::conversationAtAPersonsPaceIsNoLoop()
{
    Bench bench;
    for (int answer = 0; answer < 200; ++answer) {
        for (int message = 0; message < 3; ++message) {
            const QString uuid = u"%1-%2"_s.arg(answer).arg(message);
            for (const QString &status : {u"submitted"_s, u"delivered"_s, u"read"_s})
                bench.note(u"a"_s, uuid, status);
        }
        bench.pass(10s);
    }
    QVERIFY(bench.alarms.empty());
}

void TestLoopDetector::sendThatIsBusierThanAPersonIsALoop()
{
    Bench bench;
    int noted = 0;
    while (bench.alarms.empty() && noted < 1000) {
        bench.note(u"a"_s, QString::number(++noted));
        bench.pass(500ms);
    }
    QCOMPARE(noted, 61);
    QCOMPARE(bench.alarms.front().kind, Kind::SendTooBusy);
}

void TestLoopDetector::callbacksWithoutASendAreALoopWhenMany()
{
    Bench bench;
    int noted = 0;
    while (bench.alarms.empty() && noted < 10'000) {
        bench.note({}, QString::number(++noted));
        bench.pass(20ms);
    }
    QCOMPARE(noted, 151);
    QCOMPARE(bench.alarms.front().kind, Kind::Unexplained);
    QVERIFY(bench.alarms.front().sendId.isEmpty());
}

void TestLoopDetector::fullSpeedBatchIsNoLoop()
{
    Bench bench;
    for (int send = 0; send < 3000; ++send) {
        for (const QString &status : {u"submitted"_s, u"delivered"_s, u"read"_s})
            bench.note(QString::number(send), QString::number(send), status);
        bench.pass(200ms);
    }
    QVERIFY(bench.alarms.empty());
}

void TestLoopDetector::backlogOfManySendsIsNoLoop()
{
    Bench bench;
    for (int send = 0; send < 10'000; ++send) { // the tunnel was down and came back
        bench.note(QString::number(send), QString::number(send), u"delivered"_s);
        bench.note(QString::number(send), QString::number(send), u"read"_s);
    }
    QVERIFY(bench.alarms.empty());
}

void TestLoopDetector::quietAfterAFloodIsQuiet()
{
    Bench bench;
    for (int i = 0; i < 1000; ++i)
        bench.note({}, QString::number(i));
    QCOMPARE(bench.alarms.size(), std::size_t(1));
    for (int send = 0; send < 100; ++send) {
        bench.pass(1min);
        bench.note(u"good %1"_s.arg(send));
    }
    QCOMPARE(bench.alarms.size(), std::size_t(1));
}

void TestLoopDetector::clockThatIsSetBackStartsAfresh()
{
    Bench bench;
    for (int i = 0; i < 20; ++i)
        bench.note(u"a"_s);
    QCOMPARE(bench.alarms.size(), std::size_t(1));
    bench.pass(-2h);
    for (int i = 0; i < 5; ++i)
        bench.note(u"a"_s);
    QCOMPARE(bench.alarms.size(), std::size_t(1));
    bench.note(u"a"_s);
    QCOMPARE(bench.alarms.size(), std::size_t(2));
}

void TestLoopDetector::timeMayGoBackALittle()
{
    Bench bench;
    for (int i = 0; i < 6; ++i) {
        bench.note(u"a"_s);
        bench.pass(i % 2 == 0 ? -500ms : 400ms);
    }
    QCOMPARE(bench.alarms.size(), std::size_t(1));
}

void TestLoopDetector::manyDifferentThingsTakeBoundedTime()
{
    Bench bench;
    for (int i = 0; i < 50'000; ++i)
        bench.note(QString::number(i), QString::number(i));
    QVERIFY(bench.alarms.empty());
    for (int i = 0; i < 6; ++i)
        bench.note(u"last"_s);
    QCOMPARE(bench.alarms.size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(TestLoopDetector)
#include "tst_loopdetector.moc"
