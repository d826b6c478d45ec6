#include "core/dispatcher.h"

#include "core/whendone.h"

#include <QFutureWatcher>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace icebreaker {

using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

/// Calls @p act once when the progress of @p sent says that the last byte left.
template <typename Act>
void whenLeft(const QFuture<SendReport> &sent, QObject *context, Act act)
{
    auto *watcher = new QFutureWatcher<SendReport>(context);
    QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, context,
                     [watcher, act = std::move(act)](int progress) {
                         if (progress < 1)
                             return;
                         watcher->disconnect();
                         watcher->deleteLater();
                         act();
                     });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(sent);
}

} // namespace

Dispatcher::Dispatcher(Steps steps, QObject *parent)
    : QObject(parent)
    , m_steps(std::move(steps))
{ }

std::function<void(microseconds, std::function<void()>)> Dispatcher::timerOn(QObject *context)
{
    return [context](microseconds wait, const std::function<void()> &callback) {
        // A timer ticks in milliseconds, and on a busy computer it is late by one.
        const auto early = std::chrono::floor<milliseconds>(wait) - milliseconds(1);
        QTimer::singleShot(std::max(early, milliseconds::zero()), Qt::PreciseTimer, context,
                           callback);
    };
}

void Dispatcher::enqueue(const Job &job)
{
    Lane &lane = laneOf(job.claim.lane);
    lane.pacer.setLimit(job.limit);
    if (job.ignoreLimit)
        lane.unpaced.add(job);
    else
        lane.paced.add(job);
}

bool Dispatcher::withdraw(const QString &sendId)
{
    for (auto &[id, lane] : m_lanes) {
        if (lane.paced.take(sendId) || lane.unpaced.take(sendId))
            return true;
    }
    return false;
}

bool Dispatcher::cancel(const QString &sendId)
{
    for (auto &[id, lane] : m_lanes) {
        for (LaneGate *gate : lane.gates()) {
            if (const auto job = gate->take(sendId)) {
                recordCancelled(job->claim);
                return true;
            }
            if (gate->cancel(sendId))
                return true;
        }
    }
    return false;
}

qsizetype Dispatcher::waitingCount() const
{
    qsizetype waiting = 0;
    for (const auto &[id, lane] : m_lanes)
        waiting += lane.paced.count() + lane.unpaced.count();
    return waiting;
}

Dispatcher::Lane &Dispatcher::laneOf(const QString &id)
{
    const auto [lane, isNew] = m_lanes.try_emplace(id, id, m_steps, m_lead);
    if (isNew) {
        watch(lane->second.paced);
        watch(lane->second.unpaced);
    }
    return lane->second;
}

void Dispatcher::watch(LaneGate &gate)
{
    connect(&gate, &LaneGate::waiting, this, &Dispatcher::waiting);
    connect(&gate, &LaneGate::ready, this, &Dispatcher::post);
    connect(&gate, &LaneGate::cancelled, this, [this](const Job &job) {
        settle(job.claim.sendId, {Outcome::Cancelled, {}});
    });
    connect(&gate, &LaneGate::failed, this,
            [this](const Job &job, const Error &error, bool isClaimed) {
                const SendReport report{Outcome::NotSent, {}};
                emit failed(job.claim.sendId, error);
                if (isClaimed)
                    settle(job.claim.sendId, report);
                else
                    emit finished(job.claim.sendId, report);
            });
}

void Dispatcher::post(const Job &job, microseconds slotAt)
{
    ++m_inFlight;
    const auto startedAt = m_steps.now();
    const auto sent = m_steps.send(job.claim, job.key);
    emit started(job.claim.sendId);
    if (!job.ignoreLimit)
        whenLeft(sent, this, [this, lane = job.claim.lane, slotAt] { handleLeft(lane, slotAt); });
    whenDone(sent, this, [this, job, startedAt](const SendReport &report) {
        --m_inFlight;
        handleReport(job, startedAt, report);
    });
}

void Dispatcher::handleLeft(const QString &lane, microseconds slotAt)
{
    if (const auto rest = laneOf(lane).pacer.left(slotAt, m_steps.now()))
        m_steps.restLane(lane, *rest);
}

void Dispatcher::handleReport(const Job &job, microseconds startedAt, const SendReport &report)
{
    const QString &lane = job.claim.lane;
    const auto rest = judge(job, startedAt, report);
    if (!rest) {
        settle(job.claim.sendId, report);
        return;
    }
    // First, so that whoever sends it again after finished() finds the lane resting.
    whenDone(m_steps.restLane(lane, rest->length), this,
             [this, sendId = job.claim.sendId, report](const Result<void> &) {
                 settle(sendId, report);
             });
    const bool isLimited = report.outcome == Outcome::RateLimited;
    emit laneRests(lane, rest->length, isLimited ? RestCause::RateLimited : RestCause::Unreachable,
                   rest->inARow);
}

std::optional<Pacer::Rest> Dispatcher::judge(const Job &job, microseconds startedAt,
                                             const SendReport &report)
{
    Pacer &pacer = laneOf(job.claim.lane).pacer;
    if (report.outcome == Outcome::RateLimited)
        return pacer.rateLimited(startedAt, m_steps.now(), report.answer.retryAfter,
                                 m_steps.random());
    if (report.answer.status != 0)
        pacer.answered(startedAt);
    else if (job.turn != Turn::Single && showsHostUnreachable(report))
        return pacer.unreachable(startedAt, m_steps.now(), m_steps.random());
    return std::nullopt;
}

void Dispatcher::settle(const QString &sendId, const SendReport &report)
{
    whenDone(m_steps.settle(sendId, report), this,
             [this, sendId, report](const Result<void> &done) {
                 if (!done)
                     emit failed(sendId, done.error());
                 emit finished(sendId, report);
             });
}

void Dispatcher::recordCancelled(Claim claim)
{
    claim.claimedAt = QDateTime::currentDateTimeUtc();
    whenDone(m_steps.claim(claim), this, [this, sendId = claim.sendId](const Result<qint64> &row) {
        const SendReport report{Outcome::Cancelled, {}};
        if (row) {
            settle(sendId, report);
            return;
        }
        emit failed(sendId, row.error());
        emit finished(sendId, report);
    });
}

bool showsHostUnreachable(const SendReport &report)
{
    if (report.outcome != Outcome::NotSent)
        return false;
    switch (report.answer.problem) {
    case TransportProblem::NameNotResolved:
    case TransportProblem::ConnectionRefused:
    case TransportProblem::ProxyFailed:
    case TransportProblem::TlsFailed:
    case TransportProblem::ClosedUnanswered:
    case TransportProblem::TotalTimeout:
    case TransportProblem::InactivityTimeout: return true;
    case TransportProblem::None:
    case TransportProblem::AnswerCut:
    case TransportProblem::NotHttp:
    case TransportProblem::Aborted:
    case TransportProblem::KeyNotForHost:
    case TransportProblem::Other: break;
    }
    return false;
}

} // namespace icebreaker
