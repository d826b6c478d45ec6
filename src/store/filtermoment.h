#pragma once

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QTime>

#include <chrono>
#include <optional>

namespace icebreaker {

/// A moment as people name one: a time ago, a day, or a time of a day. What is relative
/// stays so: `2h` moves on with the clock.
struct FilterMoment {
    std::optional<std::chrono::minutes> ago; ///< Nothing else is set then.
    std::optional<int> daysAgo; ///< Today is 0.
    QDate date; ///< Invalid: of `daysAgo`.
    QTime time; ///< Invalid: the whole day.

    friend bool operator==(const FilterMoment &, const FilterMoment &) = default;
};

/// Reads `30m`, `2h`, `3d`, `2w` (up to ten years), `today`, `yesterday`, `2026-11-20`,
/// `2026-11-20T14:30` (seconds if you like) and `14:30` for today; local time.
[[nodiscard]] std::optional<FilterMoment> readFilterMoment(const QString &text);

/// When it begins, in milliseconds since 1970 UTC.
[[nodiscard]] qint64 beginOf(const FilterMoment &moment, const QDateTime &now);
/// When it is over: of a day the next one's midnight, else the moment itself.
[[nodiscard]] qint64 endOf(const FilterMoment &moment, const QDateTime &now);

/// How long an exchange took; both ends belong to it.
struct FilterSpan {
    std::chrono::microseconds least{1}; ///< At least 1: what never left took no time.
    std::optional<std::chrono::microseconds> most;

    [[nodiscard]] bool isEmpty() const { return most && *most < least; }
    friend bool operator==(const FilterSpan &, const FilterSpan &) = default;
};

/// Reads `>2s`, `>=1.5s`, `<500ms`, `<=2m` and `1s..3s`; up to a day.
[[nodiscard]] std::optional<FilterSpan> readFilterSpan(const QString &text);

} // namespace icebreaker
