#pragma once

#include "core/overview.h"

#include <QHash>
#include <QMap>

namespace icebreaker {

/// Counts groups of sends into an Overview. Nobody knows beforehand what time they span: it
/// begins with steps of a second and goes over to longer ones as they turn out to be needed.
class OverviewCounter
{
public:
    /// @param utcOffset  of the time zone in which days and hours begin, in seconds
    explicit OverviewCounter(int utcOffset);

    /// So long are the slots of the groups that add() takes next.
    [[nodiscard]] std::chrono::seconds step() const;
    [[nodiscard]] int utcOffset() const { return m_utcOffset; }
    void add(const OverviewGroup &group);
    void add(const PaceBin &bin);
    /// Goes over to longer steps if there are too many slots by now; call it when all groups
    /// of one step() are added.
    void coarsen();

    /// Of all that were added so far. @param errors  at most so many
    [[nodiscard]] Overview overview(qsizetype errors) const;

private:
    [[nodiscard]] qint64 slotCount() const;
    [[nodiscard]] QList<OverviewBar> bars() const;
    [[nodiscard]] OverviewLatency latency() const;

    const int m_utcOffset;
    std::size_t m_step = 0; ///< Index into the possible ones.
    qint64 m_sends = 0;
    OverviewCounts m_counts{};
    QMap<qint64, OverviewCounts> m_slots;
    QHash<QString, qint64> m_errors;
    std::vector<qint64> m_took;
    QMap<qint64, PaceBin> m_pace;
};

} // namespace icebreaker
