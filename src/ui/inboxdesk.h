#pragma once

#include "core/error.h"
#include "core/inboxaddress.h"

#include <QObject>

class QMainWindow;
class QMenu;
class QStatusBar;
class QVBoxLayout;

namespace icebreaker {

class InboxButton;
class InboxHub;
class LoopBanner;
class ProfileBook;
class Vault;

/// The status inbox in the window: the button in the status bar, the dialogs that set the
/// inbox up and take statuses from files, and the banner about loops.
class InboxDesk : public QObject
{
    Q_OBJECT

public:
    /// Where in the window its parts go.
    struct Place {
        QMainWindow &window;
        QStatusBar &statusBar;
        QMenu &logMenu;
        QMenu &toolsMenu;
        QVBoxLayout &column; ///< The banner goes below its first item.
    };

    /// Everything outlives this; it belongs to the window.
    InboxDesk(Place place, InboxHub &hub, Vault &vault, ProfileBook &profiles);
    ~InboxDesk() override;

    /// Where sends go at the moment.
    void setRegion(Region region);

    void openDialog();
    /// Shows what statuses the file holds, and offers to take them.
    void openStatuses(const QString &path);

signals:
    /// A source that can be used was chosen for the current profile.
    void inboxChosen();
    /// Somebody wants to see that send in the log.
    void sendRequested(const QString &sendId);
    void failed(const icebreaker::Error &error);

private:
    void addActions();
    void chooseStatuses();
    void pasteStatuses();
    void showState();
    void followProfiles();
    [[nodiscard]] InboxAddress address() const;
    [[nodiscard]] QString stateText(const InboxAddress &address) const;
    [[nodiscard]] QString toolTip() const;

    Place m_place;
    InboxHub &m_hub;
    Vault &m_vault;
    ProfileBook &m_profiles;
    Region m_region = Region::Sandbox;
    InboxButton *m_button;
    LoopBanner *m_banner;
};

} // namespace icebreaker
