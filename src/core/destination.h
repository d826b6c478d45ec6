#pragma once

#include "core/outboundrequest.h"
#include "core/sendrecord.h"

#include <QString>
#include <QUrl>

namespace icebreaker {

/// Where a send goes and in whose name: what its claim needs beside the request.
struct Destination {
    QString profile; ///< Its name; may be empty.
    QString region; ///< See regionName().
    QUrl base; ///< See core/endpoint.h.
    QString lane; ///< See laneId().
};

/// The claim of @p request under @p sendId; `claimedAt` is the Dispatcher's to fill.
[[nodiscard]] Claim makeClaim(const OutboundRequest &request, const Destination &destination,
                              const QString &sendId);

} // namespace icebreaker
