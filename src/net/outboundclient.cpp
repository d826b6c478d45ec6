#include "net/outboundclient.h"

#include "core/endpoint.h"
#include "net/tlsfacts.h"

#include <QNetworkRequest>
#include <QPromise>
#include <QSet>

#include <algorithm>
#include <memory>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr char KeyHeader[] = "X-Vgai-Key";

/// Visible ASCII: anything else could end the header or change on the way.
bool fitsIntoHeader(const QByteArray &key)
{
    return !key.isEmpty()
        && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

SendReport notSent(TransportProblem problem, const QString &detail)
{
    SendReport report;
    report.outcome = Outcome::NotSent;
    report.answer.problem = problem;
    report.answer.problemDetail = detail;
    return report;
}

} // namespace

OutboundClient::OutboundClient(QObject *parent)
    : QObject(parent)
{ }

OutboundClient::~OutboundClient()
{
    m_closing = true;
    abortAll();
}

void OutboundClient::setExtraCaCertificates(const QList<QSslCertificate> &certificates)
{
    m_tls.reset();
    m_added.clear();
    for (const QSslCertificate &certificate : certificates)
        m_added.append(certificateFacts(certificate));
    if (certificates.isEmpty())
        return;
    // Any list, even one that was only added to, switches off loading the system's
    // certificates on demand (measured, Qt 6.4.2): so they are all named. The list has
    // each of them twice, and every connection pays for its length.
    QSet<QSslCertificate> all(certificates.begin(), certificates.end());
    static const auto system = QSslConfiguration::systemCaCertificates(); // takes 0.2 s
    all.unite({system.begin(), system.end()});
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls->setCaCertificates(all.values());
}

std::optional<SendReport> OutboundClient::refusal(const QUrl &url, const ApiKey &key) const
{
    const bool secure = url.scheme() == "https"_L1;
    const bool local = url.scheme() == "http"_L1 && isLoopback(url);
    if (m_closing)
        return notSent(TransportProblem::Aborted, u"shutting down"_s);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || (!secure && !local))
        return notSent(TransportProblem::Other, u"not an https URL, nor http on loopback"_s);
    if (key.origin != origin(url))
        return notSent(TransportProblem::KeyNotForHost, u"the key is bound to another origin"_s);
    if (!fitsIntoHeader(key.bytes))
        return notSent(TransportProblem::Other, u"the key is empty or not visible ASCII"_s);
    return std::nullopt;
}

QNetworkRequest OutboundClient::requestFor(const QUrl &url, const ApiKey &key) const
{
    QNetworkRequest request = makeRequest(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_L1);
    request.setRawHeader(KeyHeader, key.bytes);
    request.setTransferTimeout(static_cast<int>(m_limits.inactivity.count()));
    if (m_tls)
        request.setSslConfiguration(*m_tls);
    return request;
}

QFuture<SendReport> OutboundClient::send(const QUrl &url, const ApiKey &key, const QByteArray &body)
{
    if (auto refused = refusal(url, key))
        return QtFuture::makeReadyFuture(std::move(*refused));

    QNetworkAccessManager *network = m_pool.take(routeFor(url));
    auto *exchange = new Exchange(*network, requestFor(url, key), body, m_limits, key.bytes, this);
    exchange->setAddedAuthorities(m_added);
    m_exchanges.append(exchange);

    auto promise = std::make_shared<QPromise<SendReport>>();
    promise->start();
    promise->setProgressRange(0, 1);
    connect(exchange, &Exchange::left, this, [promise] { promise->setProgressValue(1); });
    connect(exchange, &Exchange::reported, this,
            [this, exchange, network, promise](const SendReport &report) {
                m_exchanges.removeOne(exchange);
                m_pool.giveBack(network, report.answer.problem == TransportProblem::None);
                exchange->deleteLater();
                promise->addResult(report); // last: whoever waits may send again at once
                promise->finish();
            });
    return promise->future();
}

void OutboundClient::abortAll()
{
    const auto exchanges = m_exchanges; // shrinks while they end
    for (Exchange *exchange : exchanges)
        exchange->abort();
}

} // namespace icebreaker
