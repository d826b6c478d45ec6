#pragma once

#include <algorithm>
#include <chrono>

namespace icebreaker {

/// How long before its slot comes free a send is written down. Late enough that a crash
/// hardly ever finds a claim that has not left (it counts as Unknown), early enough that
/// the slot never waits for the disk: three times what the slowest of the recent claims took.
class ClaimLead
{
public:
    void measured(std::chrono::microseconds claimTook)
    {
        m_slowest = std::max(claimTook, m_slowest * 7 / 8);
    }
    [[nodiscard]] std::chrono::microseconds value() const
    {
        return std::clamp(3 * m_slowest, Least, Most);
    }

private:
    /// What a thread that is woken may be late on a busy computer.
    static constexpr std::chrono::microseconds Least{5'000};
    static constexpr std::chrono::microseconds Most{500'000};

    std::chrono::microseconds m_slowest{10'000}; ///< Until one was measured.
};

} // namespace icebreaker
