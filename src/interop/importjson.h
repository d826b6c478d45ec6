#pragma once

#include "core/json.h"

namespace icebreaker {

/// The member's text; empty if it is absent or no text.
[[nodiscard]] QString textIn(const JsonObject *object, QStringView name);
/// The member if it is an object or a list, else nullptr.
[[nodiscard]] const JsonObject *objectIn(const JsonObject *object, QStringView name);
[[nodiscard]] const JsonArray *listIn(const JsonObject *object, QStringView name);
/// Whether the member is true.
[[nodiscard]] bool isSetIn(const JsonObject *object, QStringView name);

} // namespace icebreaker
