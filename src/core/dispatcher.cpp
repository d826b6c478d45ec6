#include "core/dispatcher.h"

#include "core/whendone.h"

#include <QTimer>

#include <algorithm>

namespace icebreaker {

Dispatcher::Dispatcher(Steps steps, QObject *parent)
    : QObject(parent)
    , m_steps(std::move(steps))
{ }

std::function<void(std::chrono::microseconds, std::function<void()>)>
Dispatcher::timerOn(QObject *context)
{
    return [context](std::chrono::microseconds wait, const std::function<void()> &callback) {
        // Rounded up: a slot that is asked for a moment early is only asked for twice.
        QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(wait), Qt::PreciseTimer,
                           context, callback);
    };
}

void Dispatcher::enqueue(const Job &job)
{
    m_lanes[job.claim.lane].queue.enqueue(job);
    advance(job.claim.lane);
}

bool Dispatcher::cancel(const QString &sendId)
{
    for (auto lane = m_lanes.begin(); lane != m_lanes.end(); ++lane) {
        auto &queue = lane->queue;
        const auto found = std::find_if(queue.begin(), queue.end(), [&sendId](const Job &job) {
            return job.claim.sendId == sendId;
        });
        if (found == queue.end())
            continue;
        if (found == queue.begin() && lane->busy) {
            lane->cancelled = true;
            if (lane->resting)
                endIfCancelled(lane.key());
            return true;
        }
        Claim claim = found->claim;
        queue.erase(found);
        claim.claimedAt = QDateTime::currentDateTimeUtc();
        whenDone(m_steps.claim(claim), this, [this, claim](const Result<qint64> &) {
            settle(claim.sendId, {Outcome::Cancelled, {}});
        });
        return true;
    }
    return false;
}

qsizetype Dispatcher::waitingCount() const
{
    qsizetype waiting = 0;
    for (const Lane &lane : m_lanes)
        waiting += lane.queue.size();
    return waiting;
}

void Dispatcher::advance(const QString &lane)
{
    Lane &state = m_lanes[lane];
    if (state.busy || state.queue.isEmpty())
        return;
    state.busy = true;
    if (state.queue.head().ignoreLimit) {
        claimFront(lane);
        return;
    }
    whenDone(m_steps.laneWait(lane), this,
             [this, lane](const Result<std::chrono::microseconds> &wait) {
                 if (!wait)
                     giveUp(lane, wait.error());
                 else if (wait->count() > 0)
                     waitForSlot(lane, *wait);
                 else
                     claimFront(lane);
             });
}

void Dispatcher::waitForSlot(const QString &lane, std::chrono::microseconds wait)
{
    Lane &front = m_lanes[lane];
    front.resting = true;
    const int rest = ++front.rest;
    emit waiting(front.queue.head().claim.sendId, wait);
    m_steps.later(wait, [this, lane, rest] {
        Lane &state = m_lanes[lane];
        if (!state.resting || state.rest != rest)
            return;
        state.resting = false;
        if (state.claimed) {
            takeSlot(lane);
            return;
        }
        state.busy = false;
        advance(lane);
    });
}

void Dispatcher::claimFront(const QString &lane)
{
    // As late as possible: a claim that a crash leaves behind counts as Unknown.
    Claim &claim = m_lanes[lane].queue.head().claim;
    claim.claimedAt = QDateTime::currentDateTimeUtc();
    whenDone(m_steps.claim(claim), this, [this, lane](const Result<qint64> &row) {
        if (!row) {
            giveUp(lane, row.error());
            return;
        }
        m_lanes[lane].claimed = true;
        takeSlot(lane);
    });
}

void Dispatcher::takeSlot(const QString &lane)
{
    if (endIfCancelled(lane))
        return;
    const Job &job = m_lanes[lane].queue.head();
    const auto interval = paceInterval(job.limit);
    if (job.ignoreLimit) {
        whenDone(m_steps.restLane(lane, std::chrono::ceil<std::chrono::milliseconds>(interval)),
                 this, [this, lane](const Result<void> &) { post(lane); });
        return;
    }
    whenDone(m_steps.takeSlot(lane, interval), this, [this, lane](const Result<Slot> &slot) {
        if (!slot)
            giveUp(lane, slot.error());
        else if (slot->taken)
            post(lane);
        else // another process was quicker
            waitForSlot(lane, slot->wait);
    });
}

void Dispatcher::post(const QString &lane)
{
    const Job job = m_lanes[lane].queue.head();
    leaveLane(lane);
    ++m_inFlight;
    auto sent = m_steps.send(job.claim, job.key);
    emit started(job.claim.sendId);
    whenDone(sent, this, [this, claim = job.claim](const SendReport &report) {
        --m_inFlight;
        handleReport(claim, report);
    });
    advance(lane);
}

void Dispatcher::leaveLane(const QString &lane)
{
    Lane &state = m_lanes[lane];
    state.queue.dequeue();
    state.busy = false;
    state.claimed = false;
    state.cancelled = false;
    state.resting = false;
}

void Dispatcher::handleReport(const Claim &claim, const SendReport &report)
{
    if (report.outcome != Outcome::RateLimited) {
        settle(claim.sendId, report);
        return;
    }
    whenDone(m_steps.restLane(claim.lane, report.answer.retryAfter.value_or(RestAfterRateLimit)),
             this, [this, claim, report](const Result<void> &) { settle(claim.sendId, report); });
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

void Dispatcher::giveUp(const QString &lane, const Error &error)
{
    const Lane &state = m_lanes[lane];
    const QString sendId = state.queue.head().claim.sendId;
    const bool claimed = state.claimed;
    leaveLane(lane);
    emit failed(sendId, error);
    const SendReport report{Outcome::NotSent, {}};
    if (claimed)
        settle(sendId, report);
    else
        emit finished(sendId, report);
    advance(lane);
}

bool Dispatcher::endIfCancelled(const QString &lane)
{
    const Lane &state = m_lanes[lane];
    if (!state.cancelled)
        return false;
    const SendReport report{Outcome::Cancelled, {}};
    Claim claim = state.queue.head().claim;
    const bool claimed = state.claimed;
    leaveLane(lane);
    if (claimed) {
        settle(claim.sendId, report);
    } else {
        claim.claimedAt = QDateTime::currentDateTimeUtc();
        whenDone(m_steps.claim(claim), this,
                 [this, claim, report](const Result<qint64> &) { settle(claim.sendId, report); });
    }
    advance(lane);
    return true;
}

} // namespace icebreaker
