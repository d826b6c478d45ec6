#pragma once

#include "core/error.h"
#include "core/profile.h"

#include <QByteArray>

namespace icebreaker {

/// Larger than any profile; a file beyond it is not read.
inline constexpr qint64 LargestProfileFile = 65'536;

/// A profile to hand on, as a JSON file: `{"icebreaker_profile": 1, ...}`. Without its key,
/// which is in the keychain, without what belongs to this person (the agreement to send
/// the key to a host, the questions that were switched off, a limit that was asked for)
/// and without any phone number.
[[nodiscard]] QByteArray exportProfile(const Profile &profile);

/// A profile out of a file that anybody may have made: a new id, no approved host, no key,
/// and nothing that the file's author could decide for its reader. Texts are single lines
/// without control or direction characters, at most 200 characters (URLs: 2,000); a
/// Status URL is http or https. Anything else fails with InvalidInput.
[[nodiscard]] Result<Profile> importProfile(const QByteArray &json);

} // namespace icebreaker
