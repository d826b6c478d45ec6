#pragma once

#include <QDateTime>
#include <QList>

#include <chrono>

namespace icebreaker {

/// The starts of the last minute in one lane, and how fast they came. Pure: time is
/// passed in.
class RateHistory
{
public:
    static constexpr std::chrono::seconds Span{60};

    struct Start {
        QDateTime at;
        bool isRateLimited = false; ///< Answered with 429.
        bool isSettled = false; ///< Its outcome is known.
    };

    /// Replaces everything from the first of @p starts on; both are in order of time.
    void update(const QList<Start> &starts, const QDateTime &now);
    void clear() { m_starts.clear(); }

    /// From where on the next update has to look: the first start that is not settled,
    /// or the last one; @p now - Span if there is none.
    [[nodiscard]] QDateTime staleSince(const QDateTime &now) const;

    [[nodiscard]] const QList<Start> &starts() const { return m_starts; }
    /// Starts per second at @p moment, from the gaps between the starts before it, so that
    /// a steady pace gives a steady number; falls to 0 when nothing comes any more.
    [[nodiscard]] double rateAt(const QDateTime &moment) const;
    [[nodiscard]] int rateLimitedCount() const;
    /// Most starts within one second.
    [[nodiscard]] int peak() const;

private:
    QList<Start> m_starts;
};

} // namespace icebreaker
