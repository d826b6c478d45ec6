#pragma once

#include "core/diagnosis.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QObject>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class QSslSocket;

namespace icebreaker {

/// One connection for looking at the way to a host: TCP, directly or through a proxy, and
/// then a TLS handshake. Nothing else is ever sent over it. It has no time-out of its own:
/// whoever has waited for long enough deletes it.
class SocketProbe : public QObject
{
    Q_OBJECT

public:
    /// @param tls  Qt's default if absent
    explicit SocketProbe(std::optional<QSslConfiguration> tls, QObject *parent = nullptr);
    ~SocketProbe() override;
    Q_DISABLE_COPY_MOVE(SocketProbe)

    /// Tries one address after the other, IPv4 first.
    /// @param attempt  how long the next one waits
    void reach(const QList<QHostAddress> &addresses, quint16 port,
               std::chrono::milliseconds attempt);
    /// Looks the name up itself.
    void reachByName(const QString &host, quint16 port);
    void reachThrough(const QNetworkProxy &proxy, const QString &host, quint16 port);
    /// After reached(). @param host  that the certificate has to be for
    void shakeHands(const QString &host);

    /// Who answered reach(); null before that and through a proxy.
    [[nodiscard]] const QHostAddress &peer() const { return m_peer; }
    /// Of shakeHands(); nothing if it did not come to a certificate.
    [[nodiscard]] const std::optional<ConnectionFacts> &connection() const { return m_facts; }
    /// "[::1]:443: Connection refused", of reach().
    [[nodiscard]] const QStringList &failedAddresses() const { return m_failed; }

signals:
    /// @param address  with its port; empty through a proxy
    void reached(const QString &address);
    /// @param finding  Refused, Unreachable, NameUnknown, ProxyWantsLogin, ProxyUnreachable or
    ///                 ProxyRefuses
    void notReached(icebreaker::Finding finding, const QString &technical);
    void shaken();
    /// @param finding  one of TLS
    void notShaken(icebreaker::Finding finding, const QString &technical);

private:
    enum class Way { Addresses, Name, Proxy };

    void renew();
    void tryNext();
    void handleConnected();
    void handleError();
    void handleAddressError(const QString &technical);
    void handleHandshakeError(const QString &technical);

    const std::optional<QSslConfiguration> m_tls;
    std::unique_ptr<QSslSocket> m_socket;
    QTimer m_attempt;
    Way m_way = Way::Addresses;
    QList<QHostAddress> m_addresses; ///< Not tried yet.
    QHostAddress m_address; ///< That is being tried.
    QHostAddress m_peer;
    quint16 m_port = 0;
    QStringList m_failed;
    QList<QSslError> m_tlsErrors;
    std::optional<ConnectionFacts> m_facts;
    bool m_isShaking = false;
    bool m_refused = false; ///< One of the addresses.
    bool m_wantsLogin = false;
};

} // namespace icebreaker
