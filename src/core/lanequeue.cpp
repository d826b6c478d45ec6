#include "core/lanequeue.h"

#include <algorithm>
#include <numeric>

namespace icebreaker {

namespace {

bool hasJobs(const QQueue<SendJob> &turn)
{
    return !turn.isEmpty();
}

} // namespace

void LaneQueue::add(const SendJob &job)
{
    m_turns.at(static_cast<std::size_t>(job.turn)).enqueue(job);
}

qsizetype LaneQueue::size() const
{
    return std::accumulate(
        m_turns.begin(), m_turns.end(), qsizetype{0},
        [](qsizetype sum, const QQueue<SendJob> &turn) { return sum + turn.size(); });
}

const SendJob &LaneQueue::first() const
{
    return std::find_if(m_turns.begin(), m_turns.end(), hasJobs)->head();
}

SendJob LaneQueue::takeFirst()
{
    return std::find_if(m_turns.begin(), m_turns.end(), hasJobs)->dequeue();
}

std::optional<SendJob> LaneQueue::take(const QString &sendId)
{
    for (QQueue<SendJob> &turn : m_turns) {
        const auto found = std::find_if(turn.begin(), turn.end(), [&sendId](const SendJob &job) {
            return job.claim.sendId == sendId;
        });
        if (found == turn.end())
            continue;
        SendJob job = *found;
        turn.erase(found);
        return job;
    }
    return std::nullopt;
}

} // namespace icebreaker
