#pragma once

#include <QtGlobal>

#include <chrono>

namespace icebreaker {

/// When a send is given up, and how much of its answer is kept.
struct SendLimits {
    std::chrono::milliseconds total{30'000}; ///< From the hand-over to the last byte; > 0.
    std::chrono::milliseconds inactivity{30'000}; ///< Without a byte in either direction; > 0.
    qint64 answerCap =
        8'388'608; ///< Bytes of the answer's body; 8 MiB by default; the rest is dropped.
};

} // namespace icebreaker
