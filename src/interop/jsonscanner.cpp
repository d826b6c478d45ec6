#include "interop/jsonscanner.h"

#include "core/json.h"

#include <algorithm>

namespace icebreaker {

namespace {

bool isBlank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool opens(char byte)
{
    return byte == '{' || byte == '[';
}

bool closes(char byte)
{
    return byte == '}' || byte == ']';
}

/// Keeps the brackets that are still to come in @p open. @return whether @p byte fits them
bool follow(char byte, QByteArray &open)
{
    if (opens(byte)) {
        open += byte == '{' ? '}' : ']';
        return open.size() <= JsonMaxDepth;
    }
    if (!closes(byte))
        return true;
    if (!open.endsWith(byte))
        return false;
    open.chop(1);
    return true;
}

} // namespace

bool JsonScanner::isContainer(qsizetype at) const
{
    return at < m_text.size() && opens(m_text[at]);
}

std::optional<qsizetype> JsonScanner::endOfContainer(qsizetype start) const
{
    QByteArray open;
    qsizetype at = start;
    while (at < m_text.size()) {
        const char byte = m_text[at];
        if (byte == '"') {
            const auto end = endOfString(at);
            if (!end)
                return std::nullopt;
            at = *end;
            continue;
        }
        ++at;
        if (!follow(byte, open))
            return std::nullopt;
        if (closes(byte) && open.isEmpty())
            return at;
    }
    return std::nullopt;
}

std::optional<qsizetype> JsonScanner::endOfString(qsizetype start) const
{
    for (qsizetype at = start + 1; at < m_text.size(); ++at) {
        const char byte = m_text[at];
        if (byte == '"')
            return at + 1;
        if (byte == '\n')
            return std::nullopt;
        if (byte == '\\')
            ++at;
    }
    return std::nullopt;
}

qsizetype JsonScanner::skipBlanks(qsizetype at, qsizetype end) const
{
    while (at < end && isBlank(m_text[at]))
        ++at;
    return at;
}

qsizetype JsonScanner::endOfEntry(qsizetype start, qsizetype end) const
{
    if (opens(m_text[start]))
        return std::min(endOfContainer(start).value_or(end), end);
    if (m_text[start] == '"')
        return std::min(endOfString(start).value_or(end), end);
    qsizetype at = start + 1;
    while (at < end && !isBlank(m_text[at]) && m_text[at] != ',' && m_text[at] != ':'
           && m_text[at] != '"' && !opens(m_text[at]))
        ++at;
    return at;
}

std::optional<JsonScanner::Span> JsonScanner::nextEntry(Span array, qsizetype from) const
{
    const qsizetype last = array.end - 1; // the closing bracket
    qsizetype at = skipBlanks(from, last);
    while (at < last && m_text[at] == ',')
        at = skipBlanks(at + 1, last);
    if (at >= last)
        return std::nullopt;
    return Span{at, endOfEntry(at, last)};
}

std::optional<JsonScanner::Span> JsonScanner::containerIn(Span object, QByteArrayView name) const
{
    bool isName = true; // until the colon
    bool found = false;
    const qsizetype last = object.end - 1;
    for (qsizetype at = skipBlanks(object.start + 1, last); at < last; at = skipBlanks(at, last)) {
        const char byte = m_text[at];
        if (byte == ',' || byte == ':') {
            isName = byte == ',';
            ++at;
            continue;
        }
        const qsizetype end = endOfEntry(at, last);
        if (isName)
            found =
                byte == '"' && m_text.sliced(at + 1, std::max<qsizetype>(0, end - at - 2)) == name;
        else if (found && opens(byte))
            return Span{at, end};
        at = end;
    }
    return std::nullopt;
}

} // namespace icebreaker
