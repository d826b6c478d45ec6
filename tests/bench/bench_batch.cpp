// A batch of 20,000 rows against the sandbox without a limit, without and with the window:
// sends per second, memory, and how long the window's event loop ever kept anything waiting.
// Run by hand: bench_batch [ROWS]. Prints figures, checks nothing.

#include "app/workbench.h"
#include "batch/batchrunner.h"
#include "core/endpoint.h"
#include "core/whendone.h"
#include "listen/sandbox.h"
#include "send/sendsteps.h"
#include "store/batches.h"
#include "store/profiles.h"
#include "support/storesamples.h"
#include "ui/batchcontroller.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 FirstRecipient = 447'946'000'000;
constexpr int RowsAtOnce = 5'000;

/// Resident memory in MB, as Linux tells it.
double residentMegabytes()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

/// How late a timer of 1 ms is: what a click would have waited.
class LoopWatch : public QObject
{
public:
    LoopWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1ms);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_gaps.push_back(double(m_clock.nsecsElapsed()) / 1e6);
            m_clock.restart();
        });
        m_clock.start();
        m_timer.start();
    }
    [[nodiscard]] double percentile(double share)
    {
        std::sort(m_gaps.begin(), m_gaps.end());
        return m_gaps.empty() ? 0 : m_gaps.at(std::size_t(share * double(m_gaps.size() - 1)));
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

BatchPlan plan()
{
    OutboundRequest request;
    request.setText(Field::To, u"{{phone}}"_s);
    request.setText(Field::AgentId, u"65f2a1b0c3d4e5f6a7b8c9d0"_s);
    request.setText(Field::Namespace, u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
    request.setText(Field::Template, u"order_update"_s);
    request.setText(Field::Locale, u"en"_s);
    request.addParameter({Part::Body, 1, ParameterType::Text, u"{{name}}"_s});
    request.setText(Field::StatusUrl, u"https://status.example.com/x"_s);
    BatchPlan plan;
    plan.name = u"bench.csv"_s;
    plan.request = request.toJson();
    plan.columns = {u"phone"_s, u"name"_s};
    plan.profileId = builtInProfile().id;
    plan.region = regionName(Region::Sandbox);
    plan.lane = u"sandbox/bench"_s;
    plan.ignoreLimit = true;
    plan.builtInInbox = false;
    return plan;
}

BatchRecord prepare(Batches &batches, int rows)
{
    const qint64 id = *resultOf(batches.create(plan()));
    for (int first = 0; first < rows; first += RowsAtOnce) {
        QList<BatchRowInput> chunk;
        for (int i = first; i < std::min(rows, first + RowsAtOnce); ++i)
            chunk.append(
                {i + 1, {QString::number(FirstRecipient + i), u"Name %1"_s.arg(i)}, {}, {}});
        if (!resultOf(batches.addRows(id, chunk)))
            qFatal("cannot add rows");
    }
    if (!resultOf(batches.setState(id, BatchState::Paused)))
        qFatal("cannot end the building");
    return **resultOf(batches.batch(id));
}

struct Figures {
    double perSecond = 0;
    double growth = 0; ///< MB.
    double p99 = 0; ///< ms
    double longest = 0; ///< ms
};

template <typename IsDone>
Figures measure(int rows, IsDone isDone)
{
    const double before = residentMegabytes();
    LoopWatch watch;
    QElapsedTimer clock;
    clock.start();
    // Not QTest::qWaitFor, which sleeps between its looks.
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    look.start(5ms);
    loop.exec();
    const double seconds = double(clock.elapsed()) / 1000;
    return {rows / seconds, residentMegabytes() - before, watch.percentile(0.99),
            watch.percentile(1)};
}

Figures withoutWindow(int rows)
{
    const QTemporaryDir folder;
    Sandbox sandbox([](const QUrl &, const QByteArray &) {});
    sandbox.setLimit(0);
    const QUrl base = *sandbox.start();
    Journal journal(folder.path());
    if (!resultOf(journal.open()))
        qFatal("cannot open the journal");
    Lanes lanes(folder.path());
    OutboundClient client;
    Dispatcher dispatcher(stepsOver(journal, lanes, client, &client));
    Batches batches(journal);
    BatchRunner runner({dispatcher, batches, {}}, prepare(batches, rows), base,
                       {SandboxKey.toByteArray(), origin(base)});
    bool ended = false;
    QObject::connect(&runner, &BatchRunner::ended, &runner, [&ended] { ended = true; });
    runner.run();
    return measure(rows, [&ended] { return ended; });
}

Figures withWindow(int rows)
{
    const QTemporaryDir folder;
    Workbench bench({folder.path(), true});
    bench.start();
    if (!QTest::qWaitFor([&bench] { return bench.window() != nullptr; }, 10'000))
        qFatal("no window");
    auto *controller = bench.window()->findChild<BatchController *>();
    if (controller == nullptr)
        qFatal("the window has no controller of batches");
    Batches batches(bench.journal());
    const qint64 id = prepare(batches, rows).id;
    if (!resultOf(batches.release(id)))
        qFatal("cannot release");
    bool ended = false;
    QObject::connect(controller, &BatchController::ended, &bench, [&ended] { ended = true; });
    QObject::connect(controller, &BatchController::refused, &bench,
                     [](const QString &why) { qFatal("%ls", qUtf16Printable(why)); });
    controller->resume(id);
    QObject::connect(controller, &BatchController::started, &bench,
                     [&bench] { bench.sandbox().setLimit(0); });
    // The Batch page is the busiest one.
    if (auto *pages = bench.window()->findChild<QTabWidget *>(u"pages"_s))
        pages->setCurrentIndex(1);
    return measure(rows, [&ended] { return ended; });
}

void print(const char *name, const Figures &figures)
{
    std::printf(
        "%-15s %8.0f sends/s   %+6.1f MB   event loop: 99 %% within %5.1f ms, longest %5.1f ms\n",
        name, figures.perSecond, figures.growth, figures.p99, figures.longest);
}

} // namespace

int main(int argc, char *argv[])
{
    (void)std::setvbuf(stdout, nullptr, _IOLBF, 0); // also where it goes into a pipe
    const QApplication app(argc, argv);
    const int rows = argc > 1 ? QByteArray(argv[1]).toInt() : 20'000;
    const Figures alone = withoutWindow(rows);
    print("without window", alone);
    const Figures shown = withWindow(rows);
    print("with window", shown);
    std::printf("with / without window: %.2f of the speed\n", shown.perSecond / alone.perSecond);
    return 0;
}
