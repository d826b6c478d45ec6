#pragma once

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <QString>

/// What a secret may look like, and looking for it in something: with Qt's own means and none
/// of the program's.
namespace icebreaker::test {

using namespace Qt::StringLiterals;

struct SecretForm {
    QString name;
    QString text;
};

/// @p escape of each character for which @p chosen holds for its position.
template <typename Escape, typename Chosen>
QString escaped(const QByteArray &secret, Escape escape, Chosen chosen)
{
    QString text;
    for (qsizetype i = 0; i < secret.size(); ++i)
        text += chosen(i) ? escape(secret.at(i)) : QString(QLatin1Char(secret.at(i)));
    return text;
}

inline QString percent(char c)
{
    return u'%' + QString::number(static_cast<uchar>(c), 16).rightJustified(2, u'0');
}
inline QString backslashU(char c)
{
    return uR"(\u)"_s + QString::number(static_cast<uchar>(c), 16).rightJustified(4, u'0');
}
inline QString entity(char c)
{
    return u"&#%1;"_s.arg(static_cast<int>(static_cast<uchar>(c)));
}
inline QString hexEntity(char c)
{
    return u"&#X%1;"_s.arg(QString::number(static_cast<uchar>(c), 16).toUpper());
}

inline QString joined(const QByteArray &secret, const QString &separator, qsizetype each)
{
    QString text;
    for (qsizetype i = 0; i < secret.size(); ++i) {
        if (i > 0 && i % each == 0)
            text += separator;
        text += QLatin1Char(secret.at(i));
    }
    return text;
}

inline QList<SecretForm> base64Forms(const QByteArray &secret)
{
    QList<SecretForm> forms;
    const QByteArray noise = "\xfe\x81~?>";
    for (int before = 0; before < 3; ++before) {
        const QByteArray whole = noise.first(before + 1) + secret + noise;
        const auto encoded = QString::fromLatin1(whole.toBase64());
        forms.append({u"base64 %1"_s.arg(before), encoded});
        forms.append({u"base64url %1"_s.arg(before),
                      QString::fromLatin1(whole.toBase64(QByteArray::Base64UrlEncoding
                                                         | QByteArray::OmitTrailingEquals))});
        forms.append(
            {u"wrapped base64 %1"_s.arg(before), joined(encoded.toLatin1(), u"\r\n "_s, 7)});
    }
    forms.append({u"base64 alone"_s, QString::fromLatin1(secret.toBase64())});
    return forms;
}

/// Every form that a redactor has to know.
inline QList<SecretForm> secretForms(const QByteArray &secret)
{
    const auto all = [](qsizetype) { return true; };
    const auto some = [](qsizetype i) { return i % 3 == 1; };
    const QString plain = QString::fromLatin1(secret);
    const QString percented = escaped(secret, percent, all);
    QList<SecretForm> forms{
        {u"plain"_s, plain},
        {u"capitals"_s, plain.toUpper()},
        {u"percent"_s, percented},
        {u"percent in capitals"_s, percented.toUpper()},
        {u"percent in parts"_s, escaped(secret, percent, some)},
        {u"percent twice"_s, QString(percented).replace(u'%', u"%25"_s)},
        {u"percent six times"_s, QString(percented).replace(u'%', u"%2525252525"_s)},
        {u"JSON"_s, escaped(secret, backslashU, all)},
        {u"JSON in parts"_s, escaped(secret, backslashU, some)},
        {u"JSON in JSON"_s, escaped(secret, backslashU, some).replace(u'\\', uR"(\\)"_s)},
        {u"HTML"_s, escaped(secret, entity, all)},
        {u"HTML hexadecimal, in parts"_s, escaped(secret, hexEntity, some)},
        {u"lines"_s, joined(secret, u"\r\n\t"_s, 5)},
        {u"JSON line breaks"_s, joined(secret, uR"(\n)"_s, 4)},
        {u"shell line breaks"_s, joined(secret, u"\\\n"_s, 6)},
        {u"two texts"_s, joined(secret, u"\" + \""_s, 8)},
        {u"two bytes each"_s, joined(secret, QString(QChar(u'\0')), 1)},
        {u"hexadecimal"_s, QString::fromLatin1(secret.toHex())},
        {u"hexadecimal in capitals"_s, QString::fromLatin1(secret.toHex().toUpper())}};
    return forms + base64Forms(secret);
}

/// @p text with the escapes of one kind undone.
inline QString unescaped(const QString &text, const QRegularExpression &escape, int base)
{
    QString result;
    qsizetype done = 0;
    for (auto matches = escape.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        result += QStringView(text).sliced(done, match.capturedStart() - done);
        result += QChar(static_cast<char16_t>(match.captured(1).toUInt(nullptr, base)));
        done = match.capturedEnd();
    }
    return result.append(QStringView(text).sliced(done));
}

/// Letters and digits of @p text in lower case.
inline QString dense(const QString &text)
{
    static const QRegularExpression others(u"[^a-z0-9]"_s);
    return text.toLower().remove(others);
}

/// Every way in which @p content may be read.
inline QStringList waysToRead(const QByteArray &content)
{
    static const QRegularExpression percents(u"%([0-9a-fA-F]{2})"_s);
    static const QRegularExpression jsons(uR"(\\u([0-9a-fA-F]{4}))"_s);
    static const QRegularExpression decimals(u"&#([0-9]{1,7});"_s);
    static const QRegularExpression hexes(u"&#[xX]([0-9a-fA-F]{1,6});"_s);
    QStringList ways{QString::fromUtf8(content)};
    for (int round = 0; round < 7; ++round) {
        QString next = unescaped(ways.last(), percents, 16);
        next = unescaped(next, jsons, 16);
        next = unescaped(next, decimals, 10);
        next = unescaped(next, hexes, 16);
        next.replace(uR"(\\)"_s, uR"(\)"_s);
        if (next == ways.last())
            break;
        ways.append(next);
    }
    const QString last = ways.last();
    for (const QString &lineBreak : {uR"(\n)"_s, uR"(\r)"_s, uR"(\t)"_s})
        ways.append(QString(last).remove(lineBreak));
    return ways;
}

/// Whether somebody who knows how could read the secret out of @p content.
inline bool holdsSecret(const QByteArray &content, const QByteArray &secret)
{
    QStringList needles{dense(QString::fromLatin1(secret)), QString::fromLatin1(secret.toHex())};
    for (qsizetype skip = 0; skip < 3; ++skip) // whole groups: the same at this alignment
        needles.append(dense(
            QString::fromLatin1(secret.mid(skip, (secret.size() - skip) / 3 * 3).toBase64())));
    for (const QString &way : waysToRead(content)) {
        const QString letters = dense(way);
        for (const QString &needle : needles) {
            if (letters.contains(needle))
                return true;
        }
    }
    return false;
}

/// Whether a phone number stands in @p content, with separators or escapes or without.
inline bool holdsNumber(const QByteArray &content, const QString &digits)
{
    static const QRegularExpression separators(u"(?<=[0-9])[ \u00a0().-]{1,2}(?=[0-9])"_s);
    for (QString way : waysToRead(content)) {
        if (way.contains(digits) || way.remove(separators).contains(digits))
            return true;
    }
    return false;
}

} // namespace icebreaker::test
