#pragma once

#include "core/dispatcher.h"
#include "core/endpoint.h"
#include "core/outboundrequest.h"
#include "core/profile.h"
#include "secrets/vault.h"
#include "ui/liveguard.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace icebreaker {

class Composer;

/// What the Send button does: checks, fetches the key, hands the request to the
/// Dispatcher, and knows at every moment whether another click may send.
///
/// One click is one send: while one is on its way, the same request cannot be sent a
/// second time, also after other requests were opened in between. One send at a time is
/// prepared or waits; what it sends was fixed by the click.
class SendController : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Ready,
        Preparing, ///< The key is being fetched.
        Waiting, ///< For the lane's next slot; can be stopped.
        InFlight, ///< Handed to the network.
    };

    SendController(Composer &composer, Vault &vault, Dispatcher &dispatcher,
                   QObject *parent = nullptr);

    /// The profile that sends go out for, and its endpoint at the moment.
    void setProfile(const Profile &profile, Region region, const QUrl &base);

    /// Nothing leaves before @p guard said yes.
    void setGuard(LiveGuard &guard) { m_guard = &guard; }
    /// Asked before the composer's request is read for a send: nothing is sent if it says no,
    /// which it has told the user itself.
    void setVeto(std::function<bool()> maySend) { m_maySend = std::move(maySend); }

    void send(bool ignoreLimit);
    /// The same request as in @p record, once more, under a new send ID.
    void sendAgain(const SendRecord &record);
    void stopWaiting();

    [[nodiscard]] State state() const { return m_state; }
    /// Time until the slot is free, while Waiting.
    [[nodiscard]] std::chrono::milliseconds waitLeft() const;
    /// Where the current profile's key is; looks it up anew.
    void refreshKeyPlace();
    /// The keychain entry of the current profile: the sandbox has one for all its ports.
    [[nodiscard]] QString keyOrigin() const;
    [[nodiscard]] const QString &profileId() const { return m_profile.id; }

signals:
    void stateChanged();
    /// Errors of the form stand in the way.
    void blockedByChecks();
    void keyMissing();
    /// The user was asked and said no: nothing was recorded or sent.
    void withheld();
    void refused(const QString &why);
    void failed(const icebreaker::Error &error);
    void keyPlaceChanged(icebreaker::KeyPlace place, bool sandboxKey);
    /// The dispatcher has it, under @p sendId.
    void accepted(const QString &sendId);
    /// A send to @p number goes its way, wherever to.
    void handedOver(const QString &number);
    void finished(const QString &sendId, const icebreaker::SendReport &report);

private:
    void enqueue(const OutboundRequest &request, const QString &sendId, bool ignoreLimit);
    void enqueueIfAllowed(const LiveGuard::Target &target, const OutboundRequest &request,
                          const Claim &claim, const ApiKey &key, bool ignoreLimit);
    void enqueueWithKey(const Claim &claim, const ApiKey &key, int limit, bool ignoreLimit);
    [[nodiscard]] Claim makeClaim(const OutboundRequest &request, const QString &sendId) const;
    void setState(State state);
    void noteFinished(const QString &sendId, const icebreaker::SendReport &report);
    /// Ready, or InFlight if the request that is open now is.
    void rest();
    [[nodiscard]] bool isInFlight() const;

    Composer &m_composer;
    Vault &m_vault;
    Dispatcher &m_dispatcher;
    LiveGuard *m_guard = nullptr;
    std::function<bool()> m_maySend;
    Profile m_profile;
    Region m_region = Region::Sandbox;
    QUrl m_base;
    State m_state = State::Ready;
    QString m_sendId; ///< The one that is prepared or waits.
    QString m_document; ///< Its request, see Composer::document(); AnyDocument: a recorded one.
    bool m_edited = false; ///< That request, since it went on its way: another may follow it.
    /// Sends without an answer yet whose request was not edited since, by document.
    QHash<QString, QString> m_inFlight;
    QElapsedTimer m_waitingSince;
    std::chrono::milliseconds m_wait{0};
    QTimer m_tick;
};

} // namespace icebreaker
