#pragma once

#include "core/batch.h"
#include "core/deliverytimeline.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace icebreaker {

/// "14:02:13.1" in local time, without a fraction where there is none, and with the date
/// if it is not the day of @p reference.
[[nodiscard]] QString momentText(const QDateTime &at, const QDateTime &reference);

/// "83 ms", "1.9 s", "1 min 14 s".
[[nodiscard]] QString gapText(std::chrono::milliseconds gap);

/// How sure it is that an event belongs to its send: "a guess: same number, close in time".
/// Empty where there is nothing to explain.
[[nodiscard]] QString matchText(EventMatch match);

/// What a step of the timeline says in one line: "200 Accepted", "Rejected 1022".
[[nodiscard]] QString stepText(const TimelineStep &step, const SendRecord &record);
/// "14:02:11.204", "waiting"; @p now decides what is still waited for.
[[nodiscard]] QString stepTime(const TimelineStep &step, const SendRecord &record,
                               const QDateTime &now);
/// "+1.9 s", "about +2 s"; empty if there is nothing to say.
[[nodiscard]] QString stepGap(const TimelineStep &step);
/// All else, a line each: how it was tied, when it arrived, copies, error, price.
[[nodiscard]] QStringList stepDetails(const TimelineStep &step, const SendRecord &record);

/// What the timeline amounts to, where its lines do not say it by themselves: a send whose
/// outcome is unknown and that did reach the recipient, "Delivered, but not read for 3 h",
/// a state that is a guess. Empty otherwise.
[[nodiscard]] QString deliverySummary(const SendRecord &record, const QDateTime &now);

/// For the tooltip of a Delivery cell: each state with its time, and whether it is a guess.
[[nodiscard]] QString deliveryTimesText(const SendRecord &record);

/// The two ends of a batch: "All sent 14:02 · waiting for 12 deliveries, until 14:02
/// tomorrow". Empty while it sends.
[[nodiscard]] QString batchEndsText(const BatchRecord &record, const BatchCounts &counts,
                                    const QDateTime &now);

} // namespace icebreaker
