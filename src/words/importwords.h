#pragma once

#include "core/codeformat.h"
#include "core/requestimport.h"

#include <QString>

namespace icebreaker {

/// "Postman collection".
[[nodiscard]] QString requestFormatText(RequestFormat format);

/// Why it was not taken and, where there is something, what to do; with its place.
[[nodiscard]] QString importRefusalText(const RefusedRequest &refused);

/// What is good to know about what was taken, one sentence.
[[nodiscard]] QString importNoteText(const ImportNote &note);

/// "cURL (cmd.exe)".
[[nodiscard]] QString codeFormatText(CodeFormat format);

/// What to know before it is used.
[[nodiscard]] QString codeCaveatText(CodeCaveat caveat);

} // namespace icebreaker
