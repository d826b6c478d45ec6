#pragma once

#include "core/error.h"
#include "core/sendjob.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace icebreaker {

/// Where the sends of a lane wait until they may leave. Writes each of them down and then
/// says that it is ready; what becomes of it afterwards is the Dispatcher's business.
class LaneGate : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void add(const SendJob &job) = 0;
    /// Hands back a send that is not being written down yet; no signal tells of it again.
    virtual std::optional<SendJob> take(const QString &sendId) = 0;
    /// Ends with cancelled() what is written down or just being so.
    /// @return false if it is not here
    virtual bool cancel(const QString &sendId) = 0;
    /// Sends that are here.
    [[nodiscard]] virtual qsizetype count() const = 0;

signals:
    /// Not before @p wait from now; said again when that turns out longer.
    void waiting(const QString &sendId, std::chrono::microseconds wait);
    /// Its claim is durable, and it is to be posted now. @param slotAt  when its slot was
    /// taken, or now
    void ready(const icebreaker::SendJob &job, std::chrono::microseconds slotAt);
    /// Its claim is durable, and it must not be posted any more.
    void cancelled(const icebreaker::SendJob &job);
    /// It cannot be sent. @param isClaimed  its claim is durable nevertheless
    void failed(const icebreaker::SendJob &job, const icebreaker::Error &error, bool isClaimed);
};

} // namespace icebreaker
