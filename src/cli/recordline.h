#pragma once

#include "core/json.h"
#include "core/sendrecord.h"

#include <QString>

namespace icebreaker {

/// What `send --json` prints: id, to, outcome (null while in flight), status (null if
/// none was read), took_ms, batch and row (null: it belongs to no batch), and
/// retry_after_ms if the server asked to wait.
[[nodiscard]] JsonObject sendJson(const SendRecord &record);

/// What `log --json` prints: as sendJson(), and the rest of the log's columns.
[[nodiscard]] JsonObject logJson(const SendRecord &record);

/// What `send` prints for people: one line.
[[nodiscard]] QString sendLine(const SendRecord &record);

} // namespace icebreaker
