#pragma once

#include "batch/sheet.h"
#include "batch/sheetverdicts.h"
#include "core/error.h"

#include <QFuture>
#include <QList>

#include <functional>

namespace icebreaker {

/// Writes the rows with one of @p verdicts into a CSV file that spreadsheets open as it
/// is (see csvLine()), with one column more that says why. An old file at @p path is
/// replaced at the end, in one step.
///
/// @param whyColumn  its name, in words
/// @param why  words for a row; called in another thread
/// Fails with StorageFull or StorageReadOnly.
[[nodiscard]] QFuture<Result<void>> exportRows(const QString &path, const Sheet &sheet,
                                               const SheetVerdicts &verdicts,
                                               const QList<Verdict> &which,
                                               const QString &whyColumn,
                                               std::function<QString(qsizetype row)> why);

} // namespace icebreaker
