#include "ui/diskfollower.h"

#include "store/files.h"
#include "ui/collectionbook.h"
#include "ui/differencedialog.h"
#include "ui/requestbar.h"

#include <QFileInfo>

namespace icebreaker {

using namespace Qt::StringLiterals;

DiskFollower::DiskFollower(RequestTabs &tabs, CollectionBook &book, RequestBar &bar,
                           QWidget &window, QObject *parent)
    : QObject(parent)
    , m_tabs(tabs)
    , m_book(book)
    , m_bar(bar)
    , m_window(window)
{
    connect(&m_book, &CollectionBook::changed, this, &DiskFollower::followDisk);
    connect(&m_tabs, &RequestTabs::tabsChanged, this, &DiskFollower::showBar);
    connect(&m_tabs, &RequestTabs::filesChanged, this, &DiskFollower::showBar);
}

void DiskFollower::followDisk(qsizetype collection)
{
    for (qsizetype tab = 0; tab < m_tabs.count(); ++tab) {
        const QString path = m_tabs.file(tab).path;
        if (!path.isEmpty() && m_book.collectionOf(path) == collection)
            followFile(tab, m_book.find(path));
    }
    showBar();
}

void DiskFollower::followFile(qsizetype tab, const CollectionEntry *entry)
{
    const RequestTabs::File file = m_tabs.file(tab);
    const QString document = m_tabs.idOf(tab);
    if (entry == nullptr) {
        if (QFileInfo::exists(file.path))
            return; // it came since the folder was read
        m_conflicts.remove(document);
        emit reported(tr("“%1” is gone from the disk. What is open of it is kept as a draft.")
                          .arg(m_tabs.title(tab)));
        m_tabs.noteGone(tab);
        return;
    }
    if (entry->hash == file.hash) {
        m_conflicts.remove(document);
        return;
    }
    const auto read = readSavedRequest(file.path); // newer than the entry, perhaps
    if (!read) {
        if (QFileInfo::exists(file.path))
            addConflict(tab);
        return;
    }
    const OutboundRequest &theirs = read->saved.request;
    const auto &before = m_tabs.savedState(tab);
    const bool isModified = m_tabs.isModified(tab);
    if (read->hash == file.hash)
        m_conflicts.remove(document);
    else if (theirs == Composer::written(m_tabs.state(tab)))
        m_tabs.noteSaved(tab, {file.path, read->hash}, m_tabs.state(tab));
    else if (before && theirs == Composer::written(*before))
        m_tabs.noteChanged(tab, read->hash, true);
    else if (!isModified)
        m_tabs.takeFile(tab, {file.path, read->hash}, Composer::stateOf(theirs));
    else
        addConflict(tab);
    if (!isModified)
        m_conflicts.remove(document);
}

void DiskFollower::addConflict(qsizetype tab)
{
    Conflict conflict;
    const QString path = m_tabs.file(tab).path;
    if (const auto bytes = readFile(path); bytes && *bytes) {
        conflict.hash = contentHash(**bytes);
        if (const auto saved = parseSavedRequest(**bytes, QFileInfo(path).completeBaseName()))
            conflict.theirs = Composer::stateOf(saved->request);
    }
    m_conflicts.insert(m_tabs.idOf(tab), conflict);
    showBar();
}

void DiskFollower::setNotice(const QString &document, const QString &text)
{
    m_notices.insert(document, text);
    showBar();
}

void DiskFollower::showBar()
{
    if (m_tabs.current() < 0)
        return;
    const QString document = m_tabs.idOf(m_tabs.current());
    if (const auto conflict = m_conflicts.constFind(document); conflict != m_conflicts.cend()) {
        showConflict(document, *conflict);
        return;
    }
    const QString notice = m_notices.value(document);
    m_bar.show(notice, {{u"noticeCloseButton"_s, tr("Got it"), [this, document] {
                             m_notices.remove(document);
                             showBar();
                         }}});
}

void DiskFollower::showConflict(const QString &document, const Conflict &conflict)
{
    const RequestBar::Choice mine{u"keepMineButton"_s, tr("Keep &Mine"),
                                  [this, document] { keepMine(document); }};
    if (!conflict.theirs) {
        m_bar.show(tr("The file of this request changed on disk, and is no saved request any "
                      "more. “Keep Mine” lets Save replace it."),
                   {mine});
        return;
    }
    m_bar.show(
        tr("The file of this request changed on disk while you were editing it."),
        {mine,
         {u"takeTheirsButton"_s, tr("&Take Theirs"), [this, document] { takeTheirs(document); }},
         {u"compareConflictButton"_s, tr("Com&pare"), [this, document] { compare(document); }}});
}

/// Nothing is written yet: Save replaces what was on disk then, and no other change.
void DiskFollower::keepMine(const QString &document)
{
    const Conflict conflict = m_conflicts.take(document);
    if (const qsizetype tab = m_tabs.indexOf(document); tab >= 0)
        m_tabs.noteChanged(tab, conflict.hash, false);
    showBar();
}

void DiskFollower::takeTheirs(const QString &document)
{
    const Conflict conflict = m_conflicts.take(document);
    const qsizetype tab = m_tabs.indexOf(document);
    if (tab >= 0 && conflict.theirs) {
        const QString path = m_tabs.file(tab).path;
        m_tabs.takeFile(tab, {path, conflict.hash}, *conflict.theirs);
        emit reported(tr("Undo brings your own version back."));
    }
    showBar();
}

void DiskFollower::compare(const QString &document)
{
    const qsizetype tab = m_tabs.indexOf(document);
    const Conflict conflict = m_conflicts.value(document);
    if (tab < 0 || !conflict.theirs)
        return;
    showDifference(m_window, tr("Compare: %1").arg(m_tabs.title(tab)), tr("&Mine"),
                   QString::fromUtf8(Composer::written(m_tabs.state(tab)).toJson()),
                   tr("&Theirs, on disk"),
                   QString::fromUtf8(Composer::written(*conflict.theirs).toJson()));
}

} // namespace icebreaker
