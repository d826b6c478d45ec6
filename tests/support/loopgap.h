#pragma once

#include <QAbstractEventDispatcher>
#include <QObject>

#include <time.h>

#include <algorithm>

namespace icebreaker::test {

/// The longest time that this thread worked between two looks at its events, in milliseconds
/// of its own processor time: what others do on the computer does not count.
class LoopGap : public QObject
{
public:
    LoopGap()
    {
        auto *loop = QAbstractEventDispatcher::instance();
        connect(loop, &QAbstractEventDispatcher::awake, this, &LoopGap::look);
        connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, &LoopGap::look);
        m_last = now();
    }

    /// What was done so far does not count.
    void restart()
    {
        m_last = now();
        m_longest = 0;
    }
    [[nodiscard]] double longest()
    {
        look();
        return m_longest;
    }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    void look()
    {
        const double time = now();
        m_longest = std::max(m_longest, time - m_last);
        m_last = time;
    }

    double m_last = 0;
    double m_longest = 0;
};

} // namespace icebreaker::test
