#pragma once

#include "core/sendrecord.h"

#include <QString>

/// One send as rich or plain text for the detail pane. Whatever came from outside is
/// escaped.
namespace icebreaker::html {

[[nodiscard]] QString hint(const QString &text);
[[nodiscard]] QString responseText(const SendRecord &record);
[[nodiscard]] QString requestText(const SendRecord &record);
/// JSON indented; anything else as it is, told apart where it is no text, and cut where it
/// would be too long for a view.
[[nodiscard]] QString bodyText(const QByteArray &body);

} // namespace icebreaker::html
