#include "ui/sendcontroller.h"

#include "core/destination.h"
#include "core/whendone.h"
#include "listen/sandboxrules.h"
#include "ui/composer.h"

#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto SendCountdown = 100ms;

/// Stands for every request: while a recorded one is sent again, no other is sent by mistake.
const QString AnyDocument = u"*"_s;

} // namespace

SendController::SendController(Composer &composer, Vault &vault, Dispatcher &dispatcher,
                               QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_vault(vault)
    , m_dispatcher(dispatcher)
{
    m_tick.setInterval(SendCountdown);
    connect(&m_tick, &QTimer::timeout, this, &SendController::stateChanged);
    connect(&m_composer, &Composer::edited, this, [this] {
        const QString document = m_composer.document();
        m_edited = m_edited || m_document == document || m_document == AnyDocument;
        m_inFlight.remove(document);
        m_inFlight.remove(AnyDocument);
        if (m_state == State::InFlight)
            rest();
    });
    connect(&m_composer, &Composer::opened, this, [this] {
        if (m_state == State::Ready || m_state == State::InFlight)
            rest();
    });
    connect(&m_dispatcher, &Dispatcher::waiting, this,
            [this](const QString &sendId, std::chrono::microseconds wait) {
                if (sendId != m_sendId)
                    return;
                m_wait = std::chrono::ceil<std::chrono::milliseconds>(wait);
                m_waitingSince.start();
                setState(State::Waiting);
            });
    connect(&m_dispatcher, &Dispatcher::started, this, [this](const QString &sendId) {
        if (sendId != m_sendId)
            return;
        if (!m_edited)
            m_inFlight.insert(m_document, sendId);
        m_sendId.clear();
        rest();
    });
    connect(&m_dispatcher, &Dispatcher::failed, this,
            [this](const QString &, const Error &error) { emit failed(error); });
    connect(&m_dispatcher, &Dispatcher::finished, this, &SendController::noteFinished);
}

void SendController::noteFinished(const QString &sendId, const SendReport &report)
{
    const auto removed =
        m_inFlight.removeIf([&sendId](const auto &each) { return each.value() == sendId; });
    if (sendId == m_sendId) { // it ended before it left
        m_sendId.clear();
        rest();
    } else if (removed > 0 && m_state == State::InFlight) {
        rest();
    }
    emit finished(sendId, report);
}

void SendController::setProfile(const Profile &profile, Region region, const QUrl &base)
{
    m_profile = profile;
    m_region = region;
    m_base = base;
    refreshKeyPlace();
}

void SendController::send(bool ignoreLimit)
{
    if (m_state != State::Ready)
        return;
    if (m_maySend && !m_maySend())
        return;
    if (hasErrors(m_composer.entries())) {
        emit blockedByChecks();
        return;
    }
    m_document = m_composer.document();
    enqueue(m_composer.outgoing(), m_composer.sendId(), ignoreLimit);
}

void SendController::sendAgain(const SendRecord &record)
{
    if (m_state != State::Ready)
        return;
    auto request = OutboundRequest::fromJson(record.claim.body);
    if (!request) {
        emit refused(tr("The recorded request cannot be read any more."));
        return;
    }
    const bool sameEndpoint = m_region == Region::Sandbox
        ? record.claim.region == regionName(Region::Sandbox)
        : record.claim.url == conversationUrl(m_base);
    if (!sameEndpoint) {
        emit refused(tr("That send went to another endpoint. Choose the profile “%1” first.")
                         .arg(record.claim.profile));
        return;
    }
    const QString sendId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString statusUrl = request->text(Field::StatusUrl);
    if (statusUrl.contains(record.claim.sendId)) {
        const InboxAddress inbox = m_composer.inbox(sendId);
        request->setText(Field::StatusUrl,
                         canReceive(inbox)
                             ? inbox.url
                             : QString(statusUrl).replace(record.claim.sendId, sendId));
    }
    m_document = AnyDocument;
    enqueue(*request, sendId, false);
}

void SendController::stopWaiting()
{
    if (m_state == State::Waiting)
        m_dispatcher.cancel(m_sendId);
}

std::chrono::milliseconds SendController::waitLeft() const
{
    return std::max(0ms, m_wait - std::chrono::milliseconds(m_waitingSince.elapsed()));
}

void SendController::refreshKeyPlace()
{
    whenDone(m_vault.place(m_profile.id, keyOrigin(), m_profile.keyInKeychain), this,
             [this, id = m_profile.id](KeyPlace place) {
                 if (id != m_profile.id)
                     return;
                 const bool ownKey = place == KeyPlace::Keychain || place == KeyPlace::Session;
                 emit keyPlaceChanged(place, m_region == Region::Sandbox && !ownKey);
             });
}

QString SendController::keyOrigin() const
{
    return m_region == Region::Sandbox ? u"sandbox"_s : origin(m_base);
}

void SendController::enqueue(const OutboundRequest &request, const QString &sendId,
                             bool ignoreLimit)
{
    if (m_region == Region::Custom && m_profile.approvedHost != origin(m_base)) {
        emit refused(tr("Your key would be sent to %1. Agree to that in the profile first.")
                         .arg(origin(m_base)));
        return;
    }
    m_sendId = sendId;
    m_edited = false;
    setState(State::Preparing);
    const Claim claim = makeClaim(request, sendId);
    whenDone(m_vault.read(m_profile.id, keyOrigin(), m_profile.keyInKeychain), this,
             [this, target = LiveGuard::Target{m_profile, m_region, m_base}, request, claim,
              ignoreLimit](const Result<ApiKey> &key) {
                 if (key) {
                     enqueueIfAllowed(target, request, claim, {key->bytes, origin(claim.url)},
                                      ignoreLimit);
                 } else if (claim.region == regionName(Region::Sandbox)) {
                     enqueueWithKey(claim, {SandboxKey.toByteArray(), origin(claim.url)},
                                    target.profile.limit, ignoreLimit);
                 } else {
                     m_sendId.clear();
                     rest();
                     if (key.error().kind == ErrorKind::SecretsNotFound)
                         emit keyMissing();
                     else
                         emit failed(key.error());
                 }
             });
}

void SendController::enqueueIfAllowed(const LiveGuard::Target &target,
                                      const OutboundRequest &request, const Claim &claim,
                                      const ApiKey &key, bool ignoreLimit)
{
    if (m_guard == nullptr) {
        enqueueWithKey(claim, key, target.profile.limit, ignoreLimit);
        return;
    }
    const int limit = target.profile.limit; // not that of a profile chosen meanwhile
    m_guard->askSend(target, request, [this, claim, key, limit, ignoreLimit](bool may) {
        if (may) {
            enqueueWithKey(claim, key, limit, ignoreLimit);
            return;
        }
        m_sendId.clear();
        rest();
        emit withheld();
    });
}

void SendController::enqueueWithKey(const Claim &claim, const ApiKey &key, int limit,
                                    bool ignoreLimit)
{
    if (claim.sendId == m_composer.sendId())
        m_composer.renewSendId();
    emit accepted(claim.sendId);
    emit handedOver(claim.to);
    m_dispatcher.enqueue({claim, key, limit, ignoreLimit});
}

Claim SendController::makeClaim(const OutboundRequest &request, const QString &sendId) const
{
    const QString lane = laneId(m_region, m_base, request.text(Field::AgentId),
                                m_profile.limitSharedByKey ? m_profile.id : QString());
    return icebreaker::makeClaim(request, {m_profile.name, regionName(m_region), m_base, lane},
                                 sendId);
}

bool SendController::isInFlight() const
{
    return m_inFlight.contains(m_composer.document()) || m_inFlight.contains(AnyDocument);
}

void SendController::rest()
{
    setState(isInFlight() ? State::InFlight : State::Ready);
}

void SendController::setState(State state)
{
    m_state = state;
    if (state == State::Waiting)
        m_tick.start();
    else
        m_tick.stop();
    emit stateChanged();
}

} // namespace icebreaker
