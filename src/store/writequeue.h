#pragma once

#include "core/error.h"
#include "store/journalwriter.h"

#include <QFuture>
#include <QPromise>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace icebreaker {

/// The writes of a journal that wait for its write thread. Those that wait at the same
/// time share one transaction, and with it one sync of the disk, which is what a write
/// costs. They stay in order, and each is alone in success and failure: it has a savepoint
/// of its own, and if the transaction as a whole is lost, each is done again by itself.
/// Their futures finish when their transaction is on the disk.
class WriteQueue
{
public:
    /// Called for each write that failed, and once for each transaction that did not; on
    /// the write thread, before the futures finish.
    using Report = std::function<void(const std::optional<Error> &)>;
    enum class Sharing {
        Shared, ///< With whatever else waits, in a transaction.
        Alone, ///< Without a transaction, between those of others.
    };

    /// @param writer  must outlive the queue
    WriteQueue(JournalWriter &writer, Report report);

    /// Adds Result<...> work(JournalWriter &), which may be run twice; from any thread. It
    /// does not run if its future is cancelled before. commitNext() must be called once for
    /// each.
    template <typename Work>
    [[nodiscard]] auto add(Work work, Sharing sharing)
    {
        auto write = std::make_unique<Write<Work>>(std::move(work), sharing);
        auto future = write->future();
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(write));
        return future;
    }

    /// Does the first write and all that may go with it, if any still waits. On the write
    /// thread.
    void commitNext();

private:
    class PendingWrite
    {
    public:
        explicit PendingWrite(Sharing sharing)
            : m_sharing(sharing)
        { }
        virtual ~PendingWrite() = default;
        Q_DISABLE_COPY_MOVE(PendingWrite)

        virtual Result<void> perform(JournalWriter &writer) = 0;
        /// What it did is undone.
        virtual void fail(const Error &error) = 0;
        [[nodiscard]] virtual std::optional<Error> error() const = 0;
        virtual void finish() = 0;
        [[nodiscard]] bool isAlone() const { return m_sharing == Sharing::Alone; }

    private:
        const Sharing m_sharing;
    };

    template <typename Work>
    class Write final : public PendingWrite
    {
        using T = std::invoke_result_t<Work &, JournalWriter &>;

    public:
        Write(Work work, Sharing sharing)
            : PendingWrite(sharing)
            , m_work(std::move(work))
        {
            m_promise.start();
        }
        [[nodiscard]] QFuture<T> future() const { return m_promise.future(); }

        Result<void> perform(JournalWriter &writer) override
        {
            m_result.reset();
            if (m_promise.isCanceled())
                return {};
            m_result = m_work(writer);
            return m_result->map([](auto &&.../*value*/) {});
        }
        void fail(const Error &error) override { m_result = tl::unexpected(error); }
        [[nodiscard]] std::optional<Error> error() const override
        {
            return m_result && !*m_result ? std::optional(m_result->error()) : std::nullopt;
        }
        void finish() override
        {
            if (m_result)
                m_promise.addResult(*m_result);
            m_promise.finish();
        }

    private:
        Work m_work;
        QPromise<T> m_promise;
        std::optional<T> m_result;
    };

    using Group = std::vector<std::unique_ptr<PendingWrite>>;

    /// The next write; of any kind, or only if it may share a transaction.
    [[nodiscard]] std::unique_ptr<PendingWrite> next();
    [[nodiscard]] std::unique_ptr<PendingWrite> nextShared();
    /// In the transaction that has begun, does the one write of @p group and others that
    /// wait, which it adds. @return nothing, or why the transaction as a whole was lost
    [[nodiscard]] std::optional<Error> commitTogether(Group &group);
    void commitAlone(PendingWrite &write);
    void finish(const Group &group) const;

    JournalWriter &m_writer;
    Report m_report;
    std::mutex m_mutex;
    std::deque<std::unique_ptr<PendingWrite>> m_waiting;
};

} // namespace icebreaker
