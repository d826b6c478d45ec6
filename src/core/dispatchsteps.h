#pragma once

#include "core/apikey.h"
#include "core/error.h"
#include "core/pace.h"
#include "core/sendrecord.h"

#include <QFuture>
#include <QRandomGenerator>

#include <chrono>
#include <functional>

namespace icebreaker {

/// Since some fixed moment; never set.
[[nodiscard]] inline std::chrono::microseconds steadyNow()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

/// What the Dispatcher works with, as plain functions: it knows neither database nor
/// network nor clock. All are called in its thread and return at once.
struct DispatchSteps {
    /// How long the lane is not free; 0 if its slot can be had.
    std::function<QFuture<Result<std::chrono::microseconds>>(const QString &lane)> laneWait;
    /// Takes the lane's slot and blocks the lane for so long, or says how long it is not free.
    std::function<QFuture<Result<Slot>>(const QString &lane, std::chrono::microseconds)> takeSlot;
    /// Blocks the lane for at least so long.
    std::function<QFuture<Result<void>>(const QString &lane, std::chrono::milliseconds)> restLane;
    /// Finished when the claim is durable.
    std::function<QFuture<Result<qint64>>(const Claim &)> claim;
    /// Posts once. Progress of 1 says that the last byte was handed to the socket.
    std::function<QFuture<SendReport>(const Claim &, const ApiKey &)> send;
    std::function<QFuture<Result<void>>(const QString &sendId, const SendReport &)> settle;
    /// Calls back after that time, or up to 2 ms early but not late: whoever asks for the slot
    /// then is told how long it still is. A test replaces the clock here.
    std::function<void(std::chrono::microseconds, std::function<void()>)> later;
    /// A clock that is never set.
    std::function<std::chrono::microseconds()> now = steadyNow;
    /// At least 0, below 1.
    std::function<double()> random = [] { return QRandomGenerator::global()->generateDouble(); };
};

} // namespace icebreaker
