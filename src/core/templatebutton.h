#pragma once

#include "core/json.h"

#include <QString>

namespace icebreaker {

enum class ButtonKind {
    QuickReply,
    Url, ///< Whose `{{1}}` at the end is the suffix that a message gives.
    Phone,
    CopyCode, ///< A coupon code.
    OneTimeCode, ///< Of an authentication template; filled like a URL's suffix.
    Other, ///< A flow, a catalogue, ...: kept, and not filled in by the form.
};

struct TemplateButton {
    ButtonKind kind = ButtonKind::QuickReply;
    QString label;
    QString target; ///< URL with its placeholder, or phone number; empty for the others.
    QString example; ///< Of the URL's suffix, or of the code.
    friend bool operator==(const TemplateButton &, const TemplateButton &) = default;
};

/// From one object of a template's list of buttons.
[[nodiscard]] TemplateButton readButton(const JsonObject &json);
/// Changes what is different, and leaves everything else in @p json alone.
void writeButton(JsonObject &json, const TemplateButton &button);
/// Its type as WhatsApp calls it: "QUICK_REPLY", ...; empty for ButtonKind::Other.
[[nodiscard]] QString buttonTypeName(ButtonKind kind);

} // namespace icebreaker
