#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <tl/expected.hpp>
#include <vector>

namespace icebreaker {

/// Where one value of a JSON text stands, in bytes of UTF-8. Its children are in the order
/// of the text, duplicates included, as JsonValue has them.
struct JsonNode {
    enum class Kind { Object, Array, String, Number, Word };

    Kind kind = Kind::Word;
    qsizetype begin = 0;
    qsizetype end = 0; ///< Behind its last byte.
    qsizetype nameBegin = -1; ///< The member's name with its quotes; -1 outside of objects.
    qsizetype nameEnd = -1;
    QString name; ///< Escapes undone.
    std::vector<JsonNode> children;

    /// The first member called @p member, or nullptr.
    [[nodiscard]] const JsonNode *find(QStringView member) const;
};

/// Why a text is not JSON. The words are in `words`.
enum class JsonFlaw {
    Nothing, ///< The text is empty.
    ValueMissing,
    NameMissing, ///< Where an object's next member should begin.
    CommaBeforeEnd,
    ColonMissing,
    CommaMissing,
    TextBehindEnd,
    ObjectOpen, ///< Never closed; `opened` says where it begins.
    ArrayOpen,
    StringOpen,
    ControlCharacter, ///< A line break or tab inside of a text.
    BadEscape,
    LoneSurrogate,
    BadNumber,
    NumberTooBig, ///< Beyond what a 64-bit floating-point number holds.
    UnknownWord,
    SingleQuotes,
    Comment,
    WrongBracket,
    NotUtf8,
    TooDeep,
};

struct JsonFault {
    JsonFlaw flaw = JsonFlaw::Nothing;
    qsizetype begin = 0;
    qsizetype end = 0; ///< Behind what is wrong; may be `begin`.
    qsizetype opened = -1;
};

/// Reads @p text as strictly as parseJson() does: what this takes, that takes too.
[[nodiscard]] tl::expected<JsonNode, JsonFault> outlineJson(const QByteArray &text);

/// Where in an unfinished document somebody is typing.
struct JsonSpot {
    enum class Place {
        Name, ///< Of a member, or where one may begin.
        Value,
        Elsewhere, ///< Nothing can be proposed, e.g. behind a value.
    };
    Place place = Place::Elsewhere;
    QStringList path; ///< Names from the root; a list's items have the empty name.
    qsizetype begin = 0; ///< Of what was typed of it, without the quote.
    bool quoted = false; ///< There is an opening quote before `begin`.
    QStringList siblings; ///< Names that the object has before this one.
};

/// @param text  up to the cursor
[[nodiscard]] JsonSpot jsonSpot(QByteArrayView text);

/// A place in a text for people: line and column from 1, the column in characters.
struct LinePlace {
    qsizetype line = 1;
    qsizetype column = 1;
};
[[nodiscard]] LinePlace placeOf(const QByteArray &text, qsizetype offset);

} // namespace icebreaker
