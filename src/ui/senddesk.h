#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "ui/sendcontroller.h"

#include <QObject>

class QAction;

namespace icebreaker {

class Composer;
class Dispatcher;
class LiveGuard;
class TopBar;
class Vault;

/// Everything in the window that starts a single send, or stops it while it waits: the button,
/// the menu's actions, and what they say.
class SendDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts are.
    struct Place {
        TopBar &topBar;
        QAction &send;
        QAction &sendNow;
        QAction &stop;
    };

    /// Everything outlives this. Nothing leaves before @p guard said yes.
    SendDesk(Place place, Composer &composer, Vault &vault, Dispatcher &dispatcher,
             LiveGuard &guard, QObject *parent = nullptr);

    /// The profile that sends go out for, and its endpoint at the moment.
    void setProfile(const Profile &profile, Region region, const QUrl &base);
    [[nodiscard]] SendController &sender() { return *m_sender; }

signals:
    /// The dispatcher has it, under @p sendId.
    void accepted(const QString &sendId);
    /// A send to @p number goes its way, wherever to.
    void handedOver(const QString &number);
    /// Errors of the form stand in the way.
    void blockedByChecks();
    void keyMissing();
    /// For the status bar.
    void reported(const QString &text);
    /// Stays until it is read.
    void refused(const QString &why);
    void failed(const icebreaker::Error &error);

private:
    void bindActions();
    void showState();

    Place m_place;
    SendController *m_sender;
    ProfileKind m_kind = ProfileKind::Sandbox;
};

} // namespace icebreaker
