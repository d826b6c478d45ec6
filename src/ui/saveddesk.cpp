#include "ui/saveddesk.h"

#include "core/whendone.h"
#include "share/exportsecrets.h"
#include "store/collectionfiles.h"
#include "store/files.h"
#include "ui/collectionmodel.h"
#include "ui/diskfollower.h"
#include "ui/rawdialog.h"
#include "ui/requestbar.h"
#include "ui/requestdesk.h"
#include "ui/savedialog.h"
#include "ui/savedpanel.h"
#include "ui/variabletable.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

SavedDesk::SavedDesk(Place place, Parts parts, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_parts(std::move(parts))
    , m_book(m_parts.folder)
    , m_panel(new SavedPanel(m_book))
    , m_bar(new RequestBar)
    , m_disk(new DiskFollower(m_parts.tabs, m_book, *m_bar, m_place.window, this))
{
    addPanel();
    m_place.requests.addBar(m_bar);
    bindPanel();
    connect(&m_place.save, &QAction::triggered, this, &SavedDesk::save);
    connect(&m_place.saveAs, &QAction::triggered, this, &SavedDesk::saveAs);
    connect(&m_book, &CollectionBook::changed, this, &SavedDesk::followVariables);
    connect(m_disk, &DiskFollower::reported, this, &SavedDesk::reported);
    connect(&m_book, &CollectionBook::listChanged, this, &SavedDesk::followVariables);
    connect(&m_book, &CollectionBook::failed, this, &SavedDesk::failed);
    connect(&m_parts.tabs, &RequestTabs::tabsChanged, this, &SavedDesk::followTabs);
    connect(&m_parts.tabs, &RequestTabs::filesChanged, this, &SavedDesk::followTabs);
    connect(qApp, &QApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive)
            m_book.refresh(); // a network drive tells of nothing
    });
}

SavedDesk::~SavedDesk() = default;

void SavedDesk::addPanel()
{
    auto *dock = new QDockWidget(tr("Saved Requests"), &m_place.window);
    dock->setObjectName(u"savedDock"_s);
    dock->setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    dock->setTitleBarWidget(new QWidget(dock)); // the panel says itself what it is
    dock->setWidget(m_panel);
    m_place.window.addDockWidget(Qt::LeftDockWidgetArea, dock);
    m_place.window.resizeDocks({dock}, {200}, Qt::Horizontal);
    QAction *toggle = dock->toggleViewAction();
    toggle->setText(tr("&Saved Requests"));
    toggle->setObjectName(u"savedPanelAction"_s);
    toggle->setShortcut(QKeySequence(u"F9"_s));
    m_place.menuBarMenu.addAction(toggle);
}

void SavedDesk::bindPanel()
{
    connect(m_panel, &SavedPanel::openRequested, this, &SavedDesk::open);
    connect(m_panel, &SavedPanel::describeRequested, this, &SavedDesk::describe);
    connect(m_panel, &SavedPanel::trashRequested, this, &SavedDesk::trash);
    connect(m_panel, &SavedPanel::variablesRequested, this, &SavedDesk::editVariables);
    connect(m_panel, &SavedPanel::openFolderRequested, this, &SavedDesk::openFolder);
    connect(m_panel, &SavedPanel::newFolderRequested, this, [this](const QString &folder) {
        if (const auto made = addFolder(folder, tr("New folder")); !made)
            tell(made.error());
        m_book.refresh();
    });
    connect(m_panel, &SavedPanel::duplicateRequested, this, [this](const QString &path) {
        const CollectionEntry *entry = m_book.find(path);
        const auto copy = duplicateRequest(path, entry == nullptr ? QString() : entry->name);
        if (!copy)
            tell(copy.error());
        m_book.refresh();
    });
    connect(m_panel, &SavedPanel::exampleRequested, this, [this](const QString &path) {
        const auto bytes = readFile(path);
        if (bytes && *bytes)
            showRaw(m_place.window, QFileInfo(path).completeBaseName(), **bytes);
        else
            emit reported(tr("The example cannot be read."));
    });
    connect(&m_panel->model(), &CollectionModel::renameRequested, this, &SavedDesk::rename);
    connect(&m_panel->model(), &CollectionModel::moveRequested, this, &SavedDesk::move);
}

void SavedDesk::open(const QString &path)
{
    const auto read = readSavedRequest(path);
    if (!read) {
        emit reported(brokenText(read.error()));
        return;
    }
    m_parts.tabs.openFile({path, read->hash}, Composer::stateOf(read->saved.request));
}

QString SavedDesk::currentFile() const
{
    return m_parts.tabs.current() < 0 ? QString() : m_parts.tabs.file(m_parts.tabs.current()).path;
}

void SavedDesk::save()
{
    const qsizetype tab = m_parts.tabs.current();
    const RequestTabs::File file = m_parts.tabs.file(tab);
    if (file.path.isEmpty()) {
        saveAs();
        return;
    }
    SavedRequest saved;
    saved.name = m_parts.tabs.title(tab);
    if (QFileInfo::exists(file.path)) {
        const auto there = readSavedRequest(file.path);
        if (!there || there->hash != file.hash) {
            m_book.refresh();
            m_disk->addConflict(tab);
            return;
        }
        saved = there->saved;
    }
    saved.request = m_parts.composer.written();
    write(m_parts.tabs.idOf(tab), file.path, saved, file.hash);
}

/// What is written is what the click found, whatever is typed until the keychain has answered.
void SavedDesk::write(const QString &document, const QString &path, const SavedRequest &saved,
                      const QByteArray &hash)
{
    const QByteArray bytes = savedRequestBytes(saved, QFileInfo(path).completeBaseName());
    whenHarmless(bytes,
                 [this, document, path, bytes, hash, state = Composer::stateOf(saved.request)] {
                     const auto written = writeUnlessChanged(path, bytes, hash);
                     const qsizetype tab = m_parts.tabs.indexOf(document);
                     if (written) {
                         if (tab >= 0)
                             m_parts.tabs.noteSaved(tab, {path, *written}, state);
                         emit reported(tr("Saved: %1").arg(path));
                     } else if (const auto *error = std::get_if<Error>(&written.error())) {
                         emit failed(*error);
                     } else if (tab >= 0) {
                         m_disk->addConflict(tab);
                     }
                     m_book.refresh();
                 });
}

void SavedDesk::whenHarmless(const QByteArray &bytes, std::function<void()> act)
{
    whenDone(exportSecrets(m_parts.vault, m_parts.profiles(), m_parts.folder), this,
             [this, bytes, act = std::move(act)](const ExportSecrets &secrets) {
                 switch (secretInside(bytes, secrets.secrets)) {
                 case SecretInside::Known:
                     QMessageBox::warning(&m_place.window, tr("Not saved"),
                                          tr("An API key or another secret of yours stands in it. "
                                             "Take it out first: saved requests are made to be "
                                             "shared."));
                     return;
                 case SecretInside::Likely: {
                     QMessageBox box(QMessageBox::Question, tr("It seems to hold a secret"),
                                     tr("Something in it looks like a key, a password or a secret "
                                        "address. Saved requests are made to be shared."),
                                     QMessageBox::Cancel, &m_place.window);
                     const auto *yes =
                         box.addButton(tr("&Save It Anyway"), QMessageBox::AcceptRole);
                     box.exec();
                     if (box.clickedButton() != yes)
                         return;
                     break;
                 }
                 case SecretInside::None: break;
                 }
                 act();
             });
}

void SavedDesk::saveAs()
{
    const qsizetype tab = m_parts.tabs.current();
    const QString file = currentFile();
    SaveDialog dialog(m_book, m_parts.tabs.title(tab),
                      file.isEmpty() ? m_panel->selectedFolder() : QFileInfo(file).path(),
                      &m_place.window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    SavedRequest saved;
    saved.name = dialog.name();
    saved.request = m_parts.composer.written();
    whenHarmless(savedRequestBytes(saved, {}),
                 [this, saved, folder = dialog.folder(), document = m_parts.tabs.idOf(tab)] {
                     const auto path = addRequest(folder, saved);
                     const auto read =
                         path ? readSavedRequest(*path) : tl::unexpected(BrokenFile());
                     if (!path || !read) {
                         tell(path ? Error{ErrorKind::Storage, {}} : path.error());
                         return;
                     }
                     if (const qsizetype there = m_parts.tabs.indexOf(document); there >= 0)
                         m_parts.tabs.noteSaved(there, {*path, read->hash},
                                                Composer::stateOf(saved.request));
                     emit reported(tr("Saved: %1").arg(*path));
                     m_book.refresh();
                 });
}

void SavedDesk::describe(const QString &path, const QString &description)
{
    auto read = readSavedRequest(path);
    if (!read || read->saved.description == description)
        return;
    const QByteArray before = read->hash;
    read->saved.description = description;
    const QByteArray bytes = savedRequestBytes(read->saved, QFileInfo(path).completeBaseName());
    whenHarmless(bytes, [this, path, bytes, before] {
        const auto written = writeUnlessChanged(path, bytes, before);
        const qsizetype tab = m_parts.tabs.tabOf(path);
        if (!written)
            emit reported(tr("Not saved: the file changed meanwhile."));
        else if (tab >= 0 && m_parts.tabs.file(tab).hash == before)
            m_parts.tabs.noteChanged(tab, *written, true);
        m_book.refresh();
    });
}

void SavedDesk::editVariables(qsizetype collection)
{
    const QString path = variablesPath(m_book.root(collection));
    const auto bytes = readFile(path);
    const auto known = bytes && *bytes ? parseVariablesFile(**bytes) : QList<Variable>();
    if (!bytes || !known) {
        emit reported(tr("%1 is not understood, and was left alone.").arg(path));
        return;
    }
    QDialog dialog(&m_place.window);
    dialog.setObjectName(u"variablesDialog"_s);
    dialog.setWindowTitle(tr("Variables of the Collection"));
    auto *table = new VariableTable;
    table->setVariables(*known);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto *layout = new QVBoxLayout(&dialog);
    layout->addWidget(table);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    dialog.resize(520, 320);
    if (dialog.exec() != QDialog::Accepted || table->variables() == *known)
        return;
    const QByteArray wanted = variablesFileBytes(table->variables());
    const QByteArray before = *bytes ? contentHash(**bytes) : QByteArray();
    whenHarmless(wanted, [this, path, wanted, before] {
        const auto written = writeUnlessChanged(path, wanted, before);
        if (!written)
            emit reported(tr("Not saved: %1 changed meanwhile.").arg(path));
        m_book.refresh();
    });
}

void SavedDesk::openFolder()
{
    const QString folder =
        QFileDialog::getExistingDirectory(&m_place.window, tr("Open a folder as collection"));
    if (!folder.isEmpty())
        m_book.open(folder);
}

void SavedDesk::rename(const QString &path, const QString &name)
{
    const auto after = renameEntry(path, name);
    if (after)
        followPath(path, *after);
    else
        tell(after.error());
    m_book.refresh();
}

void SavedDesk::move(const QStringList &paths, const QString &folder)
{
    for (const QString &path : paths) {
        if (QFileInfo(path).path() == folder)
            continue;
        const auto after = moveEntry(path, folder);
        if (after)
            followPath(path, *after);
        else
            tell(after.error());
    }
    m_book.refresh();
}

/// What is open stays tied to its file, also if a folder above it moved.
void SavedDesk::followPath(const QString &before, const QString &after)
{
    for (qsizetype tab = 0; tab < m_parts.tabs.count(); ++tab) {
        const RequestTabs::File file = m_parts.tabs.file(tab);
        if (file.path == before)
            m_parts.tabs.noteMoved(tab, after);
        else if (file.path.startsWith(before + u'/'))
            m_parts.tabs.noteMoved(tab, after + file.path.mid(before.size()));
        else
            continue;
        // A name that no file can have stands in the file: that was changed, by us.
        const auto read = readSavedRequest(m_parts.tabs.file(tab).path);
        const auto &saved = m_parts.tabs.savedState(tab);
        if (read && saved && read->saved.request == Composer::written(*saved))
            m_parts.tabs.noteChanged(tab, read->hash, true);
    }
}

void SavedDesk::trash(const QString &path)
{
    const CollectionEntry *entry = m_book.find(path);
    if (entry == nullptr)
        return;
    QMessageBox box(
        QMessageBox::Question, tr("Move to the trash"),
        entry->kind == CollectionEntry::Kind::Folder
            ? tr("Move the folder “%1” and everything in it to the trash?").arg(entry->name)
            : tr("Move “%1” to the trash? What is open of it stays open.").arg(entry->name),
        QMessageBox::Cancel, &m_place.window);
    const auto *yes = box.addButton(tr("Move to &Trash"), QMessageBox::AcceptRole);
    box.exec();
    if (box.clickedButton() != yes)
        return;
    if (const auto gone = trashEntry(path); !gone)
        emit reported(tr("It cannot be moved to the trash; it stays where it is."));
    m_book.refresh();
}

void SavedDesk::followTabs()
{
    followVariables();
    if (const QString file = currentFile(); !file.isEmpty())
        m_panel->select(file);
}

void SavedDesk::followVariables()
{
    const qsizetype collection = m_book.collectionOf(currentFile());
    m_parts.composer.setCollectionVariables(collection < 0 ? QList<Variable>()
                                                           : m_book.at(collection).variables);
}

/// The words for what these files' errors are, and what to do.
void SavedDesk::tell(const Error &error)
{
    if (error.kind == ErrorKind::InvalidInput)
        emit reported(tr("That cannot be done: there is something of that name already, or the "
                         "file changed meanwhile."));
    else
        emit failed(error);
}

} // namespace icebreaker
