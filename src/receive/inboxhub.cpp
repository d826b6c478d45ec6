#include "receive/inboxhub.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "net/localaddresses.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Where the settings cannot be followed.
const ListenPlace &anyOnLoopback()
{
    static const ListenPlace place;
    return place;
}

bool isHere(const QString &address)
{
    const auto addresses = localAddresses();
    return address == ListenPlace::AllInterfaces
        || std::any_of(addresses.begin(), addresses.end(),
                       [&address](const LocalAddress &each) { return each.address == address; });
}

Result<InboxOptions> optionsFrom(const ListenerSettings &settings)
{
    InboxOptions options{{settings.address, settings.port}, settings.secret, {}};
    if (settings.publicBase.isEmpty())
        return options;
    return parsePublicBase(settings.publicBase).map([&options](const QUrl &base) {
        options.publicBase = base;
        return options;
    });
}

} // namespace

InboxHub::InboxHub(QString folder, EventKeeper keeper, Vault &vault, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_keeper(std::move(keeper))
    , m_inbox([this](const StatusEvent &event, const std::function<void(bool)> &done) {
        whenDone(m_keeper.keep(event, EventSource::Listener), this,
                 [done](const Result<void> &kept) { done(kept.has_value()); });
    })
    , m_webhooks(m_folder, m_keeper, vault)
{
    connect(&m_inbox, &StatusInbox::eventKept, this, &InboxHub::handleKept);
    connect(&m_inbox, &StatusInbox::probeArrived, &m_probe, &InboxProbe::noteArrival);
    connect(&m_webhooks, &WebhookWatches::kept, this, &InboxHub::handleKept);
    connect(&m_webhooks, &WebhookWatches::stateChanged, this, &InboxHub::changed);
    connect(&m_webhooks, &WebhookWatches::failed, this, &InboxHub::failed);
    connect(&m_webhooks, &WebhookWatches::placeChanged, this,
            [this](const QString &profileId, const WebhookPlace &place) {
                const bool sameAddress = m_file.places.value(profileId).token == place.token;
                m_file.places.insert(profileId, place);
                if (const auto saved = save(); !saved)
                    emit failed(saved.error());
                if (!sameAddress)
                    emit changed();
            });
}

InboxHub::~InboxHub() = default;

Result<void> InboxHub::start()
{
    Result<void> kept;
    if (auto loaded = loadInbox(m_folder)) {
        m_file = std::move(loaded->file);
        m_setAside = std::move(loaded->setAside);
        m_webhooks.setPlaces(m_file.places);
        if (m_file.listener.secret.isEmpty()) {
            m_file.listener.secret = StatusInbox::makeSecret();
            kept = save();
        }
    } else {
        kept = tl::unexpected(loaded.error());
        m_isFileReadable = false;
    }
    const auto listening = listen();
    emit changed();
    return listening ? kept : listening;
}

Result<void> InboxHub::listen()
{
    auto options = optionsFrom(m_file.listener);
    auto started =
        options ? m_inbox.start(*options) : Result<void>(tl::unexpected(options.error()));
    m_listenProblem = InboxProblem::None;
    if (started)
        return started;
    m_listenProblem =
        isHere(m_file.listener.address) ? InboxProblem::PortTaken : InboxProblem::InterfaceGone;
    // A secret that cannot be used is nobody's any more.
    InboxOptions reduced{anyOnLoopback(), m_file.listener.secret,
                         options ? options->publicBase : QUrl()};
    started = m_inbox.start(reduced);
    if (!started && started.error().kind == ErrorKind::InvalidInput) {
        m_file.listener.secret = reduced.secret = StatusInbox::makeSecret();
        started = m_inbox.start(reduced);
    }
    if (!started)
        m_listenProblem = InboxProblem::NotListening;
    return started;
}

void InboxHub::setProfiles(const QList<Profile> &profiles, const QString &currentId)
{
    QStringList watched;
    for (const Profile &profile : profiles) {
        if (profile.inboxSource == InboxSource::WebhookSite)
            watched.append(profile.id);
    }
    m_webhooks.follow(watched, currentId);
}

InboxAddress InboxHub::addressFor(const Profile &profile, Region region,
                                  const QString &sendId) const
{
    return inboxAddress(m_file, profile, region, {m_inbox.localBase(), m_listenProblem}, sendId);
}

InboxHub::Listening InboxHub::listening() const
{
    const QUrl base = m_inbox.localBase();
    if (base.isEmpty())
        return {{}, 0, InboxProblem::NotListening};
    return {m_inbox.options().place.address, static_cast<quint16>(base.port()), m_listenProblem};
}

Result<void> InboxHub::applyListener(const ListenerSettings &settings)
{
    ListenerSettings wanted = settings;
    if (wanted.secret.isEmpty())
        wanted.secret = StatusInbox::makeSecret();
    const auto options = optionsFrom(wanted);
    if (!options)
        return tl::unexpected(options.error());
    if (!options->publicBase.isEmpty())
        wanted.publicBase = options->publicBase.toString(QUrl::FullyEncoded);
    if (wanted == m_file.listener && m_listenProblem == InboxProblem::None)
        return {};
    if (auto started = m_inbox.start(*options); !started) {
        (void)listen();
        emit changed();
        return started;
    }
    m_file.listener = wanted;
    m_listenProblem = InboxProblem::None;
    auto saved = save();
    emit changed();
    return saved;
}

QFuture<ProbeReport> InboxHub::probe()
{
    const QString token = InboxProbe::makeToken();
    return m_probe.run(m_inbox.probeUrlFor(token), token);
}

bool InboxHub::isAgreed(const QUrl &base) const
{
    return m_file.agreed.contains(origin(base));
}

QFuture<WebhookSiteResult<WebhookAddress>> InboxHub::createWebhookAddress(const QString &profileId,
                                                                          const QUrl &base)
{
    if (!isAgreed(base)) {
        m_file.agreed.append(origin(base));
        if (const auto saved = save(); !saved)
            emit failed(saved.error());
    }
    return m_webhooks.create(profileId, base);
}

QFuture<Result<EventsTaken>> InboxHub::import(const QList<StatusEvent> &events) const
{
    return m_keeper.keepAll(events, EventSource::Imported, QDateTime::currentDateTimeUtc());
}

void InboxHub::handleKept(const StatusEvent &event)
{
    const auto alarm = m_loops.note(event);
    emit eventKept(event);
    if (alarm)
        emit loopSuspected(*alarm);
}

Result<void> InboxHub::save()
{
    if (!m_isFileReadable) // what is in it must not be lost
        return failure(ErrorKind::Storage, u"inbox.json cannot be read"_s);
    return saveInbox(m_folder, m_file);
}

} // namespace icebreaker
