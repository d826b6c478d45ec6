#pragma once

#include "listen/sandboxrules.h"

namespace icebreaker {

/// The message that callbacks tell about.
struct SandboxMessage {
    QString to;
    QString channel;
    QDateTime acceptedAt; ///< UTC
};

/// The callbacks of one accepted message in the order in which they arrive, shaped like
/// those that AI Studio was seen to send
/// (github.com/nexmo-se/aistudio-vcr-messages-queue, 2025-03) with the fields of
/// developer.vonage.com/en/messages/concepts/messages-status-callbacks (2026-11).
/// @param speed  divides every delay, greater than 0
[[nodiscard]] QList<SandboxCallback> sandboxCallbacks(const SandboxMessage &message,
                                                      SandboxBehaviour behaviour, double speed);

} // namespace icebreaker
