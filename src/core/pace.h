#pragma once

#include <array>
#include <chrono>

namespace icebreaker {

/// An answer of a lane: its next slot is taken, or how long it is not free.
struct Slot {
    bool taken = false;
    std::chrono::microseconds wait{0};
    /// About when it was taken, on the clock of DispatchSteps::now; 0 if nobody says.
    std::chrono::microseconds takenAt{0};
};

/// Sessions per second and agent: 1 by default, 3 or 5 on request
/// (studio.docs.ai.vonage.com, "Triggering an outbound WhatsApp virtual agent", 2026-11).
inline constexpr std::array AllowedLimits{1, 3, 5};

/// What a limit means between two starts. @param limit per second, > 0
[[nodiscard]] constexpr std::chrono::microseconds shortestInterval(int limit)
{
    return std::chrono::microseconds(std::chrono::seconds(1)) / limit;
}

/// Added to every interval while nothing speaks for more: 0.5 %, because the server counts
/// arrivals, and one that was a moment late must not make the next one look early. It and
/// what timers are late may cost 1 % of the limit together.
[[nodiscard]] constexpr std::chrono::microseconds startMargin(int limit)
{
    return shortestInterval(limit) / 200;
}

/// Time between the starts of two sends in one lane as long as no 429 comes; see Pacer.
/// @param limit per second, > 0
[[nodiscard]] constexpr std::chrono::microseconds paceInterval(int limit)
{
    return shortestInterval(limit) + startMargin(limit);
}

/// How long a lane rests at least after a 429 that does not say how long.
inline constexpr std::chrono::milliseconds RestAfterRateLimit{1000};
/// How long it rests at most, whatever comes in a row, unless the server asks for more.
inline constexpr std::chrono::milliseconds LongestBackoff{30'000};

/// Why a lane rests.
enum class RestCause {
    RateLimited, ///< A 429 came.
    Unreachable, ///< A send of a batch did not get through to the host.
};

} // namespace icebreaker
