#pragma once

#include "core/templatecheck.h"
#include "core/templatereader.h"

#include <QString>

namespace icebreaker {

/// "Header image", "Body {{1}}", "Button “Track”" …
[[nodiscard]] QString slotLabel(const TemplateSlot &slot, const TemplateVersion &version);
/// What to enter where there is no example, e.g. "https://…".
[[nodiscard]] QString slotHint(const TemplateSlot &slot);

[[nodiscard]] QString headerKindText(HeaderKind kind);
[[nodiscard]] QString buttonKindText(ButtonKind kind);

/// What is wrong with a template's own words.
[[nodiscard]] QString flawText(const TemplateFlaw &flaw);
/// Why nothing came of a pasted text or a file.
[[nodiscard]] QString templateReadErrorText(const TemplateReadError &error);

} // namespace icebreaker
