#include "gui/windowfixture.h"

#include "store/profiles.h"
#include "support/flood.h"
#include "ui/batchcontroller.h"
#include "ui/batchpage.h"

#include <QElapsedTimer>
#include <QFile>
#include <QMessageBox>
#include <QTabWidget>

#include <algorithm>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int SlowClients = 200;
constexpr int HostileRequests = 10'000;
constexpr int Threads = 4;
constexpr int Rows = 60;
constexpr int Settled = 5; // rows until the page stands
constexpr int Limit = 5; // sessions per second
constexpr qint64 LongestBlock = IsSanitized ? 500 : 50; // milliseconds
constexpr int MostAttempts = 3;
constexpr double MostSlowDown = IsSanitized ? 0.5 : 0.02;

/// How a batch went.
struct Run {
    double median = 0; ///< Milliseconds between two rows; 0 if not all were accepted.
    double mean = 0; ///< The same.
    qint64 longestGap = 0; ///< Of the window's event loop, in milliseconds.
    qint64 longestWork = 0;
};

/// Ten thousand hostile requests as fast as they go, while 200 slow clients hold on.
class Flood
{
public:
    Flood(quint16 port, const QByteArray &secretPath)
    {
        m_threads.emplace_back([this, port] { beSlow(port, SlowClients, m_stop, cutOff); });
        for (int i = 0; i < Threads; ++i) {
            m_threads.emplace_back([this, i, port, secretPath] {
                const int share = HostileRequests / Threads;
                sendHostile(port, i * share, share, secretPath, statuses);
                ++m_ready;
            });
        }
    }
    ~Flood() { stop(); }
    Q_DISABLE_COPY_MOVE(Flood)

    [[nodiscard]] bool isOver() const { return m_ready == Threads; }
    void stop()
    {
        m_stop = true;
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    Statuses statuses;
    std::atomic<int> cutOff = 0;

private:
    std::atomic<bool> m_stop = false;
    std::atomic<int> m_ready = 0;
    std::vector<std::thread> m_threads;
};

} // namespace

/// What a flood on the status inbox does to a batch that runs in the real window.
class TestInboxBatch : public QObject
{
    Q_OBJECT

private slots:
    void aFloodSlowsNeitherBatchNorWindow();

private:
    void openRows(const QByteArray &numbers);
    /// Sends the rows that are open.
    [[nodiscard]] Run runBatch();
    void measure(int attempt, bool &isWithin);

    std::unique_ptr<WindowFixture> m_fixture;
    QTemporaryDir m_dir;
};

void TestInboxBatch::openRows(const QByteArray &numbers)
{
    QByteArray rows = "to\n";
    for (int i = 0; i < Rows; ++i)
        rows += numbers + QByteArray::number(10'000 + i) + '\n';
    QFile file(m_dir.filePath(QString::fromLatin1(numbers) + ".csv"_L1));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(rows) == rows.size());
    file.close();
    auto &f = *m_fixture;
    auto *page = f.find<BatchPage>("BatchPage");
    f.find<QTabWidget>("pages")->setCurrentWidget(page);
    page->openFile(file.fileName());
    auto *start = f.find<QPushButton>("startBatchButton");
    QTRY_VERIFY_WITH_TIMEOUT(start->isVisible() && start->isEnabled(), 10'000);
}

Run TestInboxBatch::runBatch()
{
    auto &f = *m_fixture;
    auto *controller = f.window().findChild<BatchController *>();
    Run run;
    QElapsedTimer clock;
    QList<qint64> ended; // nanoseconds
    std::unique_ptr<LoopWatch> watch;
    const auto follow =
        connect(controller, &BatchController::started, this, [&](const BatchRecord &batch) {
            connect(controller->runner(batch.id), &BatchRunner::rowEnded, this,
                    [&](const SendRecord &record) {
                        if (record.outcome != Outcome::Accepted)
                            return;
                        if (ended.isEmpty())
                            clock.start();
                        ended.append(clock.nsecsElapsed());
                        if (ended.size() == Settled) // the page stands
                            watch = std::make_unique<LoopWatch>();
                    });
        });
    f.whenDialogOpens<QMessageBox>([](QMessageBox &box) {
        for (auto *button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
    });
    f.click("startBatchButton");
    (void)QTest::qWaitFor([&ended] { return ended.size() == Rows; }, 60'000);
    disconnect(follow);
    if (ended.size() < Rows || !watch)
        return run;
    run.longestGap = watch->longestGap;
    run.longestWork = watch->longestWork;
    run.mean = double(ended.last()) / double(Rows - 1) / 1e6;
    QList<qint64> gaps;
    for (qsizetype i = 1; i < ended.size(); ++i)
        gaps.append(ended.at(i) - ended.at(i - 1));
    std::sort(gaps.begin(), gaps.end());
    run.median = double(gaps.at(gaps.size() / 2)) / 1e6;
    (void)QTest::qWaitFor([controller] { return !controller->isRunning(); });
    return run;
}

/// A batch without and one with a flood; prints how they went.
void TestInboxBatch::measure(int attempt, bool &isWithin)
{
    auto &f = *m_fixture;
    openRows("4477" + QByteArray::number(2 * attempt));
    const Run calm = runBatch();
    QVERIFY(calm.median > 0);

    openRows("4477" + QByteArray::number(2 * attempt + 1));
    InboxHub &hub = f.bench().inbox();
    const qint64 memoryBefore = residentMemory();
    Flood flood(hub.listening().port, hub.base().path().toLatin1());
    const Bystander bystander;
    const Run flooded = runBatch();
    QTRY_VERIFY_WITH_TIMEOUT(flood.isOver(), 60'000);
    flood.stop();
    const qint64 growth = residentMemory() - memoryBefore;

    qInfo("between rows: median %.1f ms calm, %.1f ms flooded (%+.2f %%); mean %.1f and %.1f ms",
          calm.median, flooded.median, (flooded.median / calm.median - 1) * 100, calm.mean,
          flooded.mean);
    qInfo("window: longest gap %lld ms calm, %lld ms flooded (a bystander's %lld), longest work "
          "%lld and %lld ms; memory: %+lld KiB; slow clients cut off: %d; wrong path: %d",
          calm.longestGap, flooded.longestGap, bystander.longestGap.load(), calm.longestWork,
          flooded.longestWork, growth / 1024, flood.cutOff.load(), hub.counts().wrongPath);
    QVERIFY(flooded.median > 0);
    // Of the median: other programs hold single rows up, not most of them.
    isWithin = flooded.median <= calm.median * (1 + MostSlowDown)
        && flooded.longestWork <= LongestBlock
        && flooded.longestGap <= LongestBlock + bystander.longestGap;
    QVERIFY(growth <= MostGrowth);
    QCOMPARE(flood.statuses.refused.load(), HostileRequests);
    QCOMPARE(flood.statuses.other.load(), 0);
    QVERIFY(flood.cutOff > 0);
}

void TestInboxBatch::aFloodSlowsNeitherBatchNorWindow()
{
    m_fixture = std::make_unique<WindowFixture>();
    auto &f = *m_fixture;
    Profile profile = builtInProfile();
    profile.limit = Limit;
    QVERIFY(saveProfiles(f.folder(), {profile}));
    QVERIFY(f.start());
    bool isWithin = false;
    int attempts = 0;
    // Other programs on this computer disturb, too; a flood that did would do it every time.
    while (!isWithin && attempts < MostAttempts) {
        measure(attempts++, isWithin);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(isWithin);
    // Meanwhile the sandbox reported what became of the messages: three statuses each.
    QTRY_COMPARE_WITH_TIMEOUT(f.bench().inbox().counts().kept, attempts * 2 * 3 * Rows, 30'000);
    f.quit();
}

QTEST_MAIN(TestInboxBatch)
#include "tst_inboxbatch.moc"
