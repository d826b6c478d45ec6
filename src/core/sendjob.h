#pragma once

#include "core/apikey.h"
#include "core/sendrecord.h"

namespace icebreaker {

/// Who goes first in a lane; within one turn it is first come, first served.
enum class SendTurn {
    Single, ///< Somebody waits for this one send.
    Retry, ///< A row of a batch that met a 429 or an unreachable host.
    Batch,
};

/// One send for the Dispatcher.
struct SendJob {
    Claim claim; ///< `claimedAt` is filled in by the Dispatcher.
    ApiKey key;
    int limit = 1; ///< Sessions per second; the lane follows its newest job.
    bool ignoreLimit = false; ///< Goes at once; the lane's paced sends still wait for it.
    SendTurn turn = SendTurn::Single;
};

} // namespace icebreaker
