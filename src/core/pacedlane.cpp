#include "core/pacedlane.h"

#include "core/whendone.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace icebreaker {

using std::chrono::microseconds;

namespace {

/// A long rest is asked about again now and then: it may have been shortened by then,
/// for instance because a clock was wrong.
constexpr microseconds LongestSleep = std::chrono::minutes(1);
/// Timers may be early, see Steps::later: so much before its time a claim is not asked
/// about once more.
constexpr microseconds EarlyTimer = std::chrono::milliseconds(2);
/// People are told again when a wait becomes longer by more than this.
constexpr microseconds WorthTelling = std::chrono::milliseconds(50);

} // namespace

PacedLane::PacedLane(QString lane, const DispatchSteps &steps, const Pacer &pacer, ClaimLead &lead)
    : m_lane(std::move(lane))
    , m_steps(steps)
    , m_pacer(pacer)
    , m_lead(lead)
{ }

void PacedLane::add(const SendJob &job)
{
    m_queue.add(job);
    if (m_stage == Stage::Resting)
        announce();
    advance();
}

std::optional<SendJob> PacedLane::take(const QString &sendId)
{
    auto job = m_queue.take(sendId);
    if (!job || m_stage != Stage::Resting || m_front)
        return job;
    if (m_queue.isEmpty())
        m_stage = Stage::Idle;
    else
        announce();
    return job;
}

bool PacedLane::cancel(const QString &sendId)
{
    if (!m_front || m_front->claim.sendId != sendId)
        return false;
    m_frontCancelled = true;
    if (m_stage == Stage::Resting)
        endCancelled();
    return true;
}

qsizetype PacedLane::count() const
{
    return m_queue.size() + (m_front ? 1 : 0);
}

void PacedLane::advance()
{
    if (m_stage != Stage::Idle || m_queue.isEmpty())
        return;
    m_stage = Stage::Asking;
    whenDone(m_steps.laneWait(m_lane), this, [this](const Result<microseconds> &wait) {
        m_stage = Stage::Idle;
        if (m_queue.isEmpty()) // taken back meanwhile
            return;
        if (!wait)
            fail(m_queue.takeFirst(), wait.error(), false);
        else if (*wait > m_lead.value() + EarlyTimer)
            rest(*wait, m_lead.value());
        else
            claimFirst();
    });
}

void PacedLane::claimFirst()
{
    m_stage = Stage::Claiming;
    m_front = m_queue.takeFirst();
    m_front->claim.claimedAt = QDateTime::currentDateTimeUtc();
    whenDone(m_steps.claim(m_front->claim), this,
             [this, begun = m_steps.now()](const Result<qint64> &row) {
                 m_lead.measured(m_steps.now() - begun);
                 if (row)
                     takeSlot();
                 else
                     fail(takeFront(), row.error(), false);
             });
}

void PacedLane::takeSlot()
{
    if (m_frontCancelled) {
        endCancelled();
        return;
    }
    m_stage = Stage::Taking;
    whenDone(m_steps.takeSlot(m_lane, m_pacer.interval()), this, [this](const Result<Slot> &slot) {
        if (!slot)
            fail(takeFront(), slot.error(), true);
        else if (m_frontCancelled)
            endCancelled();
        else if (slot->taken)
            release(slot->takenAt);
        else
            rest(slot->wait, microseconds::zero());
    });
}

/// The lane is free in @p wait; goes on @p lead before that.
void PacedLane::rest(microseconds wait, microseconds lead)
{
    m_stage = Stage::Resting;
    m_freeAt = m_steps.now() + wait;
    announce();
    m_steps.later(std::min(wait - lead, LongestSleep), [self = QPointer(this), rest = ++m_rest] {
        if (self && self->m_stage == Stage::Resting && self->m_rest == rest)
            self->wake();
    });
}

void PacedLane::wake()
{
    if (m_front) {
        takeSlot();
        return;
    }
    m_stage = Stage::Idle;
    advance(); // asks again: somebody else may have taken the slot, or a rest begun
}

void PacedLane::announce()
{
    const QString &sendId = (m_front ? *m_front : m_queue.first()).claim.sendId;
    const microseconds wait = m_freeAt - m_steps.now();
    const bool isNew = m_announced != sendId || m_freeAt > m_announcedFor + WorthTelling;
    if (!isNew || wait <= m_lead.value())
        return;
    m_announced = sendId;
    m_announcedFor = m_freeAt;
    emit waiting(sendId, wait);
}

void PacedLane::release(microseconds takenAt)
{
    emit ready(takeFront(), takenAt > microseconds::zero() ? takenAt : m_steps.now());
    advance();
}

void PacedLane::endCancelled()
{
    emit cancelled(takeFront());
    advance();
}

void PacedLane::fail(const SendJob &job, const Error &error, bool isClaimed)
{
    emit failed(job, error, isClaimed);
    advance();
}

SendJob PacedLane::takeFront()
{
    m_stage = Stage::Idle;
    m_frontCancelled = false;
    return *std::exchange(m_front, std::nullopt);
}

} // namespace icebreaker
