#pragma once

#include "core/jsonmembers.h"

#include <QString>

namespace icebreaker {

/// Why a message was not delivered, out of a callback.
struct StatusError {
    QString code; ///< Vonage's: `title`, or the number at the end of `type`.
    QString detail;
    QString metaCode;
};

/// Reads the `error` or `errors` of a callback, however deep they are nested.
[[nodiscard]] StatusError readStatusError(const JsonObject &callback);

/// A member's string as it is, its number as written; empty for anything else.
[[nodiscard]] QString memberText(const JsonObject &object, QStringView name);

} // namespace icebreaker
