#include "interop/powershellvalues.h"

#include <QChar>
#include <QScopeGuard>
#include <QString>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int DeepestPowerShell = 32; // tables in brackets in tables

// PowerShell takes typographic quotes for plain ones (about_Quoting_Rules).
constexpr std::array<QByteArrayView, 5> SingleQuotes{"'", "\u2018", "\u2019", "\u201A", "\u201B"};
constexpr std::array<QByteArrayView, 4> DoubleQuotes{"\"", "\u201C", "\u201D", "\u201E"};

} // namespace

bool PowerShellValues::isNamePart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void PowerShellValues::fail(ImportRefusal why, qsizetype place, const QString &subject)
{
    if (m_problem)
        return;
    const TextPlace where = placeIn(m_text, place);
    m_problem = CommandProblem{why, subject, where.line, where.column};
}

bool PowerShellValues::isAt(QByteArrayView part) const
{
    return m_text.sliced(m_at).startsWith(part);
}

bool PowerShellValues::take(QByteArrayView part)
{
    if (!isAt(part))
        return false;
    m_at += part.size();
    return true;
}

bool PowerShellValues::isAtStatementEnd() const
{
    return isAtEnd() || m_text[m_at] == '\n' || m_text[m_at] == ';' || isAt("\r\n");
}

void PowerShellValues::skipBlanks()
{
    while (!isAtEnd()) {
        if (isAt(" ") || isAt("\t"))
            ++m_at;
        else if (isAt("`\n"))
            m_at += 2;
        else if (isAt("`\r\n"))
            m_at += 3;
        else if (isAt("#"))
            m_at = m_text.indexOf('\n', m_at) < 0 ? m_text.size() : m_text.indexOf('\n', m_at);
        else
            break;
    }
}

void PowerShellValues::skipSpace()
{
    for (skipBlanks(); isAt("\n") || isAt("\r"); skipBlanks())
        ++m_at;
}

void PowerShellValues::skipStatement()
{
    for (skipBlanks(); !isAtStatementEnd() && !m_problem; skipBlanks()) {
        const bool isQuoted = quoteAt(m_at, true) > 0 || quoteAt(m_at, false) > 0 || isAt("@'")
            || isAt("@\"") || isAt("@{");
        if (!isQuoted)
            ++m_at;
        else if (!readPrimary())
            return;
    }
}

QByteArray PowerShellValues::readName()
{
    const qsizetype start = m_at;
    while (isNamePart(at(m_at)) || (m_at > start && (isAt("-") || isAt("."))))
        ++m_at;
    return m_text.sliced(start, m_at - start).toByteArray();
}

qsizetype PowerShellValues::quoteAt(qsizetype place, bool single) const
{
    const auto length = [this, place](const auto &quotes) {
        const auto rest = m_text.sliced(std::min(place, m_text.size()));
        const auto found = std::find_if(quotes.begin(), quotes.end(), [rest](QByteArrayView each) {
            return rest.startsWith(each);
        });
        return found == quotes.end() ? qsizetype(0) : found->size();
    };
    return single ? length(SingleQuotes) : length(DoubleQuotes);
}

std::optional<PowerShellValue> PowerShellValues::readValue()
{
    auto value = readPrimary();
    while (value) {
        const qsizetype behind = m_at;
        skipBlanks();
        if (take("+")) {
            skipSpace();
            const auto more = readPrimary();
            if (!more)
                return std::nullopt;
            value->text += more->text;
        } else if (take("-replace")) {
            if (!replaceIn(*value))
                return std::nullopt;
        } else {
            m_at = behind;
            break;
        }
    }
    return value;
}

/// Only what our own export writes: line ends as they were.
bool PowerShellValues::replaceIn(PowerShellValue &value)
{
    const qsizetype start = m_at;
    skipBlanks();
    const auto what = readPrimary();
    skipBlanks();
    const bool hasBoth = what && take(",");
    skipBlanks();
    const auto with = hasBoth ? readPrimary() : std::nullopt;
    if (!with || what->text != "\r\n" || with->text != "\n") {
        fail(ImportRefusal::Expansion, start, u"-replace"_s);
        return false;
    }
    value.text.replace("\r\n", "\n");
    return true;
}

std::optional<PowerShellValue> PowerShellValues::readPrimary()
{
    const auto leave = qScopeGuard([this] { --m_depth; });
    if (++m_depth > DeepestPowerShell || isAtEnd()) {
        fail(ImportRefusal::NotUnderstood, m_at);
        return std::nullopt;
    }
    if (quoteAt(m_at, true) > 0)
        return readSingleQuoted();
    if (quoteAt(m_at, false) > 0)
        return readDoubleQuoted();
    if (isAt("@{"))
        return readTable();
    if (isAt("@") && quoteAt(m_at + 1, true) > 0)
        return readHereString(false);
    if (isAt("@") && quoteAt(m_at + 1, false) > 0)
        return readHereString(true);
    if (isAt("$")) {
        PowerShellValue value;
        return readVariable(value) ? std::optional(value) : std::nullopt;
    }
    if (isAt("["))
        return readConversion();
    return take("(") ? readRestOfParentheses() : readBareWord();
}

std::optional<PowerShellValue> PowerShellValues::readRestOfParentheses()
{
    skipSpace();
    auto value = readValue();
    skipSpace();
    if (value && !take(")")) {
        fail(ImportRefusal::NotUnderstood, m_at);
        return std::nullopt;
    }
    return value;
}

std::optional<PowerShellValue> PowerShellValues::readArgument()
{
    if (isAt("-"))
        return readBareWord();
    return readPrimary();
}

std::optional<PowerShellValue> PowerShellValues::readBareWord()
{
    PowerShellValue value;
    const qsizetype start = m_at;
    while (!isAtEnd() && !QByteArrayView(" \t\r\n;|(){},").contains(m_text[m_at])) {
        if (!readExpanding(value.text))
            return std::nullopt;
    }
    if (m_at == start) {
        fail(ImportRefusal::NotUnderstood, m_at, QString(QLatin1Char(at(m_at))));
        return std::nullopt;
    }
    return value;
}

std::optional<PowerShellValue> PowerShellValues::readTable()
{
    const qsizetype open = m_at;
    m_at += 2;
    PowerShellValue value;
    value.table.emplace();
    for (;;) {
        skipSpace();
        while (take(";"))
            skipSpace();
        if (take("}"))
            return value;
        if (isAtEnd()) {
            fail(ImportRefusal::OpenQuote, open, u"@{"_s);
            return std::nullopt;
        }
        const bool isQuoted = quoteAt(m_at, true) > 0 || quoteAt(m_at, false) > 0;
        const auto name = isQuoted ? readPrimary() : std::optional(PowerShellValue{readName(), {}});
        skipSpace();
        if (!name || name->text.isEmpty() || !take("=")) {
            fail(ImportRefusal::NotUnderstood, m_at, u"@{"_s);
            return std::nullopt;
        }
        skipSpace();
        const auto content = readValue();
        if (!content)
            return std::nullopt;
        value.table->append({name->text, content->text});
    }
}

/// `[Text.Encoding]::UTF8.GetBytes(…)` and the like.
std::optional<PowerShellValue> PowerShellValues::readConversion()
{
    const qsizetype start = m_at;
    constexpr qsizetype longest = 60;
    const qsizetype bracket =
        m_text.sliced(m_at).first(std::min(longest, m_text.size() - m_at)).indexOf('(');
    QByteArray name =
        bracket < 0 ? QByteArray() : m_text.sliced(m_at, bracket).toByteArray().toLower();
    name.replace("[system.", "[");
    const bool isBase64 = name == "[convert]::frombase64string";
    if (!isBase64 && name != "[text.encoding]::utf8.getbytes"
        && name != "[text.encoding]::utf8.getstring") {
        fail(ImportRefusal::NotUnderstood, start, u"["_s);
        return std::nullopt;
    }
    m_at += bracket;
    auto value = readPrimary();
    if (value && isBase64)
        value->text = QByteArray::fromBase64(value->text);
    return value;
}

} // namespace icebreaker
