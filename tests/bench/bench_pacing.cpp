// Measures the pace against servers that count arrivals. Not a test: run by hand.
//   bench_pacing [--seconds N] [--only TEXT] [--newman PROGRAM] [--unpaced ROWS]
// All cases run at the same time, each with its own server, journal, lanes and dispatcher in
// threads of its own: the real ones, as stepsOver() puts them together. A row that meets a
// 429 goes again as in a batch. Exit status 1 if a case misses what is required, which it does
// on a computer that is busy with other things: its servers then see late arrivals.

#include "core/endpoint.h"
#include "core/whendone.h"
#include "send/sendsteps.h"

#include "bench/countingserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <QUuid>

#include <cstdio>
#include <memory>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::bench;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// By then the pace knows the network: the margin has grown to what it needs.
constexpr std::chrono::seconds Learning{30};
constexpr double LeastSteady = 0.99;
constexpr double LeastJittery = 0.95;
constexpr double MostLimited = 0.01;

const char *limiterName(Limiter limiter)
{
    switch (limiter) {
    case Limiter::None: return "none";
    case Limiter::Sliding: return "sliding";
    case Limiter::Fixed: return "fixed";
    case Limiter::Spaced: return "spaced";
    }
    return "";
}

QString describe(const ServerRules &rules)
{
    return u"%1 %2/s, answers in %3 ms, jitter %4 ms"_s
        .arg(QLatin1StringView(limiterName(rules.limiter)))
        .arg(rules.limit)
        .arg(rules.answerAfter / 1ms)
        .arg(rules.jitter / 1ms);
}

/// One batch through the real parts; lives in the thread that runs it.
class Batch
{
public:
    struct Plan {
        QUrl base;
        int rows = 0;
        int limit = 1;
        qsizetype unpaced = 0; ///< So many under way at once without a pace; 0: paced.
    };

    explicit Batch(const Plan &plan)
        : m_plan(plan)
        , m_journal(m_folder.path())
        , m_lanes(m_folder.path())
        , m_dispatcher(stepsOver(m_journal, m_lanes, m_client, &m_client))
    {
        QObject::connect(&m_dispatcher, &Dispatcher::finished, &m_client,
                         [this](const QString &, const SendReport &report) { handle(report); });
        QObject::connect(&m_dispatcher, &Dispatcher::started, &m_client, [this] { feed(); });
    }

    /// @return rows that ended otherwise than accepted
    int run(std::chrono::milliseconds after)
    {
        whenDone(m_journal.open(), &m_client, [this, after](const Result<OpenReport> &report) {
            if (!report)
                qFatal("cannot open the journal");
            QTimer::singleShot(after, &m_client, [this] { feed(); });
        });
        m_loop.exec();
        return m_lost;
    }

private:
    void feed()
    {
        constexpr qsizetype lookahead = 3;
        while (m_begun < m_plan.rows) {
            const auto waiting = m_dispatcher.waitingCount();
            if (m_plan.unpaced > 0 ? m_begun - m_ended >= m_plan.unpaced : waiting >= lookahead)
                return;
            ++m_begun;
            enqueue(Dispatcher::Turn::Batch);
        }
    }

    void enqueue(Dispatcher::Turn turn)
    {
        Claim claim;
        claim.sendId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        claim.region = regionName(Region::Custom);
        claim.url = conversationUrl(m_plan.base);
        claim.to = u"447900000001"_s;
        claim.agentId = u"agent"_s;
        claim.lane = laneId(Region::Custom, m_plan.base, claim.agentId);
        claim.body = R"({"to":"447900000001","agent_id":"agent"})";
        m_dispatcher.enqueue({claim, ApiKey{"f00d-0123456789-feed", origin(claim.url)},
                              m_plan.limit, m_plan.unpaced > 0, turn});
    }

    void handle(const SendReport &report)
    {
        if (report.outcome == Outcome::RateLimited) {
            enqueue(Dispatcher::Turn::Retry);
            return;
        }
        if (report.outcome != Outcome::Accepted)
            ++m_lost;
        if (++m_ended == m_plan.rows)
            m_loop.quit();
        else
            feed();
    }

    Plan m_plan;
    QTemporaryDir m_folder;
    Journal m_journal;
    Lanes m_lanes;
    OutboundClient m_client;
    Dispatcher m_dispatcher;
    QEventLoop m_loop;
    int m_begun = 0;
    int m_ended = 0;
    int m_lost = 0;
};

struct Outcomes {
    qsizetype sent = 0;
    qsizetype accepted = 0;
    qsizetype limited = 0;
    double limitedShare = 0; ///< Of what arrived after Learning.
    double perSecond = 0; ///< Accepted ones, from the first to the last.
};

Outcomes count(const QList<Arrival> &arrivals)
{
    Outcomes outcomes;
    outcomes.sent = arrivals.size();
    Micros last{0};
    qsizetype settled = 0;
    qsizetype settledLimited = 0;
    for (const Arrival &arrival : arrivals) {
        const bool isSettled = arrival.at - arrivals.first().at >= Learning;
        settled += isSettled ? 1 : 0;
        if (arrival.isAccepted) {
            ++outcomes.accepted;
            last = arrival.at;
        } else {
            ++outcomes.limited;
            settledLimited += isSettled ? 1 : 0;
        }
    }
    if (settled > 0)
        outcomes.limitedShare = static_cast<double>(settledLimited) / static_cast<double>(settled);
    if (outcomes.accepted > 1) {
        const std::chrono::duration<double> span = last - arrivals.first().at;
        outcomes.perSecond = static_cast<double>(outcomes.accepted - 1) / span.count();
    }
    return outcomes;
}

struct Case {
    ServerRules rules;
    std::unique_ptr<CountingServer> server;
    std::unique_ptr<QThread> thread;
    int rows = 0;
    int lost = 0;
};

/// @param after  so that the cases do not all send at the same moments
void start(Case &each, std::chrono::milliseconds after)
{
    each.server = std::make_unique<CountingServer>(each.rules);
    each.thread.reset(QThread::create([&each, after] {
        Batch batch({each.server->base(), each.rows, each.rules.limit, 0});
        each.lost = batch.run(after);
    }));
    each.thread->start();
}

/// What arrivals that vary by J leave of a limit L if each must be 1/L after the one before,
/// to a sender that cannot know when they arrive: with the margin m the next one is early
/// with a chance of (J - m)^2 / 2J^2, and that may be 1 %.
double spacedCeiling(const ServerRules &rules)
{
    const double jitter = std::chrono::duration<double>(rules.jitter).count();
    const double margin = jitter * (1 - std::sqrt(2 * MostLimited));
    return (1 - MostLimited) / (1 + margin * rules.limit);
}

bool report(const Case &each)
{
    const Outcomes seen = count(each.server->stop());
    const bool isJittery = each.rules.jitter > 0us;
    const double share = seen.perSecond / each.rules.limit;
    const bool isWhole = each.lost == 0 && seen.accepted == each.rows;
    const bool isLimitKept = isJittery ? seen.limitedShare < MostLimited : seen.limited == 0;
    const bool isQuick = share >= (isJittery ? LeastJittery : LeastSteady);
    const bool isCapped = isJittery && each.rules.limiter == Limiter::Spaced
        && spacedCeiling(each.rules) < LeastJittery;
    std::printf("%-8s %5d %6lld ms %3lld ms %6lld %8lld %4lld %6.2f %% %7.3f %7.4f  %s\n",
                limiterName(each.rules.limiter), each.rules.limit,
                static_cast<long long>(each.rules.answerAfter / 1ms),
                static_cast<long long>(each.rules.jitter / 1ms), static_cast<long long>(seen.sent),
                static_cast<long long>(seen.accepted), static_cast<long long>(seen.limited),
                100 * seen.limitedShare, seen.perSecond, share,
                !isWhole           ? "ROWS LOST"
                    : !isLimitKept ? "TOO MANY 429"
                    : isQuick      ? "ok"
                    : isCapped     ? "see note"
                                   : "TOO SLOW");
    return isWhole && isLimitKept && (isQuick || isCapped);
}

bool measurePace(int seconds, const QString &only)
{
    std::vector<Case> cases;
    for (const Limiter limiter : {Limiter::Sliding, Limiter::Fixed, Limiter::Spaced}) {
        for (const int limit : AllowedLimits) {
            for (const Micros answerAfter : {Micros(30ms), Micros(5s)}) {
                for (const Micros jitter : {Micros(0ms), Micros(20ms)}) {
                    Case each{{limiter, limit, answerAfter, jitter}, {}, {}, seconds * limit, 0};
                    if (describe(each.rules).contains(only))
                        cases.push_back(std::move(each));
                }
            }
        }
    }
    std::printf("%zu cases at once, %d s each; 429 %%: after the first %lld s\n", cases.size(),
                seconds, static_cast<long long>(Learning.count()));
    std::printf("limiter  limit    answer jitter   sent accepted  429   429 %%   per s   share\n");
    std::chrono::milliseconds after = 0ms;
    for (Case &each : cases)
        start(each, after += 17ms);
    bool isGood = true;
    for (const Case &each : cases) {
        each.thread->wait();
        isGood = report(each) && isGood;
    }
    std::printf(
        "note: with 20 ms of jitter a spaced limiter leaves a sender that cannot know when its\n"
        "      requests arrive no more than");
    for (const int limit : AllowedLimits)
        std::printf(" %.3f (%d/s)", spacedCeiling({Limiter::Spaced, limit, 0us, 20ms}), limit);
    std::printf("\n      of the limit with 1 %% of 429s, even if none of them cost a rest.\n");
    return isGood;
}

void measureUnpaced(int rows)
{
    CountingServer server({});
    QElapsedTimer timer;
    timer.start();
    Batch batch({server.base(), rows, 1, 32});
    const int lost = batch.run(0ms);
    std::printf("unpaced: %d rows, %d lost, %.0f journalled sends per second\n", rows, lost,
                rows * 1000.0 / static_cast<double>(timer.elapsed()));
}

void runNewman(const QString &program, const ServerRules &rules, int rows, int delay)
{
    CountingServer server(rules);
    const QTemporaryDir folder;
    const QJsonObject request{{u"method"_s, u"POST"_s},
                              {u"url"_s, conversationUrl(server.base()).toString()},
                              {u"body"_s, QJsonObject{{u"mode"_s, u"raw"_s}, {u"raw"_s, u"{}"_s}}}};
    const QJsonObject collection{
        {u"info"_s,
         QJsonObject{{u"name"_s, u"pace"_s},
                     {u"schema"_s,
                      u"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"_s}}},
        {u"item"_s, QJsonArray{QJsonObject{{u"name"_s, u"send"_s}, {u"request"_s, request}}}}};
    QFile file(folder.filePath(u"collection.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(collection).toJson()) < 0)
        qFatal("cannot write the collection");
    file.close();
    QStringList arguments{u"run"_s, file.fileName(), u"-n"_s, QString::number(rows), u"--silent"_s};
    if (delay > 0) // with a delay of 0 it sends nothing at all
        arguments += {u"--delay-request"_s, QString::number(delay)};
    QProcess newman;
    newman.start(program, arguments);
    if (!newman.waitForFinished(-1) || newman.exitCode() != 0)
        std::printf("newman failed: %s\n", newman.readAllStandardError().constData());
    const Outcomes seen = count(server.stop());
    std::printf("newman --delay-request %3d, %s: %lld sent, %lld accepted, %lld lost to 429, "
                "%.3f accepted per second, share %.4f\n",
                delay, qPrintable(describe(rules)), static_cast<long long>(seen.sent),
                static_cast<long long>(seen.accepted), static_cast<long long>(seen.limited),
                seen.perSecond, seen.perSecond / rules.limit);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({
        {u"seconds"_s, u"How long a case takes."_s, u"N"_s, u"60"_s},
        {u"only"_s, u"Only cases whose description has TEXT, e.g. \"spaced 5/s\"."_s, u"TEXT"_s},
        {u"newman"_s, u"Where newman is, if it is not in the path."_s, u"PROGRAM"_s,
         QStandardPaths::findExecutable(u"newman"_s)},
        {u"unpaced"_s, u"Measures ROWS without a pace instead."_s, u"ROWS"_s},
    });
    parser.process(app);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (parser.isSet(u"unpaced"_s)) {
        measureUnpaced(parser.value(u"unpaced"_s).toInt());
        return 0;
    }
    const int seconds = parser.value(u"seconds"_s).toInt();
    const bool isGood = measurePace(seconds, parser.value(u"only"_s));
    const QString newman = parser.value(u"newman"_s);
    if (newman.isEmpty()) {
        std::printf("newman is not installed: nothing to compare with\n");
    } else {
        const ServerRules rules{Limiter::Sliding, 5, 30ms, 0us};
        runNewman(newman, rules, 4 * std::min(seconds, 60), 200);
        runNewman(newman, rules, 60, 0);
    }
    return isGood ? 0 : 1;
}
