#pragma once

#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QDateTime>
#include <QList>

#include <chrono>
#include <optional>

namespace icebreaker {

/// One line of what became of a send.
struct TimelineStep {
    enum class Kind {
        Sent, ///< The send itself: its answer, or that there is none yet.
        Heard, ///< A status came.
        Missed, ///< A status that must have been, as a later one came, was not heard.
        Awaited, ///< A status that may still come.
    };
    Kind kind = Kind::Sent;
    DeliveryStatus status = DeliveryStatus::None; ///< None for Sent.
    /// UTC. Sent: when it was settled, else claimed. Heard: see momentOf(), or the arrival
    /// where that is unknown. Invalid for the others.
    QDateTime at;
    /// Since the step before that has a time; absent where two clocks would have to be
    /// compared, or where the order is not certain.
    std::optional<std::chrono::milliseconds> gap;
    bool gapIsCoarse = false; ///< Whole seconds: most senders tell no fractions.

    // Heard only.
    KeptEvent first; ///< The copy that arrived first.
    QList<qint64> numbers; ///< Of all copies, in order of arrival; one at least.
    bool isLate = false; ///< It arrived long after it happened.
    bool isOutOfOrder = false; ///< Something that happened later had arrived before.
};

/// A status that takes longer than this to arrive is late (ours: one that was answered
/// 200 arrives within seconds, and the next try of one that was not comes later).
inline constexpr std::chrono::seconds LateAfter{60};

/// What became of @p record in the order in which it happened: the send, the events with
/// copies of one another folded, and what is missing or may still come. Events within one
/// second are ordered by rank, because most senders tell no fractions of a second.
/// @param events  in order of arrival
[[nodiscard]] QList<TimelineStep> deliveryTimeline(const SendRecord &record,
                                                   const QList<KeptEvent> &events);

} // namespace icebreaker
