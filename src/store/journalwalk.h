#pragma once

#include "core/error.h"
#include "core/sendrecord.h"
#include "store/logfilter.h"

#include <QDateTime>
#include <QFuture>
#include <QList>

namespace icebreaker {

class Journal;

/// The sends that match @p filter and were claimed at or after @p since, newest first, as
/// Journal::records() gives them; at most @p most.
///
/// Walks back page by page from the newest one and stops at the first older one, so that
/// "the last ten minutes" costs the same in a long journal as in a short one. Call it from
/// the journal's thread; never finishes if the journal is gone first.
[[nodiscard]] QFuture<Result<QList<SendRecord>>>
newestSends(Journal &journal, const LogFilter &filter, const QDateTime &since, qsizetype most);

} // namespace icebreaker
