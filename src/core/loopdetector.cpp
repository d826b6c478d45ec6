#include "core/loopdetector.h"

#include <algorithm>

namespace icebreaker {

namespace {

/// Things that are watched at a time. At 61 moments of 8 bytes each, 2 MB at most.
constexpr qsizetype MostTracks = 4096;

/// Submitted, delivered, read: what the first message of a send causes.
constexpr qsizetype StatusesOfAMessage = 3;

constexpr QChar Separator(u'\x1f'); // in no UUID and no status word

} // namespace

LoopDetector::LoopDetector(const LoopLimits &limits)
    : m_limits(limits)
{ }

void LoopDetector::Track::add(Time now, std::chrono::milliseconds window, int limit)
{
    const Time oldest = now - window.count();
    const auto fresh = std::find_if(moments.cbegin(), moments.cend(),
                                    [oldest](Time moment) { return moment > oldest; });
    moments.erase(moments.cbegin(), fresh);
    moments.append(now);
    if (moments.size() > limit + 1) // one more than allowed is enough to know
        moments.removeFirst();
}

std::optional<LoopAlarm> LoopDetector::note(const StatusEvent &event)
{
    const Time now = advanceTo(event.arrivedAt);
    prune(m_copies, now, m_limits.perMinute);
    prune(m_sends, now, m_limits.perMinute);

    Track &copies = m_copies[event.sendId + Separator + event.messageUuid + Separator
                             + event.statusText.toLower()];
    copies.add(now, m_limits.perMinute, m_limits.copies);
    Track none;
    Track &ofSend = event.sendId.isEmpty() ? none : m_sends[event.sendId];
    if (!event.sendId.isEmpty())
        ofSend.add(now, m_limits.perMinute, m_limits.perSend);
    const bool explained = !event.sendId.isEmpty() && ofSend.moments.size() <= StatusesOfAMessage;
    if (!explained)
        m_unexplained.add(now, m_limits.burst, m_limits.unexplained);

    using Kind = LoopAlarm::Kind;
    auto alarm = judge(Kind::SameAgain, copies, m_limits.copies, m_limits.perMinute);
    if (!alarm)
        alarm = judge(Kind::SendTooBusy, ofSend, m_limits.perSend, m_limits.perMinute);
    if (!alarm && !explained)
        alarm = judge(Kind::Unexplained, m_unexplained, m_limits.unexplained, m_limits.burst);
    if (alarm) {
        alarm->sendId = event.sendId;
        alarm->messageUuid = event.messageUuid;
        alarm->status = event.status;
    }
    return alarm;
}

LoopDetector::Time LoopDetector::advanceTo(const QDateTime &arrivedAt)
{
    const Time at = arrivedAt.isValid() ? arrivedAt.toMSecsSinceEpoch() : m_now;
    if (at < m_now - m_limits.perMinute.count()) { // the clock was set back
        m_copies.clear();
        m_sends.clear();
        m_unexplained = {};
        m_exceeded = {};
        m_now = at;
    }
    m_now = std::max(m_now, at);
    return m_now;
}

std::optional<LoopAlarm> LoopDetector::judge(LoopAlarm::Kind kind, const Track &track, int limit,
                                             std::chrono::milliseconds window)
{
    auto &exceeded = m_exceeded.at(static_cast<std::size_t>(kind));
    const bool episode = exceeded && m_now - *exceeded < window.count();
    if (track.moments.size() <= limit)
        return std::nullopt;
    exceeded = m_now;
    if (episode)
        return std::nullopt;
    LoopAlarm alarm;
    alarm.kind = kind;
    alarm.count = static_cast<int>(track.moments.size());
    alarm.window = window;
    return alarm;
}

void LoopDetector::prune(Tracks &tracks, Time now, std::chrono::milliseconds window)
{
    if (tracks.size() < MostTracks)
        return;
    const Time oldest = now - window.count();
    tracks.removeIf([oldest](const auto &entry) {
        return entry.value().moments.isEmpty() || entry.value().moments.constLast() <= oldest;
    });
    if (tracks.size() >= MostTracks) // a flood of different things: SameAgain cannot be
        tracks.clear(); // seen in it, Unexplained can
}

} // namespace icebreaker
