#include "send/sendsteps.h"

namespace icebreaker {

Dispatcher::Steps stepsOver(Journal &journal, Lanes &lanes, OutboundClient &client,
                            QObject *context)
{
    return {
        [&lanes](const QString &lane) { return lanes.wait(lane); },
        [&lanes](const QString &lane, std::chrono::microseconds interval) {
            // Stamped in the lanes' thread: this one may be busy when the slot is taken.
            return lanes.take(lane, interval).then(QtFuture::Launch::Sync, [](Result<Slot> slot) {
                if (slot && slot->taken)
                    slot->takenAt = steadyNow();
                return slot;
            });
        },
        [&lanes](const QString &lane, std::chrono::milliseconds rest) {
            return lanes.pause(lane, rest);
        },
        [&journal](const Claim &claim) { return journal.claim(claim); },
        [&client](const Claim &claim, const ApiKey &key) {
            return client.send(claim.url, key, claim.body);
        },
        [&journal](const QString &sendId, const SendReport &report) {
            return journal.settle(sendId, report);
        },
        Dispatcher::timerOn(context),
    };
}

} // namespace icebreaker
