#include "net/webhooksitecall.h"

#include "core/ratelimitfields.h"
#include "net/oneshotbody.h"
#include "net/transportproblem.h"

#include <QMetaEnum>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslError>

namespace icebreaker {

using namespace Qt::StringLiterals;
using Kind = WebhookSiteProblem::Kind;

namespace {

/// A hundred requests of 3 KB, headers included, are 0.3 MB. Reading 4 MiB of JSON takes
/// 30 ms, which is what the window's thread may be kept for.
constexpr qint64 AnswerCap = qint64(4) * 1024 * 1024;

constexpr int HttpOk = 200;
constexpr int MultipleChoices = 300;

Kind kindOf(int status)
{
    switch (status) {
    case 401:
    case 403: return Kind::Unauthorized;
    case 404:
    case 410: return Kind::Gone;
    case 429: return Kind::TooMany;
    default: return Kind::WrongStatus;
    }
}

} // namespace

WebhookSiteCall::WebhookSiteCall(QNetworkAccessManager &network, Verb verb,
                                 const QNetworkRequest &request, std::chrono::milliseconds patience,
                                 QObject *parent)
    : QObject(parent)
{
    if (verb == Verb::Get) {
        m_reply = network.get(request);
    } else {
        auto *body = new OneShotBody("{}");
        m_reply = network.post(request, body);
        body->setParent(m_reply);
    }
    m_reply->setReadBufferSize(AnswerCap);
    connect(m_reply, &QNetworkReply::encrypted, this, [this] { m_established = true; });
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_established = true; });
    connect(m_reply, &QNetworkReply::readyRead, this, &WebhookSiteCall::takeBody);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_tlsErrors.append(error.errorString());
    });
    connect(m_reply, &QNetworkReply::finished, this, &WebhookSiteCall::conclude);
    connect(&m_total, &QTimer::timeout, this,
            [this] { endEarly(Kind::Unreachable, TransportProblem::TotalTimeout); });
    m_total.setSingleShot(true);
    m_total.start(patience);
}

void WebhookSiteCall::abort()
{
    endEarly(Kind::Unreachable, TransportProblem::Aborted);
}

void WebhookSiteCall::takeBody()
{
    if (m_done)
        return;
    m_body += m_reply->read(AnswerCap - m_body.size());
    if (m_reply->bytesAvailable() > 0)
        endEarly(Kind::TooLarge, TransportProblem::None);
}

void WebhookSiteCall::endEarly(Kind kind, TransportProblem transport)
{
    WebhookSiteProblem problem;
    problem.kind = kind;
    problem.transport = transport;
    finish({{}, problem});
    m_reply->abort();
}

void WebhookSiteCall::conclude()
{
    if (m_done)
        return;
    takeBody();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const WebhookSiteProblem failure = transportFailure();
    if (failure.transport != TransportProblem::None)
        finish({{}, failure});
    else if (status < HttpOk || status >= MultipleChoices)
        finish({{}, statusFailure(status)});
    else
        finish({m_body, {}});
}

void WebhookSiteCall::finish(const WebhookSiteAnswer &answer)
{
    if (std::exchange(m_done, true))
        return;
    m_total.stop();
    m_reply->deleteLater();
    emit done(answer);
}

WebhookSiteProblem WebhookSiteCall::transportFailure() const
{
    ConnectionState state;
    state.established = m_established;
    state.headersComplete =
        m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() > 0;
    WebhookSiteProblem problem;
    problem.kind = Kind::Unreachable;
    problem.transport = transportProblem(m_reply->error(), state);
    // Not Qt's own words: they repeat addresses, and with them the token.
    const char *name =
        QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(m_reply->error());
    problem.detail = (QStringList{QString::fromLatin1(name)} + m_tlsErrors).join(u"; "_s);
    return problem;
}

WebhookSiteProblem WebhookSiteCall::statusFailure(int status) const
{
    HttpHeaders headers;
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        headers.append({name, value});
    WebhookSiteProblem problem;
    problem.kind = kindOf(status);
    problem.status = status;
    problem.retryAfter = retryAfter(headers, QDateTime::currentDateTimeUtc());
    return problem;
}

} // namespace icebreaker
