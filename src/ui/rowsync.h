#pragma once

#include <QAbstractItemModel>
#include <QList>

#include <algorithm>

namespace icebreaker {

/// What happens to a list of rows when it becomes another one, as the fewest signals:
/// equal rows at both ends stay, so views keep selection, editors and scroll position.
struct RowChange {
    int first = 0; ///< First row that differs.
    int removed = 0; ///< Rows to remove from there, after `changed` of them changed in place.
    int inserted = 0;
    int changed = 0;
};

template <typename T>
[[nodiscard]] RowChange compareRows(const QList<T> &before, const QList<T> &after)
{
    const auto shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before.at(head) == after.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head
           && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail))
        ++tail;
    RowChange change;
    change.first = static_cast<int>(head);
    const auto oldMiddle = static_cast<int>(before.size() - head - tail);
    const auto newMiddle = static_cast<int>(after.size() - head - tail);
    change.changed = std::min(oldMiddle, newMiddle);
    change.removed = oldMiddle - change.changed;
    change.inserted = newMiddle - change.changed;
    return change;
}

} // namespace icebreaker
