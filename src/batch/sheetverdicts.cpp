#include "batch/sheetverdicts.h"

#include <algorithm>

namespace icebreaker {

SheetVerdicts::SheetVerdicts(Data data)
    : m_data(std::make_shared<const Data>(std::move(data)))
{ }

qsizetype SheetVerdicts::rowCount() const
{
    return static_cast<qsizetype>(m_data->verdicts.size());
}

Verdict SheetVerdicts::verdict(qsizetype row) const
{
    return m_data->verdicts.at(static_cast<std::size_t>(row));
}

qsizetype SheetVerdicts::count(Verdict verdict) const
{
    return m_data->counts.at(static_cast<std::size_t>(verdict));
}

qsizetype SheetVerdicts::firstOf(qsizetype duplicate) const
{
    const auto &repeats = m_data->repeats;
    const auto found = std::lower_bound(
        repeats.begin(), repeats.end(), duplicate,
        [](const auto &repeat, qsizetype row) { return qsizetype{repeat.first} < row; });
    return found != repeats.end() && found->first == duplicate ? qsizetype{found->second} : -1;
}

qsizetype SheetVerdicts::people() const
{
    return m_data->people;
}

} // namespace icebreaker
