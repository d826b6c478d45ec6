// Takes the keychain's name on the session bus, prints a line and then hangs: a service
// that is there and never answers.
#include <QCoreApplication>
#include <QDBusConnection>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    if (!QDBusConnection::sessionBus().registerService(u"org.freedesktop.secrets"_s))
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    return std::raise(SIGSTOP);
}
