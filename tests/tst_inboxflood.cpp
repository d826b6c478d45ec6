#include "listen/statusinbox.h"
#include "support/flood.h"
#include "support/rawclient.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <thread>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int SlowClients = 200;
constexpr int HostileRequests = 10'000;
constexpr int WarmUpRequests = 2'000;
constexpr int Threads = 4;

constexpr qint64 LongestBlock = 50; // milliseconds
constexpr qint64 LongestAnswer = 2000; // milliseconds

const QByteArray Delivered = R"({"status":"delivered","message_uuid":"m-1"})";

/// Posts one good callback after the other and remembers how long answers take.
class HonestSender : public QObject
{
public:
    explicit HonestSender(const QUrl &url)
        : m_url(url)
    {
        connect(&m_timer, &QTimer::timeout, this, [this] { step(); });
        m_timer.start(5ms);
        next();
    }

    int confirmed = 0;
    int failed = 0;
    qint64 longestAnswer = 0; ///< Milliseconds.

private:
    void next()
    {
        m_client = std::make_unique<RawClient>(static_cast<quint16>(m_url.port()));
        m_client->post(m_url.path().toLatin1(), Delivered, "Connection: close\r\n");
        m_clock.start();
    }
    void step()
    {
        const bool answered = m_client->received.contains("\r\n\r\n");
        if (!answered && m_clock.elapsed() < 10'000
            && !(m_client->isClosed() && m_clock.elapsed() > 500))
            return;
        ++(answered && m_client->status() == 200 ? confirmed : failed);
        longestAnswer = std::max(longestAnswer, m_clock.elapsed());
        next();
    }

    QUrl m_url;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::unique_ptr<RawClient> m_client;
};

} // namespace

/// What a flood of slow and hostile clients does to the inbox, to honest ones, and to the
/// thread that it lives in.
class TestInboxFlood : public QObject
{
    Q_OBJECT

private slots:
    void floodDisturbsNobody();

private:
    void runHostile(int from, int count, quint16 port, const QByteArray &secretPath);

    Statuses m_statuses;
};

/// Runs this thread's event loop until the threads are done.
void TestInboxFlood::runHostile(int from, int count, quint16 port, const QByteArray &secretPath)
{
    QEventLoop loop;
    std::atomic<int> running = Threads;
    std::vector<std::thread> threads;
    for (int i = 0; i < Threads; ++i) {
        const int share = count / Threads;
        threads.emplace_back([&, i, share] {
            sendHostile(port, from + i * share, share, secretPath, m_statuses);
            if (--running == 0)
                QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        });
    }
    loop.exec();
    for (std::thread &thread : threads)
        thread.join();
}

void TestInboxFlood::floodDisturbsNobody()
{
    int kept = 0;
    StatusInbox inbox([&kept](const StatusEvent &event, const std::function<void(bool)> &done) {
        kept += event.raw == Delivered ? 1 : 0;
        QTimer::singleShot(2ms, [done] { done(true); }); // about what the journal takes
    });
    QVERIFY(inbox.start());
    const QUrl url = inbox.urlFor(u"0f8fad5b-d9cb-469f-a165-70867728950e"_s);
    const auto port = static_cast<quint16>(url.port());
    const QByteArray secretPath = inbox.base().path().toLatin1();

    std::atomic<bool> stop = false;
    std::atomic<int> cutOff = 0;
    std::thread slow([&] { beSlow(port, SlowClients, stop, cutOff); });
    HonestSender honest(url);
    runHostile(0, WarmUpRequests, port, secretPath);

    const qint64 memoryBefore = residentMemory();
    const Bystander bystander;
    LoopWatch watch;
    runHostile(WarmUpRequests, HostileRequests - WarmUpRequests, port, secretPath);
    const qint64 growth = residentMemory() - memoryBefore;
    stop = true;
    slow.join();

    qInfo("honest: %d confirmed, longest %lld ms; loop: longest gap %lld ms (a bystander's %lld), "
          "longest work %lld ms; memory: %+lld KiB; slow clients cut off: %d",
          honest.confirmed, honest.longestAnswer, watch.longestGap, bystander.longestGap.load(),
          watch.longestWork, growth / 1024, cutOff.load());
    QCOMPARE(m_statuses.other.load(), 0);
    QCOMPARE(m_statuses.refused.load(), HostileRequests);
    QCOMPARE(honest.failed, 0);
    QVERIFY(honest.confirmed > 20);
    QVERIFY(honest.longestAnswer <= LongestAnswer);
    QVERIFY(watch.longestWork <= LongestBlock);
    QVERIFY(watch.longestGap <= LongestBlock + bystander.longestGap);
    QVERIFY(growth <= MostGrowth);
    QVERIFY(kept >= honest.confirmed);
    QVERIFY(cutOff > 0);
    QVERIFY(inbox.counts().wrongPath >= HostileRequests / 10 * 3);
    QVERIFY(inbox.counts().glances >= HostileRequests / 10);
}

QTEST_GUILESS_MAIN(TestInboxFlood)
#include "tst_inboxflood.moc"
