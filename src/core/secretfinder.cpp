#include "core/secretfinder.h"

#include <QRegularExpression>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype ShortestPattern = 8; // letters and digits that cannot meet by chance

bool isPlainLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

/// The characters of a reading for which @p keeps holds, in lower case, with their places.
struct Sieved {
    QString characters;
    std::vector<std::size_t> places; ///< In the reading.
};

template <typename Keeps>
Sieved sieved(const QString &text, Keeps keeps)
{
    Sieved found;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!keeps(text.at(i)))
            continue;
        found.characters.append(text.at(i).toLower());
        found.places.push_back(static_cast<std::size_t>(i));
    }
    return found;
}

QString lettersOf(const QByteArray &text)
{
    return sieved(QString::fromLatin1(text), isPlainLetter).characters;
}

/// What a secret's base64 looks like behind @p before other bytes, without the characters
/// that hold bits of its neighbours.
QByteArray base64Core(const QByteArray &secret, int before)
{
    const QByteArray encoded =
        (QByteArray(before, '\0') + secret)
            .toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals);
    const qsizetype shared = (before * 8 + 5) / 6; // characters with bits of those bytes
    const qsizetype whole = (before + secret.size()) * 8 / 6;
    return encoded.mid(shared, whole - shared);
}

bool isBase64Character(QChar c)
{
    return isPlainLetter(c) || c == u'+' || c == u'/' || c == u'-' || c == u'_' || c == u'=';
}

HiddenPart hidden(const DecodedText &reading, std::size_t first, std::size_t last,
                  QLatin1StringView instead)
{
    return {reading.begin[first], reading.end[last], QString(instead)};
}

/// Hides a group of every match.
void findGroup(const QRegularExpression &expression, const QString &group,
               const DecodedText &reading, QList<HiddenPart> &found)
{
    for (auto matches = expression.globalMatch(reading.characters); matches.hasNext();) {
        const auto match = matches.next();
        const qsizetype begin = match.capturedStart(group);
        const qsizetype end = match.capturedEnd(group);
        if (begin < end)
            found.append(hidden(reading, static_cast<std::size_t>(begin),
                                static_cast<std::size_t>(end) - 1, SecretHidden));
    }
}

} // namespace

QString withHidden(QStringView text, QList<HiddenPart> parts)
{
    if (parts.isEmpty())
        return text.toString();
    std::stable_sort(parts.begin(), parts.end(), [](const HiddenPart &a, const HiddenPart &b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    QString result;
    qsizetype done = 0;
    for (qsizetype i = 0; i < parts.size();) {
        qsizetype end = parts.at(i).end;
        result += text.sliced(done, parts.at(i).begin - done);
        result += parts.at(i).instead;
        qsizetype next = i + 1;
        for (; next < parts.size() && parts.at(next).begin < end; ++next)
            end = std::max(end, parts.at(next).end);
        done = end;
        i = next;
    }
    return result.append(text.sliced(done));
}

SecretFinder::SecretFinder(const QByteArrayList &secrets)
{
    for (const QByteArray &secret : secrets) {
        if (secret.size() < ShortestSecret)
            continue;
        const QString letters = lettersOf(secret);
        if (letters.size() < ShortestPattern)
            m_short.append(QString::fromUtf8(secret).toLower());
        else
            m_patterns.append({letters, false});
        // A stray backslash before it may have made its first letter an escape.
        m_patterns.append({letters.sliced(std::min<qsizetype>(1, letters.size())), false});
        m_patterns.append({lettersOf(secret.toHex()), false});
        for (int before = 0; before < 3; ++before) {
            const QString core = lettersOf(base64Core(secret, before));
            if (core.size() >= ShortestPattern)
                m_patterns.append({core, true});
        }
    }
    m_patterns.removeIf(
        [](const Pattern &pattern) { return pattern.letters.size() < ShortestPattern; });
}

void SecretFinder::findKnown(const DecodedText &reading, QList<HiddenPart> &found) const
{
    if (!m_patterns.isEmpty())
        findPatterns(reading, found);
    if (!m_short.isEmpty())
        findShort(reading, found);
}

void SecretFinder::findPatterns(const DecodedText &reading, QList<HiddenPart> &found) const
{
    const Sieved letters = sieved(reading.characters, isPlainLetter);
    const QString &text = reading.characters;
    for (const Pattern &pattern : m_patterns) {
        for (qsizetype at = letters.characters.indexOf(pattern.letters); at >= 0;
             at = letters.characters.indexOf(pattern.letters, at + 1)) {
            std::size_t first = letters.places[static_cast<std::size_t>(at)];
            std::size_t last =
                letters.places[static_cast<std::size_t>(at + pattern.letters.size() - 1)];
            // The characters at the edges of base64 hold some bits of it, too.
            while (pattern.isBase64 && first > 0
                   && isBase64Character(text.at(static_cast<qsizetype>(first) - 1)))
                --first;
            while (pattern.isBase64 && static_cast<qsizetype>(last) + 1 < text.size()
                   && isBase64Character(text.at(static_cast<qsizetype>(last) + 1)))
                ++last;
            found.append(hidden(reading, first, last, KeyHidden));
        }
    }
}

void SecretFinder::findShort(const DecodedText &reading, QList<HiddenPart> &found) const
{
    const Sieved dense = sieved(reading.characters, [](QChar c) { return !c.isSpace(); });
    const QString &text = reading.characters;
    for (const QString &secret : m_short) {
        for (qsizetype at = dense.characters.indexOf(secret); at >= 0;
             at = dense.characters.indexOf(secret, at + 1)) {
            const auto first = static_cast<qsizetype>(dense.places[static_cast<std::size_t>(at)]);
            const auto last = static_cast<qsizetype>(
                dense.places[static_cast<std::size_t>(at + secret.size() - 1)]);
            // Not in the middle of a word: a short secret may be a common one's beginning.
            if ((first > 0 && isPlainLetter(text.at(first - 1)) && isPlainLetter(text.at(first)))
                || (last + 1 < text.size() && isPlainLetter(text.at(last + 1))
                    && isPlainLetter(text.at(last))))
                continue;
            found.append(hidden(reading, static_cast<std::size_t>(first),
                                static_cast<std::size_t>(last), KeyHidden));
        }
    }
}

void SecretFinder::findLikely(const DecodedText &reading, QList<HiddenPart> &found)
{
    const QString &text = reading.characters;
    // None of what is hidden below can be there without one of these.
    if (!text.contains(u':') && !text.contains(u'=') && !text.contains(u'/')
        && !text.contains("eyJ"_L1) && !text.contains(u' '))
        return;
    static const QRegularExpression named(
        uR"((?:x-vgai-key["'\]\s:=>,\\]+(?:value["'\s:=\\]+)?|(?:authorization|cookie|api[-_ ]?key|api[-_]?secret|client[-_]?secret|access[-_]?token|password)["'\]\s\\]*[:=]["'\s\\]*)(?:(?:bearer|basic|token)\s+)?+(?!\[(?:key|secret)-hidden)(?<secret>[^"'\s,;&<>{}\\]{3,}))"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression scheme(
        uR"(\b(?:bearer|basic)\s+(?<secret>[A-Za-z0-9+/_=.~-]{8,}))"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression token(
        uR"((?<![A-Za-z0-9_])(?<secret>eyJ[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?))"_s);
    static const QRegularExpression user(uR"(://(?!\[)(?<secret>[^/\s"'<>@]{1,256})@)"_s);
    static const QRegularExpression inbox(
        uR"((?<!:/)/(?!\[secret)(?<secret>[^/\s"'<>?#\\]+)/+s/+[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression webhook(
        uR"(webhook\.site(?::\d+)?/(?:[#!]*/?(?:view|token)/)?(?<secret>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}))"_s,
        QRegularExpression::CaseInsensitiveOption);
    for (const QRegularExpression *expression : {&named, &scheme, &token, &user, &inbox, &webhook})
        findGroup(*expression, u"secret"_s, reading, found);
}

} // namespace icebreaker
