#pragma once

#include "core/dispatcher.h"

#include <QCoreApplication>
#include <QPromise>
#include <QStringList>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace icebreaker::test {

using Turn = SendTurn;

/// A dispatcher's whole world: lanes as the store keeps them, a clock that moves when told
/// to, and a protocol of what was asked. What is not set to wait is answered at once.
class DispatchWorld
{
public:
    using Time = std::chrono::microseconds;

    QStringList calls; ///< E.g. "claim a", in order.
    std::map<QString, Time> freeAt; ///< By lane: what laneWait and takeSlot go by.
    std::optional<Error> waitError;
    std::optional<Error> claimError;
    std::optional<Error> slotError;
    std::optional<Error> settleError;
    SendReport report{accepted()};
    bool holdsClaims = false; ///< Claims wait for finishClaim().
    bool holdsSends = false; ///< Sends wait for answer().
    bool holdsSlots = false; ///< Slots wait for finishSlots().
    double random = 0;

    static SendReport accepted() { return answered(Outcome::Accepted, 200); }
    static SendReport answered(Outcome outcome, int status)
    {
        SendReport report{outcome, {}};
        report.answer.status = status;
        return report;
    }
    static SendReport limited(std::optional<std::chrono::milliseconds> retryAfter = {})
    {
        SendReport report = answered(Outcome::RateLimited, 429);
        report.answer.retryAfter = retryAfter;
        return report;
    }
    static SendReport unreachable(TransportProblem problem = TransportProblem::ConnectionRefused)
    {
        SendReport report{Outcome::NotSent, {}};
        report.answer.problem = problem;
        return report;
    }

    [[nodiscard]] Time now() const { return m_now; }

    /// Lets everything happen that needs no more time.
    static void settle()
    {
        for (int i = 0; i < 50; ++i) // more than any send has stages
            QCoreApplication::processEvents();
    }

    /// Time goes on, with all calls of Steps::later that fall due in it, each at its time.
    void pass(Time span)
    {
        const Time end = m_now + span;
        settle();
        while (!m_timers.empty() && m_timers.begin()->first <= end) {
            const auto timer = m_timers.extract(m_timers.begin());
            m_now = std::max(m_now, timer.key());
            timer.mapped()();
            settle();
        }
        m_now = end;
    }
    /// Time goes on, and the timers are late, as after the computer has slept.
    void sleep(Time span)
    {
        m_now += span;
        pass(Time::zero());
    }

    void finishClaim(const QString &sendId)
    {
        finish(m_claims.at(sendId), Result<qint64>(1));
        settle();
    }
    void finishSlots()
    {
        for (const auto &decide : std::exchange(m_slots, {}))
            decide();
        settle();
    }
    /// The last byte left.
    void leave(const QString &sendId)
    {
        m_sends.at(sendId)->setProgressValue(1);
        settle();
    }
    void answer(const QString &sendId, const SendReport &with)
    {
        finish(m_sends.at(sendId), with);
        settle();
    }

    [[nodiscard]] QStringList callsOf(const QString &step) const
    {
        QStringList found;
        for (const QString &call : calls) {
            if (call.startsWith(step + u' '))
                found.append(call.sliced(step.size() + 1));
        }
        return found;
    }
    [[nodiscard]] QStringList posted() const { return callsOf(QStringLiteral("post")); }
    [[nodiscard]] QStringList claimed() const { return callsOf(QStringLiteral("claim")); }

    Dispatcher::Steps steps()
    {
        Dispatcher::Steps steps;
        steps.laneWait = [this](const QString &lane) { return wait(lane); };
        steps.takeSlot = [this](const QString &lane, Time interval) {
            return take(lane, interval);
        };
        steps.restLane = [this](const QString &lane, std::chrono::milliseconds rest) {
            calls.append(QStringLiteral("rest %1").arg(rest.count()));
            freeAt[lane] = std::max<Time>(freeAt[lane], m_now + rest);
            return ready(Result<void>());
        };
        steps.claim = [this](const Claim &claim) { return record(claim); };
        steps.send = [this](const Claim &claim, const ApiKey &) { return post(claim); };
        steps.settle = [this](const QString &sendId, const SendReport &end) {
            calls.append(QStringLiteral("settle %1 %2").arg(sendId, outcomeName(end.outcome)));
            return ready(settleError ? tl::unexpected(*settleError) : Result<void>());
        };
        steps.later = [this](Time wait, std::function<void()> callback) {
            m_timers.emplace(m_now + wait, std::move(callback));
        };
        steps.now = [this] { return m_now; };
        steps.random = [this] { return random; };
        return steps;
    }

private:
    template <typename T>
    using Promise = std::shared_ptr<QPromise<T>>;

    template <typename T>
    static QFuture<T> ready(T value)
    {
        return QtFuture::makeReadyFuture(std::move(value));
    }
    template <typename T>
    static QFuture<T> promised(Promise<T> &promise)
    {
        promise = std::make_shared<QPromise<T>>();
        promise->start();
        return promise->future();
    }
    template <typename T>
    static void finish(const Promise<T> &promise, T value)
    {
        promise->addResult(std::move(value));
        promise->finish();
    }

    [[nodiscard]] Time left(const QString &lane)
    {
        return std::max(freeAt[lane] - m_now, Time::zero());
    }

    QFuture<Result<Time>> wait(const QString &lane)
    {
        calls.append(QStringLiteral("wait?"));
        return ready(waitError ? tl::unexpected(*waitError) : Result<Time>(left(lane)));
    }

    QFuture<Result<Slot>> take(const QString &lane, Time interval)
    {
        calls.append(QStringLiteral("take %1").arg(interval.count()));
        const auto decide = [this, lane, interval]() -> Result<Slot> {
            if (slotError)
                return tl::unexpected(*slotError);
            const Time wait = left(lane);
            if (wait > Time::zero())
                return Slot{false, wait};
            freeAt[lane] = m_now + interval;
            return Slot{true, Time::zero()};
        };
        if (!holdsSlots)
            return ready(decide());
        Promise<Result<Slot>> promise;
        auto future = promised(promise);
        m_slots.push_back([promise, decide] { finish(promise, decide()); });
        return future;
    }

    QFuture<Result<qint64>> record(const Claim &claim)
    {
        calls.append(QStringLiteral("claim ") + claim.sendId);
        if (claimError)
            return ready<Result<qint64>>(tl::unexpected(*claimError));
        return holdsClaims ? promised(m_claims[claim.sendId]) : ready(Result<qint64>(1));
    }

    QFuture<SendReport> post(const Claim &claim)
    {
        calls.append(QStringLiteral("post ") + claim.sendId);
        if (!holdsSends)
            return ready(report);
        auto future = promised(m_sends[claim.sendId]);
        m_sends[claim.sendId]->setProgressRange(0, 1);
        return future;
    }

    Time m_now{std::chrono::hours(1)};
    std::multimap<Time, std::function<void()>> m_timers;
    std::map<QString, Promise<Result<qint64>>> m_claims;
    std::map<QString, Promise<SendReport>> m_sends;
    std::vector<std::function<void()>> m_slots;
};

inline Dispatcher::Job makeJob(const QString &id, Turn turn = Turn::Single,
                               const QString &lane = QStringLiteral("lane"))
{
    Dispatcher::Job job;
    job.claim.sendId = id;
    job.claim.lane = lane;
    job.turn = turn;
    return job;
}

inline Dispatcher::Job makeUnpacedJob(const QString &id, Turn turn = Turn::Single)
{
    Dispatcher::Job job = makeJob(id, turn);
    job.ignoreLimit = true;
    return job;
}

} // namespace icebreaker::test
