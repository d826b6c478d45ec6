#pragma once

#include <QByteArray>

#include <vector>

namespace icebreaker {

/// A text whose long lines are broken, for the screen only: no view draws a line of ten
/// megabytes. Positions are bytes.
struct BrokenLines {
    QByteArray text; ///< With the added line breaks.
    std::vector<qsizetype> breaks; ///< Places of the original that begin an added line.

    [[nodiscard]] qsizetype shown(qsizetype original) const;
    [[nodiscard]] qsizetype original(qsizetype shown) const;
};
inline constexpr qsizetype LongestLine = 1000; ///< Bytes; some screens wide.

/// Breaks between characters, behind a comma or blank where there is one near.
[[nodiscard]] BrokenLines brokenLines(const QByteArray &text);

} // namespace icebreaker
