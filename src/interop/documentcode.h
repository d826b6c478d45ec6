#pragma once

#include "core/json.h"
#include "interop/codeexport.h"

namespace icebreaker {

/// A Postman collection, v2.1, with one request; its key is the variable VGAI_KEY.
[[nodiscard]] JsonObject toPostman(const CodeRequest &request);
/// A HAR 1.2 log with one request and no answer.
[[nodiscard]] JsonObject toHar(const CodeRequest &request);
/// HTTP/1.1 as it goes over the wire.
[[nodiscard]] QString toHttp(const CodeRequest &request);

} // namespace icebreaker
