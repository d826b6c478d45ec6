#pragma once

#include "core/apikey.h"
#include "core/error.h"
#include "core/pace.h"
#include "core/sendrecord.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QQueue>

#include <functional>

namespace icebreaker {

/// Takes sends through their stages, one queue per lane: wait for the lane's slot,
/// write the claim down, take the slot, post once, settle. Nothing is ever posted
/// before its claim is durable, and nothing is posted twice.
///
/// Lives in one thread with an event loop. Its collaborators are plain functions, so
/// that it knows neither database nor network.
class Dispatcher : public QObject
{
    Q_OBJECT

public:
    struct Steps {
        std::function<QFuture<Result<std::chrono::microseconds>>(const QString &lane)> laneWait;
        std::function<QFuture<Result<Slot>>(const QString &lane, std::chrono::microseconds)>
            takeSlot;
        std::function<QFuture<Result<void>>(const QString &lane, std::chrono::milliseconds)>
            restLane;
        std::function<QFuture<Result<qint64>>(const Claim &)> claim;
        std::function<QFuture<SendReport>(const Claim &, const ApiKey &)> send;
        std::function<QFuture<Result<void>>(const QString &sendId, const SendReport &)> settle;
        /// Calls back after at least that time; a test replaces the clock here.
        std::function<void(std::chrono::microseconds, std::function<void()>)> later;
    };

    struct Job {
        Claim claim; ///< `claimedAt` is filled in here.
        ApiKey key;
        int limit = 1; ///< Sessions per second of the lane.
        bool ignoreLimit = false; ///< Goes at once; the lane still rests afterwards.
    };

    explicit Dispatcher(Steps steps, QObject *parent = nullptr);

    void enqueue(const Job &job);
    /// Ends a send that has not left yet as Cancelled. @return false if it has left.
    bool cancel(const QString &sendId);

    [[nodiscard]] qsizetype waitingCount() const;
    [[nodiscard]] qsizetype inFlightCount() const { return m_inFlight; }

    /// Steps::later on the event loop of @p context.
    [[nodiscard]] static std::function<void(std::chrono::microseconds, std::function<void()>)>
    timerOn(QObject *context);

signals:
    /// The lane is not free for @p wait; said again whenever that turns out longer.
    void waiting(const QString &sendId, std::chrono::microseconds wait);
    /// Handed to the network.
    void started(const QString &sendId);
    /// The end of every send. What the journal refused ends as NotSent, after failed().
    void finished(const QString &sendId, const icebreaker::SendReport &report);
    /// The journal could not record @p sendId: before the send, nothing was sent; after
    /// it, the report of finished() is all there is.
    void failed(const QString &sendId, const icebreaker::Error &error);

private:
    struct Lane {
        QQueue<Job> queue;
        bool busy = false; ///< The front job is on its way through the stages.
        bool claimed = false; ///< The front job's claim is durable.
        bool cancelled = false; ///< The front job is to end at the next stage.
        bool resting = false; ///< A call of Steps::later is pending.
        int rest = 0; ///< Tells the pending call from earlier, given-up ones.
    };

    void advance(const QString &lane);
    void waitForSlot(const QString &lane, std::chrono::microseconds wait);
    void claimFront(const QString &lane);
    void takeSlot(const QString &lane);
    void post(const QString &lane);
    void leaveLane(const QString &lane);
    void handleReport(const Claim &claim, const SendReport &report);
    void settle(const QString &sendId, const SendReport &report);
    void giveUp(const QString &lane, const Error &error);
    bool endIfCancelled(const QString &lane);

    Steps m_steps;
    QHash<QString, Lane> m_lanes;
    qsizetype m_inFlight = 0;
};

} // namespace icebreaker
