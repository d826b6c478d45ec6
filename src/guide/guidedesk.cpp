#include "guide/guidedesk.h"

#include "guide/actionsource.h"
#include "guide/commandpalette.h"
#include "guide/helpdesk.h"
#include "guide/shortcutbook.h"
#include "guide/shortcutdialog.h"
#include "guide/tour.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QToolButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

GuideDesk::GuideDesk(Place place, QString folder, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_folder(std::move(folder))
{
    addPalette();
    addShortcuts();
    addTour();
    m_help = new HelpDesk(m_place.window, m_place.helpMenu);
}

GuideDesk::~GuideDesk() = default;

QAction *GuideDesk::addAction(QMenu &menu, const QString &text, const QString &id)
{
    auto *action = new QAction(text, this);
    action->setObjectName(id);
    menu.addAction(action);
    return action;
}

void GuideDesk::addPalette()
{
    m_palette = new CommandPalette(m_place.window);
    m_palette->addSource(new ActionSource(m_place.menuBar));
    m_paletteAction = addAction(m_place.toolsMenu, tr("&Commands…"), u"commandsAction"_s);
    m_paletteAction->setShortcut(QKeySequence(u"Ctrl+K"_s));
    connect(m_paletteAction, &QAction::triggered, m_palette, &CommandPalette::toggle);
    m_paletteButton = new QToolButton;
    m_paletteButton->setObjectName(u"paletteButton"_s);
    m_paletteButton->setAutoRaise(true);
    m_paletteButton->setFocusPolicy(Qt::TabFocus);
    m_paletteButton->setAccessibleName(tr("Commands"));
    m_paletteButton->setToolTip(tr("Every command, profile and send by a few letters"));
    connect(m_paletteButton, &QToolButton::clicked, m_palette, &CommandPalette::toggle);
    m_place.window.statusBar()->addPermanentWidget(m_paletteButton);
    connect(m_palette, &CommandPalette::used, this, [this](const QString &id) {
        m_state.recent = withRecent(m_state.recent, id);
        m_palette->setRecent(m_state.recent);
        save();
    });
}

void GuideDesk::addShortcuts()
{
    m_shortcuts = new ShortcutBook(m_place.menuBar, this);
    QAction *action =
        addAction(m_place.toolsMenu, tr("&Keyboard Shortcuts…"), u"shortcutsAction"_s);
    connect(action, &QAction::triggered, this, [this] {
        ShortcutDialog dialog(*m_shortcuts, &m_place.window);
        dialog.exec();
    });
    connect(m_shortcuts, &ShortcutBook::changed, this, [this] {
        m_state.shortcuts = m_shortcuts->chosen();
        followShortcuts();
        save();
    });
}

void GuideDesk::addTour()
{
    m_tour = new Tour(m_place.window, windowTour());
    auto *action = new QAction(tr("&Tour"), this);
    action->setObjectName(u"tourAction"_s);
    action->setToolTip(tr("The window in five steps; nothing is sent"));
    const auto others = m_place.helpMenu.actions();
    m_place.helpMenu.insertAction(others.isEmpty() ? nullptr : others.first(), action);
    connect(action, &QAction::triggered, m_tour, &Tour::start);
    connect(m_tour, &Tour::ended, this, [this] {
        m_state.isTourDone = true;
        save();
    });
}

void GuideDesk::offerTour()
{
    if (!m_state.isTourDone)
        m_tour->start();
}

void GuideDesk::addSource(PaletteSource *source)
{
    m_palette->addSource(source);
}

void GuideDesk::start()
{
    QString aside;
    const auto state = loadGuideState(m_folder, &aside);
    if (state)
        m_state = *state;
    else
        emit failed(state.error());
    if (!aside.isEmpty())
        emit warned(tr("The keyboard shortcuts could not be read and have their defaults. The "
                       "file is kept as %1.")
                        .arg(aside));
    m_palette->setRecent(m_state.recent);
    m_shortcuts->collect();
    if (const QStringList left = m_shortcuts->apply(m_state.shortcuts); !left.isEmpty())
        emit warned(tr("%n keyboard shortcut(s) cannot be used: the keys are not understood, or "
                       "another command has them. These commands have their defaults.",
                       nullptr, static_cast<int>(left.size())));
    followShortcuts();
}

void GuideDesk::followShortcuts()
{
    const QString keys = m_paletteAction->shortcut().toString(QKeySequence::NativeText);
    m_paletteButton->setText(keys.isEmpty() ? tr("Commands") : tr("%1 commands").arg(keys));
    m_palette->setToggleKeys(m_paletteAction->shortcut());
}

void GuideDesk::save()
{
    if (const auto saved = saveGuideState(m_folder, m_state); !saved)
        emit failed(saved.error());
}

} // namespace icebreaker
