#pragma once

#include "cli/clioptions.h"
#include "cli/command.h"
#include "cli/console.h"
#include "secrets/vault.h"
#include "share/exportsecrets.h"
#include "share/sendexport.h"
#include "store/journal.h"

#include <QTemporaryDir>

namespace icebreaker {

/// `icebreaker-cli log --export`: writes sends to a file, or to standard output, redacted.
class ExportCommand : public Command
{
    Q_OBJECT

public:
    /// @param filter  as parseLogFilter() read it
    ExportCommand(const QString &folder, LogFilter filter, LogOptions options, bool json,
                  Console &console);

    void start() override;

private:
    void collectSecrets();
    void write(const ExportSecrets &secrets);
    void finish(const ExportReport &report);
    [[nodiscard]] bool printFile();

    const QString m_folder;
    const LogFilter m_filter;
    const LogOptions m_options;
    const bool m_json;
    Console &m_console;
    Journal m_journal;
    Vault m_vault;
    SendExport m_export;
    QTemporaryDir m_waiting; ///< What goes to standard output stays here until it is checked.
};

} // namespace icebreaker
