#pragma once

#include "core/loopdetector.h"
#include "core/profile.h"
#include "listen/statusinbox.h"
#include "net/inboxprobe.h"
#include "receive/eventkeeper.h"
#include "receive/inboxaddresses.h"
#include "receive/webhookwatches.h"
#include "store/inboxfile.h"

#include <QFuture>
#include <QObject>

namespace icebreaker {

class Vault;

/// The status inboxes of all profiles: this computer's listener and the addresses at
/// webhook.site. What comes in goes into the journal, and past a detector of loops.
///
/// The window has one; the command line only gives addresses out (inboxAddress()). Lives on
/// one thread.
class InboxHub : public QObject
{
    Q_OBJECT

public:
    /// How the listener does.
    struct Listening {
        QString address; ///< Numeric, or ListenPlace::AllInterfaces; empty while stopped.
        quint16 port = 0;
        InboxProblem problem = InboxProblem::None; ///< PortTaken, InterfaceGone or NotListening.
    };

    /// @param vault  outlives this
    InboxHub(QString folder, EventKeeper keeper, Vault &vault, QObject *parent = nullptr);
    ~InboxHub() override;
    Q_DISABLE_COPY_MOVE(InboxHub)

    /// Reads `inbox.json` and begins to listen. Where the settings ask for cannot be
    /// listened at, it listens on a free port of loopback, which is good enough for the
    /// sandbox, and listening() says why. Fails if nothing can be listened at, or the
    /// file cannot be read or written; what works then works.
    [[nodiscard]] Result<void> start();
    /// Path of an `inbox.json` that could not be used and was renamed.
    [[nodiscard]] const std::optional<QString> &setAside() const { return m_setAside; }

    /// Watches what these profiles need.
    void setProfiles(const QList<Profile> &profiles, const QString &currentId);

    /// See inboxAddress().
    [[nodiscard]] InboxAddress addressFor(const Profile &profile, Region region,
                                          const QString &sendId) const;

    [[nodiscard]] const ListenerSettings &listener() const { return m_file.listener; }
    [[nodiscard]] Listening listening() const;
    /// The public address, or the local one, with the secret; empty while stopped.
    [[nodiscard]] QUrl base() const { return m_inbox.base(); }
    [[nodiscard]] InboxCounts counts() const { return m_inbox.counts(); }
    /// Listens as @p settings say and keeps them. An empty secret stands for a new one.
    /// Fails with InvalidInput if they cannot be used, and with Network if they cannot be
    /// listened at; then everything is as it was.
    [[nodiscard]] Result<void> applyListener(const ListenerSettings &settings);
    /// Posts to the public address, or to the local one if there is none; see InboxProbe.
    [[nodiscard]] QFuture<ProbeReport> probe();

    [[nodiscard]] bool isAgreed(const QUrl &base) const;
    /// The user agreed in words that @p base is told phone numbers, and wants an address
    /// there for this profile.
    [[nodiscard]] QFuture<WebhookSiteResult<WebhookAddress>>
    createWebhookAddress(const QString &profileId, const QUrl &base);
    [[nodiscard]] WebhookWatches &webhooks() { return m_webhooks; }

    /// Records what somebody pasted or opened.
    [[nodiscard]] QFuture<Result<EventsTaken>> import(const QList<StatusEvent> &events) const;

signals:
    /// Another address, problem or state of polling.
    void changed();
    /// After @p event became durable.
    void eventKept(const icebreaker::StatusEvent &event);
    /// Once per episode; see LoopDetector.
    void loopSuspected(const icebreaker::LoopAlarm &alarm);
    void failed(const icebreaker::Error &error);

private:
    void handleKept(const StatusEvent &event);
    [[nodiscard]] Result<void> listen();
    [[nodiscard]] Result<void> save();

    const QString m_folder;
    EventKeeper m_keeper;
    InboxFile m_file;
    std::optional<QString> m_setAside;
    bool m_isFileReadable = true;
    InboxProblem m_listenProblem = InboxProblem::NotListening;
    LoopDetector m_loops;
    StatusInbox m_inbox;
    InboxProbe m_probe;
    WebhookWatches m_webhooks;
};

} // namespace icebreaker
