#include "ui/requestdesk.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

RequestDesk::RequestDesk(Place place, RequestTabs &tabs, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_tabs(tabs)
    , m_bar(new QTabBar)
{
    makeBar();
    addActions();
    connect(&m_tabs, &RequestTabs::tabsChanged, this, &RequestDesk::show);
    connect(&m_tabs, &RequestTabs::tabChanged, this, &RequestDesk::showTab);
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, &m_tabs, &RequestTabs::endRun);
}

RequestDesk::~RequestDesk() = default;

void RequestDesk::makeBar()
{
    auto *strip = new QWidget;
    auto *layout = new QHBoxLayout(strip);
    layout->setContentsMargins(8, 4, 8, 0);
    layout->setSpacing(4);
    m_bar->setObjectName(u"requestBar"_s);
    m_bar->setAccessibleName(tr("Open requests"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setMovable(true);
    m_bar->setTabsClosable(true);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideRight);
    m_bar->installEventFilter(this);
    auto *add = new QToolButton;
    add->setObjectName(u"newRequestButton"_s);
    add->setText(u"+"_s);
    add->setAutoRaise(true);
    add->setAccessibleName(tr("New request"));
    add->setToolTip(tr("New request (Ctrl+T)"));
    layout->addWidget(m_bar);
    layout->addWidget(add);
    layout->addStretch();
    m_place.area.insertWidget(0, strip);
    connect(add, &QToolButton::clicked, &m_tabs, &RequestTabs::openEmpty);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int tab) {
        if (!m_isShowing)
            m_tabs.select(tab);
    });
    connect(m_bar, &QTabBar::tabCloseRequested, &m_tabs, &RequestTabs::close);
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        const QScopedValueRollback guard(m_isShowing, true); // the bar has them so already
        m_tabs.move(from, to);
    });
}

void RequestDesk::addBar(QWidget *bar)
{
    m_place.area.insertWidget(1, bar);
}

void RequestDesk::addActions()
{
    QAction *undo = m_tabs.undo().createUndoAction(this, tr("&Undo"));
    undo->setObjectName(u"undoAction"_s);
    undo->setShortcuts(QKeySequence::Undo);
    QAction *redo = m_tabs.undo().createRedoAction(this, tr("&Redo"));
    redo->setObjectName(u"redoAction"_s);
    redo->setShortcuts({QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s)});
    m_place.editMenu.addActions({undo, redo});
    connect(&m_place.newRequest, &QAction::triggered, &m_tabs, &RequestTabs::openEmpty);
    connect(&m_place.close, &QAction::triggered, this, [this] { m_tabs.close(m_tabs.current()); });
    connect(&m_place.reopen, &QAction::triggered, &m_tabs, &RequestTabs::reopenClosed);
    for (const auto &[key, by] : {std::pair{u"Ctrl+PgDown"_s, 1}, std::pair{u"Ctrl+PgUp"_s, -1}}) {
        auto *action = new QAction(by > 0 ? tr("&Next Request") : tr("&Previous Request"), this);
        action->setObjectName(by > 0 ? u"nextRequestAction"_s : u"previousRequestAction"_s);
        action->setShortcut(QKeySequence(key));
        connect(action, &QAction::triggered, this, [this, by = by] { step(by); });
        m_place.editMenu.addAction(action);
    }
}

void RequestDesk::step(int by)
{
    m_tabs.select((m_tabs.current() + by + m_tabs.count()) % m_tabs.count());
}

void RequestDesk::show()
{
    m_place.reopen.setEnabled(m_tabs.canReopen());
    if (m_isShowing)
        return;
    const QScopedValueRollback guard(m_isShowing, true);
    while (m_bar->count() > m_tabs.count())
        m_bar->removeTab(m_bar->count() - 1);
    while (m_bar->count() < m_tabs.count())
        m_bar->addTab({});
    for (qsizetype tab = 0; tab < m_tabs.count(); ++tab)
        showTab(tab);
    m_bar->setCurrentIndex(static_cast<int>(m_tabs.current()));
}

void RequestDesk::showTab(qsizetype tab)
{
    const auto index = static_cast<int>(tab);
    if (index >= m_bar->count())
        return;
    // A name may hold what would be a mnemonic.
    const QString title = m_tabs.title(tab).replace(u'&', "&&"_L1);
    const bool modified = m_tabs.isModified(tab);
    const QString text = modified ? tr("%1 •").arg(title) : title;
    if (m_bar->tabText(index) != text)
        m_bar->setTabText(index, text);
    m_bar->setTabToolTip(index,
                         m_tabs.file(tab).path.isEmpty() ? tr("Not saved; kept as a draft")
                             : modified ? tr("%1 (modified)").arg(m_tabs.file(tab).path)
                                        : m_tabs.file(tab).path);
}

bool RequestDesk::isFormField(const QObject *widget) const
{
    const auto *edit = qobject_cast<const QLineEdit *>(widget);
    if (edit == nullptr || !m_place.form.isAncestorOf(edit))
        return false;
    // What is typed into a cell is no edit of the request before the cell is left.
    for (const QWidget *each = edit; each != &m_place.form; each = each->parentWidget()) {
        if (qobject_cast<const QAbstractItemView *>(each) != nullptr)
            return false;
    }
    return true;
}

bool RequestDesk::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isUndo = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
        if (isUndo && isFormField(watched)) {
            event->ignore(); // else the field would take back its own letters
            return true;
        }
    }
    if (watched == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const int tab = m_bar->tabAt(mouse->position().toPoint());
        if (mouse->button() == Qt::MiddleButton && tab >= 0) {
            m_tabs.close(tab);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace icebreaker
