#pragma once

#include <QString>

namespace icebreaker {

/// What to say of a filter's text that was not understood.
/// @param token  the part at fault, as typed
[[nodiscard]] QString unknownFilterText(const QString &token);
/// @param key  what stands before the colon, lower case; empty for free text
[[nodiscard]] QString badFilterValueText(const QString &token, const QString &key);

} // namespace icebreaker
