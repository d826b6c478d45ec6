#include "guide/manualwindow.h"

#include "guide/manualview.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize ManualSize{1024, 720};
constexpr int ListWidth = 264;
constexpr int ManualMargin = 8;
constexpr int PlaceRole = Qt::UserRole;

QListWidgetItem *sectionItem(const QString &text)
{
    auto *item = new QListWidgetItem(text);
    item->setFlags(Qt::NoItemFlags);
    QFont font = item->font();
    font.setBold(true);
    item->setFont(font);
    return item;
}

} // namespace

ManualWindow::ManualWindow(QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_view(new ManualView)
    , m_search(new QLineEdit)
    , m_list(new QListWidget)
    , m_find(new QLineEdit)
    , m_note(new QLabel)
{
    setObjectName(u"ManualWindow"_s);
    setWindowTitle(tr("Manual — Icebreaker"));
    resize(ManualSize);
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeList());
    splitter->addWidget(makePage());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ListWidth, ManualSize.width() - ListWidth});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &words) {
        if (words.trimmed().isEmpty())
            listContents();
        else
            listHits(words);
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (m_list->currentRow() < 0 && m_list->count() > 0)
            m_list->setCurrentRow(0);
        else
            openCurrent();
    });
    connect(m_list, &QListWidget::currentItemChanged, this, &ManualWindow::openCurrent);
    connect(m_list, &QListWidget::itemActivated, this, [this] { m_view->setFocus(); });
    connect(m_view, &ManualView::pageShown, this, &ManualWindow::follow);
    bindTools();
    listContents();
}

QWidget *ManualWindow::makeList()
{
    m_search->setObjectName(u"manualSearch"_s);
    m_search->setAccessibleName(tr("Search the manual"));
    m_search->setPlaceholderText(tr("Search the manual"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(u"manualList"_s);
    m_list->setAccessibleName(tr("Contents of the manual"));
    m_list->setWordWrap(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(ManualMargin, ManualMargin, ManualMargin, ManualMargin);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    return side;
}

QToolButton *ManualWindow::addTool(const QString &text, const QString &id, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setObjectName(id);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QWidget *ManualWindow::makePage()
{
    m_view->setObjectName(u"manualView"_s);
    m_view->setAccessibleName(tr("Page of the manual"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_find->setObjectName(u"manualFind"_s);
    m_find->setAccessibleName(tr("Find in this page"));
    m_find->setPlaceholderText(tr("Find in this page"));
    m_find->setMaximumWidth(ListWidth);
    m_find->setClearButtonEnabled(true);
    m_note->setObjectName(u"manualNote"_s);
    m_note->setProperty("role", u"hint"_s);
    m_back = addTool(tr("&Back"), u"manualBack"_s, tr("Back (Alt+Left)"));
    m_forward = addTool(tr("&Forward"), u"manualForward"_s, tr("Forward (Alt+Right)"));
    auto *contents = addTool(tr("&Contents"), u"manualContents"_s, tr("All pages"));
    connect(contents, &QToolButton::clicked, this, [this] { m_view->go(u"contents"_s); });
    auto *tools = new QHBoxLayout;
    tools->addWidget(m_back);
    tools->addWidget(m_forward);
    tools->addWidget(contents);
    tools->addStretch(1);
    tools->addWidget(m_note);
    tools->addWidget(m_find, 1);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(ManualMargin, ManualMargin, ManualMargin, ManualMargin);
    layout->addLayout(tools);
    layout->addWidget(m_view, 1);
    return page;
}

void ManualWindow::bindTools()
{
    m_back->setEnabled(false);
    m_forward->setEnabled(false);
    connect(m_view, &QTextBrowser::backwardAvailable, m_back, &QWidget::setEnabled);
    connect(m_view, &QTextBrowser::forwardAvailable, m_forward, &QWidget::setEnabled);
    connect(m_back, &QToolButton::clicked, m_view, &QTextBrowser::backward);
    connect(m_forward, &QToolButton::clicked, m_view, &QTextBrowser::forward);
    const auto bind = [this](const QKeySequence &keys, auto act) {
        auto *shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    bind(QKeySequence(u"Alt+Left"_s), [this] { m_view->backward(); });
    bind(QKeySequence(u"Alt+Right"_s), [this] { m_view->forward(); });
    bind(QKeySequence::Find, [this] {
        m_find->setFocus();
        m_find->selectAll();
    });
    bind(QKeySequence(u"F3"_s), [this] { find(false); });
    bind(QKeySequence(u"Shift+F3"_s), [this] { find(true); });
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString &text) {
        const int places = m_view->mark({text});
        m_note->setText(text.isEmpty() ? QString() : tr("%n place(s)", nullptr, places));
    });
}

void ManualWindow::open(const QString &place)
{
    if (!m_search->text().isEmpty())
        m_search->clear();
    m_view->go(place);
    show();
    raise();
    activateWindow();
    m_view->setFocus();
}

void ManualWindow::listContents()
{
    const QScopedValueRollback following(m_isFollowing, true);
    m_list->clear();
    QString section;
    for (const ManualPage &page : m_pages.pages()) {
        if (page.section != section) {
            section = page.section;
            m_list->addItem(sectionItem(section));
        }
        auto *item = new QListWidgetItem(page.title, m_list);
        item->setData(PlaceRole, page.name);
    }
    m_view->mark({});
    follow(m_view->page());
}

void ManualWindow::listHits(const QString &words)
{
    const QScopedValueRollback following(m_isFollowing, true);
    m_list->clear();
    const QList<ManualHit> hits = m_pages.search(words);
    for (const ManualHit &hit : hits) {
        const QString title = m_pages.title(hit.page);
        const QString head =
            hit.heading == title ? title : tr("%1 · %2", "page · heading").arg(title, hit.heading);
        auto *item = new QListWidgetItem(head + u'\n' + hit.context, m_list);
        item->setData(PlaceRole, hit.anchor.isEmpty() ? hit.page : hit.page + u'#' + hit.anchor);
    }
    if (hits.isEmpty())
        m_list->addItem(sectionItem(tr("Nothing found. Try fewer words.")));
}

void ManualWindow::openCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (m_isFollowing || item == nullptr || item->data(PlaceRole).isNull())
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    m_view->go(item->data(PlaceRole).toString());
}

void ManualWindow::follow(const QString &page)
{
    const QString words = m_search->text();
    if (!words.isEmpty()) {
        m_view->mark(words.simplified().split(u' '));
        return;
    }
    const QScopedValueRollback following(m_isFollowing, true);
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(PlaceRole).toString() == page) {
            m_list->setCurrentRow(row);
            return;
        }
    }
    m_list->setCurrentRow(-1);
}

void ManualWindow::find(bool backward)
{
    const QString text = m_find->text();
    if (!text.isEmpty() && !m_view->findNext(text, backward))
        m_note->setText(tr("Not in this page."));
}

void ManualWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace icebreaker
