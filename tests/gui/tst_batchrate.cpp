#include "ui/ratechart.h"
#include "ui/ratehistory.h"
#include "words/batchwords.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How fast a lane was, and the words about how long it will take: no clock but the test's.
class TestBatchRate : public QObject
{
    Q_OBJECT

private slots:
    void aSteadyPaceGivesASteadyNumber();
    void silenceLetsTheNumberFall();
    void updatesReplaceWhatWasNotSettled();
    void whatIsOlderThanAMinuteIsForgotten();
    void theBusiestSecondIsKnown();
    void spansReadLikeSpeech_data();
    void spansReadLikeSpeech();
    void aSummaryTellsWhatToDoAboutUnknownRows();

private:
    const QDateTime m_start{QDate(2026, 11, 23), QTime(14, 0), Qt::UTC};

    [[nodiscard]] QList<RateHistory::Start> every(int milliseconds, int count) const
    {
        QList<RateHistory::Start> starts;
        for (int i = 0; i < count; ++i)
            starts.append({m_start.addMSecs(i * milliseconds), false, true});
        return starts;
    }
};

void TestBatchRate::aSteadyPaceGivesASteadyNumber()
{
    RateHistory history;
    history.update(every(1020, 20), m_start.addSecs(20));
    for (int offset = 0; offset < 1020; offset += 60) {
        const double rate = history.rateAt(m_start.addMSecs(19 * 1020 + offset));
        QVERIFY2(qAbs(rate - 1 / 1.02) < 0.005, qPrintable(QString::number(rate)));
    }
}

void TestBatchRate::silenceLetsTheNumberFall()
{
    RateHistory history;
    const QDateTime last = m_start.addSecs(9);
    history.update(every(1000, 10), last);
    QCOMPARE(history.rateAt(last), 1.0);
    QVERIFY(history.rateAt(last.addSecs(4)) < 0.7);
    QCOMPARE(history.rateAt(last.addSecs(9)), 0.0);
}

void TestBatchRate::updatesReplaceWhatWasNotSettled()
{
    RateHistory history;
    auto starts = every(1000, 3);
    starts[1].isSettled = false;
    history.update(starts, m_start.addSecs(3));
    QCOMPARE(history.staleSince(m_start.addSecs(3)), starts.at(1).at);
    starts[1].isSettled = true;
    starts[1].isRateLimited = true;
    history.update(starts.mid(1), m_start.addSecs(3));
    QCOMPARE(history.starts().size(), 3);
    QCOMPARE(history.rateLimitedCount(), 1);
    QCOMPARE(history.peak(), 1);
    QCOMPARE(history.staleSince(m_start.addSecs(3)), starts.at(2).at);
}

void TestBatchRate::theBusiestSecondIsKnown()
{
    RateHistory history;
    QCOMPARE(history.peak(), 0);
    history.update(every(250, 12), m_start.addSecs(3));
    QCOMPARE(history.peak(), 4); // the fifth is a whole second later
    const QString text = lastMinuteText(history, 5, m_start.addSecs(3));
    QVERIFY2(text.startsWith(u"12 send"_s), qPrintable(text)); // its plural needs the program
    QVERIFY2(text.contains(u"at most 4 within one second; the limit is 5"_s), qPrintable(text));
    QVERIFY(lastMinuteText({}, 5, m_start).startsWith(u"Nothing was sent in the last minute"_s));
}

void TestBatchRate::whatIsOlderThanAMinuteIsForgotten()
{
    RateHistory history;
    history.update(every(1000, 10), m_start.addSecs(10));
    history.update({}, m_start.addSecs(65));
    QCOMPARE(history.starts().size(), 5);
    history.update({}, m_start.addSecs(80));
    QVERIFY(history.starts().isEmpty());
}

void TestBatchRate::spansReadLikeSpeech_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << qint64(0) << u"0 s"_s;
    QTest::newRow("a moment") << qint64(1) << u"1 s"_s;
    QTest::newRow("over a minute") << qint64(74'000) << u"1 min 14 s"_s;
    QTest::newRow("hours") << qint64(7'500'000) << u"2 h 5 min"_s;
    QTest::newRow("negative") << qint64(-5) << u"0 s"_s;
}

void TestBatchRate::spansReadLikeSpeech()
{
    QFETCH(const qint64, milliseconds);
    QFETCH(const QString, text);
    QCOMPARE(spanText(std::chrono::milliseconds(milliseconds)), text);
}

void TestBatchRate::aSummaryTellsWhatToDoAboutUnknownRows()
{
    BatchRecord record;
    record.plan.name = u"June pilot.csv"_s;
    record.plan.request = R"({"agent_id": "64b7", "template": "order_update", "locale": "es"})";
    record.state = BatchState::Running; // and no live process runs it
    BatchCounts counts;
    counts.accepted = 38;
    counts.unknown = 3;
    counts.waiting = 19;
    const QString text = batchSummary(record, counts);
    QVERIFY(text.startsWith(u"June pilot.csv: interrupted\n"_s));
    QVERIFY(text.contains(u"agent 64b7, template order_update · es"_s));
    QVERIFY(text.contains(u"  38 accepted\n"_s));
    QVERIFY(text.contains(u"  19 waiting\n"_s));
    QVERIFY(text.contains(u"To find out"_s));
    counts.unknown = 0;
    QVERIFY(!batchSummary(record, counts).contains(u"To find out"_s));
    QCOMPARE(countsText(counts), u"38 accepted · 19 waiting"_s);
    QCOMPARE(sendingTime(200, 1), 201'000ms); // with the pace's margin
}

QTEST_GUILESS_MAIN(TestBatchRate)
#include "tst_batchrate.moc"
