#pragma once

#include "core/error.h"

#include <QFuture>
#include <QString>

namespace icebreaker {

/// What the keychain says about an entry without giving the secret away.
enum class EntryState {
    Open, ///< There, and its keyring is unlocked.
    Locked, ///< There, in a locked keyring.
    Absent, ///< Not there; the default keyring is unlocked.
    AbsentOrLocked, ///< Not found; the default keyring is locked and may hide it.
    NoKeyring, ///< Not there, and there is no default keyring that could take it.
};

/// Asks for @p entry (as Vault::entryName gives it) under @p service. It never opens a
/// prompt and never fetches the secret. This closes the gap that QtKeychain leaves: to
/// it a locked entry is "not found", and deleting one is "no error".
/// Fails with SecretsNoService, SecretsDenied, SecretsTimeout (25 s, what D-Bus allows a
/// call) or Secrets. Always finishes with a result, in the calling thread.
[[nodiscard]] QFuture<Result<EntryState>> lookUpEntry(const QString &service, const QString &entry);

} // namespace icebreaker
