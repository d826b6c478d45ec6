#pragma once

#include "core/explanation.h"

#include <QString>

namespace icebreaker {

/// One send for a ticket, as plain text: when, where to, how it ended, what that means, what
/// was heard, and the IDs. Numbers and values stand there as they are: whatever leaves the
/// computer goes through the redactor.
[[nodiscard]] QString ticketText(const SendRecord &record, const QList<KeptEvent> &events,
                                 const Explanation &explanation);

} // namespace icebreaker
