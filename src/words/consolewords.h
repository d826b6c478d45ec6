#pragma once

#include "core/sendrecord.h"

#include <QDateTime>
#include <QString>

namespace icebreaker {

/// The head of a send's request as Icebreaker and Qt put it on the wire, the key masked:
/// request line, headers, in their order; lines end with "\n". It is not recorded with the
/// send but made anew: OutboundClient gives every request the same headers, and a test holds
/// this against what reaches a server. Not known of old sends is their User-Agent's version.
[[nodiscard]] QByteArray requestHeadText(const SendRecord &record);

/// The answer's status line and headers; lines end with "\n". Qt joins those that are repeated
/// and does not tell the version of HTTP/1.
[[nodiscard]] QByteArray answerHeadText(const SendRecord &record);

/// Everything about a send that concerns its bytes, in the order in which it happened: where
/// it went, the connection, TLS, what went out, what came back, and when; and what cannot be
/// known. @param now  for certificates' remaining days
[[nodiscard]] QString consoleText(const SendRecord &record, const QDateTime &now);

} // namespace icebreaker
