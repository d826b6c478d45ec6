#pragma once

#include "core/claimlead.h"
#include "core/dispatchsteps.h"
#include "core/lanegate.h"
#include "core/lanequeue.h"
#include "core/pacer.h"

#include <QHash>

#include <optional>

namespace icebreaker {

/// Lets the sends of one lane that ignore its limit leave as soon as they are written
/// down, any number at the same time. The lane's paced sends learn of them: they keep
/// their interval to the last one. While the lane rests after a 429 or because the host is
/// away, rows of a batch wait; a single send does not.
class UnpacedLane : public LaneGate
{
    Q_OBJECT

public:
    /// The three must outlive it.
    UnpacedLane(QString lane, const DispatchSteps &steps, const Pacer &pacer, ClaimLead &lead);

    void add(const SendJob &job) override;
    std::optional<SendJob> take(const QString &sendId) override;
    bool cancel(const QString &sendId) override;
    [[nodiscard]] qsizetype count() const override;

private:
    void claim(SendJob job);
    void blockLane(const SendJob &job);
    void release(const SendJob &job);
    void holdUntilRested();
    void wake();

    QString m_lane;
    const DispatchSteps &m_steps;
    const Pacer &m_pacer;
    ClaimLead &m_lead;

    LaneQueue m_held;
    bool m_holding = false; ///< A call of Steps::later is pending.
    QHash<QString, bool> m_claiming; ///< By send id: whether it was cancelled meanwhile.
    std::optional<std::chrono::microseconds> m_blockedAt; ///< When the lane was last told.
};

} // namespace icebreaker
