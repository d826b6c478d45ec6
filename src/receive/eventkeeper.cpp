#include "receive/eventkeeper.h"

#include "store/deliveries.h"

namespace icebreaker {

EventKeeper keeperOver(Deliveries &deliveries)
{
    EventKeeper keeper;
    keeper.keep = [&deliveries](const StatusEvent &event, EventSource source) {
        return deliveries.take(event, source).then([](const Result<EventMatch> &taken) {
            return taken.map([](EventMatch) {});
        });
    };
    keeper.keepAll = [&deliveries](const QList<StatusEvent> &events, EventSource source,
                                   const QDateTime &now) {
        return deliveries.takeAll(events, source, now);
    };
    return keeper;
}

} // namespace icebreaker
