#pragma once

#include "core/error.h"
#include "core/importproblem.h"
#include "core/statusevent.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace icebreaker {

/// More than any export of status callbacks was seen to need.
inline constexpr qsizetype CallbackImportMaxBytes = qsizetype(10) * 1024 * 1024;
/// Callbacks of 200 bytes in 10 MiB.
inline constexpr qsizetype CallbackImportMaxCallbacks = 50'000;
/// Problems that are listed; further ones are counted.
inline constexpr qsizetype CallbackImportMaxProblems = 100;

struct ImportedCallback {
    /// With `raw` as it stood in the text; `sendId` if the path names a send; `arrivedAt`
    /// invalid if the text does not tell it.
    StatusEvent event;
    QString path; ///< Of the address it was posted to; empty if unknown.
    int line = 1; ///< Where it begins, from 1.
};

struct CallbackImport {
    QList<ImportedCallback> callbacks; ///< In the order of the text.
    QList<ImportProblem> problems; ///< At most one per line.
    int moreProblems = 0; ///< That are not in the list.
};

/// Finds the status callbacks in a text that somebody sent. It may be, or contain one
/// after the other:
/// - callbacks as JSON objects, on one line or many, in lists or one after the other;
/// - lines of a log with such objects in them, whose other words are no problem;
/// - what webhook.site's API answers: a list of requests, or one of them;
/// - a HAR (w3c.github.io/web-performance/specs/HAR/Overview.html): the bodies of its POSTs,
///   and webhook.site's API in its answers. A request that webhook.site lists several
///   times is taken once.
///
/// Takes up to a second or two for hostile texts: call it in a worker. Fails with
/// InvalidInput above CallbackImportMaxBytes.
[[nodiscard]] Result<CallbackImport> importCallbacks(const QByteArray &text);

} // namespace icebreaker
