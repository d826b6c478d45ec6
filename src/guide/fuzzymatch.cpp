#include "guide/fuzzymatch.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace icebreaker {

namespace {

// Chosen so that characters in a row beat begins of words, which beat any other one;
// tst_fuzzymatch says what must follow from them.
constexpr int MatchValue = 16;
constexpr int StartBonus = 12;
constexpr int FirstBonus = 6; // the text's first character, beside StartBonus
constexpr int RowBonus = 15;
constexpr int GapCost = 1; // a character
constexpr int LongestGapCost = 8;
constexpr int NoScore = std::numeric_limits<int>::min() / 2;

QChar foldedChar(QChar c)
{
    const QString parts = c.decomposition();
    return parts.isEmpty() ? c.toCaseFolded() : parts.front().toCaseFolded();
}

bool beginsWord(const QString &text, qsizetype i)
{
    if (!text.at(i).isLetterOrNumber())
        return false;
    if (i == 0)
        return true;
    const QChar before = text.at(i - 1);
    return !before.isLetterOrNumber() || (before.isLower() && text.at(i).isUpper())
        || (before.isLetter() && text.at(i).isDigit());
}

bool isSubsequence(QStringView word, const QString &text)
{
    qsizetype at = 0;
    for (const QChar c : word) {
        at = text.indexOf(c, at);
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

/// The best way to find one word, by a table over its characters and those of the text.
class WordTable
{
public:
    WordTable(QStringView word, const FuzzyText &text)
        : m_word(word)
        , m_text(text)
        , m_columns(static_cast<std::size_t>(text.folded.size()))
        , m_scores(static_cast<std::size_t>(word.size()) * m_columns, NoScore)
        , m_from(m_scores.size(), -1)
    {
        for (qsizetype row = 0; row < word.size(); ++row)
            fillRow(row);
    }

    [[nodiscard]] FuzzyMatch best() const
    {
        const qsizetype last = m_word.size() - 1;
        FuzzyMatch match{NoScore, {}};
        int end = -1;
        for (int column = 0; column < static_cast<int>(m_columns); ++column) {
            if (at(last, column) > match.score) {
                match.score = at(last, column);
                end = column;
            }
        }
        for (qsizetype row = last; row >= 0 && end >= 0; --row) {
            match.places.prepend(end);
            end = m_from[index(row, end)];
        }
        return match;
    }

private:
    [[nodiscard]] std::size_t index(qsizetype row, int column) const
    {
        return static_cast<std::size_t>(row) * m_columns + static_cast<std::size_t>(column);
    }
    [[nodiscard]] int at(qsizetype row, int column) const { return m_scores[index(row, column)]; }

    void fillRow(qsizetype row)
    {
        int reach = NoScore; // the best of the row above, less what the gap costs
        int reachFrom = -1;
        for (int column = 0; column < static_cast<int>(m_columns); ++column) {
            if (m_text.folded.at(column) == m_word.at(row))
                fillCell(row, column, reach, reachFrom);
            if (row == 0)
                continue;
            reach -= reachFrom >= 0 && column - reachFrom <= LongestGapCost ? GapCost : 0;
            if (at(row - 1, column) > reach) {
                reach = at(row - 1, column);
                reachFrom = column;
            }
        }
    }

    void fillCell(qsizetype row, int column, int reach, int reachFrom)
    {
        int value = MatchValue;
        if (m_text.starts.at(column))
            value += StartBonus;
        if (column == 0)
            value += FirstBonus;
        const std::size_t cell = index(row, column);
        if (row == 0) {
            m_scores[cell] = value;
            return;
        }
        if (reach > NoScore / 2) {
            m_scores[cell] = reach + value;
            m_from[cell] = reachFrom;
        }
        const int before = column > 0 ? at(row - 1, column - 1) : NoScore;
        if (before > NoScore / 2 && before + value + RowBonus > m_scores[cell]) {
            m_scores[cell] = before + value + RowBonus;
            m_from[cell] = column - 1;
        }
    }

    QStringView m_word;
    const FuzzyText &m_text;
    std::size_t m_columns;
    std::vector<int> m_scores; ///< Of the word up to the row, its last character at the column.
    std::vector<int> m_from; ///< Where the character before is then.
};

} // namespace

FuzzyText::FuzzyText(const QString &text)
    : folded(text)
{
    starts.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        starts.append(beginsWord(text, i));
        folded[i] = foldedChar(text.at(i));
    }
}

FuzzyPattern::FuzzyPattern(const QString &typed)
{
    QString wanted = typed.left(FuzzyLongestPattern);
    for (QChar &c : wanted)
        c = foldedChar(c);
    words = wanted.split(u' ', Qt::SkipEmptyParts);
}

std::optional<FuzzyMatch> fuzzyMatch(const FuzzyPattern &pattern, const FuzzyText &text)
{
    const QStringList &words = pattern.words;
    for (const QString &word : words) {
        if (!isSubsequence(word, text.folded))
            return std::nullopt;
    }
    FuzzyMatch match;
    for (const QString &word : words) {
        const FuzzyMatch found = WordTable(word, text).best();
        match.score += found.score;
        match.places += found.places;
    }
    std::sort(match.places.begin(), match.places.end());
    match.places.erase(std::unique(match.places.begin(), match.places.end()), match.places.end());
    if (!words.isEmpty()) // of two that fit alike the shorter one is meant
        match.score -= static_cast<int>(std::min<qsizetype>(text.folded.size() / 8, 12));
    return match;
}

} // namespace icebreaker
