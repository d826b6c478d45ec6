#pragma once

#include "core/sheetshape.h"

#include <QString>

namespace icebreaker {

/// Why a spreadsheet's rows could not be read, and what to do; with the line, if there is one.
[[nodiscard]] QString sheetErrorText(const SheetError &error);

/// "UTF-8", "Windows-1252" …
[[nodiscard]] QString encodingText(TextEncoding encoding);
/// "comma", "tab" …
[[nodiscard]] QString delimiterText(char delimiter);

} // namespace icebreaker
