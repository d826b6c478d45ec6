#pragma once

#include "core/error.h"
#include "core/json.h"
#include "core/profile.h"

#include <optional>

namespace icebreaker {

/// A profile as it stands in files. Absent members have their default; nothing if one has
/// another type or an impossible value.
[[nodiscard]] std::optional<Profile> profileFromJson(const JsonValue &value);

/// Sets what we know in @p object and leaves the rest alone.
void storeInJson(const Profile &profile, JsonObject &object);

/// Fails with InvalidInput if the profile cannot be used: an id that is no UUID, no name,
/// a custom region without an acceptable URL, a limit other than 1, 3 or 5.
[[nodiscard]] Result<void> checkProfile(const Profile &profile);

} // namespace icebreaker
