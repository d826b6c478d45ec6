#pragma once

#include "core/statusevent.h"

#include <QtGlobal>

namespace icebreaker {

/// How a status event was tied to its send. The numbers are stored in the journal: only add.
enum class EventMatch {
    None = 0, ///< To no send.
    Path = 1, ///< It came to an address that only this send was given.
    MessageUuid = 2, ///< An earlier event of this message came to the send's own address.
    /// A guess: the only send to its number shortly before. Never shown as a fact, and
    /// never settles anything.
    NumberAndTime = 3,
    ByHand = 4, ///< Somebody said so.
};

/// Where an event came from. The numbers are stored in the journal: only add.
enum class EventSource {
    Unknown = 0, ///< Recorded before this was noted.
    Listener = 1, ///< This computer's own status inbox.
    WebhookSite = 2,
    Imported = 3, ///< Pasted or opened: `arrivedAt` may be when that was.
};

/// A status event as the journal has it.
struct KeptEvent {
    qint64 number = 0; ///< Grows with arrival.
    /// `sendId` is that of the send it was tied to; without one, what its path named.
    StatusEvent event;
    EventMatch match = EventMatch::None;
    EventSource source = EventSource::Unknown;
};

/// How recording many events ended.
struct EventsTaken {
    int tied = 0; ///< By path or message UUID.
    int guessed = 0; ///< By number and time.
    int unmatched = 0;
    int known = 0; ///< Were there already, byte for byte; not recorded again.
};

} // namespace icebreaker
