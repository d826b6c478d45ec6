#include "cli/interrupts.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace icebreaker {

namespace {

// A handler may do little more than write() (signal-safety(7)), so it writes into a
// pipe that the event loop reads.
int writeEnd = -1;

extern "C" void passOn(int /*signal*/)
{
    const int before = errno;
    const char byte = 0;
    (void)!::write(writeEnd, &byte, 1);
    errno = before;
}

} // namespace

void watchInterrupts(QObject *context, std::function<void()> stop)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return; // then a signal just ends the program, which is safe at any moment
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    writeEnd = ends[1];

    auto *notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context,
                     [readEnd = ends[0], stop = std::move(stop)] {
                         char byte = 0;
                         while (::read(readEnd, &byte, 1) > 0)
                             stop();
                     });

    for (const int signal : {SIGINT, SIGTERM}) {
        struct sigaction before {
        };
        ::sigaction(signal, nullptr, &before);
        if (before.sa_handler == SIG_IGN) // e.g. started in the background
            continue;
        struct sigaction action {
        };
        action.sa_handler = passOn;
        action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
        ::sigaction(signal, &action, nullptr);
    }
}

} // namespace icebreaker
