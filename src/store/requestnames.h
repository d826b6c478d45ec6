#pragma once

#include <QString>

namespace icebreaker {

/// A file name without suffix that every file system takes and that reads like @p name: no
/// slashes, no names that Windows keeps for devices, none that is hidden, none that is too long.
/// The same name if it is harmless.
[[nodiscard]] QString fileNameFor(const QString &name);

/// @p stem, or "stem 2" and so on: a name in @p folder that no file or folder has with
/// @p suffix, however its letters are written.
[[nodiscard]] QString freeName(const QString &folder, const QString &stem, const QString &suffix);

} // namespace icebreaker
