#pragma once

#include "core/profile.h"

#include <QIcon>
#include <QString>

class QWidget;

/// The three looks of a profile. Each has a colour, a symbol of its own shape and its own
/// words, so that none of the three is needed to tell them apart.
namespace icebreaker::kind {

/// "sandbox", "test" or "live": the value of the style sheet's `kind` property.
[[nodiscard]] QString name(ProfileKind kind);
/// On the Send button: "Send to sandbox", "Send test" or "Send LIVE".
[[nodiscard]] QString sendText(ProfileKind kind);
/// A box, a test tube or a warning triangle.
[[nodiscard]] QIcon symbol(ProfileKind kind, const QColor &colour);
/// The program's icon with a badge.
[[nodiscard]] QIcon windowIcon(ProfileKind kind);
/// Sets the `kind` property and has the style sheet look at it.
void mark(QWidget &widget, ProfileKind kind);

} // namespace icebreaker::kind
