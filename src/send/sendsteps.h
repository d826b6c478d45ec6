#pragma once

#include "core/dispatcher.h"
#include "net/outboundclient.h"
#include "store/journal.h"
#include "store/lanes.h"

namespace icebreaker {

/// The steps of a send over the real journal, lanes and network, for whoever puts a
/// Dispatcher together. All three and @p context must outlive the Dispatcher; its
/// timers run on the event loop of @p context.
[[nodiscard]] Dispatcher::Steps stepsOver(Journal &journal, Lanes &lanes, OutboundClient &client,
                                          QObject *context);

} // namespace icebreaker
