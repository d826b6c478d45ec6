#pragma once

#include "core/diagnosis.h"

#include <QString>

namespace icebreaker {

/// "Name resolution"
[[nodiscard]] QString checkName(CheckKind kind);
/// "EU: studio-api-eu.ai.vonage.com"
[[nodiscard]] QString hostTitle(const DiagnosedHost &host);
/// "works", "failed", "checking…"; told beside the symbol, for those who do not see it.
[[nodiscard]] QString checkStateText(CheckState state);
/// What was found, in one or two sentences; empty while it waits.
/// @param report  that the line is of
[[nodiscard]] QString findingText(const CheckLine &line, const DiagnosisReport &report);
/// "12 ms"; empty if it was not begun or is under way.
[[nodiscard]] QString checkTimeText(const CheckLine &line);
/// "2 h 5 min", for a difference of clocks.
[[nodiscard]] QString skewText(std::chrono::seconds skew);

/// "It is your network." and so on.
[[nodiscard]] QString culpritText(const DiagnosisVerdict &verdict);
/// The one sentence behind it, and what to do next.
[[nodiscard]] QString verdictText(const DiagnosisVerdict &verdict, const DiagnosisReport &report);

/// The whole report for a ticket. Its technical parts are in English.
[[nodiscard]] QString diagnosisText(const DiagnosisReport &report);
/// The same as Markdown, for the support bundle. What came from outside cannot format it.
[[nodiscard]] QString diagnosisMarkdown(const DiagnosisReport &report);

} // namespace icebreaker
