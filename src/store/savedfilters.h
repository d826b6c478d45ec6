#pragma once

#include "core/error.h"

#include <QList>
#include <QString>

namespace icebreaker {

/// A filter of the log with a name, as somebody typed it.
struct SavedFilter {
    QString name; ///< Not empty; no two are the same but for upper and lower case.
    QString text; ///< Not empty.
    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

inline constexpr qsizetype MostSavedFilters = 200;

/// Reads `FOLDER/filters.json`, in the order of names; empty if there is none. A file that
/// cannot be understood is renamed, never deleted, and its new path is in @p aside.
[[nodiscard]] Result<QList<SavedFilter>> loadSavedFilters(const QString &folder,
                                                          QString *aside = nullptr);

/// Replaces the file in one step (0600). Fails with StorageFull or StorageReadOnly.
[[nodiscard]] Result<void> saveSavedFilters(const QString &folder,
                                            const QList<SavedFilter> &filters);

/// @p filters with @p filter added, or in place of the one of its name, in order. Without
/// change if its name or text is empty, or there are MostSavedFilters.
[[nodiscard]] QList<SavedFilter> withFilter(QList<SavedFilter> filters, SavedFilter filter);
[[nodiscard]] QList<SavedFilter> withoutFilter(QList<SavedFilter> filters, const QString &name);

} // namespace icebreaker
