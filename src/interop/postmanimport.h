#pragma once

#include "interop/importjudge.h"

namespace icebreaker {

/// Whether it is a Postman collection, bare or as Postman's API wraps it.
[[nodiscard]] bool isPostmanCollection(const JsonObject &document);

/// Takes the requests of a collection, v2.0 or v2.1 (schema.postman.com), with those in its
/// folders. Variables are those of the hint's environment, then the collection's. Scripts
/// are not run: a note says so.
void takePostman(const JsonObject &document, const ImportHint &hint, ImportJudge &judge);

} // namespace icebreaker
