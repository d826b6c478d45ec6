#pragma once

#include "core/pace.h"

#include <chrono>
#include <optional>

namespace icebreaker {

/// Rests that become longer while trouble goes on: 1, 2, 4 ... 30 s, each lengthened by
/// chance by up to a quarter, so that many senders do not come back at one moment.
class Backoff
{
public:
    using Time = std::chrono::microseconds; ///< On a steady clock.

    /// Whether trouble with a send is news: not if it was started before the last rest was
    /// over, because with many in flight one event comes back several times.
    [[nodiscard]] bool isNews(Time startedAt) const { return startedAt >= m_until; }
    /// The next rest. @param asked  how long instead of 1, 2, 4 ... s
    /// @param random  at least 0, below 1
    std::chrono::milliseconds step(Time now, std::optional<std::chrono::milliseconds> asked,
                                   double random);
    /// Rests from @p now for so long, unless it does so already.
    void extend(Time now, std::chrono::milliseconds length);
    void reset() { m_inARow = 0; } ///< What rests goes on resting.

    [[nodiscard]] int inARow() const { return m_inARow; }
    [[nodiscard]] Time until() const { return m_until; }

private:
    Time m_until{Time::min()};
    int m_inARow = 0;
};

/// The pace of one lane: how far apart its sends start, and how long it rests after a 429
/// or while the host cannot be reached. Pure arithmetic: time and chance are passed in.
///
/// The interval is 1/limit and a margin for requests that do not take equally long to
/// arrive. The margin starts small, grows with a 429 and goes back by a 2000th of the growth
/// with every send that got through. Over a network that makes arrivals vary by 20 ms that
/// costs fewer than one 429 in a thousand sends (simulated, see tst_pacer); what another
/// sender's 429 made it grow is half gone after 280 s at 5 per second.
class Pacer
{
public:
    using Time = Backoff::Time;

    struct Rest {
        std::chrono::milliseconds length{0}; ///< From now.
        int inARow = 1; ///< Which one it is, since the lane last ran well.
    };

    /// @param limit  per second, > 0
    explicit Pacer(int limit = 1);

    /// A new limit forgets the margin.
    void setLimit(int limit);
    [[nodiscard]] int limit() const { return m_limit; }
    [[nodiscard]] std::chrono::microseconds margin() const { return m_margin; }
    [[nodiscard]] std::chrono::microseconds interval() const
    {
        return shortestInterval(m_limit) + m_margin;
    }
    /// When the last rest that was ordered here is over.
    [[nodiscard]] Time restUntil() const;

    /// A send's last byte left. A computer that was busy, or a connection that had to be
    /// opened first, may make that later than usual: then the next one would look early.
    /// @return for how long the lane is to be blocked from @p leftAt on, if so
    [[nodiscard]] std::optional<std::chrono::milliseconds> left(Time slotAt, Time leftAt);

    // What became of a send that was started at @p startedAt.

    /// The server answered and did not say 429. The 429s in a row are over when as many got
    /// through after the rest as the limit allows in a second: an agent that is approved for
    /// less than the limit lets some through after every rest.
    void answered(Time startedAt);
    /// A 429. @return how long the lane is to rest; nothing if it does so already, or did
    /// @param retryAfter  as the server asks; it goes before the back-off
    [[nodiscard]] std::optional<Rest>
    rateLimited(Time startedAt, Time now, std::optional<std::chrono::milliseconds> retryAfter,
                double random);
    /// It did not get through to the host. @return as above
    [[nodiscard]] std::optional<Rest> unreachable(Time startedAt, Time now, double random);

private:
    void growMargin();

    int m_limit;
    std::chrono::microseconds m_margin;
    Time m_usualDelay{0}; ///< From the slot to the last byte.
    Backoff m_limited;
    Backoff m_away;
    int m_clean = 0; ///< Answers since the last 429, of sends that started after its rest.
};

} // namespace icebreaker
