#pragma once

#include "core/answer.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace icebreaker {

/// No wait is longer than this, whatever a server asks for.
inline constexpr std::chrono::hours LongestWait{24};

/// Any of the three forms of an HTTP date (RFC 9110, 5.6.7); invalid for anything else.
/// The name of the weekday is not compared with the date.
/// @param now  tells the century of the form with two digits
[[nodiscard]] QDateTime httpDate(const QByteArray &text, const QDateTime &now);

/// How long the server of @p headers asks to wait, between 0 and LongestWait, or
/// nothing if it does not say so in a form that can be read. The first of these that
/// is present and well formed decides:
/// 1. Retry-After (RFC 9110, 10.2.3): seconds, or a date;
/// 2. RateLimit (draft-ietf-httpapi-ratelimit-headers, 2025-09): the longest `t` of
///    the items with `r=0`; a malformed field is ignored as a whole;
/// 3. RateLimit-Reset (the same draft up to -06, 2022) with RateLimit-Remaining 0;
/// 4. X-RateLimit-Reset without a positive X-RateLimit-Remaining: seconds, or the
///    moment in Unix time where the number is too large for a wait.
///
/// @param now  stands in for the answer's Date header where that is absent; dates are
///             compared with the server's clock, so that a wrong one here does no harm
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const HttpHeaders &headers,
                                                                  const QDateTime &now);

} // namespace icebreaker
