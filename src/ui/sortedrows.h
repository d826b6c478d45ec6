#pragma once

#include <QList>

#include <algorithm>
#include <vector>

namespace icebreaker {

/// Neighbouring rows of a model.
struct RowRun {
    int first = 0;
    int count = 0;
};

/// The places in @p rows whose numbers are not in @p others, as few runs; both ascending.
template <typename Number>
[[nodiscard]] QList<RowRun> missingRuns(const std::vector<Number> &rows,
                                        const std::vector<Number> &others)
{
    QList<RowRun> runs;
    auto other = others.begin();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        while (other != others.end() && *other < rows[i])
            ++other;
        if (other != others.end() && *other == rows[i])
            continue;
        const int place = static_cast<int>(i);
        if (!runs.isEmpty() && runs.last().first + runs.last().count == place)
            ++runs.last().count;
        else
            runs.append({place, 1});
    }
    return runs;
}

/// More runs than this are told to views as a reset: each run costs them a walk through
/// all their rows (1,190,000 rows with scattered hits: 167 s).
inline constexpr qsizetype MostRuns = 500;

} // namespace icebreaker
