#include "guide/helpdesk.h"

#include "guide/helptopics.h"
#include "guide/manualview.h"
#include "guide/manualwindow.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QWhatsThis>
#include <QWhatsThisClickedEvent>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView ManualLink{"manual:"};

/// The menu that the widget would show by itself, to which its help is added; nullptr if it
/// has one that is not to be touched.
QMenu *menuOf(QWidget &widget)
{
    if (auto *edit = qobject_cast<QLineEdit *>(&widget))
        return edit->createStandardContextMenu();
    if (auto *edit = qobject_cast<QPlainTextEdit *>(&widget))
        return edit->createStandardContextMenu();
    return qobject_cast<QComboBox *>(&widget) != nullptr ? new QMenu(&widget) : nullptr;
}

} // namespace

HelpDesk::HelpDesk(QWidget &window, QMenu &helpMenu)
    : QObject(&window)
    , m_window(window)
    , m_manualAction(new QAction(tr("&Manual"), this))
    , m_whatsThisAction(new QAction(tr("&What's This?"), this))
    , m_opener([](const QUrl &url) { QDesktopServices::openUrl(url); })
{
    m_manualAction->setObjectName(u"manualAction"_s);
    m_manualAction->setShortcut(QKeySequence(u"F1"_s));
    m_manualAction->setToolTip(tr("The page that belongs to where you are"));
    connect(m_manualAction, &QAction::triggered, this, [this] { openManual(); });
    m_whatsThisAction->setObjectName(u"whatsThisAction"_s);
    m_whatsThisAction->setShortcut(QKeySequence(u"Shift+F1"_s));
    m_whatsThisAction->setToolTip(tr("What the field is that you are in, or that you click next"));
    connect(m_whatsThisAction, &QAction::triggered, this, &HelpDesk::explainFocus);
    const auto actions = helpMenu.actions();
    helpMenu.insertActions(actions.isEmpty() ? nullptr : actions.first(),
                           {m_manualAction, m_whatsThisAction});
    qApp->installEventFilter(this);
}

HelpDesk::~HelpDesk() = default;

void HelpDesk::setOpener(std::function<void(const QUrl &)> opener)
{
    m_opener = std::move(opener);
}

ManualWindow *HelpDesk::manualFor(QWidget *owner)
{
    QPointer<ManualWindow> &manual = owner != nullptr ? m_dialogManual : m_manual;
    if (!manual || (owner != nullptr && manual->parentWidget() != owner)) {
        manual = new ManualWindow(owner != nullptr ? owner : &m_window);
        manual->setAttribute(Qt::WA_DeleteOnClose);
        manual->view().setOpener([this](const QUrl &url) { m_opener(url); });
    }
    return manual;
}

void HelpDesk::openManual(const QString &place)
{
    const QWidget *focus = QApplication::focusWidget();
    const QString wanted = place.isEmpty() ? manualPlaceOf(focus) : place;
    manualFor(QApplication::activeModalWidget())->open(wanted);
}

void HelpDesk::explainFocus()
{
    QWidget *focus = QApplication::focusWidget();
    if (const FieldHelp *help = fieldHelpAround(focus))
        showHelp(*focus, *help);
    else
        QWhatsThis::enterWhatsThisMode();
}

void HelpDesk::showHelp(QWidget &widget, const FieldHelp &help)
{
    QWhatsThis::showText(widget.mapToGlobal(QPoint(0, widget.height())), whatsThisHtml(help),
                         &widget);
}

void HelpDesk::follow(const QString &link)
{
    if (link.startsWith(ManualLink))
        openManual(link.sliced(ManualLink.size()));
    else
        m_opener(QUrl(link));
}

bool HelpDesk::takeKey(const QWidget &widget, const QKeyEvent &press)
{
    // In the window itself they are shortcuts; in dialogs nobody else knows them.
    if (widget.window() == &m_window || qobject_cast<const ManualWindow *>(widget.window()))
        return false;
    const QKeySequence keys(press.keyCombination());
    if (keys == m_manualAction->shortcut()) {
        openManual(manualPlaceOf(&widget));
        return true;
    }
    return false;
}

bool HelpDesk::showMenu(QWidget &widget, const QContextMenuEvent &event)
{
    const FieldHelp *help = fieldHelp(widget);
    if (help == nullptr || widget.contextMenuPolicy() != Qt::DefaultContextMenu)
        return false;
    QMenu *menu = menuOf(widget);
    if (menu == nullptr)
        return false;
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!menu->isEmpty())
        menu->addSeparator();
    QAction *what =
        menu->addAction(tr("&What's This?"), &widget, [&widget, help] { showHelp(widget, *help); });
    what->setObjectName(u"fieldHelpAction"_s);
    QAction *page =
        menu->addAction(tr("&Documentation"), this, [this, help] { openManual(help->place); });
    page->setObjectName(u"fieldDocumentationAction"_s);
    menu->popup(event.globalPos());
    return true;
}

bool HelpDesk::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = qobject_cast<QWidget *>(watched);
    if (widget == nullptr)
        return false;
    switch (event->type()) {
    case QEvent::Show: // not Polish, which a layout may ask for before there are parents
        if (const FieldHelp *help = fieldHelp(*widget))
            widget->setWhatsThis(whatsThisHtml(*help));
        return false;
    case QEvent::KeyPress: return takeKey(*widget, *static_cast<QKeyEvent *>(event));
    case QEvent::ContextMenu: return showMenu(*widget, *static_cast<QContextMenuEvent *>(event));
    case QEvent::WhatsThisClicked: {
        const QString link = static_cast<QWhatsThisClickedEvent *>(event)->href();
        if (!link.startsWith(ManualLink) && !link.startsWith("https:"_L1))
            return false;
        follow(link);
        return true;
    }
    default: return false;
    }
}

} // namespace icebreaker
