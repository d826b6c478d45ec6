#include "core/jsonoutline.h"

#include "core/json.h"

#include <algorithm>
#include <array>

namespace icebreaker {

namespace {

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigitAt(QByteArrayView text, qsizetype at)
{
    return at < text.size() && text.at(at) >= '0' && text.at(at) <= '9';
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || c == '$';
}

/// The text between quotes, which is known to be sound.
QString unquoted(QByteArrayView quoted)
{
    const auto inside = quoted.sliced(1, quoted.size() - 2);
    if (!inside.contains('\\'))
        return QString::fromUtf8(inside);
    const auto value = parseJson(quoted.toByteArray());
    return value && value->string() != nullptr ? *value->string() : QString::fromUtf8(inside);
}

/// Which bytes may follow each other (The Unicode Standard 15.0, table 3-7).
struct Utf8Row {
    unsigned firstFrom;
    unsigned firstTo;
    unsigned secondFrom;
    unsigned secondTo;
    qsizetype length;
};
constexpr std::array Utf8Rows{
    Utf8Row{0xC2, 0xDF, 0x80, 0xBF, 2}, Utf8Row{0xE0, 0xE0, 0xA0, 0xBF, 3},
    Utf8Row{0xE1, 0xEC, 0x80, 0xBF, 3}, Utf8Row{0xED, 0xED, 0x80, 0x9F, 3},
    Utf8Row{0xEE, 0xEF, 0x80, 0xBF, 3}, Utf8Row{0xF0, 0xF0, 0x90, 0xBF, 4},
    Utf8Row{0xF1, 0xF3, 0x80, 0xBF, 4}, Utf8Row{0xF4, 0xF4, 0x80, 0x8F, 4},
};

/// Bytes of the character that begins at @p at, or 0 if that is not UTF-8.
qsizetype utf8Length(QByteArrayView text, qsizetype at)
{
    const auto isByte = [&](qsizetype i, unsigned from, unsigned to) {
        const unsigned byte = i < text.size() ? static_cast<unsigned char>(text.at(i)) : 0U;
        return byte >= from && byte <= to;
    };
    if (isByte(at, 0x00, 0x7F))
        return 1;
    const auto *row = std::find_if(Utf8Rows.begin(), Utf8Rows.end(), [&](const Utf8Row &each) {
        return isByte(at, each.firstFrom, each.firstTo);
    });
    if (row == Utf8Rows.end() || !isByte(at + 1, row->secondFrom, row->secondTo))
        return 0;
    for (qsizetype i = 2; i < row->length; ++i) {
        if (!isByte(at + i, 0x80, 0xBF))
            return 0;
    }
    return row->length;
}

/// -1 if it is none.
int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

class OutlineReader
{
public:
    explicit OutlineReader(QByteArrayView text)
        : m_text(text)
    { }

    tl::expected<JsonNode, JsonFault> read()
    {
        if (m_text.startsWith("\xEF\xBB\xBF"))
            m_at = 3;
        skipSpace();
        if (atEnd())
            return tl::unexpected(JsonFault{JsonFlaw::Nothing, m_at, m_at, -1});
        JsonNode root;
        if (!readValue(root, 0))
            return tl::unexpected(m_fault);
        skipSpace();
        if (!atEnd()) {
            (void)fail(commentOr(JsonFlaw::TextBehindEnd), m_at, m_text.size());
            return tl::unexpected(m_fault);
        }
        return root;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char here() const { return atEnd() ? '\0' : m_text.at(m_at); }

    bool fail(JsonFlaw flaw, qsizetype begin, qsizetype end, qsizetype opened = -1)
    {
        m_fault = {flaw, begin, std::min(end, m_text.size()), opened};
        return false;
    }
    bool failHere(JsonFlaw flaw) { return fail(flaw, m_at, m_at + 1); }

    void skipSpace()
    {
        while (!atEnd() && isJsonSpace(here()))
            ++m_at;
    }

    /// Comments are what people try who know other formats.
    [[nodiscard]] JsonFlaw commentOr(JsonFlaw other) const
    {
        const bool comment = m_at + 1 < m_text.size() && here() == '/'
            && (m_text.at(m_at + 1) == '/' || m_text.at(m_at + 1) == '*');
        return comment || here() == '#' ? JsonFlaw::Comment : other;
    }

    bool readValue(JsonNode &node, int depth)
    {
        node.begin = m_at;
        switch (here()) {
        case '{':
        case '[':
            // parseJson() opens no more than this either.
            if (depth >= JsonMaxDepth)
                return failHere(JsonFlaw::TooDeep);
            if (!readItems(node, depth, here() == '{'))
                return false;
            break;
        case '"':
            node.kind = JsonNode::Kind::String;
            if (!readString())
                return false;
            break;
        default:
            if (here() == '-' || isDigitAt(m_text, m_at)) {
                node.kind = JsonNode::Kind::Number;
                if (!readNumber())
                    return false;
            } else if (!readWord()) {
                return false;
            }
        }
        node.end = m_at;
        return true;
    }

    bool readItems(JsonNode &node, int depth, bool isObject)
    {
        node.kind = isObject ? JsonNode::Kind::Object : JsonNode::Kind::Array;
        const char close = isObject ? '}' : ']';
        const qsizetype opened = m_at++;
        const JsonFlaw open = isObject ? JsonFlaw::ObjectOpen : JsonFlaw::ArrayOpen;
        skipSpace();
        if (here() == close) {
            ++m_at;
            return true;
        }
        for (;;) {
            if (atEnd())
                return fail(open, m_at, m_at, opened);
            if (!readItem(node, depth, isObject))
                return false;
            skipSpace();
            if (atEnd())
                return fail(open, m_at, m_at, opened);
            if (here() == close) {
                ++m_at;
                return true;
            }
            if (!readComma(close))
                return false;
        }
    }

    bool readItem(JsonNode &parent, int depth, bool isObject)
    {
        JsonNode child;
        if (isObject && !readName(child))
            return false;
        if (!readValue(child, depth + 1))
            return false;
        parent.children.push_back(std::move(child));
        return true;
    }

    bool readComma(char close)
    {
        if (here() != ',') {
            const bool bracket = here() == '}' || here() == ']';
            return failHere(commentOr(bracket ? JsonFlaw::WrongBracket : JsonFlaw::CommaMissing));
        }
        const qsizetype comma = m_at++;
        skipSpace();
        if (here() == close && !atEnd())
            return fail(JsonFlaw::CommaBeforeEnd, comma, comma + 1);
        return true;
    }

    bool readName(JsonNode &child)
    {
        if (here() == '\'')
            return failHere(JsonFlaw::SingleQuotes);
        if (here() != '"') {
            const qsizetype begin = m_at;
            while (!atEnd() && isWordCharacter(here()))
                ++m_at;
            const qsizetype end = std::max(m_at, begin + 1);
            m_at = begin;
            return fail(commentOr(JsonFlaw::NameMissing), begin, end);
        }
        child.nameBegin = m_at;
        if (!readString())
            return false;
        child.nameEnd = m_at;
        child.name = unquoted(m_text.sliced(child.nameBegin, child.nameEnd - child.nameBegin));
        skipSpace();
        if (here() != ':')
            return failHere(JsonFlaw::ColonMissing);
        ++m_at;
        skipSpace();
        return true;
    }

    bool readString()
    {
        const qsizetype opened = m_at++;
        while (!atEnd() && here() != '\n' && here() != '\r') {
            if (here() == '"') {
                ++m_at;
                return true;
            }
            if (!(here() == '\\' ? readEscape() : readPlain()))
                return false;
        }
        // Most likely the closing quote is missing in this line.
        return fail(JsonFlaw::StringOpen, opened, m_at, opened);
    }

    bool readPlain()
    {
        if (static_cast<unsigned char>(here()) < 0x20U)
            return failHere(JsonFlaw::ControlCharacter);
        const qsizetype length = utf8Length(m_text, m_at);
        if (length == 0)
            return failHere(JsonFlaw::NotUtf8);
        m_at += length;
        return true;
    }

    /// The number of `\uXXXX` at @p at, or -1.
    [[nodiscard]] int unitAt(qsizetype at) const
    {
        if (at + 6 > m_text.size() || m_text.at(at) != '\\' || m_text.at(at + 1) != 'u')
            return -1;
        int unit = 0;
        for (qsizetype i = at + 2; i < at + 6; ++i) {
            const int digit = hexDigit(m_text.at(i));
            if (digit < 0)
                return -1;
            unit = unit * 16 + digit;
        }
        return unit;
    }

    bool readEscape()
    {
        const char kind = m_at + 1 < m_text.size() ? m_text.at(m_at + 1) : '\0';
        if (kind != 'u') {
            if (kind == '\0' || QByteArrayView("\"\\/bfnrt").indexOf(kind) < 0)
                return fail(JsonFlaw::BadEscape, m_at, m_at + 2);
            m_at += 2;
            return true;
        }
        const int unit = unitAt(m_at);
        if (unit < 0)
            return fail(JsonFlaw::BadEscape, m_at, m_at + 2);
        const bool high = unit >= 0xD800 && unit <= 0xDBFF;
        const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
        const int next = high ? unitAt(m_at + 6) : -1;
        if (low || (high && (next < 0xDC00 || next > 0xDFFF)))
            return fail(JsonFlaw::LoneSurrogate, m_at, m_at + 6);
        m_at += high ? 12 : 6;
        return true;
    }

    bool readNumber()
    {
        const qsizetype begin = m_at;
        const bool sound = readInteger() && readFraction() && readExponent();
        if (!sound || (!atEnd() && isWordCharacter(here()))) {
            while (!atEnd() && (isWordCharacter(here()) || here() == '.'))
                ++m_at;
            return fail(JsonFlaw::BadNumber, begin, std::max(m_at, begin + 1));
        }
        const QByteArray number = m_text.sliced(begin, m_at - begin).toByteArray();
        bool fits = false;
        (void)number.toDouble(&fits);
        // What is too small becomes zero, as elsewhere.
        if (!fits && !number.contains("e-") && !number.contains("E-"))
            return fail(JsonFlaw::NumberTooBig, begin, m_at);
        return true;
    }

    bool readInteger()
    {
        if (here() == '-')
            ++m_at;
        const qsizetype begin = m_at;
        const bool zero = here() == '0';
        return skipDigits() && !(zero && m_at > begin + 1);
    }

    bool readFraction()
    {
        if (here() != '.')
            return true;
        ++m_at;
        return skipDigits();
    }

    bool readExponent()
    {
        if (here() != 'e' && here() != 'E')
            return true;
        ++m_at;
        if (here() == '+' || here() == '-')
            ++m_at;
        return skipDigits();
    }

    bool skipDigits()
    {
        const qsizetype begin = m_at;
        while (isDigitAt(m_text, m_at))
            ++m_at;
        return m_at > begin;
    }

    bool readWord()
    {
        for (const QByteArrayView word :
             {QByteArrayView("true"), QByteArrayView("false"), QByteArrayView("null")}) {
            const bool fits = m_text.sliced(m_at).startsWith(word);
            const qsizetype end = m_at + word.size();
            if (fits && (end >= m_text.size() || !isWordCharacter(m_text.at(end)))) {
                m_at = end;
                return true;
            }
        }
        const qsizetype begin = m_at;
        if (here() == '\'')
            return failHere(JsonFlaw::SingleQuotes);
        while (!atEnd() && isWordCharacter(here()))
            ++m_at;
        if (m_at > begin)
            return fail(JsonFlaw::UnknownWord, begin, m_at);
        return failHere(commentOr(JsonFlaw::ValueMissing));
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    JsonFault m_fault;
};

} // namespace

const JsonNode *JsonNode::find(QStringView member) const
{
    const auto found = std::find_if(children.begin(), children.end(), [&](const JsonNode &each) {
        return each.nameBegin >= 0 && each.name == member;
    });
    return found == children.end() ? nullptr : &*found;
}

tl::expected<JsonNode, JsonFault> outlineJson(const QByteArray &text)
{
    return OutlineReader(text).read();
}

LinePlace placeOf(const QByteArray &text, qsizetype offset)
{
    const auto head = QByteArrayView(text).first(std::clamp(offset, qsizetype{0}, text.size()));
    const qsizetype lineStart = head.lastIndexOf('\n') + 1;
    return {head.count('\n') + 1, QString::fromUtf8(head.sliced(lineStart)).size() + 1};
}

} // namespace icebreaker
