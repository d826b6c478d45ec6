#pragma once

#include "core/error.h"

// What the tests do to the throw-away keychain of with-keyring.sh behind the Vault's
// back. Everything here is another program, so that it cannot share a mistake with it.

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QDirIterator>
#include <QFile>
#include <QFuture>
#include <QProcess>
#include <QStringList>
#include <QTest>

#include <chrono>
#include <csignal>

namespace icebreaker::test {

using namespace Qt::StringLiterals;

struct Finished {
    int exitCode = -1;
    QByteArray output;
};

/// Runs @p program to its end; it must not need our event loop.
inline Finished runProgram(const QString &program, const QStringList &arguments,
                           const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput()};
}

/// `secret-tool COMMAND` with the attributes that QtKeychain gives a Vault entry.
inline Finished secretTool(const QStringList &command, const QString &entry,
                           const QByteArray &input = {})
{
    return runProgram(u"secret-tool"_s,
                      command
                          + QStringList{u"xdg:schema"_s, u"org.qt.keychain"_s, u"type"_s,
                                        u"plaintext"_s, u"server"_s, u"icebreaker"_s, u"user"_s,
                                        entry},
                      input);
}

/// Empty if there is none.
inline QByteArray secretToolLookup(const QString &entry)
{
    return secretTool({u"lookup"_s}, entry).output;
}

inline bool secretToolStore(const QString &entry, const QByteArray &secret)
{
    return secretTool({u"store"_s, u"--label=test"_s}, entry, secret).exitCode == 0;
}

inline bool secretToolClear(const QString &entry)
{
    return secretTool({u"clear"_s}, entry).exitCode == 0;
}

/// Locks the keyring of the running daemon.
inline bool lockKeyring()
{
    return runProgram(u"dbus-send"_s,
                      {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.secrets"_s,
                       u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                       u"array:objpath:/org/freedesktop/secrets/collection/login"_s})
               .exitCode
        == 0;
}

/// Ends the daemon of our private bus. The bus starts a new one at the next call, locked
/// as after a log-in without a password.
inline bool stopDaemon()
{
    const QString name = u"org.freedesktop.secrets"_s;
    const QDBusConnectionInterface *bus = QDBusConnection::sessionBus().interface();
    // It gives up its name before its control socket; a zombie has neither.
    const auto isGone = [](uint pid) {
        QFile commandLine(u"/proc/%1/cmdline"_s.arg(pid));
        return !commandLine.open(QIODevice::ReadOnly) || commandLine.readAll().isEmpty();
    };
    uint last = 0;
    return QTest::qWaitFor(
        [&] {
            const QDBusReply<uint> owner = bus->servicePid(name);
            // To kill(), 0 would be all of us.
            if (owner.isValid() && owner.value() != 0 && owner.value() != last) {
                last = owner.value();
                ::kill(pid_t(last), SIGTERM);
            }
            return !bus->isServiceRegistered(name) && (last == 0 || isGone(last));
        },
        20'000);
}

/// A new daemon, unlocked with the right password.
inline bool restartUnlocked()
{
    if (!stopDaemon())
        return false;
    const Finished started =
        runProgram(u"gnome-keyring-daemon"_s, {u"--unlock"_s, u"--components=secrets"_s},
                   qgetenv("KEYRING_PASSWORD"));
    // A call before it has its name would make the bus start another one, locked.
    return started.exitCode == 0 && QTest::qWaitFor([] {
               return QDBusConnection::sessionBus()
                   .interface()
                   ->isServiceRegistered(u"org.freedesktop.secrets"_s)
                   .value();
           });
}

/// The result of @p future once it is there; fails the test after @p limit.
template <typename T>
T await(QFuture<T> future, std::chrono::milliseconds limit = std::chrono::seconds(20))
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, int(limit.count())))
        qFatal("a future did not finish");
    if (future.resultCount() != 1)
        qFatal("a future finished without a result");
    return future.result();
}

/// What a failed Result says, for the test's log.
template <typename T>
QByteArray whyNot(const Result<T> &result)
{
    return result ? QByteArray() : result.error().detail.toUtf8();
}

/// The files under the throw-away HOME that have @p key in them in any usual spelling.
inline QStringList filesWith(const QByteArray &key)
{
    const QList<QByteArray> spellings{key, key.toBase64(), key.toHex(), key.toPercentEncoding()};
    QStringList found;
    QDirIterator it(qEnvironmentVariable("HOME"), QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.readAll();
        for (const QByteArray &spelling : spellings) {
            if (content.contains(spelling))
                found << file.fileName();
        }
    }
    return found;
}

} // namespace icebreaker::test
