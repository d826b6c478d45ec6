#include "interop/textdecoder.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace icebreaker {

namespace {

constexpr char32_t Undefined = 0;

/// Bytes 0x80 to 0x9F; all others mean the same as in Latin-1. Source: unicode.org,
/// Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT, table version 2.01.
constexpr std::array<char32_t, 32> Windows1252{
    0x20AC,    Undefined, 0x201A, 0x0192, 0x201E, 0x2026,    0x2020, 0x2021, //
    0x02C6,    0x2030,    0x0160, 0x2039, 0x0152, Undefined, 0x017D, Undefined, //
    Undefined, 0x2018,    0x2019, 0x201C, 0x201D, 0x2022,    0x2013, 0x2014, //
    0x02DC,    0x2122,    0x0161, 0x203A, 0x0153, Undefined, 0x017E, 0x0178, //
};

unsigned byteAt(QByteArrayView bytes, qsizetype i)
{
    return static_cast<unsigned char>(bytes.at(i));
}

char32_t fromWindows1252(unsigned byte)
{
    return byte >= 0x80 && byte <= 0x9F ? Windows1252.at(byte - 0x80) : byte;
}

void append(QByteArray &utf8, char32_t character)
{
    const auto put = [&utf8](char32_t byte) { utf8 += static_cast<char>(byte); };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0 | (character >> 6));
        put(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        put(0xE0 | (character >> 12));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    } else {
        put(0xF0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3F));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    }
}

/// How many bytes of pure ASCII @p bytes begins with, at least in steps of eight.
qsizetype asciiAhead(QByteArrayView bytes, qsizetype from)
{
    qsizetype i = from;
    while (i + 8 <= bytes.size()) {
        quint64 eight = 0;
        std::memcpy(&eight, bytes.data() + i, 8);
        if ((eight & 0x8080808080808080u) != 0)
            break;
        i += 8;
    }
    return i - from;
}

/// What may follow the first byte of a character: how many bytes, and the range of the
/// next one, which keeps out surrogates, overlong forms and what is beyond U+10FFFF
/// (Unicode 15, table 3-7).
struct Follow {
    int count = -1;
    unsigned low = 0x80;
    unsigned high = 0xBF;
};

Follow followOf(unsigned lead)
{
    if (lead < 0x80)
        return {0};
    if (lead >= 0xC2 && lead <= 0xDF)
        return {1};
    if (lead >= 0xE0 && lead <= 0xEF)
        return {2, lead == 0xE0 ? 0xA0u : 0x80u, lead == 0xED ? 0x9Fu : 0xBFu};
    if (lead >= 0xF0 && lead <= 0xF4)
        return {3, lead == 0xF0 ? 0x90u : 0x80u, lead == 0xF4 ? 0x8Fu : 0xBFu};
    return {};
}

/// @return the length of the character at @p i, 0 if it is cut off there, -1 if it is none
qsizetype characterLength(QByteArrayView bytes, qsizetype i)
{
    const Follow follow = followOf(byteAt(bytes, i));
    if (follow.count < 0)
        return -1;
    unsigned low = follow.low;
    unsigned high = follow.high;
    for (qsizetype k = 1; k <= follow.count; ++k) {
        if (i + k >= bytes.size())
            return 0;
        const unsigned byte = byteAt(bytes, i + k);
        if (byte < low || byte > high)
            return -1;
        low = 0x80;
        high = 0xBF;
    }
    return follow.count + 1;
}

} // namespace

TextDecoder::TextDecoder(TextEncoding encoding)
    : m_encoding(encoding)
{ }

bool TextDecoder::decode(QByteArrayView bytes, QByteArray &utf8)
{
    switch (m_encoding) {
    case TextEncoding::Utf8: return decodeUtf8(bytes, utf8);
    case TextEncoding::Utf16Le:
    case TextEncoding::Utf16Be: return decodeUtf16(bytes, utf8);
    case TextEncoding::Windows1252: break;
    }
    return decodeWindows1252(bytes, utf8);
}

bool TextDecoder::decodeUtf8(QByteArrayView bytes, QByteArray &utf8)
{
    while (!m_rest.isEmpty() && !bytes.isEmpty()) {
        m_rest += bytes.front();
        bytes = bytes.sliced(1);
        const qsizetype length = characterLength(m_rest, 0);
        if (length < 0)
            return false;
        if (length > 0) {
            utf8 += m_rest;
            m_rest.clear();
        }
    }
    qsizetype i = 0;
    while (i < bytes.size()) {
        i += asciiAhead(bytes, i);
        if (i >= bytes.size())
            break;
        const qsizetype length = characterLength(bytes, i);
        if (length <= 0) {
            utf8.append(bytes.data(), i);
            m_rest = length == 0 ? bytes.sliced(i).toByteArray() : QByteArray();
            return length == 0;
        }
        i += length;
    }
    utf8.append(bytes.data(), bytes.size());
    return true;
}

bool TextDecoder::decodeUtf16(QByteArrayView bytes, QByteArray &utf8)
{
    qsizetype i = 0;
    const auto unitOf = [this](unsigned first, unsigned second) {
        return static_cast<char16_t>(m_encoding == TextEncoding::Utf16Le ? first | (second << 8)
                                                                         : (first << 8) | second);
    };
    if (!m_rest.isEmpty() && !bytes.isEmpty()) {
        const char16_t unit = unitOf(byteAt(m_rest, 0), byteAt(bytes, 0));
        m_rest.clear();
        i = 1;
        if (!addUnit(unit, utf8))
            return false;
    }
    for (; i + 1 < bytes.size(); i += 2) {
        if (!addUnit(unitOf(byteAt(bytes, i), byteAt(bytes, i + 1)), utf8))
            return false;
    }
    m_rest = bytes.sliced(i).toByteArray();
    return true;
}

bool TextDecoder::addUnit(char16_t unit, QByteArray &utf8)
{
    if (m_high != 0) {
        if (!QChar::isLowSurrogate(unit))
            return false;
        append(utf8, QChar::surrogateToUcs4(m_high, unit));
        m_high = 0;
    } else if (QChar::isHighSurrogate(unit)) {
        m_high = unit;
    } else if (QChar::isLowSurrogate(unit)) {
        return false;
    } else {
        append(utf8, unit);
    }
    return true;
}

bool TextDecoder::decodeWindows1252(QByteArrayView bytes, QByteArray &utf8)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const unsigned byte = byteAt(bytes, i);
        const char32_t character = fromWindows1252(byte);
        if (character == Undefined && byte != 0)
            return false;
        append(utf8, character);
    }
    return true;
}

QString previewOfWindows1252(QByteArrayView bytes)
{
    QString text;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char32_t character = fromWindows1252(byteAt(bytes, i));
        text += character == Undefined ? QChar(QChar::ReplacementCharacter)
                                       : QChar(static_cast<char16_t>(character));
    }
    return text;
}

} // namespace icebreaker
