#include "core/funnelcounter.h"

#include <algorithm>
#include <iterator>

namespace icebreaker {

namespace {

/// The smallest value that at least @p percent of all do not exceed.
std::chrono::milliseconds nearestRank(std::vector<qint64> &times, std::size_t percent)
{
    constexpr std::size_t hundred = 100;
    const std::size_t rank = (times.size() * percent + hundred - 1) / hundred;
    const auto place = times.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(times.begin(), place, times.end());
    return std::chrono::milliseconds(*place);
}

} // namespace

void FunnelCounter::add(const FunnelGroup &group)
{
    m_funnel.sends += group.sends;
    const bool isAccepted = group.outcome == Outcome::Accepted;
    const bool isUnknown = group.outcome == Outcome::Unknown;
    if (!isAccepted && !isUnknown)
        return;
    (isAccepted ? m_funnel.accepted : m_funnel.unknown) += group.sends;
    switch (group.delivery) {
    case DeliveryStatus::Read: m_funnel.read.count += group.sends; [[fallthrough]];
    case DeliveryStatus::Delivered: m_funnel.delivered.count += group.sends; [[fallthrough]];
    case DeliveryStatus::Submitted:
        m_funnel.submitted.count += group.sends;
        m_funnel.unknownReached += isUnknown ? group.sends : 0;
        break;
    case DeliveryStatus::Rejected:
    case DeliveryStatus::Undeliverable:
    case DeliveryStatus::Failed: m_funnel.failed += group.sends; break;
    case DeliveryStatus::None:
        m_funnel.silent += isAccepted ? group.sends : 0;
        m_funnel.guessed += isAccepted && group.isGuessed ? group.sends : 0;
        break;
    case DeliveryStatus::Other: break;
    }
    if (isAccepted)
        addTimes(group);
}

Funnel FunnelCounter::funnel()
{
    measure(m_funnel.submitted, m_submitted);
    measure(m_funnel.delivered, m_delivered);
    measure(m_funnel.read, m_read);
    return m_funnel;
}

void FunnelCounter::addTimes(const FunnelGroup &group)
{
    const auto add = [](Times &times, const Times &more) {
        // The sender's clock ticks in seconds: an event may seem to be older than the answer.
        std::transform(more.begin(), more.end(), std::back_inserter(times),
                       [](qint64 time) { return std::max<qint64>(0, time); });
    };
    // Times of stages that a failure undid do not count.
    switch (group.delivery) {
    case DeliveryStatus::Read: add(m_read, group.read); [[fallthrough]];
    case DeliveryStatus::Delivered: add(m_delivered, group.delivered); [[fallthrough]];
    case DeliveryStatus::Submitted: add(m_submitted, group.submitted); break;
    default: break;
    }
}

void FunnelCounter::measure(FunnelStage &stage, Times &times)
{
    constexpr std::size_t half = 50;
    constexpr std::size_t most = 95;
    stage.timed = static_cast<qint64>(times.size());
    if (times.empty())
        return;
    stage.median = nearestRank(times, half);
    stage.p95 = nearestRank(times, most);
}

} // namespace icebreaker
