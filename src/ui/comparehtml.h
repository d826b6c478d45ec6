#pragma once

#include "core/sendcomparison.h"

#include <QString>

/// Two sends side by side as rich text. Whatever came from outside is escaped.
namespace icebreaker::html {

/// What differs in a line is underlined and bold in both texts, and the line has a sign.
/// @param withVolatile  also what is different every time
[[nodiscard]] QString comparison(const QList<ComparedLine> &lines, const QString &leftTitle,
                                 const QString &rightTitle, bool withVolatile);

} // namespace icebreaker::html
