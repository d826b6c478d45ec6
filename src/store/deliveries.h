#pragma once

#include "core/conversation.h"
#include "core/error.h"
#include "core/funnel.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"
#include "store/deliverywriter.h"
#include "store/logfilter.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace icebreaker {

class Journal;
class JournalThreads;

/// What was heard of sends after they were accepted: status events, tied to their sends or
/// not, and the conversations that were fetched.
///
/// Same threads, errors and rules as Journal, which must outlive it and be open.
class Deliveries : public QObject
{
    Q_OBJECT

public:
    explicit Deliveries(Journal &journal, QObject *parent = nullptr);

    /// Records an event, ties it to its send and advances the send's delivery state: by the
    /// send ID of its path, else by a message UUID that is known, else by number and time.
    /// When the future finishes without an error, it is on the disk. @return how it was tied
    QFuture<Result<EventMatch>> take(const StatusEvent &event, EventSource source);

    /// The same for many, in one transaction. An event without `arrivedAt` gets @p now.
    QFuture<Result<EventsTaken>> takeAll(const QList<StatusEvent> &events, EventSource source,
                                         const QDateTime &now);

    /// Tied to no send, newest first, below @p before (<= 0: from the newest).
    [[nodiscard]] QFuture<Result<QList<KeptEvent>>> unmatched(qint64 before, int limit);
    [[nodiscard]] QFuture<Result<qint64>> unmatchedCount();
    /// Sends that an event might belong to, likeliest first: same number, before the event,
    /// at most a week apart.
    [[nodiscard]] QFuture<Result<QList<SendRecord>>> candidates(qint64 event, int limit);
    /// Ties events to a send by hand. Fails with InvalidInput if there is no such send, or for
    /// an event that came to another send's own address.
    QFuture<Result<void>> assign(const QList<qint64> &events, const QString &sendId);
    /// Takes back what was tied by hand or guessed, and the states that followed from it.
    /// Fails with InvalidInput for an event that was tied otherwise.
    QFuture<Result<void>> release(const QList<qint64> &events);

    /// Of all sends that match @p filter. Stops when its future is cancelled.
    [[nodiscard]] QFuture<Result<Funnel>> funnel(const LogFilter &filter);

    /// Keeps what was said, instead of an earlier version. Fails with InvalidInput if there
    /// is no such row.
    QFuture<Result<void>> keepConversation(qint64 row, const KeptConversation &conversation);
    [[nodiscard]] QFuture<Result<std::optional<KeptConversation>>> conversation(qint64 row);

    /// The newest send before @p row that is known to have been good: with the same template
    /// (of an SMS: the same agent) and channel, accepted and surely delivered, else accepted
    /// and not known to have failed. Nothing if there is none. Looks through the whole
    /// history if need be, unless its future is cancelled.
    [[nodiscard]] QFuture<Result<std::optional<qint64>>> lastGood(qint64 row);

signals:
    /// Events that are tied to no send came, or went.
    void unmatchedChanged();

private:
    template <typename Work>
    [[nodiscard]] auto write(Work work);
    template <typename Work>
    [[nodiscard]] auto read(Work work);

    JournalThreads &m_threads;
};

} // namespace icebreaker
