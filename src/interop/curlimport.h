#pragma once

#include "interop/importjudge.h"

#include <QByteArray>

namespace icebreaker {

/// Whose quoting a command line is in.
enum class CommandDialect {
    Shell, ///< A POSIX shell.
    Cmd, ///< cmd.exe.
    PowerShell,
};

/// The dialect by what only one of them has; a shell's where several fit.
[[nodiscard]] CommandDialect detectDialect(const QByteArray &text);

/// Takes the requests of all curl commands in @p text; other commands are refused.
void takeCurl(const QByteArray &text, const ImportHint &hint, ImportJudge &judge);

} // namespace icebreaker
