#include "store/journalthreads.h"

namespace icebreaker {

JournalThreads::JournalThreads(const QString &folder, WriteQueue::Report report)
    : m_writer(folder, m_state)
    , m_reader(folder, m_state)
    , m_queue(m_writer, std::move(report))
{ }

void JournalThreads::finish()
{
    m_state.closing = true;
    m_readThread.finishWith([this] { m_reader.close(); });
    // Last, so that closing it moves the write-ahead log into the one file.
    m_writeThread.finishWith([this] { m_writer.close(); });
}

} // namespace icebreaker
