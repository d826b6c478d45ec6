#pragma once

#include <QByteArray>

#include <vector>

namespace icebreaker {

/// What SQLite's group_concat() made of a column of numbers: fetching a value of a row takes
/// longer than all else, and this way there is one for thousands. Stops at what is no number.
[[nodiscard]] std::vector<qint64> numberList(const QByteArray &text);

} // namespace icebreaker
