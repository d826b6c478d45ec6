#pragma once

#include "core/json.h"

#include <QString>

namespace icebreaker {

// The examples that a template's component carries for its placeholders, in the forms
// that Meta's management API gives and takes.

/// @param part   "header" or "body"
/// @param index  of the placeholder, from 1
/// @param name   between the braces; looked for first
[[nodiscard]] QString textExample(const JsonObject &component, const QString &part, int index,
                                  const QString &name);
void setTextExample(JsonObject &component, const QString &part, int index, const QString &name,
                    bool named, const QString &example);

/// Of a header's picture, video or document: the link that it was submitted with.
[[nodiscard]] QString mediaExample(const JsonObject &component);
void setMediaExample(JsonObject &component, const QString &link);

/// Of a button: a list with one text, or the text.
[[nodiscard]] QString buttonExample(const JsonObject &button);

} // namespace icebreaker
