#pragma once

#include "core/error.h"
#include "core/profile.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <utility>

class QLabel;
class QWidget;

namespace icebreaker {

class ProfileBook;
class SendController;
class TopBar;
class Vault;

/// Which profile is in use and where its sends go, and everything in the window that chooses
/// and shows that: the toolbar's boxes, the band, the window's icon and title, the dialogs for
/// profiles and their keys.
class ProfileDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts are.
    struct Place {
        QWidget &window;
        TopBar &topBar;
        QWidget &bandFrame;
        QLabel &band;
        QLabel &bandSymbol;
    };
    /// Starts the sandbox if need be and keeps to @p limit; its base URL.
    using SandboxBase = std::function<Result<QUrl>(int limit)>;

    /// Everything outlives this; @p sender knows whose key it uses.
    ProfileDesk(Place place, ProfileBook &profiles, Vault &vault, SendController &sender,
                SandboxBase sandboxBase, QObject *parent = nullptr);

    /// Takes the current profile into use: call it when the signals are heard.
    void start() { use(); }

    [[nodiscard]] const Profile &profile() const;
    /// The profile's, or the sandbox for a look into it.
    [[nodiscard]] Region region() const { return m_region; }
    [[nodiscard]] Result<QUrl> base() const;

    void editProfiles();
    void editKey();
    /// Band, title, icon and symbols once more: the colours or the mask are different.
    void showAll();

signals:
    /// Another profile, or the current one is different; endpointChanged() follows.
    void profileInUse(const icebreaker::Profile &profile);
    void endpointChanged(const icebreaker::Profile &profile, icebreaker::Region region,
                         const QUrl &base);
    /// What the window is called from now on.
    void titled(const QString &title);
    void failed(const icebreaker::Error &error);

private:
    void bind();
    void use();
    void apply();
    void chooseRegion(Region region);
    void showList();
    void showKind();

    Place m_place;
    ProfileBook &m_profiles;
    Vault &m_vault;
    SendController &m_sender;
    SandboxBase m_sandboxBase;
    Region m_region = Region::Sandbox;
    std::pair<QString, Region> m_regionOf; ///< The profile that m_region was chosen for.
};

} // namespace icebreaker
