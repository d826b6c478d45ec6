#pragma once

#include "core/error.h"
#include "core/outboundrequest.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <tl/expected.hpp>

namespace icebreaker {

/// A request in a file of its own, made for git: JSON that a person can read and merge, always
/// in the same order, without keys.
///
///     { "icebreaker_request": 1, "name": ..., "description": ..., "request": { ... } }
///
/// `name` is there only if no file can be called so, `description` (Markdown) only if there is
/// one. `request` is as Composer::written() gives it. Other members stay where they are.
struct SavedRequest {
    QString name; ///< As people see it.
    QString description;
    OutboundRequest request;
    JsonObject rest; ///< The document as it was read, for the members that are not ours.
};

/// Why a file is no saved request.
enum class BrokenRequest {
    Unreadable, ///< The system does not let us read it.
    TooLarge, ///< More than LargestRequestFile.
    NotJson,
    NotARequest, ///< JSON of another kind.
    TooNew, ///< Written by a newer Icebreaker.
};

struct BrokenFile {
    BrokenRequest why = BrokenRequest::NotJson;
    JsonError json; ///< With NotJson.
};

/// A body may have 1 MB at most in the sandbox, and no known server takes more; a file may hold
/// a long description beside it.
inline constexpr qint64 LargestRequestFile = 4'194'304; // bytes

/// What is shown of bytes to tell whether they changed: SHA-256, hexadecimal.
[[nodiscard]] QByteArray contentHash(const QByteArray &bytes);

struct ReadRequest {
    SavedRequest saved;
    QByteArray hash; ///< Of the whole file.
};

[[nodiscard]] tl::expected<ReadRequest, BrokenFile> readSavedRequest(const QString &path);
/// @param stem  the file's name without suffix: the request's unless it has another
[[nodiscard]] tl::expected<SavedRequest, BrokenFile> parseSavedRequest(const QByteArray &bytes,
                                                                       const QString &stem);
/// @param stem  likewise
[[nodiscard]] QByteArray savedRequestBytes(const SavedRequest &saved, const QString &stem);

/// The file is not what was read: somebody else's work, which is not overwritten.
struct ChangedOnDisk {
    QByteArray hash; ///< As it is now; empty: it cannot be read.
};
using SaveFailure = std::variant<ChangedOnDisk, Error>;

/// Writes @p bytes in one step: a crash leaves the old file or the new one.
/// @param expected  hash of the file that is replaced; empty: there must be none. One that is
///                  gone meanwhile is written anew
/// @return the hash of what was written
[[nodiscard]] tl::expected<QByteArray, SaveFailure>
writeUnlessChanged(const QString &path, const QByteArray &bytes, const QByteArray &expected);

/// What must not get into a file that is shared.
enum class SecretInside {
    None,
    Likely, ///< It looks like one, see SecretFinder::findLikely().
    Known, ///< One of the keys that Icebreaker has.
};
[[nodiscard]] SecretInside secretInside(const QByteArray &bytes, const QByteArrayList &known);

} // namespace icebreaker
