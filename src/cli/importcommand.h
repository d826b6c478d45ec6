#pragma once

#include "cli/clioptions.h"
#include "cli/command.h"
#include "cli/console.h"
#include "interop/requestimporter.h"

#include <QString>

#include <tl/expected.hpp>

namespace icebreaker {

/// `import --from FORMAT FILE|-`: prints the requests of another program's file, one a
/// line, and tells on standard error what was not taken and why. Keys are never printed.
/// Ends Good if everything was taken, Failed if something, BadUsage if nothing was.
class ImportCommand : public Command
{
    Q_OBJECT

public:
    ImportCommand(ImportOptions options, bool json, Console &console);

    void start() override;

private:
    void print(const RequestImport &found);
    void printTaken(const ImportedRequest &taken);
    void printRefused(const RefusedRequest &refused);
    [[nodiscard]] RequestImport readWithFiles(const QByteArray &text, ImportHint &hint) const;

    ImportOptions m_options;
    bool m_json;
    Console &m_console;
};

} // namespace icebreaker
