#pragma once

#include "core/placeholders.h"

#include <QList>
#include <QString>

namespace icebreaker {

/// A piece of a message that looks the same throughout.
struct TextSpan {
    QString text;
    bool bold = false;
    bool italic = false;
    bool strike = false;
    bool mono = false;
    TextMark mark = TextMark::Plain;
    QString link; ///< Web address that a tap opens; empty for none.
    friend bool operator==(const TextSpan &, const TextSpan &) = default;
};

/// The text as WhatsApp shows it: `*bold*`, `_italic_`, `~strike~`, three back-ticks or one
/// around fixed width, and web addresses. A sign counts only at the edge of a word, closes
/// on the same line, and stays as it is where it has no partner.
[[nodiscard]] QList<TextSpan> formatted(const HydratedText &text);

} // namespace icebreaker
