#pragma once

#include "core/error.h"
#include "store/journalreader.h"
#include "store/journalwriter.h"
#include "store/worker.h"
#include "store/writequeue.h"

#include <QFuture>
#include <QString>

#include <utility>

namespace icebreaker {

/// The two threads on which a journal's file is written and read: what Journal and
/// Batches have in common. May be called from the journal's thread only.
class JournalThreads
{
public:
    JournalThreads(const QString &folder, WriteQueue::Report report);

    /// Waits until everything that was asked for is on disk; nothing may follow.
    void finish();

    [[nodiscard]] bool isOpen() const { return m_state.generation > 0; }

    /// Runs Result<...> work(JournalWriter &) after all earlier writes; see WriteQueue.
    template <typename Work>
    [[nodiscard]] auto write(Work work, WriteQueue::Sharing sharing = WriteQueue::Sharing::Shared)
    {
        auto future = m_queue.add(std::move(work), sharing);
        m_writeThread.post([this] { m_queue.commitNext(); });
        return future;
    }

    /// Runs Result<...> work(JournalReader &) after all earlier reads.
    template <typename Work>
    [[nodiscard]] auto read(Work work)
    {
        return m_readThread.run([this, work = std::move(work)] { return work(m_reader); });
    }

    /// The same; @p work also gets a function that tells whether its future was cancelled.
    template <typename Work>
    [[nodiscard]] auto readCancellable(Work work)
    {
        return m_readThread.runCancellable([this, work = std::move(work)](const auto &isCancelled) {
            return work(m_reader, isCancelled);
        });
    }

private:
    JournalState m_state;
    JournalWriter m_writer; ///< Used on the write thread only.
    JournalReader m_reader; ///< Used on the read thread only.
    WriteQueue m_queue;
    Worker m_writeThread;
    Worker m_readThread;
};

} // namespace icebreaker
