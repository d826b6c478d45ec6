#pragma once

#include "core/jsonoutline.h"
#include "core/requestcheck.h"

namespace icebreaker {

/// Where in a request's text it says what @p entry is about: the value of the member or of
/// the row; what is around it if there is no such value. `begin` and `end` in bytes.
struct ByteSpan {
    qsizetype begin = 0;
    qsizetype end = 0;
    friend bool operator==(const ByteSpan &, const ByteSpan &) = default;
};
[[nodiscard]] ByteSpan spanOf(const JsonNode &request, const CheckEntry &entry);

} // namespace icebreaker
