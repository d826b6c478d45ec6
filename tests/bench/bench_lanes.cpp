// Measures how far apart the slots of a lane really are when somebody asks for them as a
// Dispatcher does: event loop, timer, take(), until it is taken. Not a test: prints, and
// checks nothing.
//   bench_lanes [STARTS [INTERVAL_MS]]

#include "core/whendone.h"
#include "store/journal.h"
#include "store/lanes.h"

#include "support/storesamples.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using std::chrono::floor;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

/// Starts one lane as often as it may, and notes when.
class Starter : public QObject
{
public:
    Starter(Lanes &lanes, QString lane, microseconds interval, int starts)
        : m_lanes(lanes)
        , m_lane(std::move(lane))
        , m_interval(interval)
        , m_starts(starts)
    { }

    void take()
    {
        whenDone(m_lanes.take(m_lane, m_interval), this, [this](const Result<Slot> &slot) {
            if (!slot)
                qFatal("%s", qPrintable(slot.error().detail));
            if (slot->taken)
                m_moments.push_back(LaneClock::system().steady());
            // A timer may be a millisecond late: the rest is for take() to wait.
            const microseconds wait = slot->taken ? m_interval : slot->wait;
            const auto early =
                std::max(floor<milliseconds>(wait) - milliseconds(1), milliseconds::zero());
            if (!isDone())
                QTimer::singleShot(early, Qt::PreciseTimer, this, [this] { take(); });
        });
    }
    [[nodiscard]] bool isDone() const { return int(m_moments.size()) > m_starts; }

    void print(const char *name) const
    {
        std::vector<double> late;
        for (std::size_t i = 1; i < m_moments.size(); ++i)
            late.push_back(double((m_moments[i] - m_moments[i - 1] - m_interval).count()) / 1000);
        std::sort(late.begin(), late.end());
        const auto at = [&](double part) {
            return late[std::size_t(part * double(late.size() - 1))];
        };
        const double total = double((m_moments.back() - m_moments.front()).count());
        std::printf("%-40s later than asked for: min %6.3f  median %6.3f  p90 %6.3f  p99 %6.3f "
                    " max %6.3f ms; rate %.4f of what was asked\n",
                    name, late.front(), at(0.5), at(0.9), at(0.99), late.back(),
                    double(m_interval.count()) * double(m_moments.size() - 1) / total);
    }

private:
    Lanes &m_lanes;
    QString m_lane;
    microseconds m_interval;
    int m_starts;
    std::vector<microseconds> m_moments;
};

/// Claims and settles one send after the other.
class Writer : public QObject
{
public:
    explicit Writer(Journal &journal)
        : m_journal(journal)
    { }
    void write()
    {
        const Claim claim = sampleClaim();
        (void)m_journal.claim(claim);
        whenDone(m_journal.settle(claim.sendId, sampleReport()), this,
                 [this](const Result<void> &) { write(); });
    }

private:
    Journal &m_journal;
};

void waitUntil(const std::vector<Starter *> &starters)
{
    QEventLoop loop;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (std::all_of(starters.begin(), starters.end(),
                        [](const Starter *starter) { return starter->isDone(); }))
            loop.quit();
    });
    timer.start(100);
    loop.exec();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const int starts = argc > 1 ? QByteArray(argv[1]).toInt() : 100;
    const milliseconds interval(argc > 2 ? QByteArray(argv[2]).toInt() : 100);

    const QTemporaryDir dir;
    Journal journal(dir.path());
    if (!resultOf(journal.open()))
        qFatal("cannot open");
    Lanes lanes(dir.path());
    {
        Starter starter(lanes, u"a"_s, interval, starts);
        starter.take();
        waitUntil({&starter});
        starter.print("one lane");
    }
    {
        Starter first(lanes, u"b"_s, interval, starts);
        Starter second(lanes, u"c"_s, interval, starts);
        first.take();
        second.take();
        waitUntil({&first, &second});
        first.print("two lanes");
        second.print("");
    }
    {
        Writer writer(journal);
        writer.write();
        Starter starter(lanes, u"d"_s, interval, starts);
        starter.take();
        waitUntil({&starter});
        starter.print("one lane, the journal never idle");
    }
    return 0;
}
