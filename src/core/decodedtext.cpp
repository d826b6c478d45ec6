#include "core/decodedtext.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int SteppedReadings = 3; // after these only the last one, with nothing left

/// Kinds of escapes, as bits.
enum EscapeKind : unsigned {
    Percent = 1, ///< %41
    BackslashHex = 2, ///< \u0041
    BackslashCharacter = 4, ///< \n
    Entity = 8, ///< &#65;
    EveryKind = 15,
};

struct Escape {
    qsizetype length = 0;
    QChar stands; ///< For this.
};

std::optional<int> hexValue(QStringView digits)
{
    bool isHex = false;
    const int value = digits.toInt(&isHex, 16);
    // toInt() takes signs and spaces, too.
    const bool all = std::all_of(digits.begin(), digits.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c.toLower() >= u'a' && c.toLower() <= u'f');
    });
    return isHex && all ? std::optional(value) : std::nullopt;
}

std::optional<Escape> hexEscape(QStringView text, qsizetype at, qsizetype prefix, qsizetype digits)
{
    if (at + prefix + digits > text.size())
        return std::nullopt;
    const auto value = hexValue(text.sliced(at + prefix, digits));
    if (!value)
        return std::nullopt;
    return Escape{prefix + digits, QChar(static_cast<char16_t>(*value))};
}

std::optional<QChar> namedEntity(QStringView name)
{
    constexpr std::array names{
        std::pair{"amp"_L1, u'&'},  std::pair{"lt"_L1, u'<'},     std::pair{"gt"_L1, u'>'},
        std::pair{"quot"_L1, u'"'}, std::pair{"apos"_L1, u'\''},  std::pair{"nbsp"_L1, u'\u00a0'},
        std::pair{"plus"_L1, u'+'}, std::pair{"percnt"_L1, u'%'}, std::pair{"bsol"_L1, u'\\'}};
    for (const auto &[entity, character] : names) {
        if (name == entity)
            return QChar(character);
    }
    return std::nullopt;
}

/// @param entity  between "&" and ";"
std::optional<QChar> entityCharacter(QStringView entity)
{
    if (!entity.startsWith(u'#'))
        return namedEntity(entity);
    const QStringView number = entity.sliced(1);
    if (number.startsWith(u'x', Qt::CaseInsensitive)) {
        const auto value = number.size() > 1 ? hexValue(number.sliced(1)) : std::nullopt;
        return value && *value <= 0xffff ? std::optional(QChar(static_cast<char16_t>(*value)))
                                         : std::nullopt;
    }
    bool isNumber = false;
    const uint value = number.toUInt(&isNumber, 10);
    return isNumber && value <= 0xffff ? std::optional(QChar(static_cast<char16_t>(value)))
                                       : std::nullopt;
}

std::optional<Escape> entityEscape(QStringView text, qsizetype at)
{
    constexpr qsizetype longest = 12; // "&#0000000065;"
    const qsizetype end = text.sliced(at, std::min(longest + 1, text.size() - at)).indexOf(u';');
    if (end < 2)
        return std::nullopt;
    const auto character = entityCharacter(text.sliced(at + 1, end - 1));
    return character ? std::optional(Escape{end + 1, *character}) : std::nullopt;
}

std::optional<Escape> backslashHex(QStringView text, qsizetype at)
{
    if (at + 1 >= text.size())
        return std::nullopt;
    switch (text.at(at + 1).unicode()) {
    case u'u': return hexEscape(text, at, 2, 4);
    case u'x': return hexEscape(text, at, 2, 2);
    default: return std::nullopt;
    }
}

std::optional<Escape> backslashCharacter(QStringView text, qsizetype at)
{
    if (at + 1 >= text.size())
        return std::nullopt;
    switch (text.at(at + 1).unicode()) {
    case u'n':
    case u'r':
    case u't':
    case u'b':
    case u'f':
    case u'\n': return Escape{2, u'\n'};
    case u'\\':
    case u'/':
    case u'\'':
    case u'"': return Escape{2, text.at(at + 1)};
    default: return std::nullopt;
    }
}

std::optional<Escape> escapeAt(QStringView text, qsizetype at, unsigned kinds)
{
    std::optional<Escape> escape;
    switch (text.at(at).unicode()) {
    case u'%':
        if ((kinds & Percent) != 0)
            escape = hexEscape(text, at, 1, 2);
        break;
    case u'\\':
        if ((kinds & BackslashHex) != 0)
            escape = backslashHex(text, at);
        if (!escape && (kinds & BackslashCharacter) != 0)
            escape = backslashCharacter(text, at);
        break;
    case u'&':
        if ((kinds & Entity) != 0)
            escape = entityEscape(text, at);
        break;
    default: break;
    }
    return escape;
}

void append(DecodedText &to, QChar character, qsizetype begin, qsizetype end)
{
    to.characters.append(character);
    to.begin.push_back(begin);
    to.end.push_back(end);
}

DecodedText asWritten(QStringView text)
{
    DecodedText read;
    read.characters = text.toString();
    read.begin.resize(static_cast<std::size_t>(text.size()));
    read.end.resize(static_cast<std::size_t>(text.size()));
    for (std::size_t i = 0; i < read.begin.size(); ++i) {
        read.begin[i] = static_cast<qsizetype>(i);
        read.end[i] = static_cast<qsizetype>(i) + 1;
    }
    return read;
}

DecodedText decodedOnce(const DecodedText &source, unsigned kinds)
{
    DecodedText read;
    const QStringView text = source.characters;
    for (qsizetype i = 0; i < text.size();) {
        const auto escape = escapeAt(text, i, kinds);
        const qsizetype length = escape ? escape->length : 1;
        append(read, escape ? escape->stands : text.at(i),
               source.begin[static_cast<std::size_t>(i)],
               source.end[static_cast<std::size_t>(i + length - 1)]);
        i += length;
    }
    return read;
}

/// The escape that ends with the last character, whatever stands before it.
std::optional<Escape> escapeAtEnd(QStringView text, unsigned kinds)
{
    constexpr std::array<qsizetype, 4> lengths{2, 3, 4, 6}; // \n %41 \x41 \u0041
    for (const qsizetype length : lengths) {
        if (text.size() < length)
            break;
        const auto escape = escapeAt(text, text.size() - length, kinds);
        if (escape && escape->length == length)
            return escape;
    }
    if (!text.endsWith(u';'))
        return std::nullopt;
    constexpr qsizetype longest = 13;
    const qsizetype from = std::max<qsizetype>(0, text.size() - longest);
    const qsizetype start = text.lastIndexOf(u'&');
    if (start < from)
        return std::nullopt;
    const auto escape = escapeAt(text, start, kinds);
    return escape && start + escape->length == text.size() ? escape : std::nullopt;
}

/// Undoes an escape as soon as its last character is there, so that nesting of any depth
/// takes one pass.
DecodedText decodedFully(const DecodedText &source, unsigned kinds)
{
    DecodedText read;
    for (qsizetype i = 0; i < source.characters.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        append(read, source.characters.at(i), source.begin[at], source.end[at]);
        while (const auto escape = escapeAtEnd(read.characters, kinds)) {
            const qsizetype start = read.characters.size() - escape->length;
            const qsizetype begin = read.begin[static_cast<std::size_t>(start)];
            const qsizetype end = read.end.back();
            read.characters.truncate(start);
            read.begin.resize(static_cast<std::size_t>(start));
            read.end.resize(static_cast<std::size_t>(start));
            append(read, escape->stands, begin, end);
        }
    }
    return read;
}

/// Which kinds of escapes there may be in a text.
unsigned kindsIn(QStringView text)
{
    unsigned kinds = 0;
    if (text.contains(u'%'))
        kinds |= Percent;
    if (text.contains(R"(\u)"_L1) || text.contains(R"(\x)"_L1))
        kinds |= BackslashHex;
    if (text.contains(u'\\'))
        kinds |= BackslashCharacter;
    if (text.contains(u'&'))
        kinds |= Entity;
    // One kind may hide another.
    const bool mayHide = (kinds & (Percent | Entity)) != 0 || text.contains(R"(\\)"_L1);
    return mayHide && (kinds & BackslashCharacter) != 0 ? kinds | BackslashHex : kinds;
}

void addReading(QList<DecodedText> &all, DecodedText reading)
{
    const bool isKnown = std::any_of(all.begin(), all.end(), [&reading](const DecodedText &known) {
        return known.characters == reading.characters;
    });
    if (!isKnown)
        all.append(std::move(reading));
}

} // namespace

QList<DecodedText> readings(QStringView text)
{
    QList<DecodedText> all{asWritten(text)};
    const unsigned present = kindsIn(text);
    const DecodedText written = all.first();
    for (unsigned kinds = 1; kinds <= EveryKind; ++kinds) {
        if ((kinds & present) != kinds)
            continue;
        DecodedText step = written;
        const int steps = kinds == present ? SteppedReadings : 1;
        for (int i = 0; i < steps; ++i) {
            step = decodedOnce(step, kinds);
            addReading(all, step);
        }
        addReading(all, decodedFully(written, kinds));
    }
    // Kinds that were hidden by others come out with all of them together only.
    if (present != 0 && present != EveryKind)
        addReading(all, decodedFully(written, EveryKind));
    return all;
}

} // namespace icebreaker
