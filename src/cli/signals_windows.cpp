#include "cli/interrupts.h"

#include <QPointer>

#include <atomic>
#include <windows.h>

namespace icebreaker {

namespace {

std::function<void()> passOn;
std::atomic<bool> asked = false;

// Windows calls it in a thread of its own.
BOOL WINAPI handle(DWORD event)
{
    if ((event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) || asked.exchange(true))
        return FALSE;
    passOn();
    return TRUE;
}

} // namespace

void watchInterrupts(QObject *context, std::function<void()> stop)
{
    passOn = [context = QPointer<QObject>(context), stop = std::move(stop)] {
        if (context)
            QMetaObject::invokeMethod(context, stop, Qt::QueuedConnection);
    };
    SetConsoleCtrlHandler(handle, TRUE);
}

} // namespace icebreaker
