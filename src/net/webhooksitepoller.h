#pragma once

#include "net/webhooksite.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace icebreaker {

/// When a WebhookSitePoller asks; the site's own limits are WebhookSiteLimits.
struct WebhookSitePace {
    std::chrono::milliseconds every{3'000}; ///< From the end of one round to the next.
    std::chrono::milliseconds backOff{5'000}; ///< After a failure; doubles up to LongestBackOff.
    static constexpr std::chrono::milliseconds LongestBackOff{60'000};
};

/// Fetches what comes to an address at webhook.site, round by round: from the newest
/// request back to the last known one, over as many pages as it takes. Lives on the
/// WebhookSite's thread.
class WebhookSitePoller : public QObject
{
    Q_OBJECT

public:
    /// @param site  outlives this
    explicit WebhookSitePoller(WebhookSite &site, QObject *parent = nullptr);

    /// For the rounds that start from now on.
    void setPace(const WebhookSitePace &pace) { m_pace = pace; }

    /// Asks at once and then again and again; an earlier polling stops.
    /// @param since  UUID of the last request that was received and kept; empty for all
    ///               that the site still has. What came in the same second as that one is
    ///               received once more, because the site's order within it is not known.
    void start(const QString &token, const QString &since = {});
    void stop();
    [[nodiscard]] bool isPolling() const { return !m_token.isEmpty(); }

signals:
    /// What is new, oldest first. Each request comes once per polling; remember the last
    /// one's UUID for the next start() when all of them are kept.
    void received(const QList<icebreaker::WebhookRequest> &requests);
    /// A round succeeded, after received() if there was something new.
    void polled();
    /// A round failed. The next one comes by itself, later, unless isFinal(problem.kind):
    /// then polling has stopped. With TooLarge after received(), there are older requests
    /// that were not fetched.
    void pollFailed(const icebreaker::WebhookSiteProblem &problem);

private:
    void beginRound(int perPage);
    void askForPage();
    void takePage(const WebhookPage &page);
    /// Whether the page reaches back to what is known.
    bool addToRound(const WebhookPage &page);
    void takeProblem(const WebhookSiteProblem &problem);
    void endRound(bool complete);
    void fail(const WebhookSiteProblem &problem);
    void remember(const QList<WebhookRequest> &requests);

    WebhookSite &m_site;
    WebhookSitePace m_pace;
    QString m_token; ///< Empty while not polling.
    quint64 m_polling = 0; ///< Which start() an answer belongs to.
    QTimer m_next;
    int m_failures = 0; ///< In a row.
    QString m_since; ///< As given; empty once a round got there.
    QSet<QString> m_known; ///< UUIDs that were given out, or are older than `since`.
    QList<QString> m_knownOrder; ///< The same, oldest first, so that they can be forgotten.
    // The round:
    QList<WebhookRequest> m_round; ///< Newest first.
    QSet<QString> m_inRound;
    qsizetype m_roundBytes = 0;
    int m_page = 1;
    int m_perPage = WebhookSite::MostPerPage;
};

} // namespace icebreaker
