#include "core/redactor.h"

#include "core/jsonredaction.h"
#include "core/recipient.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// A shorter value is a word that stands elsewhere for something else.
constexpr qsizetype ShortestValue = 4;
/// What a person may type before a number that has a tag of its own.
constexpr qsizetype ShortestOwnNumber = 5;

bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

bool standsAlone(const QString &text, qsizetype begin, qsizetype end)
{
    const bool before = begin > 0 && isWordPart(text.at(begin - 1)) && isWordPart(text.at(begin));
    const bool after =
        end < text.size() && isWordPart(text.at(end)) && isWordPart(text.at(end - 1));
    return !before && !after;
}

/// A path segment that nobody would type.
bool looksRandom(QStringView segment)
{
    constexpr qsizetype longest = 11;
    return segment.size() > longest
        && std::any_of(segment.begin(), segment.end(), [](QChar c) { return c.isDigit(); });
}

QByteArray inBytes(const QString &text)
{
    return text.toUtf8();
}

} // namespace

QString hiddenValue(QStringView value)
{
    static const QRegularExpression already(uR"(\A\[value-hidden:\d+\]\z)"_s);
    return already.match(value.toString()).hasMatch() ? value.toString()
                                                      : u"[value-hidden:%1]"_s.arg(value.size());
}

Redactor::Redactor(RedactionChoices choices, const QByteArrayList &secrets)
    : m_choices(choices)
    , m_secrets(secrets)
{ }

void Redactor::learn(const SendRecord &record)
{
    m_numbers.learn(readRecipient(record.claim.to).digits);
}

void Redactor::learn(const KeptEvent &event)
{
    m_numbers.learn(readRecipient(event.event.to).digits);
    m_numbers.learn(readRecipient(event.event.from).digits);
}

QString Redactor::text(const QString &text, const QStringList &values)
{
    return redacted(text, values);
}

QString Redactor::redacted(const QString &text, const QStringList &values, bool mayBeTimes)
{
    QList<HiddenPart> found;
    for (const DecodedText &reading : readings(text)) {
        m_secrets.findKnown(reading, found);
        SecretFinder::findLikely(reading, found);
        if (m_choices.hideValues)
            findValues(reading, values, found);
        if (!m_choices.tagNumbers)
            continue;
        const auto numbers = findNumbers(reading.characters, m_numbers, mayBeTimes);
        for (const FoundNumber &number : numbers)
            found.append({reading.begin[static_cast<std::size_t>(number.begin)],
                          reading.end[static_cast<std::size_t>(number.end - 1)],
                          m_numbers.tagged(number.digits)});
    }
    return withHidden(text, std::move(found));
}

void Redactor::findValues(const DecodedText &reading, const QStringList &values,
                          QList<HiddenPart> &found) const
{
    const QString &text = reading.characters;
    for (const QString &value : values) {
        for (qsizetype at = text.indexOf(value, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(value, at + value.size(), Qt::CaseInsensitive)) {
            const qsizetype end = at + value.size();
            if (standsAlone(text, at, end))
                found.append({reading.begin[static_cast<std::size_t>(at)],
                              reading.end[static_cast<std::size_t>(end - 1)], hiddenValue(value)});
        }
    }
}

QByteArray Redactor::document(const QByteArray &body, const QStringList &values)
{
    if (body.isEmpty())
        return body;
    const auto parsed = parseJson(body);
    const bool isContainer = parsed && (parsed->array() != nullptr || parsed->object() != nullptr);
    QString written = QString::fromUtf8(body);
    if (isContainer) {
        const JsonValue hidden = JsonRedaction(*this, values).redact(*parsed);
        if (!(hidden == *parsed)) {
            const bool isIndented = body.trimmed().contains('\n');
            written = QString::fromUtf8(
                toJson(hidden, isIndented ? JsonStyle::Indented : JsonStyle::Compact));
        }
    }
    return inBytes(redacted(written, values));
}

QString Redactor::number(const QString &text)
{
    static const QRegularExpression shortened(u"\\A\\+?\\d{0,3}\u2026\\d{0,4}(?:#\\d+)?\\z"_s);
    if (shortened.match(text).hasMatch())
        return text;
    const QString digits = readRecipient(text).digits;
    if (!m_choices.tagNumbers || digits.size() < ShortestOwnNumber
        || digits.size() > NumberTags::LongestNumber)
        return redacted(text, {}, false);
    // With more than a number in it, the rest is looked at, too.
    const bool isNumber = std::all_of(text.begin(), text.end(),
                                      [](QChar c) { return c.digitValue() >= 0 || !c.isLetter(); });
    if (!isNumber)
        return redacted(text, {}, false);
    const QString whole = m_numbers.wholeNumber(digits);
    return m_numbers.tagged(whole.isEmpty() ? digits : whole);
}

QString Redactor::statusUrl(const QString &url)
{
    QUrl parts(url);
    if (!parts.isValid() || parts.host().isEmpty())
        return text(url);
    parts.setUserInfo({});
    QStringList segments = parts.path(QUrl::FullyDecoded).split(u'/');
    const qsizetype count = segments.size();
    const bool hasSendId =
        count >= 2 && segments.at(count - 2) == "s"_L1 && isSendId(segments.at(count - 1));
    for (qsizetype i = 0; i < (hasSendId ? count - 2 : count); ++i) {
        const QString &segment = segments.at(i);
        if (!segment.isEmpty() && (hasSendId || looksRandom(segment)))
            segments[i] = QString(SecretHidden);
    }
    const QString port = parts.port() > 0 ? u':' + QString::number(parts.port()) : QString();
    const QString query = parts.hasQuery() ? u'?' + QString(SecretHidden) : QString();
    return redacted(parts.scheme() + "://"_L1 + parts.host() + port + segments.join(u'/') + query,
                    {});
}

QStringList Redactor::valuesIn(const QByteArray &body)
{
    const auto parsed = parseJson(body);
    QStringList values = parsed ? parameterValues(*parsed) : QStringList();
    values.removeIf([](const QString &value) { return value.trimmed().size() < ShortestValue; });
    values.removeDuplicates();
    // The longest first: one may be part of another.
    std::sort(values.begin(), values.end(),
              [](const QString &a, const QString &b) { return a.size() > b.size(); });
    return values;
}

HttpHeaders Redactor::headers(const HttpHeaders &headers, const QStringList &values)
{
    HttpHeaders hidden;
    for (const HttpHeader &header : headers) {
        // Together, so that a name tells what its value is.
        const QString name = redacted(QString::fromUtf8(header.name), values);
        const QString line = QString::fromUtf8(header.name) + ": "_L1;
        const QString whole = redacted(line + QString::fromUtf8(header.value), values);
        const bool hasName = whole.startsWith(line);
        hidden.append(
            {inBytes(name),
             hasName ? inBytes(whole.sliced(line.size())) : QByteArray(SecretHidden.data())});
    }
    return hidden;
}

SendRecord Redactor::record(const SendRecord &record)
{
    learn(record);
    const QStringList values = valuesIn(record.claim.body);
    const auto plain = [&](const QString &text) { return redacted(text, values); };
    SendRecord hidden = record;
    Claim &claim = hidden.claim;
    claim.profile = plain(claim.profile);
    claim.region = plain(claim.region);
    claim.url = QUrl(plain(claim.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo)));
    if (!claim.url.isValid())
        claim.url = QUrl(u"https://hidden.invalid/"_s);
    claim.lane = plain(claim.lane);
    const bool isUnreadable =
        m_choices.hideValues && !claim.body.isEmpty() && !parseJson(claim.body);
    claim.body = isUnreadable ? inBytes(hiddenValue(QString::fromUtf8(claim.body)))
                              : document(claim.body, values);
    claim.to = number(claim.to);
    claim.agentId = plain(claim.agentId);
    claim.templateName = plain(claim.templateName);
    claim.locale = plain(claim.locale);
    claim.channel = plain(claim.channel);
    Answer &answer = hidden.answer;
    answer.reason = inBytes(plain(QString::fromUtf8(answer.reason)));
    answer.headers = headers(answer.headers, values);
    answer.body = document(answer.body, values);
    answer.problemDetail = plain(answer.problemDetail);
    if (answer.connection) {
        for (CertificateFacts &certificate : answer.connection->chain) {
            certificate.subject = text(certificate.subject);
            certificate.issuer = text(certificate.issuer);
        }
        for (QString &error : answer.connection->tlsErrors)
            error = text(error);
    }
    hidden.note = plain(hidden.note);
    hidden.deliveryError = plain(hidden.deliveryError);
    hidden.deliveryMeta = plain(hidden.deliveryMeta);
    return hidden;
}

KeptEvent Redactor::event(const KeptEvent &event, const SendRecord &owner)
{
    learn(event);
    const QStringList values = valuesIn(owner.claim.body);
    const auto plain = [&](const QString &text) { return redacted(text, values); };
    KeptEvent hidden = event;
    StatusEvent &status = hidden.event;
    status.raw = document(status.raw, values);
    status.to = number(status.to);
    status.from = number(status.from);
    for (QString *field :
         {&status.statusText, &status.messageUuid, &status.errorCode, &status.errorDetail,
          &status.channel, &status.price, &status.currency, &status.conversationId,
          &status.conversationOrigin, &status.internalMessageUuid, &status.metaCode})
        *field = plain(*field);
    return hidden;
}

} // namespace icebreaker
