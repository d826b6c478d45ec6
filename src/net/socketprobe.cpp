#include "net/socketprobe.h"

#include "net/tlsfacts.h"

#include <QAuthenticator>
#include <QSslSocket>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString addressText(const QHostAddress &address, quint16 port)
{
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (isV6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.toString()).arg(port);
}

Finding proxyFinding(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError: return Finding::ProxyWantsLogin;
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError: return Finding::ProxyUnreachable;
    default: return Finding::ProxyRefuses;
    }
}

bool hasError(const QList<QSslError> &errors, QSslError::SslError wanted)
{
    return std::any_of(errors.begin(), errors.end(),
                       [wanted](const QSslError &each) { return each.error() == wanted; });
}

/// What is worst about a certificate that was not accepted.
Finding certificateFinding(const QList<QSslError> &errors)
{
    const bool isOnlyAboutNameOrTime =
        std::all_of(errors.begin(), errors.end(), [](const QSslError &each) {
            return each.error() == QSslError::HostNameMismatch
                || each.error() == QSslError::CertificateExpired
                || each.error() == QSslError::CertificateNotYetValid;
        });
    if (!isOnlyAboutNameOrTime)
        return Finding::Untrusted;
    if (hasError(errors, QSslError::HostNameMismatch))
        return Finding::WrongName;
    return hasError(errors, QSslError::CertificateExpired) ? Finding::Expired
                                                           : Finding::NotYetValid;
}

QString tlsErrorText(const QList<QSslError> &errors)
{
    QStringList texts;
    for (const QSslError &each : errors)
        texts.append(each.errorString());
    texts.removeDuplicates();
    return texts.join("; "_L1);
}

} // namespace

SocketProbe::SocketProbe(std::optional<QSslConfiguration> tls, QObject *parent)
    : QObject(parent)
    , m_tls(std::move(tls))
{
    m_attempt.setSingleShot(true);
    connect(&m_attempt, &QTimer::timeout, this,
            [this] { handleAddressError(u"no answer in time"_s); });
}

SocketProbe::~SocketProbe()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void SocketProbe::renew()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket.release()->deleteLater(); // we may be inside a signal of its
    }
    m_socket = std::make_unique<QSslSocket>();
    m_socket->setProxy(QNetworkProxy::NoProxy);
    if (m_tls)
        m_socket->setSslConfiguration(*m_tls);
    connect(m_socket.get(), &QAbstractSocket::connected, this, &SocketProbe::handleConnected);
    connect(m_socket.get(), &QAbstractSocket::errorOccurred, this, &SocketProbe::handleError);
    connect(m_socket.get(), &QAbstractSocket::proxyAuthenticationRequired, this,
            [this] { m_wantsLogin = true; });
    connect(m_socket.get(), &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_tlsErrors += errors;
        m_facts = connectionFacts(m_socket->sslConfiguration());
    });
    connect(m_socket.get(), &QSslSocket::encrypted, this, [this] {
        m_isShaking = false;
        m_facts = connectionFacts(m_socket->sslConfiguration());
        emit shaken();
    });
}

void SocketProbe::reach(const QList<QHostAddress> &addresses, quint16 port,
                        std::chrono::milliseconds attempt)
{
    m_way = Way::Addresses;
    m_port = port;
    m_addresses = addresses;
    std::stable_sort(m_addresses.begin(), m_addresses.end(),
                     [](const auto &left, const auto &right) {
                         return left.protocol() == QAbstractSocket::IPv4Protocol
                             && right.protocol() != QAbstractSocket::IPv4Protocol;
                     });
    m_attempt.setInterval(attempt);
    tryNext();
}

void SocketProbe::tryNext()
{
    renew();
    m_address = m_addresses.takeFirst();
    if (!m_addresses.isEmpty())
        m_attempt.start();
    m_socket->connectToHost(m_address, m_port);
}

void SocketProbe::reachByName(const QString &host, quint16 port)
{
    m_way = Way::Name;
    m_port = port;
    renew();
    m_socket->connectToHost(host, port);
}

void SocketProbe::reachThrough(const QNetworkProxy &proxy, const QString &host, quint16 port)
{
    m_way = Way::Proxy;
    m_port = port;
    renew();
    m_socket->setProxy(proxy);
    m_socket->connectToHost(host, port);
}

void SocketProbe::handleConnected()
{
    m_attempt.stop();
    if (m_way == Way::Proxy) {
        emit reached({});
        return;
    }
    m_peer = m_socket->peerAddress();
    emit reached(addressText(m_peer, m_socket->peerPort()));
}

void SocketProbe::shakeHands(const QString &host)
{
    m_isShaking = true;
    m_socket->setPeerVerifyName(host);
    m_socket->startClientEncryption();
}

void SocketProbe::handleError()
{
    const QString technical = m_socket->errorString();
    if (m_isShaking)
        handleHandshakeError(technical);
    else if (m_socket->isEncrypted())
        return; // the other side is free to go
    else if (m_way == Way::Addresses)
        handleAddressError(technical);
    else if (m_way == Way::Proxy)
        emit notReached(m_wantsLogin ? Finding::ProxyWantsLogin : proxyFinding(m_socket->error()),
                        technical);
    else if (m_socket->error() == QAbstractSocket::HostNotFoundError)
        emit notReached(Finding::NameUnknown, technical);
    else
        emit notReached(Finding::Unreachable, technical);
}

void SocketProbe::handleAddressError(const QString &technical)
{
    m_attempt.stop();
    m_refused = m_refused || m_socket->error() == QAbstractSocket::ConnectionRefusedError;
    m_failed.append(u"%1: %2"_s.arg(addressText(m_address, m_port), technical));
    if (m_addresses.isEmpty())
        emit notReached(m_refused ? Finding::Refused : Finding::Unreachable, technical);
    else
        tryNext();
}

void SocketProbe::handleHandshakeError(const QString &technical)
{
    m_isShaking = false;
    if (!m_tlsErrors.isEmpty()) {
        if (m_facts) {
            m_facts->anchor = TrustAnchor::NotTrusted;
            for (const QSslError &each : std::as_const(m_tlsErrors))
                m_facts->tlsErrors.append(each.errorString());
        }
        emit notShaken(certificateFinding(m_tlsErrors), tlsErrorText(m_tlsErrors));
    } else if (m_socket->error() == QAbstractSocket::RemoteHostClosedError) {
        emit notShaken(Finding::HandshakeClosed, technical);
    } else {
        emit notShaken(Finding::HandshakeFailed, technical);
    }
}

} // namespace icebreaker
