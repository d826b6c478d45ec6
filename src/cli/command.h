#pragma once

#include <QObject>

namespace icebreaker {

/// How icebreaker-cli ends; scripts rely on the numbers.
enum class ExitStatus {
    Good = 0, ///< Everything was accepted, or the command has done its work.
    Failed = 1, ///< Something was refused, limited or not sent, or could not be done.
    BadUsage = 2, ///< The command line or the input cannot be used; nothing was sent.
    SomeUnknown = 3, ///< Nobody knows whether something was sent.
};

/// One command of icebreaker-cli: does its work on the event loop and then says how it
/// ended. Used once.
class Command : public QObject
{
    Q_OBJECT

public:
    virtual void start() = 0;

signals:
    void finished(icebreaker::ExitStatus status);
};

} // namespace icebreaker
