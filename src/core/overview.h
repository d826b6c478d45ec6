#pragma once

#include "core/outcome.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace icebreaker {

/// What an overview tells apart, in the order in which it is drawn.
enum class OverviewPart {
    Accepted,
    RateLimited,
    Refused,
    Unknown,
    NotSent, ///< Not sent, or cancelled: nothing left.
    InFlight,
};
inline constexpr std::size_t OverviewParts = 6;
using OverviewCounts = std::array<qint64, OverviewParts>; ///< By OverviewPart.

/// @param outcome  absent while in flight
[[nodiscard]] OverviewPart overviewPart(std::optional<Outcome> outcome);

/// Sends of one span of time.
struct OverviewBar {
    QDateTime from; ///< UTC; the span is Overview::step long.
    OverviewCounts counts{};
    [[nodiscard]] qint64 total() const;
    friend bool operator==(const OverviewBar &, const OverviewBar &) = default;
};

/// Sends that did not get there, by one of the words of the filter language.
struct OverviewError {
    QString token; ///< `status:429`, `code:131026`, `outcome:unknown`
    qint64 count = 0;
    friend bool operator==(const OverviewError &, const OverviewError &) = default;
};

/// Answers that took at most so long, and longer than the bin before.
struct LatencyBin {
    std::optional<std::chrono::milliseconds> most; ///< Absent for the last: everything slower.
    qint64 count = 0;
    friend bool operator==(const LatencyBin &, const LatencyBin &) = default;
};

/// Nearest ranks of the times from claim to the end of the answer.
struct OverviewLatency {
    qint64 timed = 0; ///< Sends that began to leave; with zero the rest has no meaning.
    std::chrono::milliseconds median{0};
    std::chrono::milliseconds p90{0};
    std::chrono::milliseconds p95{0};
    std::chrono::milliseconds p99{0};
    std::chrono::milliseconds longest{0};
    QList<LatencyBin> bins;
};

/// Twice the highest limit that Vonage gives.
inline constexpr qint64 MostPace = 10;

/// The seconds of the clock in which one lane started so many sends.
struct PaceBin {
    qint64 starts = 0; ///< Within the second; MostPace stands for as many or more.
    qint64 seconds = 0; ///< So many seconds were like this.
    qint64 sends = 0; ///< In all of them.
    qint64 rateLimited = 0; ///< Of these sends.
    friend bool operator==(const PaceBin &, const PaceBin &) = default;
};

/// A set of sends at a glance.
struct Overview {
    qint64 sends = 0;
    OverviewCounts counts{}; ///< Of all.
    std::chrono::seconds step{1};
    QList<OverviewBar> bars; ///< Without gaps, oldest first; none if no time is known.
    QList<OverviewError> errors; ///< Most frequent first.
    OverviewLatency latency;
    QList<PaceBin> pace; ///< Fewest starts first.
};

/// Sends of one slot of time that are alike.
struct OverviewGroup {
    std::optional<qint64> slot; ///< Number of the step since 1970, local time.
    std::optional<Outcome> outcome; ///< Absent while in flight.
    QString error; ///< As in OverviewError; empty for the others.
    qint64 sends = 0;
    std::vector<qint64> took; ///< Milliseconds, of those that began to leave.
};

} // namespace icebreaker
