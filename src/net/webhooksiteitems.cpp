#include "net/webhooksiteitems.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// "2026-11-22 09:30:15", in UTC as the site's documentation shows it.
QDateTime timeOf(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

/// Of `https://webhook.site/TOKEN/s/ID` and `https://TOKEN.webhook.site/s/ID`.
QString suffixOf(const QUrl &url, const QString &token)
{
    const QString path = url.path();
    if (url.host().startsWith(token + u'.', Qt::CaseInsensitive))
        return path == "/"_L1 ? QString() : path;
    const qsizetype at = path.indexOf(u'/' + token, 0, Qt::CaseInsensitive);
    return at < 0 ? QString() : path.mid(at + 1 + token.size());
}

std::optional<WebhookRequest> requestOf(const QJsonValue &value, const QString &token)
{
    const QJsonObject item = value.toObject();
    WebhookRequest request;
    request.uuid = item.value("uuid"_L1).toString();
    if (QUuid::fromString(request.uuid).isNull())
        return std::nullopt;
    request.method = item.value("method"_L1).toString().toLatin1().toUpper();
    request.body = item.value("content"_L1).toString().toUtf8();
    request.path = suffixOf(QUrl(item.value("url"_L1).toString()), token);
    request.arrivedAt = timeOf(item.value("created_at"_L1).toString());
    return request;
}

/// A list; or an object with numbers as keys, which PHP makes of a list with gaps.
std::optional<QJsonArray> entriesOf(const QJsonValue &data)
{
    if (data.isArray())
        return data.toArray();
    if (!data.isObject())
        return std::nullopt;
    QJsonArray entries;
    const QJsonObject object = data.toObject();
    for (const QJsonValue value : object)
        entries.append(value);
    return entries;
}

} // namespace

bool isFinal(WebhookSiteProblem::Kind kind)
{
    using Kind = WebhookSiteProblem::Kind;
    return kind == Kind::BadKey || kind == Kind::Unauthorized || kind == Kind::Gone;
}

QString parseWebhookToken(const QByteArray &json)
{
    const QJsonObject token = QJsonDocument::fromJson(json).object();
    const QUuid uuid = QUuid::fromString(token.value("uuid"_L1).toString());
    return uuid.isNull() ? QString() : uuid.toString(QUuid::WithoutBraces);
}

std::optional<WebhookPage> parseWebhookPage(const QByteArray &json, const QString &token,
                                            int perPage)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const auto entries = entriesOf(root.value("data"_L1));
    if (!entries)
        return std::nullopt;
    WebhookPage page;
    for (const QJsonValue entry : *entries) {
        if (auto request = requestOf(entry, token))
            page.requests.append(*std::move(request));
        else
            ++page.skipped;
    }
    page.last = root.value("is_last_page"_L1).toBool(entries->size() < perPage);
    return page;
}

} // namespace icebreaker
