#include "core/overviewcounter.h"
#include "store/history.h"
#include "store/journal.h"
#include "words/overviewwords.h"

#include "support/batchsamples.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A set of sends at a glance: what is counted is what the log shows.
class TestOverview : public QObject
{
    Q_OBJECT

private slots:
    void stepsGrowWithTheTimeThatIsSpanned_data();
    void stepsGrowWithTheTimeThatIsSpanned();
    void barsHaveNoGapsAndLoseNothing();
    void ranksAreTheNearest();
    void pacesAboveAnyLimitAreOneLine();
    void everyLineShowsTheSendsThatItCounts();
    void onlyWhatTheFilterShowsIsCounted();
};

namespace {

constexpr qsizetype AllErrors = 1000;

OverviewGroup groupAt(qint64 slot, qint64 sends = 1)
{
    OverviewGroup group;
    group.slot = slot;
    group.outcome = Outcome::Accepted;
    group.sends = sends;
    return group;
}

Overview overviewOf(History &history, const QString &filterText)
{
    OverviewCounter counter(QDateTime::currentDateTime().offsetFromUtc());
    qint64 before = 0;
    do {
        auto future = history.overview(*parseLogFilter(filterText), before, counter.step(),
                                       counter.utcOffset());
        future.waitForFinished();
        const auto step = future.result();
        if (!step)
            qFatal("%s", qPrintable(step.error().detail));
        for (const OverviewGroup &group : step->groups)
            counter.add(group);
        for (const PaceBin &bin : step->pace)
            counter.add(bin);
        counter.coarsen();
        before = step->next;
    } while (before > 0);
    return counter.overview(AllErrors);
}

qint64 countOf(Journal &journal, const QString &filterText)
{
    const auto filter = parseLogFilter(filterText);
    if (!filter)
        return -1;
    auto future = journal.rows(*filter, 0, 100'000);
    future.waitForFinished();
    return future.result().value().size();
}

/// Some hundred sends of every kind within two hours.
void fill(Journal &journal)
{
    QRandomGenerator random(4711);
    const std::array outcomes{Outcome::Accepted, Outcome::Accepted,  Outcome::RateLimited,
                              Outcome::Refused,  Outcome::Unknown,   Outcome::NotSent,
                              Outcome::Accepted, Outcome::Cancelled, Outcome::Accepted};
    const QDateTime begin = QDateTime::currentDateTimeUtc().addSecs(-7200);
    for (int i = 0; i < 300; ++i) {
        Claim claim = sampleClaim();
        claim.claimedAt = begin.addMSecs(random.bounded(7'000'000));
        claim.templateName = i % 3 == 0 ? u"order"_s : u"welcome"_s;
        QVERIFY(resultOf(journal.claim(claim)));
        SendReport report;
        report.outcome = outcomes.at(random.bounded(quint32(outcomes.size())));
        const bool left =
            report.outcome != Outcome::NotSent && report.outcome != Outcome::Cancelled;
        report.answer.status = report.outcome == Outcome::Accepted ? 200
            : report.outcome == Outcome::RateLimited               ? 429
            : report.outcome == Outcome::Refused                   ? 422
                                                                   : 0;
        if (left)
            report.answer.timing.total = std::chrono::microseconds(random.bounded(40'000'000));
        if (i % 50 != 0) // some stay in flight
            QVERIFY(resultOf(journal.settle(claim.sendId, report)));
    }
}

} // namespace

void TestOverview::stepsGrowWithTheTimeThatIsSpanned_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<qint64>("step");
    QTest::newRow("a moment") << 0LL << 1LL;
    QTest::newRow("a minute less one") << 59LL << 1LL;
    QTest::newRow("a minute") << 60LL << 5LL;
    QTest::newRow("an hour") << 3600LL << 300LL;
    QTest::newRow("a day") << 86'400LL << 3600LL;
    QTest::newRow("a month") << 30LL * 86'400 << 86'400LL;
    QTest::newRow("ten years") << 3650LL * 86'400 << 604'800LL;
}

void TestOverview::stepsGrowWithTheTimeThatIsSpanned()
{
    QFETCH(const qint64, seconds);
    QFETCH(const qint64, step);
    OverviewCounter counter(0);
    constexpr qint64 monday = 1'795'392'000; // 00:00 UTC
    counter.add(groupAt(monday));
    counter.add(groupAt(monday + seconds));
    counter.coarsen();
    QCOMPARE(qint64(counter.step().count()), step);
    QCOMPARE(counter.overview(1).sends, 2);
}

void TestOverview::barsHaveNoGapsAndLoseNothing()
{
    constexpr int offset = 5 * 3600 + 1800; // India
    OverviewCounter counter(offset);
    QRandomGenerator random(1);
    qint64 sends = 0;
    for (int i = 0; i < 2000; ++i) {
        const qint64 second = 1'795'392'000 + random.bounded(3'000'000);
        const qint64 amount = 1 + random.bounded(5);
        counter.add(groupAt((second + offset) / counter.step().count(), amount));
        counter.coarsen();
        sends += amount;
    }
    const Overview overview = counter.overview(1);
    QCOMPARE(overview.step, std::chrono::seconds(86'400));
    qint64 counted = 0;
    for (qsizetype i = 0; i < overview.bars.size(); ++i) {
        counted += overview.bars.at(i).total();
        // A day begins at midnight over there.
        QCOMPARE(overview.bars.at(i).from.addSecs(offset).time(), QTime(0, 0));
        if (i > 0)
            QCOMPARE(overview.bars.at(i - 1).from.secsTo(overview.bars.at(i).from), 86'400);
    }
    QCOMPARE(counted, sends);
    QCOMPARE(overview.sends, sends);
}

void TestOverview::ranksAreTheNearest()
{
    OverviewCounter counter(0);
    OverviewGroup group = groupAt(1, 100);
    group.took.resize(100);
    std::iota(group.took.begin(), group.took.end(), 1); // 1 to 100 ms
    counter.add(group);
    const OverviewLatency latency = counter.overview(1).latency;
    QCOMPARE(latency.timed, 100);
    QCOMPARE(latency.median, 50ms);
    QCOMPARE(latency.p90, 90ms);
    QCOMPARE(latency.p95, 95ms);
    QCOMPARE(latency.p99, 99ms);
    QCOMPARE(latency.longest, 100ms);
    QCOMPARE(latency.bins.first(), (LatencyBin{50ms, 50}));
    QCOMPARE(latency.bins.at(1), (LatencyBin{100ms, 50}));

    QCOMPARE(OverviewCounter(0).overview(1).latency.timed, 0);
    QCOMPARE(latencyText(OverviewCounter(0).overview(1).latency), u"No answer yet."_s);
}

void TestOverview::pacesAboveAnyLimitAreOneLine()
{
    OverviewCounter counter(0);
    counter.add(PaceBin{1, 5, 5, 0});
    counter.add(PaceBin{1, 2, 2, 1});
    counter.add(PaceBin{12, 1, 12, 7});
    counter.add(PaceBin{30, 2, 60, 50});
    const Overview overview = counter.overview(1);
    QCOMPARE(overview.pace, (QList{PaceBin{1, 7, 7, 1}, PaceBin{MostPace, 3, 72, 57}}));
    QCOMPARE(paceText(overview),
             u"429s began at 1 a second. Who else used the agent is not counted here."_s);
}

void TestOverview::everyLineShowsTheSendsThatItCounts()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    journal.open().waitForFinished();
    History history(journal);
    fill(journal);
    QCOMPARE(countOf(journal, {}), 300);
    const Overview overview = overviewOf(history, {});
    QCOMPARE(overview.sends, 300);

    QVERIFY(overview.bars.size() > 10);
    for (const OverviewBar &bar : overview.bars) {
        QCOMPARE(countOf(journal, overviewSpanFilter(bar, overview.step)), bar.total());
    }
    QCOMPARE(overview.counts.at(std::size_t(OverviewPart::InFlight)), 6);
    for (std::size_t part = 0; part < OverviewParts; ++part) {
        QVERIFY(overview.counts.at(part) > 0);
        QCOMPARE(countOf(journal, overviewPartFilter(static_cast<OverviewPart>(part))),
                 overview.counts.at(part));
    }
    QVERIFY(overview.errors.size() >= 4);
    for (const OverviewError &error : overview.errors) {
        QCOMPARE(countOf(journal, error.token), error.count);
        QVERIFY2(overviewErrorText(error.token) != error.token, qPrintable(error.token));
    }
    qint64 timed = 0;
    for (qsizetype bin = 0; bin < overview.latency.bins.size(); ++bin) {
        const QString filter = latencyBinFilter(overview.latency, bin);
        QVERIFY2(countOf(journal, filter) == overview.latency.bins.at(bin).count,
                 qPrintable(filter));
        timed += overview.latency.bins.at(bin).count;
    }
    QCOMPARE(timed, overview.latency.timed);
    qint64 started = 0;
    qint64 limited = 0;
    for (const PaceBin &bin : overview.pace) {
        started += bin.sends;
        limited += bin.rateLimited;
    }
    QCOMPARE(limited, overview.counts.at(std::size_t(OverviewPart::RateLimited)));
    QCOMPARE(started, 300 - overview.counts.at(std::size_t(OverviewPart::NotSent)));
}

void TestOverview::onlyWhatTheFilterShowsIsCounted()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    journal.open().waitForFinished();
    History history(journal);
    fill(journal);
    for (const auto *text : {"template:order", "outcome:refused", "welcome", "took:>5s order"}) {
        const QString filter = QString::fromLatin1(text);
        const Overview overview = overviewOf(history, filter);
        QVERIFY(overview.sends > 0);
        QCOMPARE(overview.sends, countOf(journal, filter));
    }
    QCOMPARE(overviewOf(history, u"template:nobody"_s).sends, 0);
    QVERIFY(overviewOf(history, u"template:nobody"_s).bars.isEmpty());
}

QTEST_GUILESS_MAIN(TestOverview)
#include "tst_overview.moc"
