#include "store/filtertokens.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Reads the quoted string that starts at @p pos, and moves behind it.
/// @return false if the quote is not closed or is followed by anything but white space
bool readQuoted(QStringView text, qsizetype &pos, QString &value)
{
    for (++pos; pos < text.size(); ++pos) {
        if (text.at(pos) == u'"') {
            ++pos;
            return pos == text.size() || text.at(pos).isSpace();
        }
        if (text.at(pos) == u'\\' && pos + 1 < text.size()
            && (text.at(pos + 1) == u'"' || text.at(pos + 1) == u'\\'))
            ++pos;
        value += text.at(pos);
    }
    return false;
}

qsizetype endOfWord(QStringView text, qsizetype pos)
{
    while (pos < text.size() && !text.at(pos).isSpace())
        ++pos;
    return pos;
}

FilterToken readToken(QStringView text, qsizetype &pos)
{
    FilterToken token;
    token.start = pos;
    if (const qsizetype length = filterKeyLength(text, pos); length > 0) {
        token.key = text.mid(pos, length - 1).toString().toLower();
        pos += length;
    }
    if (pos < text.size() && text.at(pos) == u'"') {
        token.isBroken = !readQuoted(text, pos, token.value);
        if (token.isBroken)
            pos = endOfWord(text, pos);
    } else {
        const qsizetype end = endOfWord(text, pos);
        token.value = text.mid(pos, end - pos).toString();
        pos = end;
    }
    token.raw = text.mid(token.start, pos - token.start).toString();
    return token;
}

QString quoted(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + text + u'"';
}

} // namespace

QList<FilterToken> filterTokens(QStringView text)
{
    QList<FilterToken> list;
    for (qsizetype pos = 0; pos < text.size();) {
        if (text.at(pos).isSpace())
            ++pos;
        else
            list.append(readToken(text, pos));
    }
    return list;
}

qsizetype filterKeyLength(QStringView text, qsizetype pos)
{
    qsizetype end = pos;
    while (end < text.size() && (text.at(end).isLetter() || text.at(end) == u'_'))
        ++end;
    return end > pos && end < text.size() && text.at(end) == u':' ? end + 1 - pos : 0;
}

QString filterValue(const QString &value)
{
    const bool isPlain = !value.isEmpty() && !value.startsWith(u'"')
        && filterKeyLength(value, 0) == 0
        && std::none_of(value.begin(), value.end(), [](QChar c) { return c.isSpace(); });
    return isPlain ? value : quoted(value);
}

QString filterToken(const QString &key, const QString &value)
{
    return key + u':' + filterValue(value);
}

QString withoutFilterToken(const QString &text, qsizetype start, qsizetype length)
{
    const QString before = text.left(start).trimmed();
    const QString after = text.mid(start + length).trimmed();
    return before.isEmpty() || after.isEmpty() ? before + after : before + u' ' + after;
}

QString withFilterTokens(QString text, const QString &tokens)
{
    QStringList keys;
    const auto added = filterTokens(tokens);
    for (const FilterToken &token : added)
        keys.append(token.key);
    auto present = filterTokens(text);
    std::reverse(present.begin(), present.end());
    for (const FilterToken &token : std::as_const(present)) {
        if (!token.key.isEmpty() && keys.contains(token.key))
            text = withoutFilterToken(text, token.start, token.raw.size());
    }
    return (text.trimmed() + u' ' + tokens).trimmed();
}

} // namespace icebreaker
