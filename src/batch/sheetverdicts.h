#pragma once

#include <QtGlobal>

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace icebreaker {

/// The first one that applies in the order DoNotMessage, Bad, Duplicate, Warned, Ready.
enum class Verdict : quint8 {
    Ready,
    Warned, ///< Can be sent; something looks wrong.
    Bad, ///< Has errors: the API would refuse it.
    Duplicate, ///< Same recipient and same content as an earlier row that can be sent.
    DoNotMessage, ///< The recipient is on the list.
};
inline constexpr std::size_t VerdictCount = 5;

/// What the checks found, for every row. Copies share their data.
class SheetVerdicts
{
public:
    struct Data {
        std::vector<Verdict> verdicts;
        std::array<qsizetype, VerdictCount> counts{};
        std::vector<std::pair<quint32, quint32>> repeats; ///< Row, what it repeats; by row.
        qsizetype people = 0;
    };

    SheetVerdicts() = default; ///< Of no rows.
    explicit SheetVerdicts(Data data);

    [[nodiscard]] qsizetype rowCount() const;
    [[nodiscard]] Verdict verdict(qsizetype row) const;
    [[nodiscard]] qsizetype count(Verdict verdict) const;
    [[nodiscard]] qsizetype firstOf(qsizetype duplicate) const; ///< What it repeats, or -1.
    /// Distinct recipients of what can be sent (Ready and Warned).
    [[nodiscard]] qsizetype people() const;

private:
    std::shared_ptr<const Data> m_data = std::make_shared<const Data>();
};

} // namespace icebreaker
