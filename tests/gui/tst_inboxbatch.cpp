#include "gui/windowfixture.h"

#include "store/profiles.h"
#include "support/flood.h"
#include "ui/batchcontroller.h"
#include "ui/batchpage.h"

#include <QElapsedTimer>
#include <QFile>
#include <QMessageBox>
#include <QTabWidget>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int SlowClients = 200;
constexpr int HostileRequests = 10'000;
constexpr int Threads = 4;
constexpr int Rows = 60;
constexpr int Limit = 5; // sessions per second
constexpr qint64 LongestBlock = 50; // milliseconds
constexpr double MostSlowDown = 0.02;

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
    /// Sends the rows that are open. @return how many left per second
    [[nodiscard]] double runBatch();

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

double TestInboxBatch::runBatch()
{
    auto &f = *m_fixture;
    auto *controller = f.window().findChild<BatchController *>();
    QElapsedTimer clock;
    int accepted = 0;
    qint64 last = 0;
    const auto follow =
        connect(controller, &BatchController::started, this, [&](const BatchRecord &batch) {
            connect(controller->runner(batch.id), &BatchRunner::rowEnded, this,
                    [&](const SendRecord &record) {
                        if (record.outcome != Outcome::Accepted)
                            return;
                        if (accepted++ == 0)
                            clock.start();
                        last = clock.nsecsElapsed();
                    });
        });
    f.whenDialogOpens<QMessageBox>([](QMessageBox &box) {
        for (auto *button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
    });
    const QSignalSpy ended(controller, &BatchController::ended);
    f.click("startBatchButton");
    (void)QTest::qWaitFor([&ended] { return !ended.isEmpty(); }, 60'000);
    disconnect(follow);
    return accepted == Rows ? (Rows - 1) * 1e9 / double(last) : 0;
}

void TestInboxBatch::aFloodSlowsNeitherBatchNorWindow()
{
    m_fixture = std::make_unique<WindowFixture>();
    auto &f = *m_fixture;
    Profile profile = builtInProfile();
    profile.limit = Limit;
    QVERIFY(saveProfiles(f.folder(), {profile}));
    QVERIFY(f.start());
    openRows("44770");
    const double calm = runBatch();
    QVERIFY(calm > 0);

    openRows("44771");
    InboxHub &hub = f.bench().inbox();
    const qint64 memoryBefore = residentMemory();
    Flood flood(hub.listening().port, hub.base().path().toLatin1());
    const Bystander bystander;
    LoopWatch watch;
    const double flooded = runBatch();
    QTRY_VERIFY_WITH_TIMEOUT(flood.isOver(), 60'000);
    flood.stop();
    const qint64 growth = residentMemory() - memoryBefore;

    qInfo("pace: %.3f per second calm, %.3f flooded (%+.2f %%); window: longest gap %lld ms (a "
          "bystander's %lld), longest work %lld ms; memory: %+lld KiB; slow clients cut off: %d; "
          "statuses kept: %d, wrong path: %d",
          calm, flooded, (flooded / calm - 1) * 100, watch.longestGap, bystander.longestGap.load(),
          watch.longestWork, growth / 1024, flood.cutOff.load(), hub.counts().kept,
          hub.counts().wrongPath);
    QVERIFY(flooded >= calm * (1 - MostSlowDown));
    QVERIFY(watch.longestWork <= LongestBlock);
    QVERIFY(watch.longestGap <= LongestBlock + bystander.longestGap);
    QVERIFY(growth <= MostGrowth);
    QCOMPARE(flood.statuses.refused.load(), HostileRequests);
    QCOMPARE(flood.statuses.other.load(), 0);
    QVERIFY(flood.cutOff > 0);
    // Meanwhile the sandbox reported what became of the messages: three statuses each.
    QTRY_COMPARE_WITH_TIMEOUT(hub.counts().kept, 2 * 3 * Rows, 30'000);
    f.quit();
}

QTEST_MAIN(TestInboxBatch)
#include "tst_inboxbatch.moc"
