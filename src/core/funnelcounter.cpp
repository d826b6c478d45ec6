#include "core/funnelcounter.h"

#include "core/deliverystate.h"

#include <algorithm>

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

void FunnelCounter::add(const FunnelSend &send)
{
    ++m_funnel.sends;
    const bool isAccepted = send.outcome == Outcome::Accepted;
    const bool isUnknown = send.outcome == Outcome::Unknown;
    m_funnel.accepted += isAccepted ? 1 : 0;
    m_funnel.unknown += isUnknown ? 1 : 0;
    if (!isAccepted && !isUnknown)
        return;
    const bool isRead = send.delivery == DeliveryStatus::Read;
    const bool isDelivered = isRead || send.delivery == DeliveryStatus::Delivered;
    const bool isSubmitted = isDelivered || send.delivery == DeliveryStatus::Submitted;
    m_funnel.read.count += isRead ? 1 : 0;
    m_funnel.delivered.count += isDelivered ? 1 : 0;
    m_funnel.submitted.count += isSubmitted ? 1 : 0;
    m_funnel.unknownReached += isUnknown && isSubmitted ? 1 : 0;
    m_funnel.failed += isFailure(send.delivery) ? 1 : 0;
    if (isSubmitted)
        time(m_submitted, send, send.submittedAt);
    if (isDelivered)
        time(m_delivered, send, send.deliveredAt);
    if (isRead)
        time(m_read, send, send.readAt);
    if (isAccepted && send.delivery == DeliveryStatus::None) {
        ++m_funnel.silent;
        m_funnel.guessed += send.isGuessed ? 1 : 0;
    }
}

Funnel FunnelCounter::funnel()
{
    measure(m_funnel.submitted, m_submitted);
    measure(m_funnel.delivered, m_delivered);
    measure(m_funnel.read, m_read);
    return m_funnel;
}

void FunnelCounter::time(Times &times, const FunnelSend &send, std::optional<qint64> at)
{
    if (send.outcome != Outcome::Accepted || !send.answeredAt || !at)
        return;
    // The sender's clock ticks in seconds: an event may seem to be older than the answer.
    times.push_back(std::max<qint64>(0, *at - *send.answeredAt));
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
