#pragma once

#include <QObject>

#include <functional>

namespace icebreaker {

/// Calls @p stop on the event loop of @p context, while that lives, when the user
/// presses Ctrl+C or the system asks the program to end. Each asks politely once: the
/// next one ends the program on the spot, as if this had not been called. Call it once.
void watchInterrupts(QObject *context, std::function<void()> stop);

} // namespace icebreaker
