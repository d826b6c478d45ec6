#pragma once

#include "core/requestimport.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// Why a command line cannot be taken apart, and where.
struct CommandProblem {
    ImportRefusal why = ImportRefusal::OpenQuote;
    QString subject;
    int line = 0; ///< From 1.
    int column = 0; ///< From 1, in bytes.
};

/// Of commands in one text; what is behind them is not read.
inline constexpr qsizetype MostCommands = 20'000;

/// One command as its program would get it. A variable in a word is written `{{name}}`.
struct CommandLine {
    QList<QByteArray> words; ///< The program's name first.
    QStringList variables; ///< Names of the variables that stand in them.
    std::optional<QByteArray> input; ///< What a here-document gives it.
    bool pipesOn = false; ///< Its output is the next command's input.
    int line = 1; ///< Where it begins, from 1.
    std::optional<CommandProblem> problem; ///< The last one's only: nothing behind it is read.
};

/// Takes a POSIX shell's text apart as that shell does (IEEE 1003.1-2024, Shell Command
/// Language, 2.2 to 2.4, 2.7.4), with `$'…'`. Nothing is expanded or run.
[[nodiscard]] QList<CommandLine> splitShellCommands(QByteArrayView text);

/// Takes cmd.exe's text apart: carets and percent signs as cmd.exe does (learn.microsoft.com,
/// "cmd", and ss64.com/nt/syntax-esc.html), then quotes and backslashes as Microsoft's C
/// runtime does (learn.microsoft.com, "main function and command-line arguments").
/// What begins with `@echo off` is a batch file, where `%%` is one percent sign.
[[nodiscard]] QList<CommandLine> splitCmdCommands(QByteArrayView text);

/// The arguments that Microsoft's C runtime makes of a command line.
[[nodiscard]] QList<QByteArray> windowsArguments(QByteArrayView line);

/// A place in a text, for people.
struct TextPlace {
    int line = 1;
    int column = 1;
};
[[nodiscard]] TextPlace placeIn(QByteArrayView text, qsizetype at);

/// Lines of places that are asked for from front to back, in one pass over the text.
class LineCounter
{
public:
    /// @param text  outlives this
    explicit LineCounter(QByteArrayView text)
        : m_text(text)
    { }

    /// From 1. @param at  not before the last one
    [[nodiscard]] int lineOf(qsizetype at);

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
};

} // namespace icebreaker
