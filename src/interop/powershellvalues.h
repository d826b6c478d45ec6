#pragma once

#include "interop/commandwords.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace icebreaker {

/// What an expression of PowerShell is worth: a text, or a table of texts.
struct PowerShellValue {
    QByteArray text;
    std::optional<QList<std::pair<QByteArray, QByteArray>>> table;
};

/// Reads the words and values of PowerShell that make up a request: strings of every kind,
/// here-strings, tables, variables, and the few conversions that programs write around a
/// body (learn.microsoft.com, about_Quoting_Rules, about_Special_Characters,
/// about_Hash_Tables). Nothing is run; what is none of these is a problem.
class PowerShellValues
{
public:
    explicit PowerShellValues(QByteArrayView text)
        : m_text(text)
    { }

    /// A value where an expression stands. Nothing, with problem(), if it is none.
    [[nodiscard]] std::optional<PowerShellValue> readValue();
    /// A value where an argument stands: also a bare word.
    [[nodiscard]] std::optional<PowerShellValue> readArgument();
    /// The letters of a name from here on; may be empty.
    [[nodiscard]] QByteArray readName();
    /// Blanks, comments, and line ends that a backtick hides.
    void skipBlanks();
    /// These, and line ends.
    void skipSpace();
    /// To the end of the statement.
    void skipStatement();

    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] bool isAtStatementEnd() const;
    [[nodiscard]] bool isAt(QByteArrayView part) const;
    /// Steps over @p part if it is here. @return whether it was
    bool take(QByteArrayView part);
    [[nodiscard]] qsizetype place() const { return m_at; }
    void setPlace(qsizetype place) { m_at = place; }

    void fail(ImportRefusal why, qsizetype place, const QString &subject = {});
    [[nodiscard]] const std::optional<CommandProblem> &problem() const { return m_problem; }

    /// Names of variables that nothing gave a value, as far as they were read.
    QStringList variables;
    QHash<QByteArray, PowerShellValue> known; ///< By name in lower case.

private:
    [[nodiscard]] char at(qsizetype place) const
    {
        return place < m_text.size() ? m_text[place] : '\0';
    }
    [[nodiscard]] static bool isNamePart(char c);
    [[nodiscard]] qsizetype quoteAt(qsizetype place, bool single) const;
    std::optional<PowerShellValue> readPrimary();
    std::optional<PowerShellValue> readRestOfParentheses();
    std::optional<PowerShellValue> readSingleQuoted();
    std::optional<PowerShellValue> readDoubleQuoted();
    bool readLine(QByteArray &text, bool expands);
    std::optional<PowerShellValue> readHereString(bool expands);
    std::optional<PowerShellValue> readTable();
    std::optional<PowerShellValue> readConversion();
    std::optional<PowerShellValue> readBareWord();
    bool replaceIn(PowerShellValue &value);
    bool readExpanding(QByteArray &text);
    bool readExpanded(QByteArray &text);
    bool readVariable(PowerShellValue &value);
    void readBacktick(QByteArray &text);

    QByteArrayView m_text;
    qsizetype m_at = 0;
    int m_depth = 0;
    qsizetype m_expanded = 0; ///< Bytes that variables stood for.
    std::optional<CommandProblem> m_problem;
};

} // namespace icebreaker
