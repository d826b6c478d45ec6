#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace icebreaker {

/// The pause before what was changed is counted again: many changes, one count. It is at
/// least as long as given, and Calm times as long as the last count took, so that counting a
/// long history while a batch runs leaves the journal's read thread to the others.
class CountPause
{
public:
    static constexpr int Calm = 4; ///< At most a fifth of the time goes to counting.

    template <typename Context, typename Slot>
    /// @param slot  of @p context, which this is a member of: when to count again
    CountPause(std::chrono::milliseconds least, Context *context, Slot slot)
        : m_least(least)
    {
        m_timer.setSingleShot(true);
        m_timer.setInterval(least);
        QObject::connect(&m_timer, &QTimer::timeout, context, slot);
    }

    void start() { m_timer.start(); }
    [[nodiscard]] bool isActive() const { return m_timer.isActive(); }

    void countBegins() { m_count.start(); }
    void countEnded()
    {
        m_timer.setInterval(std::max(m_least, std::chrono::milliseconds(m_count.elapsed() * Calm)));
    }

private:
    std::chrono::milliseconds m_least;
    QTimer m_timer;
    QElapsedTimer m_count;
};

} // namespace icebreaker
