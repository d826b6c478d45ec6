#include "ui/ratehistory.h"

#include <algorithm>

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

/// Long enough for several gaps at 1 per second, short enough to show a dip.
constexpr std::chrono::milliseconds Window = 8s;

bool isEarlier(const RateHistory::Start &start, const QDateTime &moment)
{
    return start.at < moment;
}

} // namespace

void RateHistory::update(const QList<Start> &starts, const QDateTime &now)
{
    if (!starts.isEmpty()) {
        const auto from =
            std::lower_bound(m_starts.cbegin(), m_starts.cend(), starts.first().at, isEarlier);
        m_starts.erase(from, m_starts.cend());
        m_starts.append(starts);
    }
    const QDateTime oldest = now.addMSecs(-std::chrono::milliseconds(Span).count());
    m_starts.erase(m_starts.cbegin(),
                   std::lower_bound(m_starts.cbegin(), m_starts.cend(), oldest, isEarlier));
}

QDateTime RateHistory::staleSince(const QDateTime &now) const
{
    const auto unsettled = std::find_if(m_starts.begin(), m_starts.end(),
                                        [](const Start &start) { return !start.isSettled; });
    if (unsettled != m_starts.end())
        return unsettled->at;
    return m_starts.isEmpty() ? now.addMSecs(-std::chrono::milliseconds(Span).count())
                              : m_starts.last().at;
}

double RateHistory::rateAt(const QDateTime &moment) const
{
    const auto end = std::upper_bound(
        m_starts.begin(), m_starts.end(), moment,
        [](const QDateTime &value, const Start &start) { return value < start.at; });
    const auto begin =
        std::lower_bound(m_starts.begin(), end, moment.addMSecs(-Window.count()), isEarlier);
    const auto gaps = std::distance(begin, end) - 1;
    if (gaps < 1)
        return 0;
    const auto span = static_cast<double>(begin->at.msecsTo(std::prev(end)->at));
    const auto silence = static_cast<double>(std::prev(end)->at.msecsTo(moment));
    const double gap = span / static_cast<double>(gaps);
    constexpr double second = 1000;
    // The last gap is not over; once it is longer than the others it counts.
    const double measured = std::max(silence > gap ? span + silence - gap : span, 1.0);
    return static_cast<double>(gaps) * second / measured;
}

int RateHistory::rateLimitedCount() const
{
    return static_cast<int>(std::count_if(m_starts.begin(), m_starts.end(),
                                          [](const Start &start) { return start.isRateLimited; }));
}

int RateHistory::peak() const
{
    constexpr qint64 second = 1000; // ms
    qsizetype begin = 0;
    qsizetype most = 0;
    for (qsizetype end = 0; end < m_starts.size(); ++end) {
        while (m_starts.at(begin).at.msecsTo(m_starts.at(end).at) >= second)
            ++begin;
        most = std::max(most, end - begin + 1);
    }
    return static_cast<int>(most);
}

} // namespace icebreaker
