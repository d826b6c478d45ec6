#pragma once

#include "listen/httplistener.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrl>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>
#include <mutex>
#include <optional>

namespace icebreaker::test {

/// A webhook.site on loopback that behaves as docs.webhook.site says: makes addresses,
/// takes whatever comes to them, lists it by pages, wants an API key if told so, and
/// answers 404 for unknown addresses, 410 for full ones and 429 above its limits.
class FakeWebhookSite
{
public:
    FakeWebhookSite()
        : m_listener([this](const HttpRequest &request, const Responder &responder) {
            const std::lock_guard lock(m_mutex);
            responder.answer(answerTo(request));
        })
    {
        if (!m_listener.start())
            qFatal("FakeWebhookSite: cannot listen");
    }
    ~FakeWebhookSite() { m_listener.stop(); }
    Q_DISABLE_COPY_MOVE(FakeWebhookSite)

    /// With a path, as a self-hosted one may have.
    [[nodiscard]] QUrl base() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/site").arg(m_listener.port()));
    }

    QString addToken()
    {
        const std::lock_guard lock(m_mutex);
        return newToken();
    }
    /// As if somebody had posted @p body to `BASE/TOKEN` + @p suffix.
    void addRequest(const QString &token, const QString &suffix, const QByteArray &body,
                    const QDateTime &at = QDateTime::currentDateTimeUtc())
    {
        const std::lock_guard lock(m_mutex);
        take(token, "POST", suffix, body, at);
    }
    void addRequests(const QString &token, int count)
    {
        for (int i = 0; i < count; ++i)
            addRequest(token, QStringLiteral("/%1").arg(i), QByteArray::number(i));
    }
    /// The next answer, instead of the right one.
    void answerNext(const HttpReply &reply)
    {
        const std::lock_guard lock(m_mutex);
        m_forced.append(reply);
    }
    void requireKey(const QByteArray &header, const QByteArray &key)
    {
        const std::lock_guard lock(m_mutex);
        m_keyHeader = header;
        m_key = key;
    }
    void setFull(bool full)
    {
        const std::lock_guard lock(m_mutex);
        m_full = full;
    }
    void setListsPerMinute(int limit)
    {
        const std::lock_guard lock(m_mutex);
        m_listsPerMinute = limit;
    }
    void remove(const QString &token)
    {
        const std::lock_guard lock(m_mutex);
        m_tokens.removeOne(token);
    }

    [[nodiscard]] QList<HttpRequest> requests()
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    /// When each list was asked for, in milliseconds.
    [[nodiscard]] QList<qint64> listTimes()
    {
        const std::lock_guard lock(m_mutex);
        return m_listTimes;
    }
    [[nodiscard]] qsizetype lists() { return listTimes().size(); }

private:
    HttpReply answerTo(const HttpRequest &request)
    {
        m_requests.append(request);
        if (!m_forced.isEmpty())
            return m_forced.takeFirst();
        if (!m_key.isEmpty() && headerValue(request.headers, m_keyHeader) != m_key)
            return {401, {}, R"({"success":false,"error":{"message":"API key required"}})"};
        const QStringList path = QString::fromLatin1(request.path).split(QLatin1Char('/'));
        if (path.value(1) != QLatin1String("site"))
            return {404, {}, {}};
        if (path.value(2) == QLatin1String("token"))
            return path.size() == 3 ? create(request) : list(request, path.value(3));
        return receive(request, path.value(2));
    }

    HttpReply create(const HttpRequest &request)
    {
        if (request.method != "POST")
            return {405, {}, {}};
        const QJsonObject token{
            {QStringLiteral("uuid"), newToken()},
            {QStringLiteral("default_status"), 200},
            {QStringLiteral("created_at"), text(QDateTime::currentDateTimeUtc())}};
        return json(201, token);
    }

    HttpReply list(const HttpRequest &request, const QString &token)
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        m_listTimes.append(now);
        const auto lately = std::count_if(m_listTimes.begin(), m_listTimes.end(),
                                          [now](qint64 when) { return now - when < 60'000; });
        if (lately > m_listsPerMinute)
            return {429, {{"Retry-After", "1"}}, {}};
        if (!m_tokens.contains(token))
            return {404, {}, {}};
        const QUrlQuery query(QString::fromLatin1(request.query));
        const auto number = [&query](const QString &name, int otherwise) {
            const QString value = query.queryItemValue(name);
            return value.isEmpty() ? otherwise : value.toInt();
        };
        const int perPage = std::min(number(QStringLiteral("per_page"), 50), 100);
        const int page = number(QStringLiteral("page"), 1);
        QJsonArray all;
        for (const QJsonObject &item : std::as_const(m_items)) {
            if (item.value(QStringLiteral("token_id")) != token)
                continue;
            if (query.queryItemValue(QStringLiteral("sorting")) == QLatin1String("newest"))
                all.prepend(item);
            else
                all.append(item);
        }
        QJsonArray data;
        for (int i = (page - 1) * perPage; i < all.size() && data.size() < perPage; ++i)
            data.append(all.at(i));
        return json(200,
                    {{QStringLiteral("data"), data},
                     {QStringLiteral("total"), all.size()},
                     {QStringLiteral("per_page"), perPage},
                     {QStringLiteral("current_page"), page},
                     {QStringLiteral("is_last_page"), page * perPage >= all.size()}});
    }

    HttpReply receive(const HttpRequest &request, const QString &token)
    {
        if (!m_tokens.contains(token))
            return {404, {}, {}};
        if (m_full)
            return {410, {}, {}};
        const QString path = QString::fromLatin1(request.path);
        take(token, request.method, path.mid(path.indexOf(token) + token.size()), request.body,
             QDateTime::currentDateTimeUtc());
        return {200, {}, {}};
    }

    void take(const QString &token, const QByteArray &method, const QString &suffix,
              const QByteArray &body, const QDateTime &at)
    {
        const QString url = base().toString() + QLatin1Char('/') + token + suffix;
        m_items.append(
            {{QStringLiteral("uuid"), QUuid::createUuid().toString(QUuid::WithoutBraces)},
             {QStringLiteral("token_id"), token},
             {QStringLiteral("method"), QString::fromLatin1(method)},
             {QStringLiteral("content"), QString::fromUtf8(body)},
             {QStringLiteral("url"), url},
             {QStringLiteral("created_at"), text(at)}});
    }

    QString newToken()
    {
        m_tokens.append(QUuid::createUuid().toString(QUuid::WithoutBraces));
        return m_tokens.constLast();
    }
    static QString text(const QDateTime &time)
    {
        return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    }
    static HttpReply json(int status, const QJsonObject &object)
    {
        return {status,
                {{"Content-Type", "application/json"}},
                QJsonDocument(object).toJson(QJsonDocument::Compact)};
    }

    std::mutex m_mutex;
    QList<HttpReply> m_forced;
    QByteArray m_keyHeader;
    QByteArray m_key;
    bool m_full = false;
    int m_listsPerMinute = 120;
    QStringList m_tokens;
    QList<QJsonObject> m_items; ///< Oldest first.
    QList<HttpRequest> m_requests;
    QList<qint64> m_listTimes;
    HttpListener m_listener; // last: its thread uses the members above
};

} // namespace icebreaker::test
