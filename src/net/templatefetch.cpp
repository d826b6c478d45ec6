#include "net/templatefetch.h"

#include "core/endpoint.h"
#include "core/jsonmembers.h"
#include "core/ratelimitfields.h"
#include "core/templatereader.h"
#include "net/networkfactory.h"
#include "net/transportproblem.h"

#include <QNetworkReply>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 30s;
constexpr qint64 PageCap = 16'777'216; // bytes; 500 of the longest templates are less

TemplateFetchError::Kind kindOf(int status)
{
    using Kind = TemplateFetchError::Kind;
    switch (status) {
    case 401: return Kind::TokenRefused;
    case 403: return Kind::NotAllowed;
    case 404: return Kind::NoSuchAccount;
    case 429: return Kind::TooManyRequests;
    default: return status >= 500 ? Kind::ServerFault : Kind::Refused;
    }
}

/// What an error answer says, in Vonage's form (RFC 7807) or another.
QString messageIn(const QByteArray &body)
{
    const auto json = parseJson(body);
    const JsonObject *object = json ? json->object() : nullptr;
    if (object == nullptr)
        return {};
    for (const auto *member : {u"detail", u"title", u"message"}) {
        if (const QString text = memberString(*object, member); !text.isEmpty())
            return text.left(500);
    }
    return {};
}

/// The list of templates on a page.
const JsonArray *templatesIn(const JsonValue &page)
{
    if (page.array() != nullptr)
        return page.array();
    if (page.object() == nullptr)
        return nullptr;
    for (const auto *member : {u"templates", u"data"}) {
        if (const JsonArray *list = memberArray(*page.object(), member))
            return list;
    }
    return nullptr;
}

QString cursorIn(const JsonValue &page)
{
    const JsonObject *paging =
        page.object() == nullptr ? nullptr : memberObject(*page.object(), u"paging");
    const JsonObject *cursors = paging == nullptr ? nullptr : memberObject(*paging, u"cursors");
    return cursors == nullptr ? QString() : memberString(*cursors, u"after");
}

} // namespace

QUrl defaultTemplateServer()
{
    return QUrl(u"https://api.nexmo.com"_s);
}

bool isTemplateServer(const QUrl &server)
{
    if (!server.isValid() || server.host().isEmpty() || !server.userInfo().isEmpty())
        return false;
    if (isLoopback(server))
        return server.scheme() == "http"_L1 || server.scheme() == "https"_L1;
    constexpr std::array domains{"nexmo.com"_L1, "vonage.com"_L1};
    return server.scheme() == "https"_L1
        && std::any_of(domains.begin(), domains.end(), [&server](QLatin1StringView domain) {
               return server.host() == domain || server.host().endsWith(u'.' + QString(domain));
           });
}

TemplateFetcher::TemplateFetcher(QObject *parent)
    : QObject(parent)
{
    m_spacing.setSingleShot(true);
    m_spacing.setTimerType(Qt::PreciseTimer);
    connect(&m_spacing, &QTimer::timeout, this, &TemplateFetcher::askForPage);
}

TemplateFetcher::~TemplateFetcher()
{
    cancel();
}

QFuture<TemplateFetcher::Fetched> TemplateFetcher::fetch(const Account &account)
{
    cancel();
    m_promise = std::make_unique<QPromise<Fetched>>();
    m_promise->start();
    auto future = m_promise->future();
    m_account = account;
    m_fetched = {};
    m_after.clear();
    m_cursors.clear();
    if (!isTemplateServer(account.server) || account.wabaId.isEmpty()) {
        fail(TemplateFetchError::Kind::BadServer);
        return future;
    }
    if (m_network != nullptr)
        m_network.release()->deleteLater(); // this may be called from one of its replies
    m_network = makeNetwork(routeFor(account.server));
    const auto passed =
        m_sinceRequest.isValid() ? std::chrono::milliseconds(m_sinceRequest.elapsed()) : Spacing;
    m_spacing.start(std::max(0ms, Spacing - passed));
    return future;
}

void TemplateFetcher::cancel()
{
    if (m_promise != nullptr)
        fail(TemplateFetchError::Kind::Cancelled);
}

void TemplateFetcher::askForPage()
{
    QUrl url = m_account.server;
    // Encoded, so that nothing that was typed can leave its place in the path.
    url.setPath(u"/v2/whatsapp-manager/wabas/"_s
                    + QString::fromLatin1(QUrl::toPercentEncoding(m_account.wabaId))
                    + u"/templates"_s,
                QUrl::StrictMode);
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(PageSize));
    if (!m_after.isEmpty())
        query.addQueryItem(u"after"_s, QString::fromLatin1(QUrl::toPercentEncoding(m_after)));
    url.setQuery(query);

    QNetworkRequest request = makeRequest(url);
    request.setRawHeader("Authorization", "Bearer " + m_account.token);
    request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(Patience).count()));
    m_sinceRequest.start();
    m_reply = m_network->get(request);
    connect(m_reply, &QNetworkReply::finished, this, &TemplateFetcher::takePage);
    connect(m_reply, &QNetworkReply::downloadProgress, this, [this](qint64 received) {
        if (received > PageCap)
            fail(TemplateFetchError::Kind::NotTemplates, u"the page is too long"_s);
    });
}

std::optional<TemplateFetchError> TemplateFetcher::problemOf(const QByteArray &body) const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    TemplateFetchError error;
    error.status = status;
    const bool answered = status != 0;
    const auto transport = transportProblem(m_reply->error(), {answered, answered, false});
    if (transport != TransportProblem::None) {
        error.transport = transport == TransportProblem::Aborted
            ? TransportProblem::InactivityTimeout // nobody but Qt's timer: fail() disconnects
            : transport;
        error.detail = m_reply->errorString();
        return error;
    }
    if (status >= 200 && status < 300)
        return std::nullopt;
    error.kind = kindOf(status);
    error.detail = messageIn(body);
    if (error.kind == TemplateFetchError::Kind::TooManyRequests) {
        QList<HttpHeader> headers;
        const auto pairs = m_reply->rawHeaderPairs();
        for (const auto &[name, value] : pairs)
            headers.append({name, value});
        error.retryAfter = retryAfter(headers, QDateTime::currentDateTimeUtc());
    }
    return error;
}

void TemplateFetcher::takePage()
{
    m_reply->deleteLater();
    const QByteArray body = m_reply->readAll();
    const auto problem = problemOf(body);
    m_reply = nullptr;
    if (problem) {
        finish(tl::unexpected(*problem));
        return;
    }
    const auto page = parseJson(body);
    const JsonArray *list = page ? templatesIn(*page) : nullptr;
    if (list == nullptr) {
        fail(TemplateFetchError::Kind::NotTemplates);
        return;
    }
    ++m_fetched.pages;
    if (const auto cards = readTemplates(toJson(*list, JsonStyle::Compact))) {
        for (const TemplateCard &card : *cards)
            mergeCard(m_fetched.cards, card);
    }
    m_fetched.templates = 0;
    for (const TemplateCard &card : std::as_const(m_fetched.cards))
        m_fetched.templates += static_cast<int>(card.versions.size());
    emit progressed(m_fetched.templates);
    if (m_promise == nullptr)
        return; // somebody cancelled on that

    m_after = cursorIn(*page);
    if (list->empty() || m_after.isEmpty() || m_cursors.contains(m_after)) {
        finish(m_fetched);
        return;
    }
    m_cursors.insert(m_after);
    const std::chrono::milliseconds passed(m_sinceRequest.elapsed());
    m_spacing.start(std::max(0ms, Spacing - passed));
}

void TemplateFetcher::finish(const Fetched &result)
{
    m_spacing.stop();
    m_account.token.clear();
    if (m_reply != nullptr) {
        QNetworkReply *reply = std::exchange(m_reply, nullptr);
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
    const auto promise = std::move(m_promise); // whoever waits may fetch again at once
    promise->addResult(result);
    promise->finish();
}

void TemplateFetcher::fail(TemplateFetchError::Kind kind, const QString &detail)
{
    TemplateFetchError error;
    error.kind = kind;
    error.detail = detail;
    finish(tl::unexpected(error));
}

} // namespace icebreaker
