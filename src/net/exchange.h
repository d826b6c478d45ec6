#pragma once

#include "core/answer.h"
#include "net/oneshotbody.h"
#include "net/sendlimits.h"

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QTimer>

class QNetworkAccessManager;
class QNetworkReply;

namespace icebreaker {

/// One POST and what came of it: puts it on the wire once, collects what is seen there
/// and judges the outcome by it. Made by OutboundClient, which checks the request first.
class Exchange : public QObject
{
    Q_OBJECT

public:
    /// Posts at once.
    /// @param key  is hidden wherever the answer repeats it
    Exchange(QNetworkAccessManager &network, const QNetworkRequest &request, const QByteArray &body,
             const SendLimits &limits, QByteArray key, QObject *parent);

    /// Certificate authorities that the request trusts beside the system's: to be told apart
    /// in the report. Before control returns to the event loop.
    void setAddedAuthorities(const QList<CertificateFacts> &added) { m_added = added; }

    /// Ends the exchange now; reported() comes before this returns.
    void abort();

signals:
    /// The last byte was handed to the socket; never after reported().
    void left();
    /// The end, exactly once.
    void reported(const icebreaker::SendReport &report);

private:
    void watch();
    void mark(Timing::Moment &moment) const;
    void markSent();
    [[nodiscard]] std::chrono::microseconds elapsed() const;
    void readHeaders();
    void noteConnection(TrustAnchor anchor);
    void takeBody();
    void endEarly(TransportProblem why);
    void conclude();
    [[nodiscard]] Outcome outcome() const;
    [[nodiscard]] TransportProblem problem() const;
    void describeProblem();
    void hideKey();

    const SendLimits m_limits;
    const QByteArray m_key;
    OneShotBody *m_body; ///< Child of the reply.
    QElapsedTimer m_clock;
    QNetworkReply *m_reply; ///< Child of its manager.
    QTimer m_total;
    Answer m_answer;
    QStringList m_tlsErrors;
    QList<CertificateFacts> m_added;
    bool m_established = false; ///< The request could start, or did.
    bool m_headersComplete = false;
    bool m_concluded = false;
    TransportProblem m_endedBy = TransportProblem::None; ///< Why we ended it ourselves.
};

} // namespace icebreaker
