#pragma once

#include "core/error.h"
#include "core/keptevent.h"

#include <QDateTime>
#include <QFuture>
#include <QList>

#include <functional>

namespace icebreaker {

class Deliveries;

/// How status events get into the journal. Both functions may be called in the main thread
/// and finish there; without an error, the events are on the disk.
struct EventKeeper {
    std::function<QFuture<Result<void>>(const StatusEvent &event, EventSource source)> keep;
    /// Events without `arrivedAt` get @p now.
    std::function<QFuture<Result<EventsTaken>>(const QList<StatusEvent> &events, EventSource source,
                                               const QDateTime &now)>
        keepAll;
};

/// @param deliveries  outlives the keeper
[[nodiscard]] EventKeeper keeperOver(Deliveries &deliveries);

} // namespace icebreaker
