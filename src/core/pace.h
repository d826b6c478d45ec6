#pragma once

#include <array>
#include <chrono>

namespace icebreaker {

/// An answer of a lane: its next slot is taken, or how long it is not free.
struct Slot {
    bool taken = false;
    std::chrono::microseconds wait{0};
};

/// Sessions per second and agent: 1 by default, 3 or 5 on request
/// (studio.docs.ai.vonage.com, "Triggering an outbound WhatsApp virtual agent", 2026-11).
inline constexpr std::array AllowedLimits{1, 3, 5};

/// Added to every interval, because the server counts arrivals and a start that is
/// 10 ms late must not make the next one look early.
inline constexpr std::chrono::milliseconds PaceMargin{20};

/// Least time between the starts of two sends in one lane. @param limit per second, > 0
[[nodiscard]] constexpr std::chrono::microseconds paceInterval(int limit)
{
    return std::chrono::microseconds(std::chrono::seconds(1)) / limit + PaceMargin;
}

/// How long a lane rests after a 429 that does not say how long.
inline constexpr std::chrono::milliseconds RestAfterRateLimit{1000};

} // namespace icebreaker
