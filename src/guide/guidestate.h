#pragma once

#include "core/error.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// What the guide remembers: nothing that a send depends on.
struct GuideState {
    QMap<QString, QString> shortcuts; ///< By action ID, as QKeySequence::PortableText; empty: none.
    QStringList recent; ///< IDs of palette entries, what was used last first; MostRecent of them.
    bool isTourDone = false; ///< Taken or skipped: it never starts by itself again.

    friend bool operator==(const GuideState &, const GuideState &) = default;
};

inline constexpr qsizetype MostRecent = 50;

/// Reads `FOLDER/guide.json`; without a file there are defaults. A file that cannot be
/// understood is renamed, never deleted, and its new path is in @p aside. Fails with Storage.
[[nodiscard]] Result<GuideState> loadGuideState(const QString &folder, QString *aside = nullptr);

/// Replaces the file in one step (0600). Fails with StorageFull or StorageReadOnly.
[[nodiscard]] Result<void> saveGuideState(const QString &folder, const GuideState &state);

/// @p recent with @p id at its front, once, and not longer than MostRecent.
[[nodiscard]] QStringList withRecent(QStringList recent, const QString &id);

} // namespace icebreaker
