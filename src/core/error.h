#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace icebreaker {

/// What went wrong, at the granularity at which callers behave differently.
enum class ErrorKind {
    InvalidInput, ///< What the user or a file gave us cannot be used.
    Network, ///< A listener or an auxiliary request failed (a send reports a SendReport instead).
    // The journal. All of them stop sends: what cannot be recorded is not sent.
    StorageFull, ///< Disk or quota full.
    StorageReadOnly, ///< The folder or the file cannot be written.
    StorageCorrupt, ///< Not a database, or damaged.
    StorageLocked, ///< Another program holds it.
    StorageTooNew, ///< Written by a newer Icebreaker.
    Storage, ///< Any other failure of the database or a file.
    // The keychain.
    SecretsNoService, ///< No keychain service is running or installed.
    SecretsLocked, ///< There is one, and it is locked.
    SecretsDenied, ///< The user or the system said no.
    SecretsTimeout, ///< The service owns its name but does not answer.
    SecretsNotFound, ///< The keychain is open and has no such entry.
    Secrets, ///< Any other failure of the keychain.
};

/// An error as data. Layers below `words` and `ui` never produce text for people;
/// `detail` is for the log and is already free of secrets and phone numbers.
struct Error {
    ErrorKind kind = ErrorKind::InvalidInput;
    QString detail;
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorKind kind, QString detail)
{
    return tl::unexpected(Error{kind, std::move(detail)});
}

} // namespace icebreaker
