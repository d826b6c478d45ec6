#pragma once

#include "core/json.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <optional>

namespace icebreaker {

/// A send as one JSON object: what `icebreaker-cli log --json` prints under the same names,
/// and beside it the request (as JSON where it is JSON), the answer with its headers, and the
/// times. Bodies that are no UTF-8 lose what cannot be written.
[[nodiscard]] JsonObject sendObject(const SendRecord &record);
/// Reads it back, whoever wrote it: what is missing or of another type is absent, what is
/// not JSON's fault is kept. Nothing without an `id`.
[[nodiscard]] std::optional<SendRecord> sendFromObject(const JsonObject &object);

/// A status event likewise, with `raw` as it came and how it was tied.
[[nodiscard]] JsonObject eventObject(const KeptEvent &event);
[[nodiscard]] std::optional<KeptEvent> eventFromObject(const JsonObject &object);

} // namespace icebreaker
