#pragma once

#include "core/funnel.h"
#include "core/outcome.h"
#include "core/statusevent.h"

#include <QtGlobal>

#include <optional>
#include <vector>

namespace icebreaker {

/// What a funnel needs to know of one send. Moments are milliseconds since 1970 UTC.
struct FunnelSend {
    std::optional<Outcome> outcome; ///< Absent while in flight.
    DeliveryStatus delivery = DeliveryStatus::None; ///< By exact events.
    bool isGuessed = false; ///< An event may be its.
    std::optional<qint64> answeredAt;
    std::optional<qint64> submittedAt;
    std::optional<qint64> deliveredAt;
    std::optional<qint64> readAt;
};

/// Counts sends into a Funnel. Only accepted and unknown ones can get anywhere, and only
/// accepted ones are timed: nobody knows when an unknown one was taken.
class FunnelCounter
{
public:
    void add(const FunnelSend &send);
    /// Of all that were added so far.
    [[nodiscard]] Funnel funnel();

private:
    using Times = std::vector<qint64>; ///< Milliseconds, in no order.
    static void time(Times &times, const FunnelSend &send, std::optional<qint64> at);
    static void measure(FunnelStage &stage, Times &times);

    Funnel m_funnel;
    Times m_submitted;
    Times m_delivered;
    Times m_read;
};

} // namespace icebreaker
