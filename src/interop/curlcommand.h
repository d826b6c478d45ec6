#pragma once

#include "interop/commandwords.h"
#include "interop/importjudge.h"

#include <tl/expected.hpp>

namespace icebreaker {

/// The request that a curl command would send (curl.se/docs/manpage.html, 2026-11).
/// Options that change what is sent, or where to, in a way that is not done here are
/// refused; those that concern curl itself are noted and left out.
/// @param command  its first word is curl, whatever it is called
/// @param input    what `@-` reads, if that is known
[[nodiscard]] tl::expected<WireRequest, RefusedRequest>
readCurlCommand(const CommandLine &command, const std::optional<QByteArray> &input,
                const ImportHint &hint);

} // namespace icebreaker
