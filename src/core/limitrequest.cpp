#include "core/limitrequest.h"

#include "core/json.h"
#include "core/sendrecord.h"

#include <QRegularExpression>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 OneSecond = 1000; // ms
/// Anything shorter may be a word, such as the one that the sandbox takes for a key.
constexpr qsizetype ShortestKey = 8;

QString withoutWhiteSpace(const QString &text)
{
    QString tight;
    tight.reserve(text.size());
    for (const QChar c : text) {
        if (!c.isSpace() && c.category() != QChar::Other_Format)
            tight += c;
    }
    return tight;
}

/// Every way in which a key could have got into a text.
QStringList spellings(const QByteArray &key)
{
    const QString plain = QString::fromUtf8(key);
    QString escaped = QString::fromUtf8(toJson(plain, JsonStyle::Compact));
    escaped = escaped.sliced(1, escaped.size() - 2); // without the quotes
    constexpr auto noPadding = QByteArray::OmitTrailingEquals;
    return {plain,
            escaped,
            QString::fromLatin1(key.toBase64(noPadding)),
            QString::fromLatin1(key.toBase64(QByteArray::Base64UrlEncoding | noPadding)),
            QString::fromLatin1(key.toPercentEncoding()),
            QString::fromLatin1(key.toHex())};
}

} // namespace

LimitStage limitStage(const LimitRequest &request, const QDateTime &now)
{
    if (!request.confirmedAt.isValid())
        return LimitStage::Asked;
    if (!request.publishedAt.isValid())
        return LimitStage::Confirmed;
    return limitWait(request, now) > 0s ? LimitStage::Counting : LimitStage::InForce;
}

std::chrono::seconds limitWait(const LimitRequest &request, const QDateTime &now)
{
    if (!request.publishedAt.isValid())
        return WaitAfterPublishing;
    const std::chrono::milliseconds passed(request.publishedAt.msecsTo(now));
    const std::chrono::milliseconds whole = WaitAfterPublishing;
    return std::chrono::ceil<std::chrono::seconds>(std::clamp(whole - passed, 0ms, whole));
}

LimitEvidence limitEvidence(const QList<SendRecord> &records)
{
    LimitEvidence evidence;
    evidence.sends = records.size();
    QList<qint64> starts;
    for (const SendRecord &record : records) {
        const QDateTime at = record.claim.claimedAt;
        starts.append(at.toMSecsSinceEpoch());
        if (record.outcome != Outcome::RateLimited)
            continue;
        ++evidence.rateLimited;
        if (!evidence.first.isValid() || at < evidence.first)
            evidence.first = at;
        if (!evidence.last.isValid() || at > evidence.last)
            evidence.last = at;
    }
    std::sort(starts.begin(), starts.end());
    qsizetype begin = 0;
    for (qsizetype end = 0; end < starts.size(); ++end) {
        while (starts.at(end) - starts.at(begin) >= OneSecond)
            ++begin;
        evidence.peak = std::max(evidence.peak, static_cast<int>(end - begin + 1));
    }
    return evidence;
}

bool isMailAddress(const QString &text)
{
    // Stricter than RFC 5322: what is left out here is nobody's support address.
    static const QRegularExpression pattern(
        u"\\A[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+\\z"_s);
    return text.size() <= 254 && pattern.match(text).hasMatch(); // RFC 5321, 4.5.3.1.3
}

QUrl mailtoUrl(const MailText &mail)
{
    const auto encoded = [](QString text) {
        text.replace(u"\r\n"_s, u"\n"_s);
        text.replace(u'\n', u"\r\n"_s);
        return text.toUtf8().toPercentEncoding();
    };
    return QUrl::fromEncoded("mailto:" + mail.address.toUtf8().toPercentEncoding("@") + "?subject="
                                 + encoded(mail.subject) + "&body=" + encoded(mail.body),
                             QUrl::StrictMode);
}

bool holdsAKey(const QString &text, const QByteArrayList &keys)
{
    const QString tight = withoutWhiteSpace(text);
    return std::any_of(keys.begin(), keys.end(), [&tight](const QByteArray &key) {
        if (key.size() < ShortestKey)
            return false;
        const QStringList all = spellings(key);
        return std::any_of(all.begin(), all.end(), [&tight](const QString &spelling) {
            return tight.contains(spelling, Qt::CaseInsensitive);
        });
    });
}

} // namespace icebreaker
