#include "interop/powershellvalues.h"

#include <QChar>
#include <QString>

namespace icebreaker {

using namespace Qt::StringLiterals;

std::optional<PowerShellValue> PowerShellValues::readSingleQuoted()
{
    const qsizetype open = m_at;
    m_at += quoteAt(m_at, true);
    PowerShellValue value;
    while (!isAtEnd()) {
        const qsizetype quote = quoteAt(m_at, true);
        const qsizetype second = quote > 0 ? quoteAt(m_at + quote, true) : 0;
        if (quote > 0 && second == 0) {
            m_at += quote;
            return value;
        }
        const qsizetype length = quote > 0 ? second : 1; // of a doubled one the second stays
        value.text += m_text.sliced(m_at + quote, length);
        m_at += quote + length;
    }
    fail(ImportRefusal::OpenQuote, open, u"'"_s);
    return std::nullopt;
}

std::optional<PowerShellValue> PowerShellValues::readDoubleQuoted()
{
    const qsizetype open = m_at;
    m_at += quoteAt(m_at, false);
    PowerShellValue value;
    while (!isAtEnd()) {
        const qsizetype quote = quoteAt(m_at, false);
        const qsizetype second = quote > 0 ? quoteAt(m_at + quote, false) : 0;
        if (quote > 0 && second == 0) {
            m_at += quote;
            return value;
        }
        if (quote > 0) {
            value.text += m_text.sliced(m_at + quote, second);
            m_at += quote + second;
        } else if (!readExpanding(value.text)) {
            return std::nullopt;
        }
    }
    fail(ImportRefusal::OpenQuote, open, u"\""_s);
    return std::nullopt;
}

/// Up to the line's end. @return whether all of it is understood
bool PowerShellValues::readLine(QByteArray &text, bool expands)
{
    while (!isAtEnd() && !isAt("\n")) {
        if (!expands)
            text += m_text[m_at++];
        else if (!readExpanding(text))
            return false;
    }
    return true;
}

std::optional<PowerShellValue> PowerShellValues::readHereString(bool expands)
{
    const qsizetype open = m_at;
    m_at += 1 + quoteAt(m_at + 1, !expands);
    while (isAt(" ") || isAt("\t") || isAt("\r"))
        ++m_at;
    PowerShellValue value;
    bool isFirst = true;
    while (take("\n")) {
        const qsizetype quote = quoteAt(m_at, !expands);
        if (quote > 0 && at(m_at + quote) == '@') {
            m_at += quote + 1;
            if (value.text.endsWith('\r'))
                value.text.chop(1);
            return value;
        }
        if (!isFirst)
            value.text += '\n';
        isFirst = false;
        if (!readLine(value.text, expands))
            return std::nullopt;
    }
    fail(ImportRefusal::OpenQuote, open, u"@'"_s);
    return std::nullopt;
}

void PowerShellValues::readBacktick(QByteArray &text)
{
    constexpr QByteArrayView letters("0abefnrtv");
    constexpr QByteArrayView meanings("\0\a\b\x1b\f\n\r\t\v", 9);
    ++m_at;
    const char c = at(m_at);
    if (isAtEnd())
        return;
    if (c == 'u' && at(m_at + 1) == '{') {
        const qsizetype close = m_text.indexOf('}', m_at);
        bool isNumber = false;
        const char32_t code = close < 0 || close - m_at > 8
            ? 0
            : m_text.sliced(m_at + 2, close - m_at - 2).toByteArray().toUInt(&isNumber, 16);
        if (isNumber && code <= QChar::LastValidCodePoint && !QChar::isSurrogate(code)) {
            text += QString::fromUcs4(&code, 1).toUtf8();
            m_at = close + 1;
            return;
        }
    }
    const qsizetype letter = letters.indexOf(c);
    text += letter >= 0 ? meanings[letter] : c;
    ++m_at;
}

/// One character, escape or variable of a text in which these mean something.
bool PowerShellValues::readExpanding(QByteArray &text)
{
    if (isAt("$"))
        return readExpanded(text);
    if (isAt("`"))
        readBacktick(text);
    else
        text += m_text[m_at++];
    return true;
}

/// A variable within a text.
bool PowerShellValues::readExpanded(QByteArray &text)
{
    const char next = at(m_at + 1);
    if (next == '(') {
        fail(ImportRefusal::Substitution, m_at);
        return false;
    }
    if (!isNamePart(next) && next != '{') {
        text += '$';
        ++m_at;
        return true;
    }
    PowerShellValue value;
    if (!readVariable(value))
        return false;
    text += value.text;
    return true;
}

bool PowerShellValues::readVariable(PowerShellValue &value)
{
    const qsizetype start = m_at;
    ++m_at;
    const bool braced = take("{");
    const qsizetype nameStart = m_at;
    while (isNamePart(at(m_at)) || (at(m_at) == ':' && isNamePart(at(m_at + 1))))
        ++m_at;
    QByteArray name = m_text.sliced(nameStart, m_at - nameStart).toByteArray();
    if (name.isEmpty() || (braced && !take("}"))) {
        fail(isAt("(") ? ImportRefusal::Substitution : ImportRefusal::Expansion, start);
        return false;
    }
    const auto found = known.constFind(name.toLower());
    if (found != known.constEnd()) {
        value = *found;
        // A text can be made to double with every statement.
        m_expanded += value.text.size() + (value.table ? value.table->size() : 0);
        if (m_expanded > ImportMaxBytes)
            fail(ImportRefusal::TooLarge, start);
        return m_expanded <= ImportMaxBytes;
    }
    if (name.toLower().startsWith("env:"))
        name = name.mid(4);
    value.text = "{{" + name + "}}";
    variables.append(QString::fromLatin1(name));
    return true;
}

} // namespace icebreaker
