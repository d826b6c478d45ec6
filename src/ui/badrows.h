#pragma once

#include "core/error.h"

#include <QString>

namespace icebreaker {

class BatchDraft;

/// Writes the rows that would be left out as CSV: their cells as they are now, and why.
/// Fails with Storage if the file cannot be written; then there is none, or the old one.
[[nodiscard]] Result<void> writeBadRows(const BatchDraft &draft, const QString &path);

} // namespace icebreaker
