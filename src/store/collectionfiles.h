#pragma once

#include "core/error.h"
#include "store/savedrequest.h"

#include <QString>

#include <functional>

namespace icebreaker {

// What is done with a collection's files. Nothing is ever overwritten, and nothing deleted for
// good; a request's example answers go with it. All fail with InvalidInput if something is in
// the way or cannot be done there, with StorageFull or StorageReadOnly if it cannot be written.

/// Saves a request in a new file. @return its path
[[nodiscard]] Result<QString> addRequest(const QString &folder, const SavedRequest &saved);
/// @return the new folder's path
[[nodiscard]] Result<QString> addFolder(const QString &parent, const QString &name);
/// Gives a request or folder another name. @return its path afterwards
[[nodiscard]] Result<QString> renameEntry(const QString &path, const QString &name);
/// A copy beside it, with its example answers. @return the copy's path
[[nodiscard]] Result<QString> duplicateRequest(const QString &path, const QString &name);
/// Into another folder. @return its path afterwards
[[nodiscard]] Result<QString> moveEntry(const QString &path, const QString &folder);
/// To the system's trash.
[[nodiscard]] Result<void> trashEntry(const QString &path);

/// Saves an example of an answer beside the request. @return the file's path
[[nodiscard]] Result<QString> addExample(const QString &requestPath, const QString &name,
                                         const JsonObject &example);

} // namespace icebreaker
