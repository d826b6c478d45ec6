#pragma once

#include "core/sendrecord.h"
#include "guide/palettesource.h"

namespace icebreaker {

class Journal;
class LogPanel;
class ProfileBook;
class CollectionBook;
class SavedPanel;
struct CollectionEntry;

/// The profiles for the command palette. Choosing one is the same as in the profile box.
class ProfileSource : public PaletteSource
{
    Q_OBJECT

public:
    /// @param profiles  outlives this
    explicit ProfileSource(ProfileBook &profiles, QObject *parent = nullptr);

    void collect() override;

private:
    void choose(const QString &id);

    ProfileBook &m_profiles;
};

/// The saved requests of all open collections for the command palette. Choosing one opens it.
class SavedRequestSource : public PaletteSource
{
    Q_OBJECT

public:
    /// Both outlive this. @param panel  its way of opening a request is used
    SavedRequestSource(const CollectionBook &book, SavedPanel &panel, QObject *parent = nullptr);

    void collect() override;

private:
    void take(const CollectionEntry &entry, const QString &folder, QList<PaletteEntry> &entries);

    const CollectionBook &m_book;
    SavedPanel &m_panel;
};

/// The newest sends for the command palette. Choosing one selects it in the log; nothing is
/// sent by it.
class RecentSendSource : public PaletteSource
{
    Q_OBJECT

public:
    /// Both outlive this.
    RecentSendSource(Journal &journal, LogPanel &log, QObject *parent = nullptr);

    void collect() override;

private:
    [[nodiscard]] PaletteEntry entryOf(const SendRecord &record);
    void show(qint64 row);

    Journal &m_journal;
    LogPanel &m_log;
};

} // namespace icebreaker
