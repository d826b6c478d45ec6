#include "receive/webhookwatches.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "secrets/vault.h"

#include <QPromise>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How soon this program asks when the other one has ended.
constexpr auto LockInterval = 15s;

QString pathOfLock(const QString &folder)
{
    return folder + "/inbox.lock"_L1;
}

} // namespace

WebhookWatches::WebhookWatches(const QString &folder, EventKeeper keeper, Vault &vault,
                               QObject *parent)
    : QObject(parent)
    , m_keeper(std::move(keeper))
    , m_vault(vault)
    , m_lock(pathOfLock(folder))
{
    m_lock.setStaleLockTime(0); // only a holder that is gone loses it
    m_lockTimer.setInterval(LockInterval);
    connect(&m_lockTimer, &QTimer::timeout, this, [this] { follow(m_followed, m_current); });
}

WebhookWatches::~WebhookWatches() = default;

void WebhookWatches::setTiming(const WebhookSitePace &pace, const WebhookSiteLimits &limits)
{
    m_pace = pace;
    m_limits = limits;
}

void WebhookWatches::setPlaces(const QMap<QString, WebhookPlace> &places)
{
    m_places = places;
    for (auto it = places.cbegin(); it != places.cend(); ++it) {
        if (it->keyInKeychain)
            m_keys.insert({it.key(), origin(QUrl(it->base))}, true);
    }
}

WebhookPlace WebhookWatches::place(const QString &profileId) const
{
    return m_places.value(profileId);
}

void WebhookWatches::follow(const QStringList &profileIds, const QString &current)
{
    m_followed = profileIds;
    m_current = current;
    const bool wanted = std::any_of(profileIds.begin(), profileIds.end(), [this](const auto &id) {
        return !m_places.value(id).token.isEmpty();
    });
    const bool mayAsk = wanted && (m_lock.isLocked() || m_lock.tryLock());
    const bool otherAsks = wanted && !mayAsk;
    otherAsks ? m_lockTimer.start() : m_lockTimer.stop();
    for (auto &[id, watch] : m_watches) {
        if (!mayAsk || !profileIds.contains(id))
            watch->stop();
    }
    pace();
    for (const QString &id : profileIds) {
        if (mayAsk && !m_places.value(id).token.isEmpty() && !watch(id).state().polling)
            restart(id);
    }
    if (std::exchange(m_isOtherAsking, otherAsks) != otherAsks)
        emit stateChanged();
}

QFuture<WebhookSiteResult<WebhookAddress>> WebhookWatches::create(const QString &profileId,
                                                                  const QUrl &base)
{
    using Made = WebhookSiteResult<WebhookAddress>;
    const auto promise = std::make_shared<QPromise<Made>>();
    promise->start();
    prepare(profileId, base, [this, profileId, base, promise] {
        whenDone(watch(profileId).site().createUrl(), this,
                 [this, profileId, base, promise](const Made &made) {
                     if (made) {
                         WebhookPlace place;
                         place.base = base.toString(QUrl::FullyEncoded);
                         place.token = made->token;
                         place.keyInKeychain = keyInKeychain(profileId, base);
                         changePlace(profileId, place);
                         watch(profileId).stop();
                         follow(m_followed, m_current);
                     } else if (const QUrl old(place(profileId).base); old != base) {
                         restart(profileId); // goes on at the address that it has
                     }
                     promise->addResult(made);
                     promise->finish();
                 });
    });
    return promise->future();
}

void WebhookWatches::noteKey(const QString &profileId, const QUrl &base, bool inKeychain)
{
    m_keys.insert({profileId, origin(base)}, inKeychain);
    WebhookPlace changed = place(profileId);
    if (origin(QUrl(changed.base)) != origin(base))
        return;
    changed.keyInKeychain = inKeychain;
    changePlace(profileId, changed);
    if (m_watches.contains(profileId))
        watch(profileId).stop();
    follow(m_followed, m_current);
}

bool WebhookWatches::keyInKeychain(const QString &profileId, const QUrl &base) const
{
    return m_keys.value({profileId, origin(base)}, false);
}

WebhookWatch::State WebhookWatches::state(const QString &profileId) const
{
    const auto found = m_watches.find(profileId);
    return found != m_watches.end() ? found->second->state() : WebhookWatch::State();
}

WebhookWatch &WebhookWatches::watch(const QString &profileId)
{
    Watch &watch = m_watches[profileId];
    if (watch)
        return *watch;
    watch = std::make_unique<WebhookWatch>(m_keeper);
    watch->site().setLimits(m_limits);
    connect(watch.get(), &WebhookWatch::kept, this, &WebhookWatches::kept);
    connect(watch.get(), &WebhookWatch::stateChanged, this, &WebhookWatches::stateChanged);
    connect(watch.get(), &WebhookWatch::advanced, this,
            [this, profileId](const QString &since, const QStringList &seen) {
                WebhookPlace changed = place(profileId);
                changed.since = since;
                changed.seen = seen;
                changePlace(profileId, changed);
            });
    pace();
    return *watch;
}

void WebhookWatches::restart(const QString &profileId)
{
    const QUrl base(place(profileId).base);
    prepare(profileId, base, [this, profileId, base] {
        const bool stillWanted = m_followed.contains(profileId) && m_lock.isLocked()
            && QUrl(place(profileId).base) == base && !watch(profileId).state().polling;
        if (stillWanted)
            watch(profileId).start(place(profileId));
    });
}

void WebhookWatches::changePlace(const QString &profileId, const WebhookPlace &changed)
{
    if (place(profileId) == changed)
        return;
    m_places.insert(profileId, changed);
    emit placeChanged(profileId, changed);
}

void WebhookWatches::prepare(const QString &profileId, const QUrl &base,
                             const std::function<void()> &act)
{
    WebhookSite &site = watch(profileId).site();
    if (!site.setBase(base))
        return;
    const auto known = m_keys.constFind({profileId, origin(base)});
    if (known == m_keys.constEnd()) {
        site.setApiKey({});
        act();
        return;
    }
    whenDone(m_vault.read(profileId, origin(base), *known), this,
             [this, profileId, base, act](const Result<ApiKey> &key) {
                 WebhookSite &fresh = watch(profileId).site();
                 if (fresh.base() != base && !fresh.setBase(base))
                     return;
                 fresh.setApiKey(key.value_or(ApiKey()));
                 if (!key && key.error().kind != ErrorKind::SecretsNotFound)
                     emit failed(key.error());
                 act();
             });
}

/// The site counts per network address, so all share its 120 lists per minute.
void WebhookWatches::pace()
{
    for (auto &[id, watch] : m_watches) {
        WebhookSitePace pace = m_pace;
        if (id != m_current)
            pace.every = std::max(pace.every, InTheBackground);
        watch->setPace(pace);
    }
}

} // namespace icebreaker
