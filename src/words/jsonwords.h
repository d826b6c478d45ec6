#pragma once

#include "core/jsonoutline.h"

#include <QString>

namespace icebreaker {

/// Why a text is not JSON, and what to do: one sentence without the place.
/// @param text  that the fault was found in
[[nodiscard]] QString jsonFaultText(const QByteArray &text, const JsonFault &fault);

/// "Line 3, column 5: ..."
[[nodiscard]] QString placedText(const LinePlace &place, const QString &text);

} // namespace icebreaker
