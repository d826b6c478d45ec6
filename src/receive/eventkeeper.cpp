#include "receive/eventkeeper.h"

#include "core/whendone.h"
#include "store/journal.h"

#include <QPromise>

#include <memory>

namespace icebreaker {

namespace {

/// Appends one event after the other.
struct Import {
    QList<StatusEvent> events;
    qsizetype next = 0;
    EventKeeper::Taken taken;
    QPromise<Result<EventKeeper::Taken>> promise;
};

void finish(Import &import, const Result<EventKeeper::Taken> &result)
{
    import.promise.addResult(result);
    import.promise.finish();
}

void goOn(Journal &journal, const std::shared_ptr<Import> &import)
{
    if (import->next == import->events.size()) {
        finish(*import, import->taken);
        return;
    }
    const StatusEvent &event = import->events.at(import->next++);
    ++(event.sendId.isEmpty() ? import->taken.unmatched : import->taken.tied);
    whenDone(journal.append(event), &journal, [&journal, import](const Result<void> &kept) {
        if (kept)
            goOn(journal, import);
        else
            finish(*import, tl::unexpected(kept.error()));
    });
}

} // namespace

EventKeeper keeperOver(Journal &journal)
{
    EventKeeper keeper;
    keeper.keep = [&journal](const StatusEvent &event, EventSource) {
        return journal.append(event);
    };
    keeper.keepAll = [&journal](const QList<StatusEvent> &events, EventSource,
                                const QDateTime &now) {
        const auto import = std::make_shared<Import>();
        import->events = events;
        for (StatusEvent &event : import->events) {
            if (!event.arrivedAt.isValid())
                event.arrivedAt = now;
        }
        import->promise.start();
        auto future = import->promise.future();
        goOn(journal, import);
        return future;
    };
    return keeper;
}

} // namespace icebreaker
