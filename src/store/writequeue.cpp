#include "store/writequeue.h"

#include <QElapsedTimer>

#include <algorithm>

namespace icebreaker {

namespace {

/// A transaction takes no more writes when it has so many or is so old: they would wait
/// longer than a sync takes, and so would every other process.
constexpr std::size_t LargestGroup = 100;
constexpr qint64 OldestGroupMs = 5;

} // namespace

WriteQueue::WriteQueue(JournalWriter &writer, Report report)
    : m_writer(writer)
    , m_report(std::move(report))
{ }

std::unique_ptr<WriteQueue::PendingWrite> WriteQueue::next()
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty())
        return nullptr;
    auto write = std::move(m_waiting.front());
    m_waiting.pop_front();
    return write;
}

std::unique_ptr<WriteQueue::PendingWrite> WriteQueue::nextShared()
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty() || m_waiting.front()->isAlone())
        return nullptr;
    auto write = std::move(m_waiting.front());
    m_waiting.pop_front();
    return write;
}

void WriteQueue::commitNext()
{
    Group group;
    group.push_back(next());
    if (!group.front())
        return; // went with an earlier one
    if (group.front()->isAlone()) {
        (void)group.front()->perform(m_writer);
    } else if (const auto begun = m_writer.begin(); !begun) {
        // Whoever else waits would only fail in the same way, and later.
        while (auto write = nextShared())
            group.push_back(std::move(write));
        for (const auto &write : group)
            write->fail(begun.error());
    } else if (const auto lost = commitTogether(group); lost && group.size() == 1) {
        group.front()->fail(*lost);
    } else if (lost) {
        for (const auto &write : group)
            commitAlone(*write);
    }
    finish(group);
}

std::optional<Error> WriteQueue::commitTogether(Group &group)
{
    QElapsedTimer age;
    age.start();
    for (;;) {
        PendingWrite &write = *group.back();
        const auto step = m_writer.step([&] { return write.perform(m_writer); });
        if (!step.stands) {
            m_writer.rollBack();
            return step.done.error();
        }
        if (!step.done) // e.g. its savepoint could not be made
            write.fail(step.done.error());
        if (group.size() == LargestGroup || age.hasExpired(OldestGroupMs))
            break;
        auto another = nextShared();
        if (!another)
            break;
        group.push_back(std::move(another));
    }
    const auto committed = m_writer.commit();
    return committed ? std::nullopt : std::optional(committed.error());
}

void WriteQueue::commitAlone(PendingWrite &write)
{
    auto done = m_writer.begin();
    if (done) {
        done = m_writer.step([&] { return write.perform(m_writer); }).done;
        if (done)
            done = m_writer.commit();
        else
            m_writer.rollBack();
    }
    if (!done)
        write.fail(done.error());
}

void WriteQueue::finish(const Group &group) const
{
    bool anyDone = false;
    for (const auto &write : group) {
        if (const auto error = write->error())
            m_report(error);
        else
            anyDone = true;
    }
    if (anyDone)
        m_report(std::nullopt);
    for (const auto &write : group)
        write->finish();
}

} // namespace icebreaker
