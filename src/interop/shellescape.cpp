#include "interop/shellescape.h"

#include <QChar>
#include <QString>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr int HexBase = 16;
constexpr int OctalBase = 8;

class DollarQuoteReader
{
public:
    explicit DollarQuoteReader(QByteArrayView source)
        : m_source(source)
    { }

    std::optional<DollarQuote> read()
    {
        while (m_at < m_source.size()) {
            const char c = m_source[m_at++];
            if (c == '\'') {
                flushHigh();
                return DollarQuote{m_text, m_at};
            }
            if (c == '\\' && m_at < m_source.size()) {
                readEscape(m_source[m_at++]);
            } else {
                flushHigh();
                m_text += c;
            }
        }
        return std::nullopt;
    }

private:
    void readEscape(char c)
    {
        constexpr QByteArrayView letters("abeEfnrtv");
        constexpr QByteArrayView meanings("\a\b\x1b\x1b\f\n\r\t\v");
        if (c == 'u' || c == 'U') {
            constexpr int shortForm = 4;
            addCharacter(number(HexBase, c == 'u' ? shortForm : 2 * shortForm));
            return;
        }
        flushHigh();
        const qsizetype letter = letters.indexOf(c);
        if (letter >= 0) {
            m_text += meanings[letter];
        } else if (c == 'x') {
            m_text += static_cast<char>(number(HexBase, 2));
        } else if (c >= '0' && c <= '7') {
            --m_at;
            m_text += static_cast<char>(number(OctalBase, 3));
        } else if (c == 'c' && m_at < m_source.size()) {
            m_text += static_cast<char>(m_source[m_at++] & '\x1f');
        } else {
            if (c != '\'' && c != '"' && c != '\\' && c != '?')
                m_text += '\\';
            m_text += c;
        }
    }

    [[nodiscard]] char32_t number(char32_t base, int digits)
    {
        char32_t value = 0;
        for (; digits > 0 && m_at < m_source.size(); --digits, ++m_at) {
            const int digit = digitOf(m_source[m_at]);
            if (digit < 0 || static_cast<char32_t>(digit) >= base)
                break;
            value = value * base + static_cast<char32_t>(digit);
        }
        return value;
    }

    static int digitOf(char c)
    {
        if (c >= '0' && c <= '9')
            return c - '0';
        const char lower = static_cast<char>(c | ' ');
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// Browsers write what lies beyond U+FFFF as two halves.
    void addCharacter(char32_t code)
    {
        if (m_high != 0 && QChar::isLowSurrogate(code)) {
            add(QChar::surrogateToUcs4(m_high, static_cast<char16_t>(code)));
            m_high = 0;
            return;
        }
        flushHigh();
        if (QChar::isHighSurrogate(code))
            m_high = static_cast<char16_t>(code);
        else
            add(code);
    }
    void flushHigh()
    {
        if (m_high != 0)
            add(QChar::ReplacementCharacter);
        m_high = 0;
    }
    void add(char32_t code)
    {
        const bool isOne = code <= QChar::LastValidCodePoint && !QChar::isSurrogate(code);
        const char32_t valid = isOne ? code : char32_t(QChar::ReplacementCharacter);
        m_text += QString::fromUcs4(&valid, 1).toUtf8();
    }

    QByteArrayView m_source;
    qsizetype m_at = 0;
    QByteArray m_text;
    char16_t m_high = 0;
};

} // namespace

std::optional<DollarQuote> readDollarQuote(QByteArrayView source)
{
    return DollarQuoteReader(source).read();
}

} // namespace icebreaker
