#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <optional>

namespace icebreaker {

/// How a send ended, as far as can be known; never a guess. What each one means for
/// sending again stands in the README. The numbers are stored in the journal: never
/// renumber them, only add.
enum class Outcome {
    Accepted = 1, ///< 2xx with complete headers. Not yet delivered.
    RateLimited = 2, ///< 429: over the agent's limit; nothing reached the recipient.
    Refused = 3, ///< 3xx (never followed) or any other 4xx but 408.
    NotSent = 4, ///< Failed before the request's last byte was handed to the socket.
    Unknown = 5, ///< Anything later: it may or may not have started a conversation.
    Cancelled = 6, ///< Stopped by the user before it left.
};

/// The name used by icebreaker-cli and in filters, e.g. "rate_limited".
[[nodiscard]] QLatin1StringView outcomeName(Outcome outcome);
[[nodiscard]] std::optional<Outcome> outcomeFromName(QStringView name);

/// What one exchange showed on the wire; all that an outcome may be derived from.
struct WireFacts {
    bool lastByteHanded = false; ///< The request's last byte may have been handed to the socket.
    bool headersComplete = false; ///< Status line and all headers were received.
    int status = 0; ///< HTTP status, 0 if none was read.
    bool html = false; ///< The answer is an HTML page: some proxy may have spoken.
};

[[nodiscard]] Outcome classify(const WireFacts &facts);

} // namespace icebreaker
