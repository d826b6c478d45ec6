#pragma once

#include "core/apikey.h"
#include "core/error.h"
#include "secrets/cleankey.h"
#include "secrets/sessionkeys.h"

#include <QFuture>
#include <QObject>

#include <chrono>

class QTimer;

namespace icebreaker {

/// Where the key of a profile is, for the toolbar.
enum class KeyPlace {
    Keychain, ///< In the operating system's keychain, unlocked.
    Session, ///< In memory, until Icebreaker ends.
    Missing, ///< Nowhere.
    Locked, ///< The keychain has it, or may have it, and is locked.
    NoService, ///< There is no keychain service to ask.
    Denied, ///< The system does not let us ask.
    Unknown, ///< The keychain did not answer, or with something unexpected.
};

/// The keys, in the operating system's keychain (Secret Service, through QtKeychain)
/// or, if the user wants that, in memory until the program ends. There is no other
/// fallback: without a keychain the functions fail, and nothing is written anywhere.
///
/// An entry is one profile at one origin, so a profile whose endpoint is changed can
/// never send its old key to the new host. In the keychain it is the pair service
/// `icebreaker`, user entryName().
///
/// A locked keychain makes the desktop open its unlock prompt in read(), store() and
/// remove(); their futures then wait for the person and have no time-out. place() never
/// makes a prompt open. Every future finishes with a result, also after the Vault is
/// gone. Use it from one thread, which has an event loop.
class Vault : public QObject
{
    Q_OBJECT

public:
    /// When slow() is emitted.
    static constexpr std::chrono::seconds SlowAfter{5};

    explicit Vault(QObject *parent = nullptr);

    /// @p profileId + '@' + @p origin, which is as origin() in core/endpoint.h gives it.
    [[nodiscard]] static QString entryName(const QString &profileId, const QString &origin);

    /// The key that is kept for this session, else the one in the keychain.
    /// @p storedBefore is the flag that the caller keeps in the profile: a locked
    /// keychain may hide an entry, and only the flag tells that from "never stored".
    /// Fails with SecretsNotFound, SecretsLocked (also: the prompt was dismissed),
    /// SecretsNoService, SecretsDenied, SecretsTimeout or Secrets.
    [[nodiscard]] QFuture<Result<ApiKey>> read(const QString &profileId, const QString &origin,
                                               bool storedBefore);

    /// Writes @p key, as cleanKey() gives it, and reads it back; only then is a session
    /// key of the entry forgotten. Fails with InvalidInput if the key is not clean, with
    /// SecretsNoService also if there is no default keyring to write to, and as read().
    [[nodiscard]] QFuture<Result<void>> store(const QString &profileId, const QString &origin,
                                              const QByteArray &key);

    /// Forgets the session key at once, then deletes the entry and proves that it is
    /// gone. An entry that was not there is success; a keychain that is locked and may
    /// hide one is SecretsLocked. Fails otherwise as read().
    [[nodiscard]] QFuture<Result<void>> remove(const QString &profileId, const QString &origin);

    /// In memory only, before any key in the keychain; wiped when it is replaced,
    /// removed, stored, or the Vault ends. An empty @p key forgets it.
    void keepForSession(const QString &profileId, const QString &origin, const QByteArray &key);

    /// Where the key is. Never opens a prompt and never fetches the key.
    [[nodiscard]] QFuture<KeyPlace> place(const QString &profileId, const QString &origin,
                                          bool storedBefore);

signals:
    /// Something has been pending for SlowAfter: a prompt may be open behind another
    /// window, or the service hangs. Nothing is cancelled.
    void slow();
    /// Emitted once after slow(), when nothing slow is pending any more.
    void settled();

private:
    template <typename T>
    QFuture<T> watched(QFuture<T> job);
    void stopWatching(QTimer *clock);

    SessionKeys m_sessionKeys;
    int m_slowJobs = 0;
};

} // namespace icebreaker
