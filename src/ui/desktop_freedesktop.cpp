// Desktop Notifications Specification 1.2 (specifications.freedesktop.org), systemd-logind's
// Inhibit (systemd.io/INHIBITOR_LOCKS) and org.freedesktop.PowerManagement.Inhibit, 2026-11.
#include "ui/desktop.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>
#include <QGuiApplication>
#include <QVariantMap>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString PowerService = u"org.freedesktop.PowerManagement"_s;
const QString PowerPath = u"/org/freedesktop/PowerManagement/Inhibit"_s;
const QString PowerInterface = u"org.freedesktop.PowerManagement.Inhibit"_s;

QDBusMessage powerCall(const QString &method)
{
    return QDBusMessage::createMethodCall(PowerService, PowerPath, PowerInterface, method);
}

} // namespace

/// One wish to stay awake. Its end is the end of the last reference: that of the Desktop,
/// or that of an answer which comes after it.
struct Desktop::Wakefulness {
    QDBusUnixFileDescriptor lock; ///< logind's: closing it is letting go.
    std::optional<quint32> cookie; ///< The desktop's own service's.

    Wakefulness() = default;
    Q_DISABLE_COPY_MOVE(Wakefulness)
    ~Wakefulness()
    {
        if (!cookie)
            return;
        QDBusMessage message = powerCall(u"UnInhibit"_s);
        message.setArguments({*cookie});
        QDBusConnection::sessionBus().asyncCall(message);
    }

    static void askLogind(const std::shared_ptr<Wakefulness> &self, const QString &why)
    {
        const QDBusConnection bus = QDBusConnection::systemBus();
        if (!bus.isConnected()) { // nobody would ever answer
            askDesktop(self, why);
            return;
        }
        QDBusMessage message = QDBusMessage::createMethodCall(
            u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
            u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
        message.setArguments(
            {u"sleep:idle"_s, QGuiApplication::applicationDisplayName(), why, u"block"_s});
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), qApp);
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                         [self, why](QDBusPendingCallWatcher *answered) {
                             answered->deleteLater();
                             const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *answered;
                             if (reply.isError())
                                 askDesktop(self, why);
                             else
                                 self->lock = reply.value();
                         });
    }

    static void askDesktop(const std::shared_ptr<Wakefulness> &self, const QString &why)
    {
        const QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected())
            return;
        QDBusMessage message = powerCall(u"Inhibit"_s);
        message.setArguments({QGuiApplication::applicationDisplayName(), why});
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), qApp);
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                         [self](QDBusPendingCallWatcher *answered) {
                             answered->deleteLater();
                             const QDBusPendingReply<quint32> reply = *answered;
                             if (!reply.isError())
                                 self->cookie = reply.value();
                         });
    }
};

Desktop::Desktop() = default;
Desktop::~Desktop() = default;

void Desktop::notify(const QString &title, const QString &text)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
        u"org.freedesktop.Notifications"_s, u"Notify"_s);
    constexpr int serversChoice = -1; // how long it stays
    message.setArguments({QGuiApplication::applicationDisplayName(), quint32{0}, u"icebreaker"_s,
                          title, text.toHtmlEscaped(), QStringList(),
                          QVariantMap{{u"desktop-entry"_s, u"icebreaker"_s}}, serversChoice});
    QDBusConnection::sessionBus().asyncCall(message);
}

void Desktop::keepAwake(const QString &why)
{
    if (m_awake)
        return;
    m_awake = std::make_shared<Wakefulness>();
    Wakefulness::askLogind(m_awake, why);
}

void Desktop::letSleep()
{
    m_awake.reset();
}

} // namespace icebreaker
