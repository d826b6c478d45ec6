#pragma once

#include "core/apikey.h"
#include "core/error.h"
#include "net/webhooksitecall.h"
#include "net/webhooksiteitems.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QFuture>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QNetworkAccessManager;

namespace icebreaker {

/// How often a WebhookSite may ask. The defaults stay under the site's limits, 120 lists
/// and (free) 10 new addresses per minute (docs.webhook.site/api/requests.html and
/// /api/tokens.html, 2026-11). The site counts per network address: several of these
/// objects share its limits.
struct WebhookSiteLimits {
    std::chrono::milliseconds betweenLists{510}; ///< At least; 117 per minute.
    int createsPerMinute = 10;
    std::chrono::milliseconds patience{20'000}; ///< For one answer.
};

/// The calls to webhook.site, or to a self-hosted copy of it, that a status inbox needs.
/// WebhookSitePoller asks again and again. For quick tests only: whoever knows an address
/// can read the phone numbers in its callbacks, and a third party keeps them.
///
/// Follows no redirects. The API key goes to the base's origin alone, in one header, and is
/// in no error. Calls end early with Unreachable and Aborted when this goes away. Lives on
/// one thread; do not delete it in a continuation of one of its own futures.
class WebhookSite : public QObject
{
    Q_OBJECT

public:
    /// Of a page, at most (docs.webhook.site/api/requests.html, 2026-11).
    static constexpr int MostPerPage = 100;

    /// `https://webhook.site`.
    [[nodiscard]] static QUrl defaultBase();

    explicit WebhookSite(QObject *parent = nullptr);
    ~WebhookSite() override;
    Q_DISABLE_COPY_MOVE(WebhookSite)

    void setLimits(const WebhookSiteLimits &limits) { m_limits = limits; }
    /// For the calls that start from now on. Fails with InvalidInput unless @p base is
    /// https, or http on loopback; see parseBase().
    [[nodiscard]] Result<void> setBase(const QUrl &base);
    [[nodiscard]] QUrl base() const { return m_base; }
    /// For the calls that start from now on; none is sent without one. A key that is bound
    /// to another origin than the base's is never sent: calls fail with BadKey then.
    /// @param header  the site's documentation does not name it; "Api-Key" is what other
    ///                clients of it use
    void setApiKey(const ApiKey &key, const QByteArray &header = "Api-Key");

    /// `BASE/TOKEN/s/SENDID`: the Status URL of one send.
    [[nodiscard]] QUrl urlFor(const QString &token, const QString &sendId) const;

    /// Makes a new address. Always finishes; with TooSoon, asking nobody, when that would
    /// be more often than the limits allow.
    [[nodiscard]] QFuture<WebhookSiteResult<WebhookAddress>> createUrl();

    /// One page of what came to @p token, newest first. Always finishes; with TooSoon,
    /// asking nobody, before nextListIn() has passed, and with Gone if @p token is no UUID.
    /// @param page     from 1
    /// @param perPage  1 to MostPerPage
    [[nodiscard]] QFuture<WebhookSiteResult<WebhookPage>> requests(const QString &token, int page,
                                                                   int perPage = MostPerPage);
    /// Until requests() may be called again; 0 for now.
    [[nodiscard]] std::chrono::milliseconds nextListIn() const;

private:
    template <typename T>
    using Read = std::function<std::optional<T>(const QByteArray &body)>;

    template <typename T>
    QFuture<WebhookSiteResult<T>> call(WebhookSiteCall::Verb verb, const QUrl &url,
                                       const Read<T> &read);
    [[nodiscard]] QUrl at(const QString &path) const;
    [[nodiscard]] bool keyFits() const;
    [[nodiscard]] QNetworkAccessManager &networkFor(const QUrl &url);
    [[nodiscard]] std::chrono::milliseconds nextCreateIn();

    WebhookSiteLimits m_limits;
    QUrl m_base = defaultBase();
    ApiKey m_key;
    QByteArray m_keyHeader;
    std::unique_ptr<QNetworkAccessManager> m_internet; ///< Made when needed.
    std::unique_ptr<QNetworkAccessManager> m_loopback;
    QList<WebhookSiteCall *> m_calls; ///< In flight; children.
    QElapsedTimer m_clock;
    QList<qint64> m_creates; ///< When, in milliseconds of m_clock; of the last minute.
    qint64 m_nextList = 0; ///< Milliseconds of m_clock.
};

} // namespace icebreaker
