#pragma once

#include "core/requestcheck.h"

#include <QString>

namespace icebreaker {

/// What is wrong and what to do, in one or two sentences.
[[nodiscard]] QString checkText(const CheckEntry &entry);

/// The words on the button that mends it at once; empty if the user has to.
[[nodiscard]] QString mendText(const CheckEntry &entry);

/// The field's label, as in the form, e.g. "Agent ID".
[[nodiscard]] QString fieldLabel(Field field);

/// Where the field's value is found, in the documentation's words.
[[nodiscard]] QString fieldHelp(Field field);

/// "Line 3, column 5: ...".
[[nodiscard]] QString jsonErrorText(const JsonError &error);

} // namespace icebreaker
