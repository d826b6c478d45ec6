#pragma once

#include "core/profile.h"
#include "core/sendrecord.h"
#include "net/diagnoser.h"

#include <QObject>
#include <QUrl>

#include <functional>

class QMainWindow;
class QMenu;

namespace icebreaker {

class InboxHub;
class Journal;
class Vault;

/// "Is it me or them?" in the window: the menu's action, a look at the way of a send that
/// the network failed, and what of this computer is checked along.
class DiagnosisDesk : public QObject
{
    Q_OBJECT

public:
    /// Where in the window its parts go.
    struct Place {
        QMainWindow &window;
        QMenu &toolsMenu;
    };
    struct Services {
        QString folder; ///< Everything that Icebreaker keeps.
        Journal &journal;
        Vault &vault;
        InboxHub &inbox;
    };
    /// What is looked at.
    struct Target {
        Profile profile;
        Region region = Region::Sandbox;
        QUrl base; ///< Empty if the profile has none that can be used.
    };

    /// Everything outlives this; it belongs to the window.
    /// @param current  where sends go at the moment
    DiagnosisDesk(Place place, Services services, std::function<Target()> current);
    ~DiagnosisDesk() override;

    /// Of the current profile, or of where @p record went.
    void open();
    void openFor(const SendRecord &record);

    /// For settings and tests.
    [[nodiscard]] Diagnoser &diagnoser() { return m_diagnoser; }
    /// The last run, for whoever hands it on, as diagnosisText() or diagnosisMarkdown(). It has
    /// no hosts if there was none, and is not `isDone` while one is under way.
    [[nodiscard]] const DiagnosisReport &lastReport() const { return m_diagnoser.report(); }

private:
    void show(const Target &target);
    void begin(const Target &target);
    [[nodiscard]] QFuture<Diagnoser::ExtraResult> checkJournal();
    [[nodiscard]] QFuture<Diagnoser::ExtraResult> checkKeychain(const Target &target);
    [[nodiscard]] QFuture<Diagnoser::ExtraResult> checkStatusUrl(const Target &target);

    Place m_place;
    Services m_services;
    std::function<Target()> m_current;
    Diagnoser m_diagnoser;
};

} // namespace icebreaker
