#pragma once

#include <QString>
#include <QStringList>

namespace icebreaker {

/// What to say of a filter's text that was not understood.
/// @param token  the part at fault, as typed
/// @param keys  all that there are; one that looks like it is proposed
[[nodiscard]] QString unknownFilterText(const QString &token, const QStringList &keys);
/// @param key  what stands before the colon, lower case; empty for free text
[[nodiscard]] QString badFilterValueText(const QString &token, const QString &key);
/// Of a value that makes sense, but not beside another one.
[[nodiscard]] QString contradictingFilterText(const QString &token, const QString &key);
/// What a key is about, in a few words; empty for an unknown one.
[[nodiscard]] QString filterKeyText(const QString &key);

} // namespace icebreaker
