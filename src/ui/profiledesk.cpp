#include "ui/profiledesk.h"

#include "core/endpoint.h"
#include "ui/band.h"
#include "ui/keydialog.h"
#include "ui/kindlook.h"
#include "ui/privacy.h"
#include "ui/profilebook.h"
#include "ui/profiledialog.h"
#include "ui/sendcontroller.h"
#include "ui/theme.h"
#include "ui/topbar.h"

#include <QLabel>

namespace icebreaker {

namespace {

constexpr int BandSymbolSize = 16;

} // namespace

ProfileDesk::ProfileDesk(Place place, ProfileBook &profiles, Vault &vault, SendController &sender,
                         SandboxBase sandboxBase, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_profiles(profiles)
    , m_vault(vault)
    , m_sender(sender)
    , m_sandboxBase(std::move(sandboxBase))
{
    bind();
}

void ProfileDesk::bind()
{
    TopBar &bar = m_place.topBar;
    connect(&bar, &TopBar::profileChosen, &m_profiles, &ProfileBook::setCurrent);
    connect(&bar, &TopBar::profilesRequested, this, &ProfileDesk::editProfiles);
    connect(&bar, &TopBar::regionChosen, this, &ProfileDesk::chooseRegion);
    connect(&bar, &TopBar::keyRequested, this, &ProfileDesk::editKey);
    connect(&m_profiles, &ProfileBook::currentChanged, this, &ProfileDesk::use);
    connect(&m_profiles, &ProfileBook::failed, this, &ProfileDesk::failed);
    connect(&m_profiles, &ProfileBook::listChanged, this, &ProfileDesk::showList);
}

const Profile &ProfileDesk::profile() const
{
    return m_profiles.current();
}

void ProfileDesk::use()
{
    // A change of its key or limit does not end a look into the sandbox.
    if (m_regionOf != std::pair(profile().id, profile().region))
        m_region = profile().region;
    m_regionOf = {profile().id, profile().region};
    showList();
    emit profileInUse(profile());
    apply();
}

void ProfileDesk::apply()
{
    m_place.topBar.showRegion(profile(), m_region);
    const auto url = base();
    if (!url)
        emit failed(url.error());
    emit endpointChanged(profile(), m_region, url.value_or(QUrl()));
    showAll();
}

Result<QUrl> ProfileDesk::base() const
{
    switch (m_region) {
    case Region::Sandbox: return m_sandboxBase(profile().limit);
    case Region::Custom: return parseBase(profile().customUrl);
    case Region::Eu:
    case Region::Us: break;
    }
    return documentedBase(m_region);
}

void ProfileDesk::showList()
{
    m_place.topBar.showProfiles(m_profiles.profiles(), m_profiles.currentIndex());
}

void ProfileDesk::showAll()
{
    const QString text = bandText(profile(), m_region, base().value_or(QUrl()));
    m_place.band.setText(
        privacy::mask().isOn() ? tr("%1 · Numbers are masked on this screen").arg(text) : text);
    showKind();
}

/// Sandbox, test or live: told by colour, symbol and words, wherever one looks.
void ProfileDesk::showKind()
{
    const ProfileKind kind = profileKind(profile(), m_region);
    kind::mark(m_place.bandFrame, kind);
    kind::mark(m_place.band, kind);
    m_place.bandSymbol.setPixmap(kind::symbol(kind, theme::bandText(kind)).pixmap(BandSymbolSize));
    m_place.topBar.showKind(kind);
    m_place.window.setWindowIcon(kind::windowIcon(kind));
    const QString name =
        kind == ProfileKind::Live ? tr("%1 (LIVE)").arg(profile().name) : profile().name;
    emit titled(privacy::mask().isOn() ? tr("%1, numbers masked — Icebreaker").arg(name)
                                       : tr("%1 — Icebreaker").arg(name));
}

/// Another documented region is kept in the profile; a look into the sandbox is not.
void ProfileDesk::chooseRegion(Region region)
{
    m_region = region;
    if (region == Region::Sandbox || region == profile().region) {
        apply();
        return;
    }
    Profile changed = profile();
    changed.region = region;
    m_profiles.update(changed);
}

void ProfileDesk::editProfiles()
{
    ProfileDialog dialog(m_profiles.profiles(), m_profiles.currentIndex(), &m_place.window);
    if (dialog.exec() == QDialog::Accepted) {
        const qsizetype chosen = dialog.currentIndex();
        m_profiles.replaceAll(dialog.profiles());
        m_profiles.setCurrent(chosen);
    }
    showList();
}

void ProfileDesk::editKey()
{
    KeyDialog dialog(
        m_vault,
        {profile().id, profile().name, m_sender.keyOrigin(), profile().keyInKeychain, {}, {}},
        &m_place.window);
    connect(&dialog, &KeyDialog::keyChanged, this, [this](bool inKeychain) {
        Profile changed = profile();
        changed.keyInKeychain = inKeychain;
        m_profiles.update(changed);
        m_sender.refreshKeyPlace();
    });
    dialog.exec();
}

} // namespace icebreaker
