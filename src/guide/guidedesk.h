#pragma once

#include "core/error.h"
#include "guide/guidestate.h"

#include <QObject>

class QAction;
class QMainWindow;
class QMenu;
class QMenuBar;
class QToolButton;

namespace icebreaker {

class CommandPalette;
class HelpDesk;
class PaletteSource;
class ShortcutBook;
class Tour;

/// What helps people to find their way in a window: the command palette, the keys of
/// all commands, the manual and the tour. Adds its own commands to the menus.
class GuideDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QMainWindow &window;
        QMenuBar &menuBar;
        QMenu &toolsMenu;
        QMenu &helpMenu;
    };

    /// Make it when all menus are complete: what the commands have then are their defaults.
    /// @param folder  where it keeps what it remembers
    GuideDesk(Place place, QString folder, QObject *parent = nullptr);
    ~GuideDesk() override;
    Q_DISABLE_COPY_MOVE(GuideDesk)

    /// Offered by the palette after the commands.
    void addSource(PaletteSource *source);
    [[nodiscard]] ShortcutBook &shortcuts() { return *m_shortcuts; }
    [[nodiscard]] HelpDesk &help() { return *m_help; }
    /// Reads what it remembers; signals tell what is wrong with that.
    void start();
    /// Starts the tour, unless it was taken or skipped before. For a window on the sandbox.
    void offerTour();

signals:
    void warned(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    QAction *addAction(QMenu &menu, const QString &text, const QString &id);
    void addPalette();
    void addShortcuts();
    void addTour();
    void followShortcuts();
    void save();

    Place m_place;
    QString m_folder;
    GuideState m_state;
    CommandPalette *m_palette = nullptr;
    QAction *m_paletteAction = nullptr;
    QToolButton *m_paletteButton = nullptr;
    ShortcutBook *m_shortcuts = nullptr;
    HelpDesk *m_help = nullptr;
    Tour *m_tour = nullptr;
};

} // namespace icebreaker
