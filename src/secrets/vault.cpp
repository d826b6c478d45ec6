#include "secrets/vault.h"

#include "secrets/chain.h"
#include "secrets/keyring.h"

#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString Service = u"icebreaker"_s;

template <typename T>
QFuture<Result<T>> ready(Result<T> result)
{
    return QtFuture::makeReadyFuture(std::move(result));
}

QFuture<Result<void>> readyFailure(ErrorKind kind, const QString &detail)
{
    return ready<void>(failure(kind, detail));
}

Error toError(const QKeychain::Job &job)
{
    const auto kind = [&job] {
        switch (job.error()) {
        case QKeychain::EntryNotFound: return ErrorKind::SecretsNotFound;
        case QKeychain::AccessDeniedByUser: return ErrorKind::SecretsDenied;
        // libsecret's only reason for it is a collection that stayed locked.
        case QKeychain::AccessDenied: return ErrorKind::SecretsLocked;
        case QKeychain::NoBackendAvailable:
        case QKeychain::NotImplemented: return ErrorKind::SecretsNoService;
        default: return ErrorKind::Secrets;
        }
    };
    return {kind(), job.errorString()};
}

/// Starts @p job, which deletes itself, and makes a result of it with @p take.
template <typename Value, typename Job, typename Take>
QFuture<Result<Value>> run(Job *job, const QString &entry, Take take)
{
    job->setKey(entry);
    auto done = QtFuture::connect(job, &QKeychain::Job::finished)
                    .then([job, take](QKeychain::Job *finished) -> Result<Value> {
                        if (finished->error() != QKeychain::NoError)
                            return tl::unexpected(toError(*finished));
                        return take(*job);
                    });
    job->start();
    return done;
}

QFuture<Result<QByteArray>> fetch(const QString &entry)
{
    return run<QByteArray>(new QKeychain::ReadPasswordJob(Service), entry,
                           [](const QKeychain::ReadPasswordJob &job) -> Result<QByteArray> {
                               return job.binaryData();
                           });
}

QFuture<Result<void>> write(const QString &entry, const QByteArray &key)
{
    auto *job = new QKeychain::WritePasswordJob(Service);
    // As text, so that the desktop's own password program shows it as it is.
    job->setTextData(QString::fromLatin1(key));
    return run<void>(job, entry, [](const auto &) { return Result<void>(); });
}

QFuture<Result<void>> erase(const QString &entry)
{
    return run<void>(new QKeychain::DeletePasswordJob(Service), entry,
                     [](const auto &) { return Result<void>(); });
}

Error locked()
{
    return {ErrorKind::SecretsLocked, u"the keychain is locked"_s};
}

Error notFound()
{
    return {ErrorKind::SecretsNotFound, u"the keychain has no such entry"_s};
}

/// Why a job failed with @p error, now that the keychain says @p state.
Error reason(const Error &error, EntryState state)
{
    if (error.kind == ErrorKind::SecretsDenied)
        return error;
    switch (state) {
    case EntryState::Locked:
    case EntryState::AbsentOrLocked: return locked();
    case EntryState::NoKeyring:
        return {ErrorKind::SecretsNoService, u"the keychain has no default keyring"_s};
    case EntryState::Open:
    case EntryState::Absent: break;
    }
    return error;
}

/// @p job, but if it fails with the reason that QtKeychain could not tell.
template <typename T>
QFuture<Result<T>> explained(QFuture<Result<T>> job, const QString &entry)
{
    return job
        .then([entry](const Result<T> &result) {
            if (result)
                return ready(result);
            return lookUpEntry(Service, entry)
                .then([error = result.error()](const Result<EntryState> &state) -> Result<T> {
                    return tl::unexpected(state ? reason(error, *state) : state.error());
                });
        })
        .unwrap();
}

QFuture<Result<QByteArray>> readEntry(const QString &entry, bool storedBefore)
{
    return andThen(lookUpEntry(Service, entry), [entry, storedBefore](EntryState state) {
        if (state == EntryState::Open || state == EntryState::Locked)
            return explained(fetch(entry), entry);
        const bool mayBeHidden = state == EntryState::AbsentOrLocked && storedBefore;
        return ready<QByteArray>(tl::unexpected(mayBeHidden ? locked() : notFound()));
    });
}

QFuture<Result<void>> writeEntry(const QString &entry, const QByteArray &key)
{
    // Looked up first because a hung service is told from it in half the time.
    auto written = andThen(lookUpEntry(Service, entry), [entry, key](EntryState) {
        return explained(write(entry, key), entry);
    });
    auto readBack = andThen(written, [entry] { return explained(fetch(entry), entry); });
    return readBack.then([key](const Result<QByteArray> &found) -> Result<void> {
        if (!found)
            return tl::unexpected(found.error());
        if (*found != key)
            return failure(ErrorKind::Secrets, u"the keychain gave back something else"_s);
        return {};
    });
}

/// What is left of an entry that has just been erased.
QFuture<Result<void>> proveGone(const QString &entry)
{
    return lookUpEntry(Service, entry).then([](const Result<EntryState> &state) -> Result<void> {
        if (!state)
            return tl::unexpected(state.error());
        switch (*state) {
        case EntryState::Open: return failure(ErrorKind::Secrets, u"the entry is still there"_s);
        case EntryState::Locked:
        case EntryState::AbsentOrLocked: return tl::unexpected(locked());
        case EntryState::Absent:
        case EntryState::NoKeyring: break;
        }
        return {};
    });
}

QFuture<Result<void>> removeEntry(const QString &entry)
{
    return andThen(lookUpEntry(Service, entry), [entry](EntryState state) {
        if (state != EntryState::Open && state != EntryState::Locked)
            return proveGone(entry);
        // Deleting never unlocks, and a locked keyring deletes nothing and says that all
        // is well. Reading does unlock, so it goes first.
        auto unlocked = state == EntryState::Locked
            ? fetch(entry).then([](const Result<QByteArray> &) { return Result<void>(); })
            : ready(Result<void>());
        auto erased = andThen(unlocked, [entry] { return explained(erase(entry), entry); });
        return andThen(erased, [entry] { return proveGone(entry); });
    });
}

KeyPlace toPlace(const Result<EntryState> &state, bool storedBefore)
{
    if (!state) {
        switch (state.error().kind) {
        case ErrorKind::SecretsNoService: return KeyPlace::NoService;
        case ErrorKind::SecretsDenied: return KeyPlace::Denied;
        default: return KeyPlace::Unknown;
        }
    }
    switch (*state) {
    case EntryState::Open: return KeyPlace::Keychain;
    case EntryState::Locked: return KeyPlace::Locked;
    case EntryState::AbsentOrLocked: return storedBefore ? KeyPlace::Locked : KeyPlace::Missing;
    case EntryState::Absent:
    case EntryState::NoKeyring: break;
    }
    return KeyPlace::Missing;
}

} // namespace

Vault::Vault(QObject *parent)
    : QObject(parent)
{ }

QString Vault::entryName(const QString &profileId, const QString &origin)
{
    return profileId + u'@' + origin;
}

QFuture<Result<ApiKey>> Vault::read(const QString &profileId, const QString &origin,
                                    bool storedBefore)
{
    const QString entry = entryName(profileId, origin);
    if (m_sessionKeys.contains(entry))
        return ready<ApiKey>(ApiKey{m_sessionKeys.key(entry), origin});
    return watched(readEntry(entry, storedBefore)
                       .then([origin](const Result<QByteArray> &found) -> Result<ApiKey> {
                           if (!found)
                               return tl::unexpected(found.error());
                           // Other programs can write there too.
                           const Result<QByteArray> key = cleanKey(*found);
                           if (!key)
                               return failure(ErrorKind::Secrets, key.error().detail);
                           return ApiKey{*key, origin};
                       }));
}

QFuture<Result<void>> Vault::store(const QString &profileId, const QString &origin,
                                   const QByteArray &key)
{
    if (cleanKey(key) != key)
        return readyFailure(ErrorKind::InvalidInput, u"not a clean key"_s);
    const QString entry = entryName(profileId, origin);
    return watched(
        writeEntry(entry, key).then([vault = QPointer(this), entry](const Result<void> &stored) {
            if (stored && vault)
                vault->m_sessionKeys.forget(entry);
            return stored;
        }));
}

QFuture<Result<void>> Vault::remove(const QString &profileId, const QString &origin)
{
    const QString entry = entryName(profileId, origin);
    m_sessionKeys.forget(entry);
    return watched(removeEntry(entry));
}

void Vault::keepForSession(const QString &profileId, const QString &origin, const QByteArray &key)
{
    m_sessionKeys.keep(entryName(profileId, origin), key);
}

QFuture<KeyPlace> Vault::place(const QString &profileId, const QString &origin, bool storedBefore)
{
    const QString entry = entryName(profileId, origin);
    if (m_sessionKeys.contains(entry))
        return QtFuture::makeReadyFuture(KeyPlace::Session);
    return watched(
        lookUpEntry(Service, entry).then([storedBefore](const Result<EntryState> &state) {
            return toPlace(state, storedBefore);
        }));
}

template <typename T>
QFuture<T> Vault::watched(QFuture<T> job)
{
    auto *clock = new QTimer(this);
    clock->setSingleShot(true);
    connect(clock, &QTimer::timeout, this, [this] {
        if (++m_slowJobs == 1)
            emit slow();
    });
    clock->start(SlowAfter);
    return job.then([vault = QPointer(this), clock](const T &result) {
        if (vault)
            vault->stopWatching(clock);
        return result;
    });
}

void Vault::stopWatching(QTimer *clock)
{
    const bool wasSlow = !clock->isActive();
    delete clock;
    if (wasSlow && --m_slowJobs == 0)
        emit settled();
}

} // namespace icebreaker
