#include "ui/ratewatch.h"

#include "core/whendone.h"
#include "store/journal.h"

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

constexpr auto LookInterval = 500ms;

} // namespace

RateWatch::RateWatch(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
{
    m_timer.setInterval(LookInterval);
    connect(&m_timer, &QTimer::timeout, this, &RateWatch::look);
    connect(&m_journal, &Journal::changed, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
}

void RateWatch::setLane(const QString &lane, int limit)
{
    const bool sameLane = lane == m_lane;
    if (sameLane && limit == m_limit)
        return;
    m_lane = lane;
    m_limit = limit;
    if (!sameLane) {
        m_history.clear();
        look();
    }
    emit changed();
}

void RateWatch::look()
{
    if (m_isLooking || m_lane.isEmpty())
        return;
    m_isLooking = true;
    const QDateTime since = m_history.staleSince(QDateTime::currentDateTimeUtc());
    whenDone(m_journal.laneActivity(m_lane, since), this,
             [this, lane = m_lane](const Result<QList<LaneStart>> &starts) {
                 m_isLooking = false;
                 if (lane != m_lane) {
                     look();
                     return;
                 }
                 if (starts) {
                     QList<RateHistory::Start> fresh;
                     fresh.reserve(starts->size());
                     for (const LaneStart &start : *starts)
                         fresh.append({start.at, start.outcome == Outcome::RateLimited,
                                       start.outcome.has_value()});
                     m_history.update(fresh, QDateTime::currentDateTimeUtc());
                 }
                 // A quiet lane is looked at again when the journal changes.
                 if (m_history.starts().isEmpty()) {
                     m_timer.stop();
                 } else if (!m_timer.isActive()) {
                     m_timer.start();
                 }
                 emit changed();
             });
}

} // namespace icebreaker
