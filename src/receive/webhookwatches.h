#pragma once

#include "receive/webhookwatch.h"

#include <QLockFile>
#include <QMap>
#include <QObject>
#include <QPair>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>

namespace icebreaker {

class Vault;

/// The addresses at webhook.site of all profiles: makes them, and watches those that are in
/// use. Of all programs on one folder only one asks at a time.
class WebhookWatches : public QObject
{
    Q_OBJECT

public:
    /// How often a profile that is not in front is asked for: its statuses can wait, and
    /// the site's limit is one for all.
    static constexpr std::chrono::milliseconds InTheBackground{15'000};

    /// @param vault  outlives this
    WebhookWatches(const QString &folder, EventKeeper keeper, Vault &vault,
                   QObject *parent = nullptr);
    ~WebhookWatches() override;

    /// For tests: from now on, and for watches that are made from now on.
    void setTiming(const WebhookSitePace &pace, const WebhookSiteLimits &limits);

    /// What is kept from earlier.
    void setPlaces(const QMap<QString, WebhookPlace> &places);
    [[nodiscard]] WebhookPlace place(const QString &profileId) const;
    /// Watches the addresses of these profiles and no others.
    void follow(const QStringList &profileIds, const QString &current);

    /// Makes a new address; it replaces the profile's old one, whose statuses are not
    /// fetched any more. @param base  as parseBase() gives it
    [[nodiscard]] QFuture<WebhookSiteResult<WebhookAddress>> create(const QString &profileId,
                                                                    const QUrl &base);
    /// An API key for @p base was stored in the vault, or forgotten.
    void noteKey(const QString &profileId, const QUrl &base, bool inKeychain);
    [[nodiscard]] bool keyInKeychain(const QString &profileId, const QUrl &base) const;

    [[nodiscard]] WebhookWatch::State state(const QString &profileId) const;
    /// Another program on this folder asks, so this one does not.
    [[nodiscard]] bool isOtherAsking() const { return m_isOtherAsking; }

signals:
    void kept(const icebreaker::StatusEvent &event);
    void placeChanged(const QString &profileId, const icebreaker::WebhookPlace &place);
    void stateChanged();
    /// The keychain did not give the key that a profile has.
    void failed(const icebreaker::Error &error);

private:
    using Watch = std::unique_ptr<WebhookWatch>;

    WebhookWatch &watch(const QString &profileId);
    void restart(const QString &profileId);
    void changePlace(const QString &profileId, const WebhookPlace &changed);
    /// Gives the watch the base and the key that belongs to it, then calls @p act.
    void prepare(const QString &profileId, const QUrl &base, const std::function<void()> &act);
    void pace();

    EventKeeper m_keeper;
    Vault &m_vault;
    WebhookSitePace m_pace;
    WebhookSiteLimits m_limits;
    QMap<QString, WebhookPlace> m_places;
    std::map<QString, Watch> m_watches; ///< By Profile::id.
    QStringList m_followed;
    QString m_current;
    QMap<QPair<QString, QString>, bool> m_keys; ///< Profile and origin: in the keychain.
    QLockFile m_lock;
    QTimer m_lockTimer;
    bool m_isOtherAsking = false;
};

} // namespace icebreaker
