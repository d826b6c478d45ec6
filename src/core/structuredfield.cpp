#include "core/structuredfield.h"

#include <QByteArrayView>

#include <algorithm>
#include <cstring>

namespace icebreaker {

namespace {

constexpr int MostIntegerDigits = 15; // RFC 9651, 3.3.1
constexpr int MostDecimalDigits = 12; // before the point; RFC 9651, 3.3.2
constexpr int MostFractionDigits = 3;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isAlpha(char c)
{
    return isLower(c) || (c >= 'A' && c <= 'Z');
}

bool isKeyChar(char c)
{
    return isLower(c) || isDigit(c) || (c != '\0' && std::strchr("_-.*", c));
}

bool isTokenChar(char c)
{
    return isAlpha(c) || isDigit(c) || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~:/", c));
}

bool isBase64Char(char c)
{
    return isAlpha(c) || isDigit(c) || c == '+' || c == '/' || c == '=';
}

/// Reads from the front of a text; every function that returns an optional or a bool
/// says with it whether the text was well formed.
class Cursor
{
public:
    using Value = StructuredItem::Value;

    explicit Cursor(QByteArrayView text)
        : m_rest(text)
    { }

    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }

    bool skip(char c)
    {
        if (atEnd() || m_rest.front() != c)
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    void skipSpaces(bool tabsToo = false)
    {
        while (skip(' ') || (tabsToo && skip('\t'))) { }
    }

    std::optional<StructuredItem> item()
    {
        if (!bareItem())
            return std::nullopt;
        StructuredItem result;
        while (skip(';')) {
            skipSpaces();
            if (atEnd() || (!isLower(m_rest.front()) && m_rest.front() != '*'))
                return std::nullopt;
            const QByteArray key = takeWhile(isKeyChar).toByteArray();
            const auto value = skip('=') ? bareItem() : Value();
            if (!value)
                return std::nullopt;
            result.parameters.insert(key, *value);
        }
        return result;
    }

private:
    template <typename Predicate>
    QByteArrayView takeWhile(Predicate belongs)
    {
        const auto *end = std::find_if_not(m_rest.begin(), m_rest.end(), belongs);
        const QByteArrayView taken = m_rest.first(end - m_rest.begin());
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }

    std::optional<Value> bareItem()
    {
        if (atEnd())
            return std::nullopt;
        const char first = m_rest.front();
        if (isDigit(first) || first == '-')
            return number();
        if (skip('"'))
            return string();
        if (skip(':'))
            return takeWhile(isBase64Char), skip(':') ? std::optional(Value()) : std::nullopt;
        if (skip('?'))
            return skip('0') || skip('1') ? std::optional(Value()) : std::nullopt;
        if (isAlpha(first) || first == '*')
            return takeWhile(isTokenChar), Value();
        return std::nullopt;
    }

    std::optional<Value> number()
    {
        const bool negative = skip('-');
        const QByteArrayView whole = takeWhile(isDigit);
        if (whole.isEmpty() || whole.size() > MostIntegerDigits)
            return std::nullopt;
        if (skip('.')) {
            const auto fraction = takeWhile(isDigit).size();
            const bool wellFormed =
                whole.size() <= MostDecimalDigits && fraction > 0 && fraction <= MostFractionDigits;
            return wellFormed ? std::optional(Value()) : std::nullopt;
        }
        const qint64 value = whole.toByteArray().toLongLong();
        return negative ? -value : value;
    }

    std::optional<Value> string()
    {
        while (!atEnd()) {
            const char c = m_rest.front();
            m_rest = m_rest.sliced(1);
            if (c == '"')
                return Value();
            const bool escaped = c == '\\';
            if ((escaped && !skip('"') && !skip('\\')) || c < ' ' || c > '~')
                return std::nullopt;
        }
        return std::nullopt;
    }

    QByteArrayView m_rest;
};

} // namespace

std::optional<qint64> StructuredItem::integer(const QByteArray &name) const
{
    const auto found = parameters.find(name);
    const auto *number = found == parameters.end() ? nullptr : std::get_if<qint64>(&*found);
    return number ? std::optional(*number) : std::nullopt;
}

QByteArray fieldValue(const HttpHeaders &headers, QByteArrayView name)
{
    QByteArrayList values;
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            values.append(header.value);
    }
    return values.join(", ");
}

std::optional<std::vector<StructuredItem>> parseStructuredList(const QByteArray &text)
{
    std::vector<StructuredItem> items;
    Cursor cursor(text);
    cursor.skipSpaces();
    while (!cursor.atEnd()) {
        auto item = cursor.item();
        if (!item)
            return std::nullopt;
        items.push_back(std::move(*item));
        cursor.skipSpaces(true);
        if (cursor.atEnd())
            break;
        if (!cursor.skip(','))
            return std::nullopt;
        cursor.skipSpaces(true);
        if (cursor.atEnd())
            return std::nullopt; // a trailing comma
    }
    return items;
}

} // namespace icebreaker
