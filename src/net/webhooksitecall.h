#pragma once

#include "core/answer.h"
#include "net/webhooksiteitems.h"

#include <QNetworkRequest>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace icebreaker {

/// The body of a 2xx, or why there is none.
struct WebhookSiteAnswer {
    QByteArray body;
    std::optional<WebhookSiteProblem> problem;
};

/// One request to webhook.site and its whole answer. Made by WebhookSite.
class WebhookSiteCall : public QObject
{
    Q_OBJECT

public:
    enum class Verb {
        Get,
        Post, ///< An empty JSON object; at most once.
    };

    /// Starts at once.
    /// @param patience  for the whole answer
    WebhookSiteCall(QNetworkAccessManager &network, Verb verb, const QNetworkRequest &request,
                    std::chrono::milliseconds patience, QObject *parent);

    /// Ends the call now; done() comes before this returns.
    void abort();

signals:
    /// The end, exactly once.
    void done(const icebreaker::WebhookSiteAnswer &answer);

private:
    void takeBody();
    void endEarly(WebhookSiteProblem::Kind kind, TransportProblem transport);
    void conclude();
    void finish(const WebhookSiteAnswer &answer);
    [[nodiscard]] WebhookSiteProblem transportFailure() const;
    [[nodiscard]] WebhookSiteProblem statusFailure(int status) const;

    QNetworkReply *m_reply; ///< Child of its manager.
    QTimer m_total;
    QByteArray m_body;
    QStringList m_tlsErrors;
    bool m_established = false;
    bool m_done = false;
};

} // namespace icebreaker
