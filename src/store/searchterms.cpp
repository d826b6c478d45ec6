#include "store/searchterms.h"

#include "store/logfilter.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestNumber = 15; // E.164
constexpr qsizetype ShortestWithZero = 5;
constexpr qsizetype ShortestWithPrefix = 8;
constexpr int EscapeDigits = 4; // \u00e9

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// The digits of what may be a part of a number as people write one; empty otherwise.
QString numberDigits(const QString &word)
{
    QString digits;
    for (const QChar c : word) {
        if (isDigit(c))
            digits += c;
        else if (!u"+-() "_s.contains(c))
            return {};
    }
    return digits;
}

SearchTerm termOf(const QString &word)
{
    SearchTerm term{{word.toLower()}};
    const auto add = [&term](const QString &other) {
        if (!other.isEmpty() && !term.anyOf.contains(other))
            term.anyOf.append(other);
    };
    const QString digits = numberDigits(word);
    // A plus is never in what is sent: "+44" would be found nowhere.
    if (word.startsWith(u'+') && !digits.isEmpty())
        term.anyOf.clear();
    if (digits.size() >= 3)
        add(digits);
    // 07700 900958 is 44 7700 900958 from abroad, and 0044... is 44...
    if (digits.size() >= ShortestWithPrefix && digits.startsWith("00"_L1))
        add(digits.mid(2));
    else if (digits.size() >= ShortestWithZero && digits.startsWith(u'0'))
        add(digits.mid(1));
    if (term.anyOf.isEmpty())
        term.anyOf.append(digits);
    return term;
}

/// `\uXXXX` at @p pos, or 0 if it is none.
char16_t escapedUnit(QStringView text, qsizetype pos)
{
    bool isHex = false;
    const ushort unit = text.mid(pos + 2, EscapeDigits).toUShort(&isHex, 16);
    return isHex && text.size() >= pos + 2 + EscapeDigits ? unit : 0;
}

QString unescaped(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype pos = 0; pos < text.size(); ++pos) {
        const QChar c = text.at(pos);
        const QChar next = c == u'\\' && pos + 1 < text.size() ? text.at(pos + 1) : QChar();
        if (next == u'u' && escapedUnit(text, pos) != 0) {
            result += QChar(escapedUnit(text, pos));
            pos += 1 + EscapeDigits;
        } else if (next == u'n' || next == u'r' || next == u't') {
            result += u' ';
            ++pos;
        } else if (next == u'"' || next == u'\\' || next == u'/') {
            result += next;
            ++pos;
        } else {
            result += c;
        }
    }
    return result;
}

} // namespace

QList<SearchTerm> searchTerms(const QString &text)
{
    QList<SearchTerm> terms;
    const QStringList words = filterWords(text);
    for (qsizetype i = 0; i < words.size(); ++i) {
        QString word = words.at(i);
        if (word.startsWith(u'+') && !numberDigits(word).isEmpty()) {
            while (i + 1 < words.size() && !words.at(i + 1).startsWith(u'+')
                   && !numberDigits(words.at(i + 1)).isEmpty()
                   && numberDigits(word + words.at(i + 1)).size() <= LongestNumber)
                word += words.at(++i);
        }
        terms.append(termOf(word));
    }
    return terms;
}

QString searchedText(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    if (text.contains(u'\\'))
        text = unescaped(text);
    for (QChar &c : text) {
        if (c < u' ')
            c = u' ';
    }
    return text.toLower();
}

bool containsTerms(const QString &text, const QList<SearchTerm> &terms)
{
    return std::all_of(terms.begin(), terms.end(), [&text](const SearchTerm &term) {
        return std::any_of(term.anyOf.begin(), term.anyOf.end(),
                           [&text](const QString &each) { return text.contains(each); });
    });
}

bool isPlain(const SearchTerm &term)
{
    return std::all_of(term.anyOf.begin(), term.anyOf.end(), [](const QString &text) {
        return std::all_of(text.begin(), text.end(),
                           [](QChar c) { return isDigit(c) || (c >= u'a' && c <= u'z'); });
    });
}

} // namespace icebreaker
