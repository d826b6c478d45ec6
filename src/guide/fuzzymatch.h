#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// A text made ready for being looked through many times.
struct FuzzyText {
    FuzzyText() = default;
    explicit FuzzyText(const QString &text);

    QString folded; ///< Small letters without accents, as long as the text.
    QList<bool> starts; ///< Whether a word begins at the character.
};

/// What was typed, made ready for many texts: its words as they are looked for.
struct FuzzyPattern {
    FuzzyPattern() = default;
    explicit FuzzyPattern(const QString &typed);

    QStringList words;
};

/// How well a pattern fits a text.
struct FuzzyMatch {
    int score = 0; ///< More is better; only comparable for one pattern.
    QList<int> places; ///< The text's characters that were meant, ascending.
};

/// Characters of a pattern that count; the rest is left out.
inline constexpr qsizetype FuzzyLongestPattern = 64;

/// Matches the words of @p pattern, each of them somewhere in the text as characters in
/// order with gaps: "exb" fits "Export Bundle". Begins of words and characters in a row are
/// worth more, gaps and what is left over cost. Upper and lower case and accents are the
/// same. An empty pattern fits everything with score 0.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(const FuzzyPattern &pattern,
                                                   const FuzzyText &text);

} // namespace icebreaker
