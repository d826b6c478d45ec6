#include "ui/savedpanel.h"

#include "ui/collectionbook.h"
#include "ui/collectionmodel.h"
#include "ui/delegates.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QToolButton>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using EntryKind = CollectionEntry::Kind;

constexpr int LocaleWidth = 72;
constexpr int DescriptionHeight = 132;
const QString ExampleScheme = u"example"_s;

} // namespace

SavedPanel::SavedPanel(CollectionBook &book, QWidget *parent)
    : QWidget(parent)
    , m_book(book)
    , m_model(new CollectionModel(book, this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit)
    , m_tree(new QTreeView)
    , m_hint(new QLabel)
    , m_view(new QTextBrowser)
    , m_edit(new QPlainTextEdit)
    , m_description(new QStackedWidget)
    , m_editButton(new QPushButton(tr("Edit &Description")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_search->setObjectName(u"savedSearch"_s);
    m_search->setPlaceholderText(tr("Search saved requests"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    layout->addWidget(m_search);
    auto *heading = new QHBoxLayout;
    auto *label = new QLabel(tr("Saved requests"));
    label->setProperty("role", u"hint"_s);
    label->setBuddy(m_tree);
    auto *more = new QToolButton;
    more->setObjectName(u"savedMenuButton"_s);
    more->setText(u"⋯"_s);
    more->setAutoRaise(true);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setAccessibleName(tr("What can be done with saved requests"));
    more->setToolTip(more->accessibleName());
    heading->addWidget(label);
    heading->addStretch();
    heading->addWidget(more);
    layout->addLayout(heading);
    makeTree();
    layout->addWidget(m_tree, 1);
    m_hint->setObjectName(u"savedHint"_s);
    m_hint->setProperty("role", u"hint"_s);
    m_hint->setWordWrap(true);
    layout->addWidget(m_hint);
    makeDescription();
    layout->addWidget(m_description);
    layout->addWidget(m_editButton, 0, Qt::AlignLeft);
    makeMenu();
    auto *menu = new QMenu(more);
    menu->addActions(m_tree->actions());
    more->setMenu(menu);

    connect(m_search, &QLineEdit::textChanged, this, &SavedPanel::search);
    connect(&m_book, &CollectionBook::listChanged, this, &SavedPanel::follow);
    connect(&m_book, &CollectionBook::changed, this, &SavedPanel::follow);
    follow();
}

SavedPanel::~SavedPanel() = default;

void SavedPanel::makeTree()
{
    m_shown->setSourceModel(m_model);
    m_shown->setRecursiveFilteringEnabled(true);
    m_shown->setAutoAcceptChildRows(true); // a folder that is found has its requests
    m_shown->setFilterRole(CollectionModel::SearchRole);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_tree->setObjectName(u"savedTree"_s);
    m_tree->setAccessibleName(tr("Saved requests"));
    m_tree->setModel(m_shown);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_tree->setDragDropMode(QAbstractItemView::DragDrop);
    m_tree->setDefaultDropAction(Qt::MoveAction);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->setItemDelegateForColumn(CollectionModel::LocaleColumn, new ChipDelegate(this));
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(CollectionModel::NameColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(CollectionModel::LocaleColumn, QHeaderView::Fixed);
    header->resizeSection(CollectionModel::LocaleColumn, LocaleWidth);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (index.data(CollectionModel::KindRole).toInt() == static_cast<int>(EntryKind::Request))
            emit openRequested(index.data(CollectionModel::PathRole).toString());
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SavedPanel::showDescription);
}

void SavedPanel::makeMenu()
{
    const auto add = [this](const QString &text, const QString &name, auto act) {
        auto *action = new QAction(text, m_tree);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, act);
        m_tree->addAction(action);
        return action;
    };
    m_ofRequest.append(
        add(tr("&Open"), u"openSavedAction"_s, [this] { emit openRequested(selectedPath()); }));
    m_ofRequest.append(add(tr("D&uplicate"), u"duplicateSavedAction"_s,
                           [this] { emit duplicateRequested(selectedPath()); }));
    m_rename = add(tr("Rena&me"), u"renameSavedAction"_s,
                   [this] { m_tree->edit(m_tree->currentIndex().siblingAtColumn(0)); });
    m_trash = add(tr("Move to &Trash"), u"trashSavedAction"_s,
                  [this] { emit trashRequested(selectedPath()); });
    add(tr("New &Folder"), u"newFolderAction"_s,
        [this] { emit newFolderRequested(selectedFolder()); });
    add(tr("&Variables of the Collection…"), u"collectionVariablesAction"_s,
        [this] { emit variablesRequested(selectedCollection()); });
    add(tr("Open a Folder as &Collection…"), u"openFolderAction"_s,
        [this] { emit openFolderRequested(); });
    m_close = add(tr("&Close This Collection"), u"closeCollectionAction"_s,
                  [this] { m_book.close(selectedCollection()); });
    auto *reveal = add(tr("&Show in the File Manager"), u"revealAction"_s, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(selectedFolder()));
    });
    reveal->setToolTip(tr("Opens the folder"));
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SavedPanel::follow);
}

void SavedPanel::makeDescription()
{
    m_view->setObjectName(u"descriptionView"_s);
    m_view->setAccessibleName(tr("Description"));
    m_view->setOpenLinks(false);
    m_edit->setObjectName(u"descriptionEdit"_s);
    m_edit->setAccessibleName(tr("Description, as Markdown"));
    m_edit->setPlaceholderText(tr("What it is for (Markdown)"));
    m_edit->setTabChangesFocus(true);
    m_description->addWidget(m_view);
    m_description->addWidget(m_edit);
    m_description->setFixedHeight(DescriptionHeight);
    m_editButton->setObjectName(u"editDescriptionButton"_s);
    connect(m_view, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (link.scheme() == ExampleScheme)
            emit exampleRequested(answersFolder(m_described) + u'/'
                                  + link.path(QUrl::FullyDecoded));
        else if (link.scheme() == "https"_L1 || link.scheme() == "http"_L1)
            QDesktopServices::openUrl(link);
    });
    connect(m_editButton, &QPushButton::clicked, this, [this] {
        if (m_description->currentWidget() == m_view) {
            m_description->setCurrentWidget(m_edit);
            m_description->setVisible(true);
            m_editButton->setText(tr("Keep &Description"));
            m_edit->setFocus();
            return;
        }
        leaveEditor();
    });
}

const CollectionEntry *SavedPanel::selectedEntry() const
{
    return m_book.find(selectedPath());
}

QString SavedPanel::selectedPath() const
{
    return m_tree->currentIndex().data(CollectionModel::PathRole).toString();
}

QString SavedPanel::selectedFolder() const
{
    const QString path = selectedPath();
    if (path.isEmpty())
        return m_book.root(0);
    return QFileInfo(path).isDir() ? path : QFileInfo(path).path();
}

qsizetype SavedPanel::selectedCollection() const
{
    return std::max<qsizetype>(0, m_book.collectionOf(selectedPath()));
}

void SavedPanel::select(const QString &path)
{
    const QModelIndex index = m_shown->mapFromSource(m_model->indexOf(path));
    if (!index.isValid() || m_tree->currentIndex().siblingAtColumn(0) == index)
        return;
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

void SavedPanel::follow()
{
    // One collection needs no name.
    const QModelIndex only =
        m_book.count() == 1 ? m_shown->mapFromSource(m_model->index(0, 0)) : QModelIndex();
    if (m_tree->rootIndex() != only)
        m_tree->setRootIndex(only);
    // Each collection is open when it comes; what the user closes stays closed.
    for (int row = 0; row < m_shown->rowCount(); ++row) {
        const QModelIndex top = m_shown->index(row, 0);
        const QString path = top.data(CollectionModel::PathRole).toString();
        if (m_shown->rowCount(top) > 0 && !m_seen.contains(path)) {
            m_seen.insert(path);
            m_tree->expand(top);
        }
    }
    const CollectionEntry *entry = selectedEntry();
    const bool isRequest = entry != nullptr && entry->kind == EntryKind::Request;
    for (QAction *action : std::as_const(m_ofRequest))
        action->setEnabled(isRequest);
    m_rename->setEnabled(entry != nullptr && entry->kind != EntryKind::Broken);
    m_trash->setEnabled(entry != nullptr);
    m_close->setEnabled(!CollectionBook::isOwn(selectedCollection()));
    const QString hint = hintText();
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    showDescription();
}

/// What is wrong with the collections, or why there is nothing to see.
QString SavedPanel::hintText() const
{
    for (qsizetype i = 0; i < m_book.count(); ++i) {
        if (m_book.at(i).variablesBroken)
            return tr("%1 is not understood: its variables are unknown.")
                .arg(variablesPath(m_book.root(i)));
        if (m_book.at(i).isCut)
            return tr("%1 has too many files; not all are shown.").arg(m_book.root(i));
    }
    if (m_shown->rowCount(m_tree->rootIndex()) > 0)
        return {};
    return m_search->text().isEmpty() ? tr("None yet. Ctrl+S saves the request that is open.")
                                      : tr("Nothing is called so.");
}

/// What is typed stays with its request, also if another one is chosen meanwhile.
void SavedPanel::leaveEditor()
{
    const QString path = m_described;
    const QString typed = m_edit->toPlainText();
    m_description->setCurrentWidget(m_view);
    m_editButton->setText(tr("Edit &Description"));
    emit describeRequested(path, typed);
}

QString SavedPanel::markdownOf(const CollectionEntry &entry)
{
    if (entry.kind == EntryKind::Broken)
        return brokenText(entry.problem);
    QStringList links;
    for (const QString &each : entry.examples)
        links.append(u"[%1](%2:%3)"_s.arg(QFileInfo(each).completeBaseName(), ExampleScheme,
                                          QString::fromLatin1(QUrl::toPercentEncoding(each))));
    return links.isEmpty()
        ? entry.description
        : tr("%1\n\nExample answers: %2").arg(entry.description, links.join(u", "_s));
}

void SavedPanel::showDescription()
{
    const CollectionEntry *entry = selectedEntry();
    const bool isEditing = m_description->currentWidget() == m_edit;
    if (isEditing && entry != nullptr && entry->path == m_described)
        return; // what is typed stays
    const bool isRequest = entry != nullptr && entry->kind == EntryKind::Request;
    if (isEditing)
        leaveEditor();
    m_described = isRequest ? entry->path : QString();
    m_edit->setPlainText(isRequest ? entry->description : QString());
    const QString text = entry == nullptr ? QString() : markdownOf(*entry);
    m_view->document()->setMarkdown(
        text,
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
            | QTextDocument::MarkdownNoHTML);
    m_description->setVisible(!text.isEmpty());
    m_editButton->setVisible(isRequest);
}

void SavedPanel::search(const QString &text)
{
    m_shown->setFilterFixedString(text.trimmed());
    if (!text.trimmed().isEmpty())
        m_tree->expandAll();
    follow();
}

} // namespace icebreaker
