#pragma once

#include "core/claimlead.h"
#include "core/dispatchsteps.h"
#include "core/pacedlane.h"
#include "core/pacer.h"
#include "core/sendjob.h"
#include "core/unpacedlane.h"

#include <QObject>

#include <array>
#include <map>
#include <optional>

namespace icebreaker {

/// Takes sends through their stages: into their lane, which writes the claim down and lets
/// them leave at its pace, then post once, settle. Nothing is ever posted before its claim
/// is durable, and nothing is posted twice. Lanes do not hinder each other.
///
/// Lives in one thread with an event loop.
class Dispatcher : public QObject
{
    Q_OBJECT

public:
    using Steps = DispatchSteps;
    using Job = SendJob;
    using Turn = SendTurn;

    explicit Dispatcher(Steps steps, QObject *parent = nullptr);

    void enqueue(const Job &job);
    /// Takes back a send that is not being written down yet: nothing is recorded and no
    /// signal tells of it any more. @return false if it is too late; then cancel() it
    bool withdraw(const QString &sendId);
    /// Ends a send that has not left yet as Cancelled, and records it.
    /// @return false if it has left
    bool cancel(const QString &sendId);

    [[nodiscard]] qsizetype waitingCount() const;
    [[nodiscard]] qsizetype inFlightCount() const { return m_inFlight; }

    /// Steps::later on the event loop of @p context: up to two milliseconds early.
    [[nodiscard]] static std::function<void(std::chrono::microseconds, std::function<void()>)>
    timerOn(QObject *context);

signals:
    /// The lane is not free for @p wait; said again when that turns out longer.
    void waiting(const QString &sendId, std::chrono::microseconds wait);
    /// Handed to the network.
    void started(const QString &sendId);
    /// The end of every send. What the journal refused ends as NotSent, after failed().
    void finished(const QString &sendId, const icebreaker::SendReport &report);
    /// The journal could not record @p sendId: before the send, nothing was sent; after
    /// it, the report of finished() is all there is.
    void failed(const QString &sendId, const icebreaker::Error &error);
    /// The lane sends nothing for @p rest from now. Told once for all sends that met the
    /// same trouble, before their finished(), and again if the rest becomes longer.
    /// @param inARow  which rest for this cause it is, since the lane last ran well; see Pacer
    void laneRests(const QString &lane, std::chrono::milliseconds rest, icebreaker::RestCause cause,
                   int inARow);

private:
    struct Lane {
        Lane(const QString &id, const Steps &steps, ClaimLead &lead)
            : paced(id, steps, pacer, lead)
            , unpaced(id, steps, pacer, lead)
        { }

        [[nodiscard]] std::array<LaneGate *, 2> gates() { return {&paced, &unpaced}; }

        Pacer pacer; // before those who read it
        PacedLane paced;
        UnpacedLane unpaced;
    };

    Lane &laneOf(const QString &id);
    void watch(LaneGate &gate);
    void post(const Job &job, std::chrono::microseconds slotAt);
    void handleLeft(const QString &lane, std::chrono::microseconds slotAt);
    void handleReport(const Job &job, std::chrono::microseconds startedAt,
                      const SendReport &report);
    [[nodiscard]] std::optional<Pacer::Rest>
    judge(const Job &job, std::chrono::microseconds startedAt, const SendReport &report);
    void settle(const QString &sendId, const SendReport &report);
    void recordCancelled(Claim claim);

    Steps m_steps;
    ClaimLead m_lead;
    std::map<QString, Lane> m_lanes;
    qsizetype m_inFlight = 0;
};

/// Whether @p report shows that the host cannot be reached for now: nothing was sent, and
/// the same send may get through later.
[[nodiscard]] bool showsHostUnreachable(const SendReport &report);

} // namespace icebreaker
