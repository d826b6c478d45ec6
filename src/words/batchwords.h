#pragma once

#include "core/batch.h"

#include <QString>

#include <chrono>
#include <optional>

namespace icebreaker {

/// "running", "paused", "stopped", "finished"; "interrupted" for one that claims to run
/// and that no live process runs.
[[nodiscard]] QString batchStateText(const BatchRecord &record);

/// "accepted", "waiting" …
[[nodiscard]] QString rowStateText(RowState state);

/// Why it stands still, whose move it is, and which. Empty for None and User.
[[nodiscard]] QString pauseText(BatchPause pause);

/// The host cannot be reached: that it goes on by itself, and when it tries again.
[[nodiscard]] QString unreachableText(std::optional<std::chrono::milliseconds> rest);

/// The lane rests after a 429. @param count  answers with 429 so far
[[nodiscard]] QString restText(std::optional<std::chrono::milliseconds> rest, qint64 count);

/// How to find out what became of rows whose outcome is unknown.
[[nodiscard]] QString unknownRowsText(qint64 count);

/// "8 s", "1 min 14 s", "2 h 5 min", "3 days 4 h".
[[nodiscard]] QString spanText(std::chrono::milliseconds span);

/// "0.99/s"
[[nodiscard]] QString rateText(double perSecond);

/// "120 accepted · 2 refused · 1 unknown · 73 waiting"; what is 0 is left out but accepted.
[[nodiscard]] QString countsText(const BatchCounts &counts);

/// "done at 14:05:31 (1 min 14 s left)"; the date as well if it is another day.
[[nodiscard]] QString doneText(const QDateTime &now, std::chrono::milliseconds left);

/// Least time that @p sends take at @p limit per second. See core/pace.h.
[[nodiscard]] std::chrono::milliseconds sendingTime(qint64 sends, int limit);

/// One page about a batch, as plain text: what it was, what became of it, and what is to
/// be done about the rest.
[[nodiscard]] QString batchSummary(const BatchRecord &record, const BatchCounts &counts);

} // namespace icebreaker
