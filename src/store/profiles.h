#pragma once

#include "core/error.h"
#include "core/profile.h"

#include <QList>
#include <QString>

#include <optional>

namespace icebreaker {

/// What `profiles.json` held.
struct LoadedProfiles {
    QList<Profile> profiles; ///< Never empty.
    std::optional<QString> setAside; ///< Path of an unusable file that was renamed.
};

/// The profile that is there before any other; always the same id.
[[nodiscard]] Profile builtInProfile();

/// Reads `FOLDER/profiles.json`. Without a file, or with one that is not JSON or has a
/// profile that cannot be used, the list is the built-in sandbox alone, and the file is
/// renamed, never deleted. Fails with Storage or StorageReadOnly if the file cannot be
/// read or renamed.
[[nodiscard]] Result<LoadedProfiles> loadProfiles(const QString &folder);

/// Replaces the file in one step (0600). Members that this program does not know stay as
/// they are, in the file and in each profile. Fails with InvalidInput, and writes nothing,
/// if a profile cannot be used: an id that is no UUID or comes twice, no name, a custom
/// region without an acceptable URL, a limit other than 1, 3 or 5, or no profile at all.
[[nodiscard]] Result<void> saveProfiles(const QString &folder, const QList<Profile> &profiles);

} // namespace icebreaker
