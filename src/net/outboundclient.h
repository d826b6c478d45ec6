#pragma once

#include "core/answer.h"
#include "core/apikey.h"
#include "net/exchange.h"
#include "net/networkpool.h"
#include "net/sendlimits.h"

#include <QFuture>
#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>

#include <optional>

namespace icebreaker {

/// Posts requests to an agent, each of them once. It knows nothing of pace, journal or
/// sending again: those belong to the Dispatcher. Every send goes out at once, however
/// many are in flight. Lives on one thread; do not delete it in a continuation of one
/// of its own futures.
class OutboundClient : public QObject
{
    Q_OBJECT

public:
    explicit OutboundClient(QObject *parent = nullptr);
    /// Ends every send as abortAll() does.
    ~OutboundClient() override;
    Q_DISABLE_COPY_MOVE(OutboundClient)

    /// For the sends that start from now on.
    void setLimits(const SendLimits &limits) { m_limits = limits; }
    /// Certificate authorities to trust beside the system's, for a network whose own
    /// proxy ends TLS. An empty list means the system's alone; the first that is not
    /// empty takes 0.2 s to set up.
    void setExtraCaCertificates(const QList<QSslCertificate> &certificates);

    /// Posts @p body once as JSON, with the key in X-Vgai-Key. The future always
    /// finishes with exactly one report and is never cancelled by this class. Its progress
    /// becomes 1 when the last byte was handed to the socket.
    ///
    /// Ends as NotSent without opening a connection: with KeyNotForHost if the key is
    /// bound to another origin than @p url's, with Other if @p url is neither https nor
    /// http on loopback, holds a user name, or if the key cannot stand in a header.
    ///
    /// Where the answer repeats a key of 16 bytes or more, the report has "[key]".
    [[nodiscard]] QFuture<SendReport> send(const QUrl &url, const ApiKey &key,
                                           const QByteArray &body);

    /// Ends every send in flight with the problem Aborted; their futures have finished
    /// when this returns. What already left stays Unknown.
    void abortAll();
    [[nodiscard]] qsizetype inFlight() const { return m_exchanges.size(); }

private:
    [[nodiscard]] std::optional<SendReport> refusal(const QUrl &url, const ApiKey &key) const;
    [[nodiscard]] QNetworkRequest requestFor(const QUrl &url, const ApiKey &key) const;

    SendLimits m_limits;
    std::optional<QSslConfiguration> m_tls; ///< Qt's default if absent.
    QList<CertificateFacts> m_added; ///< The authorities that m_tls has beside the system's.
    NetworkPool m_pool{this};
    QList<Exchange *> m_exchanges;
    bool m_closing = false;
};

} // namespace icebreaker
