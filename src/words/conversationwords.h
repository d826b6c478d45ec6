#pragma once

#include "core/insightsquery.h"
#include "words/sendwords.h"

#include <QString>

namespace icebreaker {

/// "Agent", "Customer", "Not said".
[[nodiscard]] QString speakerText(Speaker speaker);

/// A name for a step of the agent's flow: AI Studio's word made readable, e.g. "Webhook".
/// Which words there are is not documented.
[[nodiscard]] QString flowStepText(const FlowStep &step);

/// "Named by the answer", …
[[nodiscard]] QString foundByText(FoundBy foundBy);

/// What a fetch is doing: "Looking for the session…".
[[nodiscard]] QString fetchPlaceText(FetchPlace place);

/// For a fetch that pauses: when it goes on, and how often it will still try.
/// @param remaining   until the next try; counted in whole seconds, rounded up
/// @param triesLeft  at least 1
[[nodiscard]] QString fetchWaitingText(std::chrono::milliseconds remaining, int triesLeft);

/// What came of a fetch, what it says about the send, and whose move it is. Never offers
/// to send again.
[[nodiscard]] Gist explain(const FetchReport &report);

} // namespace icebreaker
