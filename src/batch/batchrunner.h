#pragma once

#include "core/apikey.h"
#include "core/batch.h"
#include "core/destination.h"
#include "core/dispatcher.h"
#include "core/requesttemplate.h"
#include "store/batches.h"

#include <QHash>
#include <QObject>
#include <QQueue>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>

namespace icebreaker {

/// Takes one batch through the Dispatcher: keeps a few of its rows waiting there, puts
/// rows back that met a 429 or an unreachable host, and pauses where every further row
/// would fail as well. What is known about rows is in the journal alone; this object can
/// go at any moment and another one goes on.
///
/// Lives in the Dispatcher's thread.
class BatchRunner : public QObject
{
    Q_OBJECT

public:
    struct Services {
        Dispatcher &dispatcher;
        Batches &batches;
        /// The profile's inbox's address for a send; may be empty.
        std::function<QString(const QString &sendId)> inboxUrl;
    };

    /// @param record  taken by this process (Batches::take or create)
    /// @param base  where it goes this time; see core/endpoint.h
    BatchRunner(Services services, const BatchRecord &record, const QUrl &base, ApiKey key,
                QObject *parent = nullptr);
    /// Withdraws what waits; what is in flight is still reported to the journal.
    ~BatchRunner() override;
    Q_DISABLE_COPY_MOVE(BatchRunner)

    void run(); ///< Starts, or goes on after a pause.
    void pause();
    /// Ends it for now: what is in flight still reports, then the state is Stopped.
    void stop();
    /// One waiting row at once (at its lane's next slot), also while paused.
    void sendNow(qint64 row);
    /// Puts refused rows back and goes on. @param rows  empty: all
    void retryRefused(const QList<qint64> &rows = {});
    /// For the rows from now on; 1, 3 or 5.
    void setLimit(int limit);

    [[nodiscard]] qint64 id() const { return m_record.id; }
    [[nodiscard]] const BatchRecord &record() const { return m_record; } ///< State and pause too.
    /// Rows handed to the network whose outcome is not recorded yet.
    [[nodiscard]] qsizetype inFlight() const;
    /// While the host cannot be reached or the lane rests after a 429: how long, from now.
    [[nodiscard]] std::optional<std::chrono::milliseconds> restLeft() const;
    [[nodiscard]] bool hostUnreachable() const { return m_hostUnreachable; }

signals:
    /// One attempt for one row is over and recorded; without `row` and `settledAt`.
    void rowEnded(const icebreaker::SendRecord &record);
    /// State, pause reason, rest or number in flight is different.
    void changed();
    /// No row waits and none is in flight, or it was stopped and the last one reported.
    void ended();
    /// The journal could not be read or written; the batch has paused.
    void failed(const icebreaker::Error &error);

private:
    struct Pending {
        Claim claim;
        QStringList cells; ///< To send the row again after a 429.
        bool started = false; ///< Handed to the network.
        [[nodiscard]] qint64 row() const { return claim.batchRow->row; }
    };

    void bindDispatcher();
    void feed();
    void fetch();
    void takeRows(const Result<QList<BatchRow>> &rows);
    void enqueue(qint64 row, const QStringList &cells, Dispatcher::Turn turn);
    void handleEnd(const QString &sendId, const SendReport &report);
    void handleNotSent(const Pending &pending, const SendReport &report);
    void sendAgain(const Pending &pending);
    void announce(const Claim &claim, const SendReport &report);
    void standStillIfRunning(BatchPause pause);
    void standStill(BatchState state, BatchPause pause);
    void withdrawWaiting();
    void concludeIfDone();
    void setState(BatchState state, BatchPause pause);
    void fail(const Error &error);
    [[nodiscard]] bool isRunning() const { return m_record.state == BatchState::Running; }
    [[nodiscard]] bool isPending(qint64 row) const;

    Services m_services;
    BatchRecord m_record;
    RequestTemplate m_template;
    Destination m_destination;
    ApiKey m_key;
    QHash<QString, Pending> m_pending; ///< By send ID: given to the Dispatcher, not ended.
    QQueue<BatchRow> m_next; ///< Read from the journal, not given on yet.
    qint64 m_readUpTo = 0; ///< Rows above are not read yet.
    bool m_isReading = false;
    bool m_allRead = false;
    int m_round = 0; ///< Tells a reading from one before the last pause.
    std::optional<Error> m_sendError; ///< Of the send that is about to be finished.
    std::chrono::steady_clock::time_point m_restUntil;
    bool m_hostUnreachable = false;
    bool m_ended = false;
};

} // namespace icebreaker
