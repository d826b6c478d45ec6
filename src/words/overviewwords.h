#pragma once

#include "core/overview.h"

#include <QLocale>
#include <QString>

namespace icebreaker {

/// "Accepted", "Too many requests (429)", …
[[nodiscard]] QString overviewPartText(OverviewPart part);
/// What shows these sends in the log.
[[nodiscard]] QString overviewPartFilter(OverviewPart part);

/// "1,204 sends: 1,180 accepted, 20 too many requests (429), 4 refused"; parts of zero are left out.
[[nodiscard]] QString overviewCountsText(qint64 sends, const OverviewCounts &counts);

/// "5 minutes a bar"
[[nodiscard]] QString overviewStepText(std::chrono::seconds step);
/// "22 Nov 14:30 to 14:35" in local time.
[[nodiscard]] QString overviewSpanText(const OverviewBar &bar, std::chrono::seconds step);
/// `since:2026-11-22T14:30:00 until:2026-11-22T14:35:00`, local time.
[[nodiscard]] QString overviewSpanFilter(const OverviewBar &bar, std::chrono::seconds step);

/// "HTTP status 429", "Error code 131026", "Outcome unknown", of OverviewError::token.
[[nodiscard]] QString overviewErrorText(const QString &token);

/// "up to 200 ms", "over 30 s".
[[nodiscard]] QString latencyBinText(const OverviewLatency &latency, qsizetype bin);
/// `took:100ms..200ms`
[[nodiscard]] QString latencyBinFilter(const OverviewLatency &latency, qsizetype bin);
/// "Half within 61 ms, 90 % within 80 ms, 95 % …, 99 % …, all within 2.1 s", or that there is none.
[[nodiscard]] QString latencyText(const OverviewLatency &latency);

/// "3 a second"
[[nodiscard]] QString paceBinText(const PaceBin &bin);
/// "40 of 120 sends were answered with 429."
[[nodiscard]] QString paceBinSentence(const PaceBin &bin);
/// At how many sends a second of one agent 429s began, as far as these sends show it.
[[nodiscard]] QString paceText(const Overview &overview);

} // namespace icebreaker
