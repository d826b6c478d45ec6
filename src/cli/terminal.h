#pragma once

namespace icebreaker {

/// Columns of the terminal that standard error goes to; 0 if it goes elsewhere.
[[nodiscard]] int terminalWidth();

} // namespace icebreaker
