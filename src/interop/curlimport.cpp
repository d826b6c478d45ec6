#include "interop/curlimport.h"

#include "interop/curlcommand.h"
#include "interop/powershellreader.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype DetectedPart = 20'000; // bytes that are looked at to tell a dialect

bool isCurlProgram(const QByteArray &word)
{
    const QByteArray lower = word.toLower();
    return lower == "curl" || lower == "curl.exe" || lower.endsWith("/curl")
        || lower.endsWith("\\curl.exe");
}

/// What a command that only prints gives to the next one; nothing if it is another.
std::optional<QByteArray> printedBy(const CommandLine &command)
{
    const QList<QByteArray> &words = command.words;
    if (words.value(0) == "cat" && words.size() == 1)
        return command.input;
    if (words.value(0) == "printf" && words.size() == 3
        && (words.at(1) == "%s" || words.at(1) == "%s\\n"))
        return words.at(2);
    if (words.value(0) == "echo" && words.size() == 2 && !words.at(1).startsWith('-')
        && !words.at(1).contains('\\'))
        return words.at(1);
    return std::nullopt;
}

/// `NAME=value`, or `export NAME=value`: by name.
bool isAssignment(const CommandLine &command, QHash<QByteArray, QByteArray> &values)
{
    static const QRegularExpression form(uR"(^[A-Za-z_][A-Za-z0-9_]*=)"_s);
    const bool exports = command.words.value(0) == "export" || command.words.value(0) == "set";
    const auto words = command.words.mid(exports ? 1 : 0);
    for (const QByteArray &word : words) {
        constexpr qsizetype longestName = 100;
        if (!form.match(QString::fromUtf8(word.left(longestName))).hasMatch())
            return false;
    }
    for (const QByteArray &word : words)
        values.insert(word.left(word.indexOf('=')), word.mid(word.indexOf('=') + 1));
    return !words.isEmpty();
}

class CommandTaker
{
public:
    CommandTaker(const ImportHint &hint, ImportJudge &judge)
        : m_hint(hint)
        , m_judge(judge)
    { }

    void take(CommandLine command)
    {
        const std::optional<QByteArray> input =
            command.input ? command.input : std::exchange(m_piped, std::nullopt);
        if (const auto &problem = command.problem) {
            m_judge.refuse(
                {{}, problem->why, problem->subject, problem->line, problem->column, {}});
            return;
        }
        if (isCurlProgram(command.words.first())) {
            if (command.pipesOn)
                m_ignoreNext = true; // what becomes of the answer
            resolve(command);
            takeCurlCommand(command, input);
            return;
        }
        if (std::exchange(m_ignoreNext, command.pipesOn && m_ignoreNext))
            return;
        if (command.pipesOn) {
            m_piped = printedBy(command);
            if (m_piped)
                return;
        }
        if (!isAssignment(command, m_values))
            refuse(command, ImportRefusal::OtherProgram, command.words.first());
    }

private:
    void takeCurlCommand(const CommandLine &command, const std::optional<QByteArray> &input)
    {
        const auto wire = readCurlCommand(command, input, m_hint);
        if (wire)
            m_judge.take(*wire);
        else
            m_judge.refuse(wire.error());
    }

    void refuse(const CommandLine &command, ImportRefusal why, const QByteArray &subject)
    {
        constexpr qsizetype longest = 40;
        m_judge.refuse({{}, why, QString::fromUtf8(subject.left(longest)), command.line, 0, {}});
    }

    /// Variables that the same text sets. They are few, and each counts.
    void resolve(CommandLine &command)
    {
        constexpr qsizetype mostResolved = 50; // each looks through all words
        QStringList names = command.variables;
        names.removeDuplicates();
        for (const QString &variable : std::as_const(names).mid(0, mostResolved)) {
            const auto found = m_values.constFind(variable.toUtf8());
            if (found == m_values.constEnd())
                continue;
            for (QByteArray &word : command.words) {
                m_expanded += word.contains("{{" + variable.toUtf8() + "}}") ? found->size() : 0;
                if (m_expanded <= ImportMaxBytes)
                    word.replace("{{" + variable.toUtf8() + "}}", *found);
            }
        }
    }

    const ImportHint &m_hint;
    ImportJudge &m_judge;
    QHash<QByteArray, QByteArray> m_values;
    std::optional<QByteArray> m_piped;
    qsizetype m_expanded = 0;
    bool m_ignoreNext = false;
};

} // namespace

CommandDialect detectDialect(const QByteArray &text)
{
    const QString part = QString::fromUtf8(text.left(DetectedPart));
    const auto options =
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption;
    // What stands first counts: behind it there may be anything within quotes.
    static const QRegularExpression shell(uR"(\\\r?\n|\s\$?'|^#!|^\s{0,9}(printf|cat|export)\s)"_s,
                                          options);
    static const QRegularExpression cmd(uR"(\^\r?\n|\^"|^@echo off|X-Vgai-Key: *%\w+%)"_s, options);
    static const QRegularExpression powerShell(
        uR"(^[ \t]{0,99}(\$\w+[ \t]{0,9}=|(&[ \t])?(Invoke-(RestMethod|WebRequest)|irm|iwr)\b)|[ \t]`\r?\n|\$env:\w|@['"]\r?$)"_s,
        options);
    const auto placeOf = [&part](const QRegularExpression &mark) {
        const auto match = mark.match(part);
        return match.hasMatch() ? match.capturedStart() : part.size();
    };
    const qsizetype shellAt = placeOf(shell);
    const qsizetype cmdAt = placeOf(cmd);
    const qsizetype powerShellAt = placeOf(powerShell);
    if (powerShellAt < std::min(shellAt, cmdAt))
        return CommandDialect::PowerShell;
    if (cmdAt < shellAt)
        return CommandDialect::Cmd;
    // `curl.exe` with single quotes is PowerShell's, with double ones either's.
    if (part.trimmed().startsWith("curl.exe"_L1, Qt::CaseInsensitive))
        return part.contains(u'\'') ? CommandDialect::PowerShell : CommandDialect::Cmd;
    return CommandDialect::Shell;
}

void takeCurl(const QByteArray &text, const ImportHint &hint, ImportJudge &judge)
{
    const CommandDialect dialect = detectDialect(text);
    if (dialect == CommandDialect::PowerShell) {
        takePowerShell(text, hint, judge);
        return;
    }
    CommandTaker taker(hint, judge);
    const auto commands =
        dialect == CommandDialect::Cmd ? splitCmdCommands(text) : splitShellCommands(text);
    for (const CommandLine &command : commands)
        taker.take(command);
}

} // namespace icebreaker
