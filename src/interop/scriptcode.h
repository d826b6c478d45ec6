#pragma once

#include "interop/codeexport.h"

namespace icebreaker {

/// A program for Python 3 with the package requests; prints status and answer.
[[nodiscard]] QString toPython(const CodeRequest &request);
/// A module that uses fetch(); prints status and answer.
[[nodiscard]] QString toJavaScript(const CodeRequest &request);

} // namespace icebreaker
