#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace icebreaker {

/// An unsent form.
struct Draft {
    QByteArray request; ///< API body as in the form: JSON in UTF-8, also if incomplete.
    bool builtInInbox = true; ///< The Status URL is the built-in inbox's.
    QString to; ///< As typed.

    friend bool operator==(const Draft &, const Draft &) = default;
};

/// A request that is open in a tab, or was.
struct OpenTab {
    QString id; ///< UUID without braces.
    QString title; ///< Of one that is in no file; empty: it is told by what it holds.
    QString file; ///< Absolute path of its file; empty: it was not saved yet.
    QByteArray fileHash; ///< See contentHash(): of the file as it was last read or written.
    bool isModified = false; ///< Other than the file.
    Draft draft;

    friend bool operator==(const OpenTab &, const OpenTab &) = default;
};

/// What is open for one profile.
struct TabSet {
    QList<OpenTab> tabs;
    qsizetype current = 0;
    QList<OpenTab> closed; ///< The one that was closed last comes first.

    friend bool operator==(const TabSet &, const TabSet &) = default;
};

/// Reads `FOLDER/drafts/PROFILEID.json`; nothing if there is none or @p profileId is not a
/// UUID without braces. The one form of earlier versions is a set with one tab. A file that
/// cannot be understood is renamed, never deleted.
[[nodiscard]] std::optional<TabSet> loadTabs(const QString &folder, const QString &profileId);

/// Replaces the file in one step (0600): after a crash there are the old drafts or the new
/// ones. Fails with InvalidInput if @p profileId is not a UUID or a request is not UTF-8,
/// with StorageFull or StorageReadOnly if it cannot be written.
[[nodiscard]] Result<void> saveTabs(const QString &folder, const QString &profileId,
                                    const TabSet &tabs);

} // namespace icebreaker
