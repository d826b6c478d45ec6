#pragma once

#include "core/error.h"
#include "core/keptevent.h"

#include <QDateTime>
#include <QFuture>
#include <QList>

#include <functional>

namespace icebreaker {

class Journal;

/// How status events get into the journal. Both functions may be called in the main thread
/// and finish there; without an error, the events are on the disk.
struct EventKeeper {
    /// How an import ended.
    struct Taken {
        int tied = 0; ///< To the send whose address, or message UUID, it names.
        int guessed = 0; ///< By number and time.
        int unmatched = 0;
        int known = 0; ///< Were there already; not recorded again.
    };

    std::function<QFuture<Result<void>>(const StatusEvent &event, EventSource source)> keep;
    /// Events without `arrivedAt` get @p now.
    std::function<QFuture<Result<Taken>>(const QList<StatusEvent> &events, EventSource source,
                                         const QDateTime &now)>
        keepAll;
};

/// @param journal  outlives the keeper
[[nodiscard]] EventKeeper keeperOver(Journal &journal);

} // namespace icebreaker
