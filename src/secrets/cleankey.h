#pragma once

#include "core/error.h"

#include <QByteArray>

namespace icebreaker {

/// Longest key that is accepted, in bytes. The documented keys are far shorter; a
/// longer text is something else that was in the clipboard.
constexpr qsizetype MaxKeyLength = 4096;

/// The key in a pasted text: white space around it is dropped, and so is the name of
/// a pasted `X-Vgai-Key: ...` header line (in any case). Fails with InvalidInput if
/// nothing is left, or if white space, a control character, a byte beyond ASCII or
/// more than MaxKeyLength bytes remain: such a text cannot be one header value. The
/// error names the reason and never repeats the text.
[[nodiscard]] Result<QByteArray> cleanKey(const QByteArray &pasted);

} // namespace icebreaker
