#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace icebreaker {

class JsonValue;
using JsonArray = std::vector<JsonValue>;
using JsonMember = std::pair<QString, JsonValue>;

/// An object's members in the order in which they were written, duplicates included.
/// QJsonObject sorts its keys and drops duplicates, which would change a request
/// that somebody else wrote.
class JsonObject
{
public:
    /// The first member called @p name, or nullptr.
    [[nodiscard]] const JsonValue *find(QStringView name) const;
    [[nodiscard]] JsonValue *find(QStringView name);
    /// Replaces the first member called @p name where it stands, or appends it.
    void set(const QString &name, JsonValue value);
    /// Removes every member called @p name.
    void remove(QStringView name);

    std::vector<JsonMember> members;

    friend bool operator==(const JsonObject &left, const JsonObject &right);
};

/// A number as it was written: 1.0 stays 1.0, and 30 digits stay 30 digits.
struct JsonNumber {
    QByteArray text;
    friend bool operator==(const JsonNumber &, const JsonNumber &) = default;
};

/// One JSON value of an ordered document that loses nothing on a round trip.
class JsonValue
{
public:
    JsonValue() = default; ///< null
    JsonValue(bool value);
    JsonValue(QString value);
    JsonValue(JsonNumber value);
    JsonValue(JsonArray value);
    JsonValue(JsonObject value);
    static JsonValue number(qint64 value);

    [[nodiscard]] bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    [[nodiscard]] const bool *boolean() const { return std::get_if<bool>(&m_value); }
    [[nodiscard]] const QString *string() const { return std::get_if<QString>(&m_value); }
    [[nodiscard]] const JsonNumber *number() const { return std::get_if<JsonNumber>(&m_value); }
    [[nodiscard]] const JsonArray *array() const { return std::get_if<JsonArray>(&m_value); }
    [[nodiscard]] JsonArray *array() { return std::get_if<JsonArray>(&m_value); }
    [[nodiscard]] const JsonObject *object() const { return std::get_if<JsonObject>(&m_value); }
    [[nodiscard]] JsonObject *object() { return std::get_if<JsonObject>(&m_value); }

    friend bool operator==(const JsonValue &left, const JsonValue &right);

private:
    std::variant<std::monostate, bool, JsonNumber, QString, JsonArray, JsonObject> m_value;
};

/// A value's place in a document: the positions of members and items on the way from the
/// root. Good until members or items are added or removed.
using JsonPath = std::vector<std::size_t>;

/// The value at @p path, or nullptr if the document has none there.
[[nodiscard]] JsonValue *valueAt(JsonObject &root, const JsonPath &path);

/// Where and why a text is not JSON.
struct JsonError {
    enum class Kind {
        Syntax,
        TooDeep, ///< Nested deeper than JsonMaxDepth.
    };
    Kind kind = Kind::Syntax;
    int line = 1; ///< From 1.
    int column = 1; ///< From 1, in bytes of UTF-8.
};

/// Deep enough for every template (components nest 6 deep), shallow enough that a
/// hostile document cannot exhaust the stack.
inline constexpr int JsonMaxDepth = 128;

/// @param text UTF-8, with or without a byte order mark
[[nodiscard]] tl::expected<JsonValue, JsonError> parseJson(const QByteArray &text);

enum class JsonStyle {
    Compact, ///< No white space.
    Indented, ///< Two spaces; an array or object without nested ones stays on one line if short.
};

/// UTF-8. Characters beyond ASCII are written as themselves, not as \u escapes.
[[nodiscard]] QByteArray toJson(const JsonValue &value, JsonStyle style);

} // namespace icebreaker
