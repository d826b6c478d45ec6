#pragma once

#include "interop/importjudge.h"

namespace icebreaker {

/// Whether it begins like an HTTP request, or like an editor's .http file.
[[nodiscard]] bool looksLikeHttp(QByteArrayView text);

/// Takes the requests of a raw HTTP/1.1 text (RFC 9112), one behind the other, with a body
/// that is chunked or has its length, or as editors write them: with a whole URL, and `###`
/// between two. Lines may end with LF alone. As a copy changes line ends, a wrong length
/// does no harm where the rest is one JSON text.
void takeHttp(const QByteArray &text, ImportJudge &judge);

} // namespace icebreaker
