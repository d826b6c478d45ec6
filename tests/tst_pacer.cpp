#include "core/pacer.h"

#include <QTest>

#include <deque>
#include <random>

using namespace icebreaker;
using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Time is a number here: nothing waits.
class TestPacer : public QObject
{
    Q_OBJECT

private slots:
    void startsWithinOnePercentOfTheLimit_data();
    void startsWithinOnePercentOfTheLimit();
    void aRateLimitWidensTheIntervalAndCleanSendsNarrowIt();
    void theMarginHasAnEnd();
    void aNewLimitForgetsTheMargin();
    void restsAsLongAsTheServerAsks();
    void restsLongerWithEveryRateLimitInARow();
    void manyInFlightAreOneEvent();
    void aLaterWishOfTheServerMakesTheRestLonger();
    void theRowEndsWhenASecondIsClean();
    void answersFromBeforeTheRestProveNothing();
    void theFirstAfterARestDoesNotWidenTheInterval();
    void anUnreachableHostIsBackedOffFrom();
    void anyAnswerShowsThatTheHostIsThere();
    void jitterLengthensByAQuarterAtMost();
    void aLateDeparturePostponesTheNextStart();
    void aConnectionForEverySendBecomesUsual();
    void fewAreRefusedOverAJitteryNetwork_data();
    void fewAreRefusedOverAJitteryNetwork();

private:
    /// @return rests of @p count 429s in a row, each for a send after the last rest
    static QList<milliseconds> rests(Pacer &pacer, int count, double random = 0);
};

QList<milliseconds> TestPacer::rests(Pacer &pacer, int count, double random)
{
    QList<milliseconds> lengths;
    microseconds now = 1h;
    for (int i = 0; i < count; ++i) {
        now = std::max(now, pacer.restUntil());
        const auto rest = pacer.rateLimited(now, now + 30ms, std::nullopt, random);
        lengths.append(rest ? rest->length : -1ms);
    }
    return lengths;
}

void TestPacer::startsWithinOnePercentOfTheLimit_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("most"); // microseconds that may be given away, timers included
    QTest::newRow("1") << 1 << 10'101;
    QTest::newRow("3") << 3 << 3'367;
    QTest::newRow("5") << 5 << 2'020;
}

void TestPacer::startsWithinOnePercentOfTheLimit()
{
    QFETCH(int, limit);
    QFETCH(int, most);
    const Pacer pacer(limit);
    QVERIFY(pacer.interval() > shortestInterval(limit));
    QVERIFY(pacer.margin().count() * 2 <= most); // half of it is for the timers
    QCOMPARE(pacer.interval(), paceInterval(limit));
}

void TestPacer::aRateLimitWidensTheIntervalAndCleanSendsNarrowIt()
{
    Pacer pacer(5);
    QCOMPARE(pacer.margin(), 1ms);
    QVERIFY(pacer.rateLimited(1h, 1h, 1s, 0));
    QCOMPARE(pacer.margin(), 5ms);
    for (int i = 0; i < 100; ++i)
        pacer.answered(2h);
    QVERIFY(pacer.margin() > 4500us); // slowly
    for (int i = 0; i < 20'000; ++i)
        pacer.answered(2h);
    QVERIFY(pacer.margin() < 1010us + 1000us);
    QVERIFY(pacer.margin() >= 1ms);
}

void TestPacer::theMarginHasAnEnd()
{
    Pacer pacer(5);
    for (int i = 0; i < 50; ++i) {
        pacer.answered(1h + i * 1min);
        QVERIFY(pacer.rateLimited(1h + i * 1min, 1h + i * 1min, std::nullopt, 0));
    }
    QCOMPARE(pacer.margin(), 25ms);
}

void TestPacer::aNewLimitForgetsTheMargin()
{
    Pacer pacer(5);
    QVERIFY(pacer.rateLimited(1h, 1h, 1s, 0));
    pacer.setLimit(5);
    QCOMPARE(pacer.margin(), 5ms);
    pacer.setLimit(1);
    QCOMPARE(pacer.interval(), 1005ms);
}

void TestPacer::restsAsLongAsTheServerAsks()
{
    Pacer pacer(5);
    const auto rest = pacer.rateLimited(1h, 1h + 30ms, 7s, 0.9);
    QVERIFY(rest);
    QCOMPARE(rest->length, 7s);
    QCOMPARE(pacer.restUntil(), 1h + 30ms + 7s);
    const auto longer = pacer.rateLimited(2h, 2h, 10min, 0);
    QVERIFY(longer);
    QCOMPARE(longer->length, 10min); // above the longest back-off
    const auto none = pacer.rateLimited(3h, 3h, 0ms, 0);
    QVERIFY(none);
    QVERIFY(none->length >= 200ms); // never at once
}

void TestPacer::restsLongerWithEveryRateLimitInARow()
{
    Pacer pacer(5);
    QCOMPARE(rests(pacer, 8), (QList<milliseconds>{1s, 2s, 4s, 8s, 16s, 30s, 30s, 30s}));
    const auto next = pacer.rateLimited(pacer.restUntil(), pacer.restUntil(), 1s, 0);
    QCOMPARE(next->inARow, 9);
}

void TestPacer::manyInFlightAreOneEvent()
{
    Pacer pacer(5);
    const microseconds now = 1h;
    const auto first = pacer.rateLimited(now - 5s, now, std::nullopt, 0);
    QVERIFY(first);
    QCOMPARE(first->inARow, 1);
    const auto margin = pacer.margin();
    for (int i = 1; i < 25; ++i) // their answers come while and after the lane rests
        QVERIFY(!pacer.rateLimited(now - 5s + i * 200ms, now + i * 200ms, std::nullopt, 0));
    QCOMPARE(pacer.margin(), margin);
    const auto second = pacer.rateLimited(now + 1s, now + 6s, std::nullopt, 0);
    QVERIFY(second);
    QCOMPARE(second->inARow, 2);
    QCOMPARE(second->length, 2s);
}

void TestPacer::aLaterWishOfTheServerMakesTheRestLonger()
{
    Pacer pacer(5);
    QVERIFY(pacer.rateLimited(1h, 1h, 2s, 0));
    QVERIFY(!pacer.rateLimited(1h, 1h + 500ms, 1s, 0)); // it rests longer already
    const auto rest = pacer.rateLimited(1h, 1h + 1s, 3s, 0);
    QVERIFY(rest);
    QCOMPARE(rest->length, 3s);
    QCOMPARE(rest->inARow, 1);
    QCOMPARE(pacer.restUntil(), 1h + 4s);
}

void TestPacer::theRowEndsWhenASecondIsClean()
{
    Pacer pacer(5);
    // An agent that is approved for 3 per second lets three through after every rest.
    for (int event = 1; event <= 5; ++event) {
        const auto now = pacer.restUntil() + 1h;
        for (int i = 0; i < 3; ++i)
            pacer.answered(now);
        const auto rest = pacer.rateLimited(now, now, std::nullopt, 0);
        QVERIFY(rest);
        QCOMPARE(rest->inARow, event);
    }
    const auto now = pacer.restUntil() + 1h;
    for (int i = 0; i < 5; ++i)
        pacer.answered(now);
    QCOMPARE(pacer.rateLimited(now, now, std::nullopt, 0)->inARow, 1);
}

void TestPacer::answersFromBeforeTheRestProveNothing()
{
    Pacer pacer(1);
    QVERIFY(pacer.rateLimited(1h, 1h, std::nullopt, 0));
    const auto margin = pacer.margin();
    for (int i = 0; i < 25; ++i)
        pacer.answered(1h - 1s);
    QCOMPARE(pacer.margin(), margin);
    QCOMPARE(pacer.rateLimited(1h + 2s, 1h + 2s, std::nullopt, 0)->inARow, 2);
}

void TestPacer::theFirstAfterARestDoesNotWidenTheInterval()
{
    Pacer pacer(5);
    rests(pacer, 1);
    const auto margin = pacer.margin();
    rests(pacer, 4); // nothing got through: somebody else uses the agent, or it is refused
    QCOMPARE(pacer.margin(), margin);
}

void TestPacer::anUnreachableHostIsBackedOffFrom()
{
    Pacer pacer(5);
    microseconds now = 1h;
    for (const milliseconds expected : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
        const auto rest = pacer.unreachable(now, now + 20s, 0);
        QVERIFY(rest);
        QCOMPARE(rest->length, expected);
        QVERIFY(!pacer.unreachable(now + 1s, now + 21s, 0)); // in flight at the time
        now = pacer.restUntil();
    }
    QCOMPARE(pacer.interval(), paceInterval(5)); // the pace has nothing to do with it
}

void TestPacer::anyAnswerShowsThatTheHostIsThere()
{
    Pacer pacer(5);
    QVERIFY(pacer.unreachable(1h, 1h, 0));
    QCOMPARE(pacer.unreachable(2h, 2h, 0)->inARow, 2);
    QVERIFY(pacer.rateLimited(3h, 3h, std::nullopt, 0)); // also this one
    QCOMPARE(pacer.unreachable(4h, 4h, 0)->inARow, 1);
    pacer.answered(5h);
    QCOMPARE(pacer.unreachable(6h, 6h, 0)->length, 1s);
}

void TestPacer::jitterLengthensByAQuarterAtMost()
{
    Pacer pacer(5);
    QCOMPARE(rests(pacer, 7, 0.999'999).last(), 37'499ms);
    Pacer other(5);
    QCOMPARE(rests(other, 1, 0.5).first(), 1125ms);
}

void TestPacer::aLateDeparturePostponesTheNextStart()
{
    Pacer pacer(5);
    QVERIFY(pacer.left(1h, 1h + 3ms)); // the first one opens a connection
    for (int i = 0; i < 50; ++i)
        static_cast<void>(pacer.left(1h, 1h + 1ms));
    QVERIFY(!pacer.left(1h, 1h + 1ms));
    QVERIFY(!pacer.left(1h, 1h + 1200us));
    const auto rest = pacer.left(1h, 1h + 41ms);
    QVERIFY(rest);
    QVERIFY(*rest >= 200ms && *rest <= 201ms); // less what the next one takes as well
}

void TestPacer::aConnectionForEverySendBecomesUsual()
{
    Pacer pacer(5);
    int postponed = 0;
    for (int i = 0; i < 100; ++i)
        postponed += pacer.left(1h, 1h + 200ms) ? 1 : 0;
    QVERIFY2(postponed < 60, qPrintable(QString::number(postponed)));
    QVERIFY(!pacer.left(1h, 1h + 200ms));
    static_cast<void>(pacer.left(1h, 1h + 1ms)); // a quick one is believed at once
    QVERIFY(pacer.left(1h, 1h + 200ms));
}

void TestPacer::fewAreRefusedOverAJitteryNetwork_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("answerAfter"); // ms
    for (const int limit : AllowedLimits) {
        for (const int answerAfter : {30, 5000})
            QTest::addRow("%d/s, answers in %d ms", limit, answerAfter) << limit << answerAfter;
    }
}

/// A day of sending to a server that counts within any second, every arrival late by 0 to
/// 20 ms, in no time at all.
void TestPacer::fewAreRefusedOverAJitteryNetwork()
{
    QFETCH(int, limit);
    QFETCH(int, answerAfter);
    struct Sent {
        microseconds at;
        bool isAccepted;
    };
    Pacer pacer(limit);
    std::mt19937 random(4711); // NOLINT(cert-msc51-cpp): the same every time
    std::uniform_int_distribution<int> jitter(0, 20'000);
    std::deque<microseconds> window;
    std::deque<Sent> inFlight;
    microseconds now = 1h;
    const microseconds end = now + 24h;
    int sends = 0;
    int limited = 0;
    while (now < end) {
        const microseconds arrival = now + microseconds(jitter(random));
        while (!window.empty() && arrival - window.front() >= 1s)
            window.pop_front();
        const bool isAccepted = window.size() < static_cast<std::size_t>(limit);
        if (isAccepted)
            window.push_back(arrival);
        inFlight.push_back({now, isAccepted});
        ++sends;
        limited += isAccepted ? 0 : 1;
        microseconds next = std::max(now + pacer.interval(), pacer.restUntil());
        while (!inFlight.empty() && inFlight.front().at + milliseconds(answerAfter) <= next) {
            const Sent sent = inFlight.front();
            inFlight.pop_front();
            if (sent.isAccepted)
                pacer.answered(sent.at);
            else
                static_cast<void>(pacer.rateLimited(sent.at, sent.at + milliseconds(answerAfter),
                                                    std::nullopt, 0.5));
            next = std::max(next, pacer.restUntil());
        }
        now = next;
    }
    const double share = (sends - limited) / (24.0 * 3600 * limit);
    QVERIFY2(limited < sends / 1000, qPrintable(QString::number(1.0 * limited / sends)));
    QVERIFY2(share > 0.96, qPrintable(QString::number(share)));
}

QTEST_GUILESS_MAIN(TestPacer)
#include "tst_pacer.moc"
