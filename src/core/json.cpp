#include "core/json.h"

#include <QStringDecoder>
#include <QStringList>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace icebreaker {

namespace {

constexpr qsizetype ShortLine = 72; // an inner object longer than this is broken up

/// Unlike QString::fromUtf8(), which drops a leading U+FEFF: within a document it is text.
QString fromUtf8(const std::string &text)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decode(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
}

/// Builds our tree from the parser's events; the parser itself keeps nothing.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json>
{
public:
    bool null() override { return add({}); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(JsonValue::number(value)); }
    bool number_unsigned(number_unsigned_t value) override
    {
        return add(JsonNumber{QByteArray::number(static_cast<qulonglong>(value))});
    }
    bool number_float(number_float_t /*value*/, const string_t &text) override
    {
        return add(JsonNumber{QByteArray::fromStdString(text)});
    }
    bool string(string_t &value) override { return add(fromUtf8(value)); }
    bool binary(binary_t & /*value*/) override { return false; }
    bool start_object(std::size_t /*size*/) override { return open(JsonObject{}); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t /*size*/) override { return open(JsonArray{}); }
    bool end_array() override { return close(); }
    bool key(string_t &name) override
    {
        m_keys.back() = fromUtf8(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string & /*token*/,
                     const nlohmann::json::exception & /*why*/) override
    {
        m_errorAt = position;
        return false;
    }

    [[nodiscard]] std::size_t errorAt() const { return m_errorAt; }
    [[nodiscard]] bool tooDeep() const { return m_tooDeep; }
    JsonValue takeRoot() { return std::move(m_root); }

private:
    bool add(JsonValue value)
    {
        if (m_open.empty())
            m_root = std::move(value);
        else if (JsonArray *array = m_open.back().array())
            array->push_back(std::move(value));
        else
            m_open.back().object()->members.emplace_back(m_keys.back(), std::move(value));
        return true;
    }

    bool open(JsonValue container)
    {
        m_tooDeep = m_open.size() >= JsonMaxDepth;
        if (m_tooDeep)
            return false;
        m_open.push_back(std::move(container));
        m_keys.emplace_back();
        return true;
    }

    bool close()
    {
        JsonValue done = std::move(m_open.back());
        m_open.pop_back();
        m_keys.pop_back();
        return add(std::move(done));
    }

    JsonValue m_root;
    std::vector<JsonValue> m_open;
    std::vector<QString> m_keys;
    std::size_t m_errorAt = 0;
    bool m_tooDeep = false;
};

JsonError errorAt(const QByteArray &text, std::size_t position, JsonError::Kind kind)
{
    // The parser counts the byte it stumbled over; lines and columns start at 1.
    const auto head = QByteArrayView(text).first(
        std::min(text.size(), static_cast<qsizetype>(position > 0 ? position - 1 : 0)));
    const qsizetype lineStart = head.lastIndexOf('\n') + 1;
    return {kind, static_cast<int>(head.count('\n')) + 1,
            static_cast<int>(head.size() - lineStart) + 1};
}

class Writer
{
public:
    explicit Writer(JsonStyle style)
        : m_style(style)
    { }

    void write(const JsonValue &value, int depth)
    {
        if (const auto *array = value.array())
            writeItems(*array, depth, '[', ']',
                       [this](const JsonValue &item, int level) { write(item, level); });
        else if (const auto *object = value.object())
            writeItems(object->members, depth, '{', '}',
                       [this](const JsonMember &member, int level) {
                           writeString(member.first);
                           m_out += m_style == JsonStyle::Compact && !m_inline ? ":" : ": ";
                           write(member.second, level);
                       });
        else
            writeScalar(value);
    }

    QByteArray take() { return std::move(m_out); }

private:
    static bool isScalar(const JsonValue &value)
    {
        return value.array() == nullptr && value.object() == nullptr;
    }
    static bool isScalar(const JsonMember &member) { return isScalar(member.second); }

    template <typename Items, typename WriteItem>
    void writeItems(const Items &items, int depth, char open, char close, WriteItem writeItem)
    {
        m_out += open;
        const auto start = m_out.size();
        if (m_style == JsonStyle::Indented && !m_inline && depth > 0
            && std::all_of(items.begin(), items.end(),
                           [](const auto &item) { return isScalar(item); })) {
            m_inline = true;
            join(items, depth, writeItem);
            m_inline = false;
            if (m_out.size() - start <= ShortLine) {
                m_out += close;
                return;
            }
            m_out.truncate(start);
        }
        join(items, depth, writeItem);
        if (!items.empty())
            breakLine(depth);
        m_out += close;
    }

    template <typename Items, typename WriteItem>
    void join(const Items &items, int depth, WriteItem writeItem)
    {
        bool first = true;
        for (const auto &item : items) {
            if (!first)
                m_out += m_inline ? ", " : ",";
            first = false;
            breakLine(depth + 1);
            writeItem(item, depth + 1);
        }
    }

    void breakLine(int depth)
    {
        if (m_style == JsonStyle::Indented && !m_inline)
            m_out += '\n' + QByteArray(qsizetype{2} * depth, ' ');
    }

    void writeScalar(const JsonValue &value)
    {
        if (const auto *text = value.string())
            writeString(*text);
        else if (const auto *number = value.number())
            m_out += number->text;
        else if (const auto *truth = value.boolean())
            m_out += *truth ? "true" : "false";
        else
            m_out += "null";
    }

    void writeString(const QString &text)
    {
        m_out += '"';
        const QByteArray utf8 = text.toUtf8();
        for (const char byte : utf8) {
            switch (byte) {
            case '"': m_out += "\\\""; break;
            case '\\': m_out += "\\\\"; break;
            case '\n': m_out += "\\n"; break;
            case '\r': m_out += "\\r"; break;
            case '\t': m_out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(byte) < 0x20)
                    m_out += "\\u00" + QByteArray(1, byte).toHex();
                else
                    m_out += byte;
            }
        }
        m_out += '"';
    }

    JsonStyle m_style;
    QByteArray m_out;
    bool m_inline = false;
};

} // namespace

const JsonValue *JsonObject::find(QStringView name) const
{
    const auto found = std::find_if(members.begin(), members.end(),
                                    [name](const JsonMember &m) { return m.first == name; });
    return found == members.end() ? nullptr : &found->second;
}

JsonValue *JsonObject::find(QStringView name)
{
    return const_cast<JsonValue *>(std::as_const(*this).find(name)); // NOLINT: ours to change
}

void JsonObject::set(const QString &name, JsonValue value)
{
    if (JsonValue *present = find(name))
        *present = std::move(value);
    else
        members.emplace_back(name, std::move(value));
}

void JsonObject::remove(QStringView name)
{
    std::erase_if(members, [name](const JsonMember &m) { return m.first == name; });
}

JsonValue *valueAt(JsonObject &root, const JsonPath &path)
{
    JsonObject *object = &root;
    JsonArray *array = nullptr;
    JsonValue *value = nullptr;
    for (const std::size_t position : path) {
        if (object != nullptr && position < object->members.size())
            value = &object->members[position].second;
        else if (array != nullptr && position < array->size())
            value = &(*array)[position];
        else
            return nullptr;
        object = value->object();
        array = value->array();
    }
    return value;
}

// Written out, and here: clang 14 cannot default them for types that hold each other.
bool operator==(const JsonObject &left, const JsonObject &right)
{
    return left.members == right.members;
}

bool operator==(const JsonValue &left, const JsonValue &right)
{
    return left.m_value == right.m_value;
}

JsonValue::JsonValue(bool value)
    : m_value(value)
{ }

JsonValue::JsonValue(QString value)
    : m_value(std::move(value))
{ }

JsonValue::JsonValue(JsonNumber value)
    : m_value(std::move(value))
{ }

JsonValue::JsonValue(JsonArray value)
    : m_value(std::move(value))
{ }

JsonValue::JsonValue(JsonObject value)
    : m_value(std::move(value))
{ }

JsonValue JsonValue::number(qint64 value)
{
    return JsonNumber{QByteArray::number(value)};
}

tl::expected<JsonValue, JsonError> parseJson(const QByteArray &text)
{
    TreeBuilder builder;
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
        return builder.takeRoot();
    if (builder.tooDeep())
        return tl::unexpected(JsonError{JsonError::Kind::TooDeep, 1, 1});
    return tl::unexpected(errorAt(text, builder.errorAt(), JsonError::Kind::Syntax));
}

QByteArray toJson(const JsonValue &value, JsonStyle style)
{
    Writer writer(style);
    writer.write(value, 0);
    return writer.take();
}

} // namespace icebreaker
