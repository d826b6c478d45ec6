// The Secret Service API, version 0.2 draft
// (specifications.freedesktop.org/secret-service, 2026-11).
#include "secrets/keyring.h"

#include "secrets/chain.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QLibrary>
#include <QMap>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

const QString ServiceName = u"org.freedesktop.secrets"_s;
const QString ServicePath = u"/org/freedesktop/secrets"_s;
const QString ServiceInterface = u"org.freedesktop.Secret.Service"_s;

Error toError(const QDBusError &error)
{
    const auto kind = [&error] {
        switch (error.type()) {
        case QDBusError::ServiceUnknown:
        case QDBusError::Disconnected:
        case QDBusError::NoServer: return ErrorKind::SecretsNoService;
        case QDBusError::AccessDenied: return ErrorKind::SecretsDenied;
        case QDBusError::NoReply:
        case QDBusError::Timeout:
        case QDBusError::TimedOut: return ErrorKind::SecretsTimeout;
        default:
            // The service is installed and could not be started.
            return error.name().startsWith(u"org.freedesktop.DBus.Error.Spawn."_s)
                ? ErrorKind::SecretsNoService
                : ErrorKind::Secrets;
        }
    };
    return {kind(), u"%1: %2"_s.arg(error.name(), error.message())};
}

QFuture<Result<QDBusMessage>> call(const QString &path, const QString &interface,
                                   const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(ServiceName, path, interface, method);
    message.setArguments(arguments);
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message));
    return QtFuture::connect(watcher, &QDBusPendingCallWatcher::finished)
        .then([](QDBusPendingCallWatcher *answered) -> Result<QDBusMessage> {
            answered->deleteLater();
            if (answered->isError())
                return tl::unexpected(toError(answered->error()));
            return answered->reply();
        });
}

template <typename T>
T argument(const QDBusMessage &answer, qsizetype index)
{
    return qdbus_cast<T>(answer.arguments().value(index));
}

QFuture<Result<EntryState>> ready(Result<EntryState> state)
{
    return QtFuture::makeReadyFuture(std::move(state));
}

QFuture<Result<EntryState>> askWhetherLocked(const QString &keyring)
{
    return call(keyring, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s})
        .then([](const Result<QDBusMessage> &answer) -> Result<EntryState> {
            if (!answer)
                return tl::unexpected(answer.error());
            const QVariant locked = argument<QDBusVariant>(*answer, 0).variant();
            return locked.toBool() ? EntryState::AbsentOrLocked : EntryState::Absent;
        });
}

QFuture<Result<EntryState>> lookUpDefaultKeyring()
{
    return andThen(call(ServicePath, ServiceInterface, u"ReadAlias"_s, {u"default"_s}),
                   [](const QDBusMessage &answer) {
                       const QString path = argument<QDBusObjectPath>(answer, 0).path();
                       const bool exists = !path.isEmpty() && path != u"/"_s;
                       return exists ? askWhetherLocked(path) : ready(EntryState::NoKeyring);
                   });
}

/// What QtKeychain loads at run time; if it cannot, it only says "Unknown error".
QLibrary &libsecret()
{
    static QLibrary library(u"secret-1"_s, 0);
    return library;
}

/// libsecret keeps one connection and its session for the whole process, and fails every
/// read and write ("session does not exist") once the service has been restarted.
void reconnectAfterRestart(const QString &owner)
{
    static QString lastOwner; // one for the process, as libsecret's connection is
    if (owner == lastOwner)
        return;
    const auto disconnectService =
        reinterpret_cast<void (*)()>(libsecret().resolve("secret_service_disconnect"));
    if (!lastOwner.isEmpty() && disconnectService)
        disconnectService();
    lastOwner = owner;
}

} // namespace

QFuture<Result<EntryState>> lookUpEntry(const QString &service, const QString &entry)
{
    if (!libsecret().load())
        return ready(failure(ErrorKind::SecretsNoService, u"libsecret-1 cannot be loaded"_s));
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return ready(failure(ErrorKind::SecretsNoService,
                             u"no session bus: "_s + bus.lastError().message()));

    qDBusRegisterMetaType<Attributes>();
    // What QtKeychain gives its entries, less xdg:schema: gnome-keyring 42.1 finds nothing
    // by that in a keyring that has not been unlocked since it started.
    const Attributes wanted{
        {u"type"_s, u"plaintext"_s}, {u"server"_s, service}, {u"user"_s, entry}};
    return andThen(
        call(ServicePath, ServiceInterface, u"SearchItems"_s, {QVariant::fromValue(wanted)}),
        [](const QDBusMessage &answer) {
            reconnectAfterRestart(answer.service());
            if (!argument<Paths>(answer, 0).isEmpty())
                return ready(EntryState::Open);
            if (!argument<Paths>(answer, 1).isEmpty())
                return ready(EntryState::Locked);
            return lookUpDefaultKeyring();
        });
}

} // namespace icebreaker
