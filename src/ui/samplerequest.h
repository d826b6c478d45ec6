#pragma once

#include "store/draft.h"

namespace icebreaker {

/// A complete request for the sandbox, so that the first Send needs no typing. Its
/// number is one of Ofcom's for drama: nobody has it.
[[nodiscard]] Draft sampleDraft();

} // namespace icebreaker
