#include "ui/palettesources.h"

#include "core/whendone.h"
#include "store/collection.h"
#include "store/journal.h"
#include "ui/collectionbook.h"
#include "ui/kindlook.h"
#include "ui/logpanel.h"
#include "ui/privacy.h"
#include "ui/profilebook.h"
#include "ui/regionwords.h"
#include "ui/savedpanel.h"
#include "ui/theme.h"
#include "words/sendwords.h"

#include <QLocale>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int OfferedSends = 200; // older ones are found in the log

} // namespace

ProfileSource::ProfileSource(ProfileBook &profiles, QObject *parent)
    : PaletteSource(parent)
    , m_profiles(profiles)
{ }

void ProfileSource::collect()
{
    QList<PaletteEntry> entries;
    for (const Profile &profile : m_profiles.profiles()) {
        const ProfileKind kind = profileKind(profile, profile.region);
        PaletteEntry entry;
        entry.id = u"profile:"_s + profile.id;
        entry.text = profile.name;
        entry.detail = kind == ProfileKind::Live
            ? tr("Profile · LIVE · %1").arg(regionText(profile.region))
            : tr("Profile · %1").arg(regionText(profile.region));
        entry.icon = kind::symbol(kind, theme::bandText(kind));
        if (profile.id == m_profiles.current().id)
            entry.whyNot = tr("Profile · in use");
        entry.run = [self = QPointer<ProfileSource>(this), id = profile.id] {
            if (self)
                self->choose(id);
        };
        entries.append(entry);
    }
    emit collected(entries);
}

void ProfileSource::choose(const QString &id)
{
    for (qsizetype i = 0; i < m_profiles.profiles().size(); ++i) {
        if (m_profiles.profiles().at(i).id == id) {
            m_profiles.setCurrent(i);
            return;
        }
    }
}

SavedRequestSource::SavedRequestSource(const CollectionBook &book, SavedPanel &panel,
                                       QObject *parent)
    : PaletteSource(parent)
    , m_book(book)
    , m_panel(panel)
{ }

void SavedRequestSource::collect()
{
    QList<PaletteEntry> entries;
    for (qsizetype i = 0; i < m_book.count(); ++i)
        take(m_book.at(i).top, {}, entries);
    emit collected(entries);
}

void SavedRequestSource::take(const CollectionEntry &entry, const QString &folder,
                              QList<PaletteEntry> &entries)
{
    if (entry.kind == CollectionEntry::Kind::Folder) {
        const QString path = folder.isEmpty() ? entry.name : folder + u" › "_s + entry.name;
        for (const CollectionEntry &child : entry.children)
            take(child, path, entries);
        return;
    }
    PaletteEntry offered;
    offered.id = u"request:"_s + entry.path;
    offered.text = entry.name;
    offered.detail = tr("Saved request · %1").arg(folder);
    if (entry.kind == CollectionEntry::Kind::Broken)
        offered.whyNot = tr("Saved request · the file is not understood");
    offered.run = [panel = QPointer<SavedPanel>(&m_panel), path = entry.path] {
        if (panel)
            emit panel->openRequested(path);
    };
    entries.append(offered);
}

RecentSendSource::RecentSendSource(Journal &journal, LogPanel &log, QObject *parent)
    : PaletteSource(parent)
    , m_journal(journal)
    , m_log(log)
{ }

void RecentSendSource::collect()
{
    whenDone(m_journal.rows({}, 0, OfferedSends), this, [this](const Result<QList<qint64>> &rows) {
        if (!rows)
            return; // the log says so, too
        whenDone(m_journal.records(*rows), this, [this](const Result<QList<SendRecord>> &records) {
            if (!records)
                return;
            QList<PaletteEntry> entries;
            for (const SendRecord &record : *records)
                entries.append(entryOf(record));
            emit collected(entries);
        });
    });
}

PaletteEntry RecentSendSource::entryOf(const SendRecord &record)
{
    PaletteEntry entry;
    entry.id = u"send:"_s + record.claim.sendId;
    const QString what =
        record.claim.templateName.isEmpty() ? record.claim.channel : record.claim.templateName;
    entry.text = tr("%1 to %2").arg(what, privacy::number(record.claim.to));
    entry.detail =
        tr("Send · %1 · %2")
            .arg(resultText(record),
                 QLocale().toString(record.claim.claimedAt.toLocalTime(), QLocale::ShortFormat));
    entry.run = [self = QPointer<RecentSendSource>(this), row = record.row] {
        if (self)
            self->show(row);
    };
    return entry;
}

void RecentSendSource::show(qint64 row)
{
    if (!m_log.filterText().isEmpty())
        m_log.setFilterText({}); // it may hide the send
    m_log.select(row);
}

} // namespace icebreaker
