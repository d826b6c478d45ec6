#pragma once

#include "core/answer.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QTimer>

#include <chrono>

class QNetworkAccessManager;

namespace icebreaker {

/// When one request to Insights is given up, and how much of its answer is kept.
struct GetLimits {
    std::chrono::milliseconds total{30'000}; ///< From the hand-over to the last byte; > 0.
    std::chrono::milliseconds inactivity{30'000}; ///< Without a byte in either direction; > 0.
    qint64 answerCap = 8'388'608; ///< Bytes of the answer's body; 8 MiB.
};

/// One GET and its answer. Unlike a send it may be repeated, so that Qt's own second try
/// on a connection that was closed meanwhile does no harm.
class InsightsGet : public QObject
{
    Q_OBJECT

public:
    /// Asks at once.
    /// @param request  made by makeRequest(), with everything it needs
    /// @param key      is hidden wherever the answer repeats it
    InsightsGet(QNetworkAccessManager &network, const QNetworkRequest &request,
                const GetLimits &limits, QByteArray key, QObject *parent);
    /// Ends the request without a word.
    ~InsightsGet() override;
    Q_DISABLE_COPY_MOVE(InsightsGet)

signals:
    /// The end, exactly once.
    void answered(const icebreaker::Answer &answer);

private:
    void readHeaders();
    void takeBody();
    void endEarly(TransportProblem why);
    void conclude();
    [[nodiscard]] TransportProblem problem() const;
    [[nodiscard]] QString problemWords() const;
    void hideKey();

    const GetLimits m_limits;
    const QByteArray m_key;
    QElapsedTimer m_clock;
    QNetworkReply *m_reply; ///< Child of its manager.
    QTimer m_total;
    Answer m_answer;
    QStringList m_tlsErrors;
    bool m_established = false;
    bool m_headersComplete = false;
    bool m_concluded = false;
    TransportProblem m_endedBy = TransportProblem::None; ///< Why we ended it ourselves.
};

} // namespace icebreaker
