#pragma once

#include <QCommandLineParser>
#include <QString>

namespace icebreaker {

/// The commands of icebreaker-cli, as bits: an option may belong to several.
enum CliCommand : unsigned {
    SendCommandBit = 1,
    BatchCommandBit = 2,
    LogCommandBit = 4,
    SandboxCommandBit = 8,
    ImportCommandBit = 16,
    CodeCommandBit = 32, ///< export
    EveryCommand = 63,
};

/// The command called @p name, 0 if there is none.
[[nodiscard]] unsigned commandBit(const QString &name);

enum class Take {
    Any, ///< Options that any of the commands takes.
    Common, ///< Options that all of them take.
};

/// Adds help, version and the options of @p commands, each name once.
void addOptions(QCommandLineParser &parser, unsigned commands, Take take);

/// What `--help` prints without a command, and with one.
[[nodiscard]] QString generalHelp();
[[nodiscard]] QString commandHelp(QCommandLineParser &parser, unsigned command);

} // namespace icebreaker
