#pragma once

#include "core/json.h"
#include "core/sendrecord.h"

#include <optional>

namespace icebreaker {

/// One send as an entry of a HAR 1.2 log
/// (w3c.github.io/web-performance/specs/HAR/Overview.html). The key is never in it: its header
/// says so. What HAR has no place for is in `_icebreaker`, as sendObject() names it.
[[nodiscard]] JsonObject harEntry(const SendRecord &record);

/// What stands before and behind a log's entries, which are separated by commas.
[[nodiscard]] QByteArray harBegin();
[[nodiscard]] QByteArray harEnd();

/// An entry as a send, whoever wrote it: ours with all of it, another program's with its
/// request, answer and times. Nothing if it is no POST.
[[nodiscard]] std::optional<SendRecord> sendFromHarEntry(const JsonObject &entry);

} // namespace icebreaker
