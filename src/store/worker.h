#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace icebreaker {

/// One thread that does what it is given, in the order in which it was given: a queue
/// for things that must stay on their thread, like a database connection.
///
/// Not QtConcurrent::run on a pool of one: somebody who waits for such a future runs the
/// function on the waiting thread if it has not started yet (QThreadPool steals it), out
/// of order and with a connection that belongs elsewhere.
class Worker
{
public:
    Worker()
    {
        m_pool.setMaxThreadCount(1);
        m_pool.setExpiryTimeout(-1); // always the same thread
    }
    /// Waits until everything is done.
    ~Worker() { m_pool.waitForDone(); }
    Q_DISABLE_COPY_MOVE(Worker)

    /// @return the future of what @p work returns
    template <typename Work>
    [[nodiscard]] auto run(Work work) -> QFuture<std::invoke_result_t<Work>>
    {
        return runCancellable(
            [work = std::move(work)](const auto & /*isCancelled*/) { return work(); });
    }

    /// @p work gets a function that tells whether its future was cancelled. It does not
    /// run at all if that was the case before it started.
    template <typename Work>
    [[nodiscard]] auto runCancellable(Work work) -> QFuture<std::invoke_result_t<Work, bool (&)()>>
    {
        using T = std::invoke_result_t<Work, bool (&)()>;
        const auto promise = std::make_shared<QPromise<T>>();
        promise->start();
        m_pool.start([promise, work = std::move(work)] {
            if (!promise->isCanceled())
                promise->addResult(work([&promise] { return promise->isCanceled(); }));
            promise->finish();
        });
        return promise->future();
    }

    /// Runs @p work, of which nobody wants to hear.
    template <typename Work>
    void post(Work work)
    {
        m_pool.start(std::move(work));
    }

    /// Runs @p work after everything else and waits for it.
    template <typename Work>
    void finishWith(Work work)
    {
        m_pool.start(std::move(work));
        m_pool.waitForDone();
    }

private:
    QThreadPool m_pool;
};

} // namespace icebreaker
