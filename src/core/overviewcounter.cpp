#include "core/overviewcounter.h"

#include <algorithm>
#include <numeric>

namespace icebreaker {

namespace {

/// Each a multiple of the one before, so that slots can be put together.
constexpr std::array<qint64, 11> StepSeconds{1,    5,     15,    60,     300,    900,
                                             3600, 10800, 21600, 86'400, 604'800};
constexpr qint64 MostBars = 60; // as many as can be told apart and clicked

/// Upper ends of the bins of answer times, in milliseconds.
constexpr std::array<qint64, 9> BinEnds{50, 100, 200, 500, 1000, 2000, 5000, 10'000, 30'000};

qint64 floorDivided(qint64 number, qint64 divisor)
{
    return number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor);
}

/// The smallest of the sorted @p times that at least @p percent of all do not exceed.
std::chrono::milliseconds rankOf(const std::vector<qint64> &times, std::size_t percent)
{
    constexpr std::size_t hundred = 100;
    const std::size_t rank = (times.size() * percent + hundred - 1) / hundred;
    return std::chrono::milliseconds(times.at(std::max<std::size_t>(rank, 1) - 1));
}

} // namespace

OverviewPart overviewPart(std::optional<Outcome> outcome)
{
    if (!outcome)
        return OverviewPart::InFlight;
    switch (*outcome) {
    case Outcome::Accepted: return OverviewPart::Accepted;
    case Outcome::RateLimited: return OverviewPart::RateLimited;
    case Outcome::Refused: return OverviewPart::Refused;
    case Outcome::NotSent:
    case Outcome::Cancelled: return OverviewPart::NotSent;
    case Outcome::Unknown: break;
    }
    return OverviewPart::Unknown;
}

qint64 OverviewBar::total() const
{
    return std::accumulate(counts.begin(), counts.end(), qint64(0));
}

OverviewCounter::OverviewCounter(int utcOffset)
    : m_utcOffset(utcOffset)
{ }

std::chrono::seconds OverviewCounter::step() const
{
    return std::chrono::seconds(StepSeconds.at(m_step));
}

void OverviewCounter::add(const OverviewGroup &group)
{
    const auto part = static_cast<std::size_t>(overviewPart(group.outcome));
    m_sends += group.sends;
    m_counts.at(part) += group.sends;
    if (group.slot)
        m_slots[*group.slot].at(part) += group.sends;
    if (!group.error.isEmpty())
        m_errors[group.error] += group.sends;
    m_took.insert(m_took.end(), group.took.begin(), group.took.end());
}

void OverviewCounter::add(const PaceBin &bin)
{
    const qint64 starts = std::min(bin.starts, MostPace);
    PaceBin &sum = m_pace[starts];
    sum.starts = starts;
    sum.seconds += bin.seconds;
    sum.sends += bin.sends;
    sum.rateLimited += bin.rateLimited;
}

qint64 OverviewCounter::slotCount() const
{
    return m_slots.isEmpty() ? 0 : m_slots.lastKey() - m_slots.firstKey() + 1;
}

void OverviewCounter::coarsen()
{
    while (slotCount() > MostBars && m_step + 1 < StepSeconds.size()) {
        const qint64 times = StepSeconds.at(m_step + 1) / StepSeconds.at(m_step);
        QMap<qint64, OverviewCounts> longer;
        for (auto slot = m_slots.cbegin(); slot != m_slots.cend(); ++slot) {
            OverviewCounts &sum = longer[floorDivided(slot.key(), times)];
            for (std::size_t part = 0; part < OverviewParts; ++part)
                sum.at(part) += slot.value().at(part);
        }
        m_slots = longer;
        ++m_step;
    }
}

Overview OverviewCounter::overview(qsizetype errors) const
{
    Overview overview;
    overview.sends = m_sends;
    overview.counts = m_counts;
    overview.step = step();
    overview.bars = bars();
    for (auto error = m_errors.cbegin(); error != m_errors.cend(); ++error)
        overview.errors.append({error.key(), error.value()});
    std::sort(overview.errors.begin(), overview.errors.end(),
              [](const OverviewError &a, const OverviewError &b) {
                  return a.count != b.count ? a.count > b.count : a.token < b.token;
              });
    overview.errors = overview.errors.mid(0, errors);
    overview.latency = latency();
    overview.pace = m_pace.values();
    return overview;
}

/// A long history has a bar for each week of the last ten years.
QList<OverviewBar> OverviewCounter::bars() const
{
    QList<OverviewBar> bars;
    if (m_slots.isEmpty())
        return bars;
    constexpr qint64 mostWeeks = 520; // ten years
    const qint64 seconds = StepSeconds.at(m_step);
    const qint64 first = std::max(m_slots.firstKey(), m_slots.lastKey() - mostWeeks);
    for (qint64 slot = first; slot <= m_slots.lastKey(); ++slot) {
        bars.append({QDateTime::fromSecsSinceEpoch(slot * seconds - m_utcOffset, Qt::UTC),
                     m_slots.value(slot)});
    }
    return bars;
}

OverviewLatency OverviewCounter::latency() const
{
    OverviewLatency latency;
    std::vector<qint64> times = m_took;
    std::sort(times.begin(), times.end());
    latency.timed = static_cast<qint64>(times.size());
    if (times.empty())
        return latency;
    latency.median = rankOf(times, 50);
    latency.p90 = rankOf(times, 90);
    latency.p95 = rankOf(times, 95);
    latency.p99 = rankOf(times, 99);
    latency.longest = std::chrono::milliseconds(times.back());
    auto from = times.cbegin();
    for (const qint64 end : BinEnds) {
        const auto to = std::upper_bound(from, times.cend(), end);
        latency.bins.append({std::chrono::milliseconds(end), to - from});
        from = to;
    }
    latency.bins.append({std::nullopt, times.cend() - from});
    return latency;
}

} // namespace icebreaker
