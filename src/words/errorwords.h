#pragma once

#include "core/error.h"

#include <QString>

namespace icebreaker {

/// What happened, whose move it is and what to do next.
[[nodiscard]] QString errorText(const Error &error);

} // namespace icebreaker
