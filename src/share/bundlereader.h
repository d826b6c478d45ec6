#pragma once

#include "core/bundleproblem.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QHash>
#include <QStringList>

#include <tl/expected.hpp>

namespace icebreaker {

/// What somebody's bundle or HAR held. It lives in memory only, never in the journal.
struct OpenedBundle {
    bool isHar = false;
    QDateTime madeAt; ///< UTC; invalid if it does not say.
    QString madeBy; ///< E.g. "Icebreaker 0.1.0"; what it says about itself.
    QString about; ///< `about.json`, indented.
    QString diagnosis;
    /// In the order of the file; `row` is the position, from 1, and `sendId` unique.
    QList<SendRecord> sends;
    QHash<QString, QList<KeptEvent>> events; ///< By send ID, in order of arrival.
    int unreadable = 0; ///< Lines or entries that are no send or event.
};

/// The most that is read of the file.
inline constexpr qint64 BundleFileMaxBytes = 64LL * 1024 * 1024;
/// The most sends and events that are taken in; ours has far fewer.
inline constexpr qsizetype BundleMaxEntries = 20'000;

/// Reads a bundle, or a HAR. The bytes may be anything: whatever is wrong ends in a problem,
/// or in fewer sends and a count of what was left out. Call it in a worker.
[[nodiscard]] tl::expected<OpenedBundle, BundleProblem> readBundle(const QByteArray &bytes);

/// Whether a file begins like a bundle, or is a HAR that Icebreaker wrote.
/// @param head  its first kilobytes
[[nodiscard]] bool looksLikeBundle(const QByteArray &head);

} // namespace icebreaker
