#pragma once

#include "core/claimlead.h"
#include "core/dispatchsteps.h"
#include "core/lanegate.h"
#include "core/lanequeue.h"
#include "core/pacer.h"

namespace icebreaker {

/// Lets the sends of one lane leave one after the other, each with a slot of its own that
/// is shared with all processes. A send is written down a moment before its slot comes
/// free; until then one whose turn is earlier overtakes it.
class PacedLane : public LaneGate
{
    Q_OBJECT

public:
    /// The three must outlive it.
    PacedLane(QString lane, const DispatchSteps &steps, const Pacer &pacer, ClaimLead &lead);

    void add(const SendJob &job) override;
    std::optional<SendJob> take(const QString &sendId) override;
    bool cancel(const QString &sendId) override;
    [[nodiscard]] qsizetype count() const override;

private:
    enum class Stage {
        Idle,
        Asking, ///< How long the lane is not free.
        Resting, ///< A call of Steps::later is pending.
        Claiming, ///< The front is being written down.
        Taking, ///< The slot is being taken for the front.
    };

    void advance();
    void claimFirst();
    void takeSlot();
    void rest(std::chrono::microseconds wait, std::chrono::microseconds lead);
    void wake();
    void announce();
    void release(std::chrono::microseconds takenAt);
    void endCancelled();
    void fail(const SendJob &job, const Error &error, bool isClaimed);
    SendJob takeFront();

    QString m_lane;
    const DispatchSteps &m_steps;
    const Pacer &m_pacer;
    ClaimLead &m_lead;

    LaneQueue m_queue;
    std::optional<SendJob> m_front; ///< Out of the queue: it is or is being written down.
    bool m_frontCancelled = false;
    Stage m_stage = Stage::Idle;
    quint64 m_rest = 0; ///< Tells the pending call from earlier, given-up ones.
    std::chrono::microseconds m_freeAt{0}; ///< While resting.
    QString m_announced; ///< Whom waiting() told ...
    std::chrono::microseconds m_announcedFor{0}; ///< ... to wait until then.
};

} // namespace icebreaker
