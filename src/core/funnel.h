#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace icebreaker {

/// How many of a set of sends got as far as this, and how long that took.
struct FunnelStage {
    qint64 count = 0;
    /// Sends whose time is known; the two figures are of these. From the answer that accepted
    /// the send to the stage's first event.
    qint64 timed = 0;
    std::optional<std::chrono::milliseconds> median;
    std::optional<std::chrono::milliseconds> p95; ///< Nearest rank.
};

/// What became of a set of sends. Events that were tied by a guess do not count.
struct Funnel {
    qint64 sends = 0;
    qint64 accepted = 0;
    qint64 unknown = 0; ///< Unknown, whatever was heard later.
    qint64 unknownReached = 0; ///< Of these: submitted, delivered or read.
    FunnelStage submitted; ///< Submitted or more.
    FunnelStage delivered; ///< Delivered or read.
    FunnelStage read;
    qint64 failed = 0; ///< Rejected, undeliverable or failed.
    qint64 silent = 0; ///< Accepted, and nothing heard.
    qint64 guessed = 0; ///< Of the silent ones: an event may be theirs.
};

} // namespace icebreaker
