#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// Creates @p folder if it is absent and lets only its owner in (0700). Fails with
/// StorageReadOnly.
[[nodiscard]] Result<void> ensurePrivateFolder(const QString &folder);

/// Takes every right to the file or folder at @p path from other users, and adds none.
/// @return false if the system refused
[[nodiscard]] bool keepOthersOut(const QString &path);

/// The whole file; nothing if there is none. Fails with Storage if it cannot be read.
[[nodiscard]] Result<std::optional<QByteArray>> readFile(const QString &path);

/// Replaces the file in one step (an interrupted write leaves the old one) and lets only
/// its owner read it (0600). Fails with StorageFull or StorageReadOnly.
[[nodiscard]] Result<void> writePrivateFile(const QString &path, const QByteArray &bytes);

/// Renames a file that cannot be understood to `NAME-damaged-UTCTIME.EXT` beside it, so
/// that nothing that a person wrote is lost, and nothing is overwritten.
/// @return the new path
[[nodiscard]] Result<QString> setAside(const QString &path);

/// A path for setAside() that no file has; the name's time is now. Files called like it
/// with @p companions appended do not exist either.
[[nodiscard]] QString damagedPath(const QString &path, const QStringList &companions = {});

} // namespace icebreaker
