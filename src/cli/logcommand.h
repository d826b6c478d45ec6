#pragma once

#include "cli/clioptions.h"
#include "cli/command.h"
#include "cli/console.h"
#include "store/journal.h"

namespace icebreaker {

/// `icebreaker-cli log`: prints sends, newest first, without bodies. Works while the
/// window is open.
class LogCommand : public Command
{
    Q_OBJECT

public:
    /// @param filter  as parseLogFilter() read it
    LogCommand(const QString &folder, LogFilter filter, int limit, bool json, Console &console);

    void start() override;

private:
    void print(const Result<QList<SendRecord>> &records);
    void giveUp(const Error &error);

    const QString m_folder;
    const LogFilter m_filter;
    const int m_limit;
    const bool m_json;
    Console &m_console;
    Journal m_journal;
};

/// Why a filter's text was not understood.
[[nodiscard]] QString filterErrorText(const FilterError &error);

} // namespace icebreaker
