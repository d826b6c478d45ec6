#pragma once

#include "cli/clioptions.h"
#include "cli/command.h"
#include "cli/console.h"
#include "listen/sandbox.h"
#include "net/callbackposter.h"

namespace icebreaker {

/// `icebreaker-cli sandbox`: the sandbox on its own, for scripts and other programs,
/// until Ctrl+C. Prints its base URL, then a line for every request.
class SandboxCommand : public Command
{
    Q_OBJECT

public:
    SandboxCommand(const SandboxOptions &options, bool json, Console &console);

    void start() override;

private:
    void printUrl(const QUrl &base);
    void printRequest(int status);

    const SandboxOptions m_options;
    const bool m_json;
    Console &m_console;
    CallbackPoster m_poster;
    Sandbox m_sandbox;
};

} // namespace icebreaker
