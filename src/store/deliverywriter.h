#pragma once

#include "core/conversation.h"
#include "core/deliverystate.h"
#include "core/error.h"
#include "core/keptevent.h"
#include "store/eventties.h"

#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>

namespace icebreaker {

class BatchWriter;
class SqliteConnection;

/// What JournalWriter does with status events and conversations. Every function runs inside
/// a transaction on the journal's write thread; the meaning of each is that of its namesake
/// in Deliveries.
class DeliveryWriter
{
public:
    /// @param batches  are told of what became of their sends
    DeliveryWriter(const SqliteConnection &connection, const BatchWriter &batches);

    [[nodiscard]] Result<EventMatch> take(const StatusEvent &event, EventSource source) const;
    [[nodiscard]] Result<EventsTaken> takeAll(const QList<StatusEvent> &events, EventSource source,
                                              const QDateTime &now) const;
    [[nodiscard]] Result<void> assign(const QList<qint64> &events, const QString &sendId) const;
    [[nodiscard]] Result<void> release(const QList<qint64> &events) const;
    [[nodiscard]] Result<void> keepConversation(qint64 row, const KeptConversation &kept) const;
    /// Deletes what was heard of a send that is about to be deleted. What other sends' events
    /// are tied to follows from what is left.
    [[nodiscard]] Result<void> forget(qint64 send, const QString &sendId) const;

private:
    /// An event that is to be tied otherwise.
    struct Tied {
        qint64 send = 0; ///< 0: to none.
        EventMatch match = EventMatch::None;
        QStringList uuids;
    };
    [[nodiscard]] Result<Tied> tied(qint64 event) const;
    [[nodiscard]] Result<QSet<qint64>> assignOne(qint64 event, qint64 send,
                                                 const QString &sendId) const;
    [[nodiscard]] Result<QSet<qint64>> releaseOne(qint64 event) const;
    [[nodiscard]] Result<bool> isKnown(const StatusEvent &event) const;
    /// Adds what @p kept says to its send's state.
    [[nodiscard]] Result<void> advance(qint64 send, const KeptEvent &kept) const;
    /// Works out the states of @p sends from all of their events.
    [[nodiscard]] Result<void> reckon(const QSet<qint64> &sends) const;
    [[nodiscard]] Result<void> reckon(qint64 send) const;
    [[nodiscard]] Result<void> setState(qint64 send, const DeliveryState &state,
                                        qint64 batch) const;

    const SqliteConnection &m_connection;
    const BatchWriter &m_batches;
    EventTies m_ties;
};

} // namespace icebreaker
