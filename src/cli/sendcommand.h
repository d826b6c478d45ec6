#pragma once

#include "cli/command.h"
#include "cli/console.h"
#include "cli/sendinput.h"
#include "cli/sendstation.h"

namespace icebreaker {

/// `icebreaker-cli send`: takes one request the way that the window takes it, and
/// prints how it ended. Ctrl+C ends a send that waits as Cancelled, and gives one up
/// that is under way; what may have left is Unknown then.
class SendCommand : public Command
{
    Q_OBJECT

public:
    struct Settings {
        QString folder;
        bool json = false;
        bool ignorePace = false;
    };

    SendCommand(SendInput input, Settings settings, Console &console);

    void start() override;

private:
    void enqueue();
    void stop();
    /// Ends what never came to the Dispatcher.
    void giveUp(const Error &error);
    void explainFailure(const Error &error);
    void conclude(const SendReport &report);
    [[nodiscard]] Claim claim() const;

    SendInput m_input;
    const Settings m_settings;
    Console &m_console;
    const QString m_sendId;
    bool m_stopped = false;
    bool m_enqueued = false;
    bool m_started = false;
    bool m_concluded = false;
    SendStation m_station;
};

} // namespace icebreaker
