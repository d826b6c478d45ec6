#pragma once

#include <QColor>

class QPalette;

namespace icebreaker {

/// The colours of texts in JSON and of what is marked in them, at least 4.5:1 on the
/// palette's base in either scheme.
struct EditorColours {
    QColor text;
    QColor base;
    QColor margin;
    QColor muted; ///< Line numbers and punctuation.
    QColor name;
    QColor string;
    QColor escape;
    QColor number;
    QColor word; ///< true, false and null.
    QColor error;
    QColor warning;
    QColor line; ///< Of the cursor.
    QColor selection;
    QColor match; ///< Behind what was found.
};

[[nodiscard]] EditorColours editorColours(const QPalette &palette);

} // namespace icebreaker
