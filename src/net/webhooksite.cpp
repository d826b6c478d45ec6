#include "net/webhooksite.h"

#include "core/endpoint.h"
#include "net/networkfactory.h"

#include <QNetworkAccessManager>
#include <QPromise>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using Kind = WebhookSiteProblem::Kind;

namespace {

constexpr qint64 Minute = 60'000; // milliseconds

/// Visible ASCII: anything else could end the header or change on the way.
bool fitsIntoHeader(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

tl::unexpected<WebhookSiteProblem> problem(Kind kind)
{
    WebhookSiteProblem result;
    result.kind = kind;
    return tl::unexpected(result);
}

tl::unexpected<WebhookSiteProblem> tooSoon(std::chrono::milliseconds wait)
{
    WebhookSiteProblem result;
    result.kind = Kind::TooSoon;
    result.retryAfter = wait;
    return tl::unexpected(result);
}

template <typename T>
QFuture<WebhookSiteResult<T>> ready(const tl::unexpected<WebhookSiteProblem> &why)
{
    return QtFuture::makeReadyFuture(WebhookSiteResult<T>(why));
}

} // namespace

QUrl WebhookSite::defaultBase()
{
    return QUrl(u"https://webhook.site"_s);
}

WebhookSite::WebhookSite(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
}

WebhookSite::~WebhookSite()
{
    const auto calls = m_calls; // shrinks while they end
    for (WebhookSiteCall *call : calls)
        call->abort();
}

Result<void> WebhookSite::setBase(const QUrl &base)
{
    const auto parsed = parseBase(base.toString());
    if (!parsed)
        return tl::unexpected(parsed.error());
    m_base = *parsed;
    return {};
}

void WebhookSite::setApiKey(const ApiKey &key, const QByteArray &header)
{
    m_key = key;
    m_keyHeader = header;
}

QUrl WebhookSite::urlFor(const QString &token, const QString &sendId) const
{
    return at(u'/' + token + "/s/"_L1 + sendId);
}

QUrl WebhookSite::at(const QString &path) const
{
    QUrl url = m_base;
    url.setPath(m_base.path() + path);
    return url;
}

QFuture<WebhookSiteResult<WebhookAddress>> WebhookSite::createUrl()
{
    if (const auto wait = nextCreateIn(); wait.count() > 0)
        return ready<WebhookAddress>(tooSoon(wait));
    m_creates.append(m_clock.elapsed());
    const QUrl base = m_base;
    return call<WebhookAddress>(WebhookSiteCall::Verb::Post, at(u"/token"_s),
                                [base](const QByteArray &body) -> std::optional<WebhookAddress> {
                                    WebhookAddress address;
                                    address.token = parseWebhookToken(body);
                                    address.url = base;
                                    address.url.setPath(base.path() + u'/' + address.token);
                                    if (address.token.isEmpty())
                                        return std::nullopt;
                                    return address;
                                });
}

QFuture<WebhookSiteResult<WebhookPage>> WebhookSite::requests(const QString &token, int page,
                                                              int perPage)
{
    if (QUuid::fromString(token).isNull())
        return ready<WebhookPage>(problem(Kind::Gone));
    if (const auto wait = nextListIn(); wait.count() > 0)
        return ready<WebhookPage>(tooSoon(wait));
    m_nextList = m_clock.elapsed() + m_limits.betweenLists.count();
    QUrl url = at("/token/"_L1 + token + "/requests"_L1);
    QUrlQuery query;
    query.addQueryItem(u"sorting"_s, u"newest"_s);
    query.addQueryItem(u"per_page"_s, QString::number(std::clamp(perPage, 1, MostPerPage)));
    query.addQueryItem(u"page"_s, QString::number(page));
    url.setQuery(query);
    return call<WebhookPage>(WebhookSiteCall::Verb::Get, url,
                             [token, perPage](const QByteArray &body) {
                                 return parseWebhookPage(body, token, perPage);
                             });
}

std::chrono::milliseconds WebhookSite::nextListIn() const
{
    return std::chrono::milliseconds(std::max(qint64(0), m_nextList - m_clock.elapsed()));
}

/// A sliding minute is stricter than whatever window the site counts in.
std::chrono::milliseconds WebhookSite::nextCreateIn()
{
    const qint64 now = m_clock.elapsed();
    m_creates.removeIf([now](qint64 when) { return now - when >= Minute; });
    if (m_creates.size() < m_limits.createsPerMinute)
        return std::chrono::milliseconds(0);
    return std::chrono::milliseconds(m_creates.constFirst() + Minute - now);
}

bool WebhookSite::keyFits() const
{
    return m_key.bytes.isEmpty()
        || (m_key.origin == origin(m_base) && fitsIntoHeader(m_key.bytes)
            && fitsIntoHeader(m_keyHeader) && !m_keyHeader.isEmpty() && !m_keyHeader.contains(':'));
}

QNetworkAccessManager &WebhookSite::networkFor(const QUrl &url)
{
    const Route route = routeFor(url);
    auto &network = route == Route::Loopback ? m_loopback : m_internet;
    if (!network)
        network = makeNetwork(route);
    return *network;
}

template <typename T>
QFuture<WebhookSiteResult<T>> WebhookSite::call(WebhookSiteCall::Verb verb, const QUrl &url,
                                                const Read<T> &read)
{
    if (!keyFits())
        return ready<T>(problem(Kind::BadKey));
    QNetworkRequest request = makeRequest(url);
    if (verb == WebhookSiteCall::Verb::Post)
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_L1);
    if (!m_key.bytes.isEmpty())
        request.setRawHeader(m_keyHeader, m_key.bytes);
    auto *running = new WebhookSiteCall(networkFor(url), verb, request, m_limits.patience, this);
    m_calls.append(running);
    auto promise = std::make_shared<QPromise<WebhookSiteResult<T>>>();
    promise->start();
    connect(running, &WebhookSiteCall::done, this,
            [this, running, promise, read](const WebhookSiteAnswer &answer) {
                m_calls.removeOne(running);
                running->deleteLater();
                WebhookSiteResult<T> result = problem(Kind::Malformed);
                if (answer.problem)
                    result = tl::unexpected(*answer.problem);
                else if (auto value = read(answer.body))
                    result = *std::move(value);
                promise->addResult(result);
                promise->finish();
            });
    return promise->future();
}

} // namespace icebreaker
