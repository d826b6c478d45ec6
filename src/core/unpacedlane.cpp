#include "core/unpacedlane.h"

#include "core/whendone.h"

#include <QPointer>

#include <utility>

namespace icebreaker {

using std::chrono::microseconds;
using std::chrono::milliseconds;

UnpacedLane::UnpacedLane(QString lane, const DispatchSteps &steps, const Pacer &pacer,
                         ClaimLead &lead)
    : m_lane(std::move(lane))
    , m_steps(steps)
    , m_pacer(pacer)
    , m_lead(lead)
{ }

void UnpacedLane::add(const SendJob &job)
{
    const microseconds now = m_steps.now();
    if (job.turn == SendTurn::Single || m_pacer.restUntil() <= now) {
        claim(job);
        return;
    }
    m_held.add(job);
    emit waiting(job.claim.sendId, m_pacer.restUntil() - now);
    holdUntilRested();
}

std::optional<SendJob> UnpacedLane::take(const QString &sendId)
{
    return m_held.take(sendId);
}

bool UnpacedLane::cancel(const QString &sendId)
{
    const auto found = m_claiming.find(sendId);
    if (found == m_claiming.end())
        return false;
    *found = true;
    return true;
}

qsizetype UnpacedLane::count() const
{
    return m_held.size() + m_claiming.size();
}

void UnpacedLane::claim(SendJob job)
{
    job.claim.claimedAt = QDateTime::currentDateTimeUtc();
    m_claiming.insert(job.claim.sendId, false);
    whenDone(m_steps.claim(job.claim), this,
             [this, job, begun = m_steps.now()](const Result<qint64> &row) {
                 m_lead.measured(m_steps.now() - begun);
                 if (!row) {
                     m_claiming.remove(job.claim.sendId);
                     emit failed(job, row.error(), false);
                 } else if (m_claiming.value(job.claim.sendId)) {
                     release(job);
                 } else {
                     blockLane(job);
                 }
             });
}

/// Once an interval is enough if it is for two: then the lane is blocked at every moment
/// for at least one interval after the last send.
void UnpacedLane::blockLane(const SendJob &job)
{
    const auto interval = m_pacer.interval();
    const auto now = m_steps.now();
    if (m_blockedAt && now < *m_blockedAt + interval) {
        release(job);
        return;
    }
    m_blockedAt = now;
    whenDone(m_steps.restLane(m_lane, std::chrono::ceil<milliseconds>(2 * interval)), this,
             [this, job](const Result<void> &) { release(job); });
}

void UnpacedLane::release(const SendJob &job)
{
    if (m_claiming.take(job.claim.sendId))
        emit cancelled(job);
    else
        emit ready(job, m_steps.now());
}

void UnpacedLane::holdUntilRested()
{
    if (std::exchange(m_holding, true))
        return;
    m_steps.later(m_pacer.restUntil() - m_steps.now(), [self = QPointer(this)] {
        if (self)
            self->wake();
    });
}

void UnpacedLane::wake()
{
    m_holding = false;
    if (m_held.isEmpty())
        return;
    if (m_pacer.restUntil() > m_steps.now()) { // woken early, or the rest became longer
        holdUntilRested();
        return;
    }
    while (!m_held.isEmpty())
        claim(m_held.takeFirst());
}

} // namespace icebreaker
