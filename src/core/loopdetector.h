#pragma once

#include "core/statusevent.h"

#include <QHash>
#include <QList>
#include <QString>

#include <array>
#include <chrono>
#include <optional>

namespace icebreaker {

/// When callbacks look like a loop. Neither Vonage nor Meta documents such numbers; each
/// default is reasoned from documented ones (retry and rate: API pages of 2026-11).
struct LoopLimits {
    /// Of one callback (send, message and status the same) within `perMinute`. What was
    /// answered 200 is not sent again, and a message reaches each status once; a few
    /// copies are ordinary (an answer that was lost on its way back).
    int copies = 5;
    /// Of one send within `perMinute`, whatever their messages. A session's later
    /// messages may report to the same address: a person who answers every 10 s, three
    /// messages of the agent to each answer, three statuses to each message make 54.
    int perSend = 60;
    /// Within `burst` of callbacks that no send explains: they name none, or come on top
    /// of the three statuses of its first message. The highest limit of an agent is 5
    /// sessions per second, so 15 statuses; as many again without a send are no person's.
    int unexplained = 150;
    std::chrono::milliseconds perMinute{60'000};
    std::chrono::milliseconds burst{10'000};
};

/// What looks like a loop, and by which callback it was noticed.
struct LoopAlarm {
    enum class Kind {
        SameAgain, ///< The same callback again and again.
        SendTooBusy, ///< More callbacks for one send than a person can cause.
        Unexplained, ///< Many callbacks that belong to no send.
    };
    Kind kind = Kind::SameAgain;
    QString sendId; ///< Empty if the callback named none.
    QString messageUuid;
    DeliveryStatus status = DeliveryStatus::Other;
    int count = 0; ///< Within `window`.
    std::chrono::milliseconds window{0};
};

/// Notices that callbacks cause callbacks: the usual reason is a Status URL that is the
/// Vonage application's own, of which AI Studio's documentation warns
/// (studio.docs.ai.vonage.com/whatsapp/get-started/triggering-an-outbound-whatsapp-virtual-agent).
///
/// Pure: time is that of the events. Give it only events that were confirmed (answered
/// 200), because the sender rightly repeats others. Memory is bounded whatever comes.
class LoopDetector
{
public:
    explicit LoopDetector(const LoopLimits &limits = {});

    /// Takes the next event; needs its sendId, messageUuid, statusText and arrivedAt,
    /// which may go back a little (less than a minute; after more it starts afresh).
    ///
    /// Each kind alarms once per episode: an episode lasts until the limit was not
    /// exceeded for as long as its window. If several begin at once, the first in the
    /// order of LoopAlarm::Kind is returned and the others with the next events.
    [[nodiscard]] std::optional<LoopAlarm> note(const StatusEvent &event);

private:
    using Time = qint64; ///< Milliseconds since 1970.
    static constexpr std::size_t Kinds = 3;

    /// The latest moments of one thing, as many as are needed to tell whether they are
    /// too many.
    struct Track {
        QList<Time> moments;
        void add(Time now, std::chrono::milliseconds window, int limit);
    };
    using Tracks = QHash<QString, Track>;

    [[nodiscard]] Time advanceTo(const QDateTime &arrivedAt);
    [[nodiscard]] std::optional<LoopAlarm> judge(LoopAlarm::Kind kind, const Track &track,
                                                 int limit, std::chrono::milliseconds window);
    static void prune(Tracks &tracks, Time now, std::chrono::milliseconds window);

    const LoopLimits m_limits;
    Time m_now = 0;
    Tracks m_copies;
    Tracks m_sends;
    Track m_unexplained;
    /// Since when each kind's limit was last exceeded; absent outside an episode.
    std::array<std::optional<Time>, Kinds> m_exceeded;
};

} // namespace icebreaker
