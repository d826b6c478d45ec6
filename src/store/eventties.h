#pragma once

#include "core/error.h"
#include "core/keptevent.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

class SqliteConnection;

/// Finds out which send an event is of. What an event's own path says is a fact, and so is
/// what somebody says by hand; both teach the event's message UUIDs, and every event that
/// came without a path follows from what was taught, whichever was there first. All inside
/// a transaction on the journal's write thread.
class EventTies
{
public:
    explicit EventTies(const SqliteConnection &connection);

    struct Tie {
        EventMatch match = EventMatch::None;
        qint64 send = 0; ///< Row of the log; 0: none.
        QString sendId; ///< Empty: none.
    };
    /// For an event that is not kept yet; its `sendId` is what its path named.
    [[nodiscard]] Result<Tie> find(const StatusEvent &event, EventSource source) const;

    /// The message UUIDs of @p event that are not empty.
    [[nodiscard]] static QStringList uuidsOf(const StatusEvent &event);
    /// Notes that the messages @p uuids are of @p send, and ties kept events accordingly.
    /// @return the sends that got or lost an event
    [[nodiscard]] Result<QSet<qint64>> teach(const QStringList &uuids, qint64 send) const;
    /// The opposite, after events of @p send were untied; what its other events still say
    /// remains.
    [[nodiscard]] Result<QSet<qint64>> forget(const QStringList &uuids, qint64 send) const;

private:
    [[nodiscard]] Result<Tie> byPath(const QString &sendId) const;
    /// None, and `send` -1, if the messages are those of several sends.
    [[nodiscard]] Result<Tie> byUuid(const QStringList &uuids) const;
    [[nodiscard]] Result<Tie> byNumber(const StatusEvent &event, EventSource source) const;
    /// Ties the events of the message @p uuid that came without a path as byUuid() says.
    [[nodiscard]] Result<QSet<qint64>> tieAgain(const QString &uuid) const;
    [[nodiscard]] Result<void> move(qint64 event, const Tie &tie) const;

    const SqliteConnection &m_connection;
};

/// How long after a send an event that names its number may be its: Vonage repeats a
/// callback that was not answered with 200 for 24 h, and most messages are read within a
/// day. A longer time would find more sends, not more truth.
inline constexpr qint64 GuessWindowMs = 24LL * 3600 * 1000;
/// How much the sender's clock, which ticks in seconds, may be behind ours.
inline constexpr qint64 ClockSlackMs = 60'000;
/// Digits of @p number as numberExpression() gives them; empty if it is no number.
[[nodiscard]] QString comparedNumber(const QString &number);
/// The latest moment at which the send of @p event can have been claimed, in milliseconds
/// since 1970 UTC; nothing if no time is known.
[[nodiscard]] std::optional<qint64> latestClaim(const StatusEvent &event, EventSource source);

} // namespace icebreaker
