#pragma once

#include "core/answer.h"

#include <QString>

#include <chrono>
#include <optional>

namespace icebreaker {

/// Why webhook.site, or a self-hosted copy of it, gave no answer that can be used.
struct WebhookSiteProblem {
    enum class Kind {
        Unreachable, ///< See `transport`.
        BadKey, ///< The API key is for another host, or cannot stand in a header; not sent.
        Unauthorized, ///< 401 or 403: the address, or the site, wants an API key.
        Gone, ///< 404 or 410: the address expired, was deleted, or is full.
        TooMany, ///< 429: too often, or more addresses or requests than a day allows.
        TooSoon, ///< Not asked, to stay under the site's limit; see `retryAfter`.
        TooLarge, ///< More than 4 MiB in one answer, or more requests than are fetched at once.
        Malformed, ///< 2xx, but not what the site is documented to answer.
        WrongStatus, ///< Any other status, redirects included.
    };
    Kind kind = Kind::Malformed;
    int status = 0; ///< HTTP status; 0 if none.
    TransportProblem transport = TransportProblem::None;
    std::optional<std::chrono::milliseconds> retryAfter;
    QString detail; ///< Technical, English; neither key nor token.
};

} // namespace icebreaker
