#include "ui/senddesk.h"

#include "ui/composer.h"
#include "ui/keydialog.h"
#include "ui/kindlook.h"
#include "ui/topbar.h"

#include <QAction>
#include <QLocale>

namespace icebreaker {

SendDesk::SendDesk(Place place, Composer &composer, Vault &vault, Dispatcher &dispatcher,
                   LiveGuard &guard, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_sender(new SendController(composer, vault, dispatcher, this))
{
    m_sender->setGuard(guard);
    bindActions();
    connect(m_sender, &SendController::stateChanged, this, &SendDesk::showState);
    connect(&composer, &Composer::changed, this, &SendDesk::showState);
    connect(m_sender, &SendController::keyPlaceChanged, this, [this](KeyPlace at, bool sandboxKey) {
        m_place.topBar.showKey(sandboxKey ? tr("sandbox's own") : KeyDialog::placeText(at));
    });
    connect(m_sender, &SendController::withheld, this, [this] { emit reported(tr("Not sent.")); });
    connect(m_sender, &SendController::accepted, this, &SendDesk::accepted);
    connect(m_sender, &SendController::handedOver, this, &SendDesk::handedOver);
    connect(m_sender, &SendController::blockedByChecks, this, &SendDesk::blockedByChecks);
    connect(m_sender, &SendController::keyMissing, this, &SendDesk::keyMissing);
    connect(m_sender, &SendController::refused, this, &SendDesk::refused);
    connect(m_sender, &SendController::failed, this, &SendDesk::failed);
}

void SendDesk::bindActions()
{
    connect(&m_place.send, &QAction::triggered, m_sender, [this] { m_sender->send(false); });
    connect(&m_place.sendNow, &QAction::triggered, m_sender, [this] { m_sender->send(true); });
    connect(&m_place.stop, &QAction::triggered, m_sender, &SendController::stopWaiting);
    connect(&m_place.topBar, &TopBar::sendRequested, m_sender, [this] {
        if (m_sender->state() == SendController::State::Waiting)
            m_sender->stopWaiting();
        else
            m_sender->send(false);
    });
}

void SendDesk::setProfile(const Profile &profile, Region region, const QUrl &base)
{
    m_kind = profileKind(profile, region);
    m_sender->setProfile(profile, region, base);
    showState();
}

void SendDesk::showState()
{
    const auto state = m_sender->state();
    m_place.stop.setEnabled(state == SendController::State::Waiting);
    m_place.send.setEnabled(state == SendController::State::Ready);
    m_place.sendNow.setEnabled(state == SendController::State::Ready);
    switch (state) {
    case SendController::State::Ready:
        m_place.topBar.showSend(kind::sendText(m_kind), true,
                                tr("Sends the request once (Ctrl+Enter)"));
        break;
    case SendController::State::Waiting: {
        const double seconds = static_cast<double>(m_sender->waitLeft().count()) / 1000.0;
        m_place.topBar.showSend(
            tr("Sends in %1 s · Stop").arg(QLocale().toString(seconds, 'f', 1)), true,
            tr("The agent's limit: the send waits for its turn. Click to stop it."));
        break;
    }
    case SendController::State::Preparing:
    case SendController::State::InFlight:
        m_place.topBar.showSend(tr("Sending…"), false,
                                tr("This request is on its way. Change it to send another one."));
        break;
    }
}

} // namespace icebreaker
