#pragma once

#include "core/sendrecord.h"
#include "editor/bodyview.h"

namespace icebreaker {

// What the views of a send show of it, as the mask of numbers wants it (see ui/privacy.h) as
// far as heads go: those are short.

/// Empty if there is an answer.
[[nodiscard]] QString noAnswerText(const SendRecord &record);
[[nodiscard]] ShownBody shownAnswer(const SendRecord &record);
[[nodiscard]] ShownBody shownRequest(const SendRecord &record);

} // namespace icebreaker
