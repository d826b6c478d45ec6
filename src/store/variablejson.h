#pragma once

#include "core/json.h"
#include "core/variable.h"

#include <QList>

#include <optional>

namespace icebreaker {

/// More than anybody types, fewer than would slow down every keystroke.
inline constexpr qsizetype MostVariables = 1000;

/// Variables as they stand in files: an object of texts by name, in the order in which they were
/// written. Nothing if a value is no text, a name is empty or there twice, or there are more than
/// MostVariables.
[[nodiscard]] std::optional<QList<Variable>> variablesFromJson(const JsonValue &value);
[[nodiscard]] JsonObject toJson(const QList<Variable> &variables);

/// Name by name without blanks at its ends; without those that have no name or whose name came
/// before.
[[nodiscard]] QList<Variable> tidied(const QList<Variable> &variables);

} // namespace icebreaker
