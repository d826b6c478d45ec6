#include "core/pacer.h"

#include <algorithm>

namespace icebreaker {

using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

/// The margin grows by at least 1/50 of the interval: over a sliding window of a second
/// that is enough, in one step, for arrivals that vary by 20 ms.
constexpr int LeastGrowth = 50;
/// More than an eighth of the interval is not the pace's fault.
constexpr int MostMargin = 8;
/// What a send that got through takes off the margin.
constexpr int Shrinkage = 2000;
/// A connection for every send becomes usual after about so many.
constexpr int UsualDelays = 8;
/// 2^5 s is above the longest back-off.
constexpr int MostDoublings = 5;

} // namespace

milliseconds Backoff::step(Time now, std::optional<milliseconds> asked, double random)
{
    const auto plain =
        std::min(RestAfterRateLimit * (1 << std::min(m_inARow, MostDoublings)), LongestBackoff);
    const auto jitter = std::chrono::duration<double, std::milli>(plain) * (random / 4);
    const auto length = asked.value_or(plain + std::chrono::floor<milliseconds>(jitter));
    ++m_inARow;
    extend(now, length);
    return length;
}

void Backoff::extend(Time now, milliseconds length)
{
    m_until = std::max<Time>(m_until, now + length);
}

Pacer::Pacer(int limit)
    : m_limit(limit)
    , m_margin(startMargin(limit))
{ }

void Pacer::setLimit(int limit)
{
    if (limit == m_limit)
        return;
    m_limit = limit;
    m_margin = startMargin(limit);
}

Pacer::Time Pacer::restUntil() const
{
    return std::max(m_limited.until(), m_away.until());
}

std::optional<milliseconds> Pacer::left(Time slotAt, Time leftAt)
{
    const Time delay = leftAt - slotAt;
    const Time usual = m_usualDelay;
    m_usualDelay = std::min(delay, usual + (delay - usual) / UsualDelays);
    // Half of the margin is for what happens on the way.
    if (delay - usual <= m_margin / 2)
        return std::nullopt;
    return std::chrono::ceil<milliseconds>(interval() - m_margin / 2 - usual);
}

void Pacer::answered(Time startedAt)
{
    m_away.reset();
    if (!m_limited.isNews(startedAt))
        return; // it tells about the time before the 429
    const auto start = startMargin(m_limit);
    m_margin = start + (m_margin - start) * (Shrinkage - 1) / Shrinkage;
    if (++m_clean >= m_limit)
        m_limited.reset();
}

std::optional<Pacer::Rest> Pacer::rateLimited(Time startedAt, Time now,
                                              std::optional<milliseconds> retryAfter, double random)
{
    m_away.reset();
    const auto asked = retryAfter
        ? std::optional(std::max(*retryAfter, std::chrono::ceil<milliseconds>(interval())))
        : std::nullopt;
    if (!m_limited.isNews(startedAt)) {
        if (!asked || now + *asked <= m_limited.until())
            return std::nullopt;
        m_limited.extend(now, *asked);
        return Rest{*asked, std::max(m_limited.inARow(), 1)};
    }
    // A 429 for the first send after a rest cannot come from starting too early.
    if (m_clean > 0 || m_limited.inARow() == 0)
        growMargin();
    m_clean = 0;
    const auto length = m_limited.step(now, asked, random);
    return Rest{length, m_limited.inARow()};
}

std::optional<Pacer::Rest> Pacer::unreachable(Time startedAt, Time now, double random)
{
    if (!m_away.isNews(startedAt))
        return std::nullopt;
    const auto length = m_away.step(now, std::nullopt, random);
    return Rest{length, m_away.inARow()};
}

void Pacer::growMargin()
{
    const auto limit = shortestInterval(m_limit);
    m_margin = std::min(m_margin + std::max(m_margin / 2, limit / LeastGrowth), limit / MostMargin);
}

} // namespace icebreaker
