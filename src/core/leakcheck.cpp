#include "core/leakcheck.h"

#include <QString>

#include <algorithm>
#include <cctype>
#include <optional>

namespace icebreaker {

namespace {

constexpr qsizetype ShortestTold = 8; // letters and digits
constexpr qsizetype ShortestWholeNumber = 10; // shorter ones are sizes and counts, too
constexpr int Rounds = 4;
constexpr qsizetype BufferSize = 262'144;
/// "\\\\u0041": how much longer an escaped secret may be than itself.
constexpr qsizetype LongestEscape = 12;

QByteArray dense(QByteArrayView bytes)
{
    QByteArray kept;
    kept.reserve(bytes.size());
    for (const char c : bytes) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
            kept.append(c);
        else if (c >= 'A' && c <= 'Z')
            kept.append(static_cast<char>(c - 'A' + 'a'));
    }
    return kept;
}

void addPattern(QByteArrayList &patterns, const QByteArray &written)
{
    const QByteArray pattern = dense(written);
    if (pattern.size() >= ShortestTold && !patterns.contains(pattern))
        patterns.append(pattern);
}

/// The numeral in @p text from @p at on, of at most @p most digits.
struct Numeral {
    uint value = 0;
    qsizetype digits = 0;
};

Numeral numeralAt(const QByteArray &text, qsizetype at, qsizetype most, uint base)
{
    Numeral read;
    for (; read.digits < most && at + read.digits < text.size(); ++read.digits) {
        const int c = std::tolower(static_cast<unsigned char>(text.at(at + read.digits)));
        const bool isDigit = c >= '0' && c <= '9';
        if (!isDigit && (base == 10 || c < 'a' || c > 'f'))
            break;
        read.value = read.value * base + static_cast<uint>(isDigit ? c - '0' : c - 'a' + 10);
    }
    return read;
}

char asByte(uint value)
{
    return value < 0x80 ? static_cast<char>(value) : '?';
}

/// What stands at one place of a text, with its escape undone.
struct Reading {
    char character = '\0';
    qsizetype length = 1;
};

char charAt(const QByteArray &text, qsizetype at)
{
    return at < text.size() ? text.at(at) : '\0';
}

std::optional<Reading> percentAt(const QByteArray &text, qsizetype at)
{
    const Numeral byte = numeralAt(text, at + 1, 2, 16);
    return byte.digits == 2 ? std::optional(Reading{asByte(byte.value), 3}) : std::nullopt;
}

std::optional<Reading> backslashAt(const QByteArray &text, qsizetype at)
{
    const char next = charAt(text, at + 1);
    if (next == '\0')
        return std::nullopt;
    if (next == 'u' || next == 'x') {
        const qsizetype wanted = next == 'u' ? 4 : 2;
        const Numeral character = numeralAt(text, at + 2, wanted, 16);
        if (character.digits == wanted)
            return Reading{asByte(character.value), 2 + wanted};
    }
    const bool isLetter = std::isalnum(static_cast<unsigned char>(next)) != 0;
    return Reading{isLetter ? ' ' : next, 2};
}

std::optional<Reading> entityAt(const QByteArray &text, qsizetype at)
{
    constexpr qsizetype mostDigits = 7;
    if (QByteArrayView(text).sliced(at).startsWith("&amp;"))
        return Reading{'&', 5};
    if (charAt(text, at + 1) != '#')
        return std::nullopt;
    const bool isHex = charAt(text, at + 2) == 'x' || charAt(text, at + 2) == 'X';
    const qsizetype from = at + (isHex ? 3 : 2);
    const Numeral character = numeralAt(text, from, mostDigits, isHex ? 16 : 10);
    if (character.digits == 0)
        return std::nullopt;
    const qsizetype end = from + character.digits;
    return Reading{asByte(character.value), end - at + (charAt(text, end) == ';' ? 1 : 0)};
}

Reading readingAt(const QByteArray &text, qsizetype at)
{
    std::optional<Reading> escape;
    if (text.at(at) == '%')
        escape = percentAt(text, at);
    else if (text.at(at) == '\\')
        escape = backslashAt(text, at);
    else if (text.at(at) == '&')
        escape = entityAt(text, at);
    return escape.value_or(Reading{text.at(at), 1});
}

QByteArray undone(const QByteArray &text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const Reading reading = readingAt(text, at);
        out.append(reading.character);
        at += reading.length;
    }
    return out;
}

} // namespace

LeakCheck::LeakCheck(const QByteArrayList &secrets, const NumberTags *numbers)
    : m_numbers(numbers)
{
    qsizetype longest = 32;
    for (const QByteArray &secret : secrets) {
        longest = std::max(longest, secret.size());
        if (dense(secret).size() < ShortestTold)
            continue;
        addPattern(m_patterns, secret);
        addPattern(m_patterns, secret.toHex());
        // Whole groups of three bytes are the same wherever the secret stands.
        for (qsizetype skip = 0; skip < 3; ++skip) {
            const qsizetype whole = (secret.size() - skip) / 3 * 3;
            if (whole > 0)
                addPattern(m_patterns, secret.mid(skip, whole).toBase64());
        }
    }
    m_overlap = longest * LongestEscape;
}

void LeakCheck::look(QByteArrayView bytes)
{
    m_buffer.append(bytes);
    if (m_buffer.size() < BufferSize + m_overlap)
        return;
    lookAtBuffer();
    m_buffer = m_buffer.last(m_overlap);
}

LeakCheck::Found LeakCheck::finish()
{
    lookAtBuffer();
    m_buffer.clear();
    return m_found;
}

void LeakCheck::lookAtBuffer()
{
    QByteArray form = m_buffer;
    for (int round = 0; round <= Rounds; ++round) {
        lookAtForm(form);
        QByteArray next = undone(form);
        if (next == form)
            break;
        form = std::move(next);
    }
}

void LeakCheck::lookAtForm(const QByteArray &form)
{
    if (m_found == Found::Secret)
        return;
    const QByteArray letters = m_patterns.isEmpty() ? QByteArray() : dense(form);
    const bool hasSecret =
        std::any_of(m_patterns.begin(), m_patterns.end(),
                    [&letters](const QByteArray &pattern) { return letters.contains(pattern); });
    if (hasSecret)
        m_found = Found::Secret;
    else if (m_found == Found::Nothing && hasNumber(form))
        m_found = Found::Number;
}

bool LeakCheck::hasNumber(const QByteArray &form) const
{
    if (m_numbers == nullptr || m_numbers->count() == 0)
        return false;
    for (qsizetype at = 0; at < form.size();) {
        qsizetype end = at;
        while (end < form.size() && std::isdigit(static_cast<unsigned char>(form.at(end))))
            ++end;
        QByteArrayView digits = QByteArrayView(form).sliced(at, end - at);
        while (digits.startsWith('0'))
            digits = digits.sliced(1);
        if (digits.size() >= ShortestWholeNumber && m_numbers->knows(QString::fromLatin1(digits)))
            return true;
        at = end + 1;
    }
    return false;
}

} // namespace icebreaker
