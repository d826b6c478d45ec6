#include "ui/finddesk.h"

#include "core/whendone.h"
#include "store/filtertokens.h"
#include "store/history.h"
#include "ui/groupsdialog.h"
#include "ui/logpanel.h"
#include "ui/overviewdialog.h"
#include "ui/savedfiltermenu.h"

#include <QAction>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

FindDesk::FindDesk(Place place, History &history, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_history(history)
{
    addSavedFilters(folder);
    addGroups();
    addOverview();
    connect(&place.log, &LogPanel::valuesWanted, this, &FindDesk::readValues);
    connect(&place.log, &LogPanel::filterChanged, this, &FindDesk::followFilter);
}

void FindDesk::addSavedFilters(const QString &folder)
{
    m_saved = new SavedFilterMenu(folder, &m_place.window);
    m_place.logMenu.addMenu(m_saved);
    auto *button = new QToolButton;
    button->setObjectName(u"savedFiltersButton"_s);
    button->setText(tr("Saved"));
    button->setAccessibleName(tr("Saved filters"));
    button->setToolTip(tr("Filters with names: choose, save, rename"));
    button->setProperty("chip", true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(m_saved);
    m_place.log.addBesideFilter(button);
    connect(m_saved, &SavedFilterMenu::chosen, &m_place.log, &LogPanel::setFilterText);
    connect(m_saved, &SavedFilterMenu::failed, this, &FindDesk::failed);
}

void FindDesk::addGroups()
{
    auto *action = new QAction(tr("&Group…"), this);
    action->setObjectName(u"groupAction"_s);
    action->setShortcut(QKeySequence(u"Ctrl+Shift+G"_s));
    action->setToolTip(tr("Counts the sends that the log shows by recipient, agent, template or "
                          "error (Ctrl+Shift+G)"));
    m_place.logMenu.addAction(action);
    connect(action, &QAction::triggered, this, &FindDesk::showGroups);
}

void FindDesk::addOverview()
{
    auto *action = new QAction(tr("O&verview…"), this);
    action->setObjectName(u"overviewAction"_s);
    action->setShortcut(QKeySequence(u"Ctrl+Shift+O"_s));
    action->setToolTip(tr("The sends that the log shows as pictures: over time, errors, how long "
                          "they took, and 429s against the pace (Ctrl+Shift+O)"));
    m_place.logMenu.addAction(action);
    connect(action, &QAction::triggered, this, &FindDesk::showOverview);
}

void FindDesk::readValues()
{
    if (m_isReading)
        return;
    m_isReading = true;
    whenDone(m_history.seenValues(), this, [this](const Result<SeenValues> &values) {
        m_isReading = false;
        if (values)
            m_place.log.setSeenValues(*values);
    });
}

void FindDesk::followFilter()
{
    m_saved->setCurrent(m_place.log.filterText(), m_place.log.filter().has_value());
    if (m_isChoosing)
        return;
    takeWhole(true);
    if (m_groups)
        m_groups->setFilter(m_whole, m_wholeText);
    if (m_overview)
        m_overview->setFilter(m_whole, m_wholeText);
}

/// What the log shows now is the set; unless it is a part that was chosen of one.
void FindDesk::takeWhole(bool isNew)
{
    if (!isNew)
        return;
    m_whole = m_place.log.filter();
    m_wholeText = m_place.log.filterText();
}

void FindDesk::showGroups()
{
    if (!m_groups) {
        m_groups = new GroupsDialog(m_history, &m_place.window);
        m_groups->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_groups, &GroupsDialog::failed, this, &FindDesk::failed);
        connect(m_groups, &GroupsDialog::chosen, this, &FindDesk::choose);
        takeWhole(m_overview == nullptr);
        m_groups->setFilter(m_whole, m_wholeText);
    }
    m_groups->show();
    m_groups->raise();
    m_groups->activateWindow();
}

void FindDesk::showOverview()
{
    if (!m_overview) {
        m_overview = new OverviewDialog(m_history, &m_place.window);
        m_overview->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_overview, &OverviewDialog::failed, this, &FindDesk::failed);
        connect(m_overview, &OverviewDialog::chosen, this, &FindDesk::choose);
        takeWhole(m_groups == nullptr);
        m_overview->setFilter(m_whole, m_wholeText);
    }
    m_overview->QDialog::show(); // its own show() is about its contents
    m_overview->raise();
    m_overview->activateWindow();
}

/// The dialog goes on showing the set that the group is of, so that one can go through all.
void FindDesk::choose(const QString &token)
{
    const QScopedValueRollback guard(m_isChoosing, true);
    m_place.log.setFilterText(withFilterTokens(m_wholeText, token));
}

} // namespace icebreaker
