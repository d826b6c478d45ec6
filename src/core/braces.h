#pragma once

#include <QList>
#include <QString>

namespace icebreaker {

/// A piece of a text: constant, or `{{name}}`.
struct BracedPiece {
    QString text; ///< As it stands there, with its braces.
    bool isPlaceholder = false;

    /// Between the braces, without blanks at its ends.
    [[nodiscard]] QString name() const { return text.mid(2, text.size() - 4).trimmed(); }
};

/// @p text in pieces, from its beginning to its end. Of several openings the nearest before a
/// closing one counts: in "{{a {{b}}" there is one placeholder, "b".
[[nodiscard]] QList<BracedPiece> bracedPieces(const QString &text);

/// Whether there is a placeholder in @p text.
[[nodiscard]] bool hasPlaceholder(const QString &text);

} // namespace icebreaker
