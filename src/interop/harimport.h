#pragma once

#include "interop/importjudge.h"

namespace icebreaker {

[[nodiscard]] bool isHar(const JsonObject &document);

/// Takes the requests of a HAR 1.2 log
/// (w3c.github.io/web-performance/specs/HAR/Overview.html), whoever wrote it.
void takeHar(const JsonObject &document, ImportJudge &judge);

} // namespace icebreaker
