#pragma once

#include "core/funnel.h"
#include "core/outcome.h"
#include "core/statusevent.h"

#include <QtGlobal>

#include <optional>
#include <vector>

namespace icebreaker {

/// Sends that are alike as far as a funnel is concerned. Times are milliseconds from the
/// answer to the stage's first event; those that are not known are left out.
struct FunnelGroup {
    std::optional<Outcome> outcome; ///< Absent while in flight.
    DeliveryStatus delivery = DeliveryStatus::None; ///< By exact events.
    bool isGuessed = false; ///< An event may be theirs.
    qint64 sends = 0;
    std::vector<qint64> submitted;
    std::vector<qint64> delivered;
    std::vector<qint64> read;
};

/// Counts sends into a Funnel. Only accepted and unknown ones can get anywhere, and only
/// accepted ones are timed: nobody knows when an unknown one was taken.
class FunnelCounter
{
public:
    void add(const FunnelGroup &group);
    /// Of all that were added so far.
    [[nodiscard]] Funnel funnel();

private:
    using Times = std::vector<qint64>; ///< Milliseconds, in no order.
    void addTimes(const FunnelGroup &group);
    static void measure(FunnelStage &stage, Times &times);

    Funnel m_funnel;
    Times m_submitted;
    Times m_delivered;
    Times m_read;
};

} // namespace icebreaker
