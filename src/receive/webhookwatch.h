#pragma once

#include "net/webhooksite.h"
#include "net/webhooksitepoller.h"
#include "receive/eventkeeper.h"
#include "store/inboxfile.h"

#include <QDateTime>
#include <QObject>
#include <QQueue>
#include <QTimer>

#include <optional>

namespace icebreaker {

/// Takes what comes to one profile's address at webhook.site into the journal, in the order
/// in which it came. Lives on one thread.
class WebhookWatch : public QObject
{
    Q_OBJECT

public:
    /// How it goes, for people.
    struct State {
        bool polling = false;
        QDateTime lastPolled; ///< UTC; invalid before the first round that succeeded.
        std::optional<WebhookSiteProblem> problem; ///< Of the last round, if it failed.
        std::optional<Error> notKept; ///< What came last could not be recorded.
        int kept = 0; ///< Since the watch was made.
    };

    explicit WebhookWatch(EventKeeper keeper, QObject *parent = nullptr);

    /// What asks: base, key and limits are the caller's to set.
    [[nodiscard]] WebhookSite &site() { return m_site; }
    void setPace(const WebhookSitePace &pace) { m_poller.setPace(pace); }

    /// Asks from where @p place ends; an earlier watching stops. Does nothing but that
    /// without a token.
    void start(const WebhookPlace &place);
    void stop();
    [[nodiscard]] State state() const;

signals:
    void kept(const icebreaker::StatusEvent &event);
    /// Everything up to @p since is in the journal.
    void advanced(const QString &since, const QStringList &seen);
    void stateChanged();

private:
    void receive(const QList<WebhookRequest> &requests);
    void keepNext();
    void noteKept(const WebhookRequest &request);
    void handleLoss(const Error &error);

    EventKeeper m_keeper;
    WebhookSite m_site;
    WebhookSitePoller m_poller;
    WebhookPlace m_place;
    QQueue<WebhookRequest> m_waiting; ///< Oldest first.
    bool m_isKeeping = false;
    quint64 m_round = 0; ///< Tells what was being kept before a start() or stop().
    QDateTime m_second; ///< Of the last request that was kept.
    State m_state;
    QTimer m_again; ///< After a loss.
};

} // namespace icebreaker
