#pragma once

#include "cli/clioptions.h"
#include "cli/command.h"
#include "cli/console.h"

namespace icebreaker {

/// `export --to FORMAT FILE|-`: prints one request as another program takes it. Its key is
/// the environment variable VGAI_KEY.
class CodeCommand : public Command
{
    Q_OBJECT

public:
    CodeCommand(CodeOptions options, bool json, Console &console);

    void start() override;

private:
    CodeOptions m_options;
    bool m_json;
    Console &m_console;
};

} // namespace icebreaker
