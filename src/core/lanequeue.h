#pragma once

#include "core/sendjob.h"

#include <QQueue>

#include <array>
#include <optional>

namespace icebreaker {

/// The sends that wait in one lane, in the order in which they go: see SendTurn.
class LaneQueue
{
public:
    void add(const SendJob &job);

    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] qsizetype size() const;
    /// Whose turn it is. The queue must not be empty.
    [[nodiscard]] const SendJob &first() const;
    SendJob takeFirst();
    /// Removes the one called @p sendId; nothing if it is not here.
    std::optional<SendJob> take(const QString &sendId);

private:
    std::array<QQueue<SendJob>, 3> m_turns; ///< In the order of SendTurn.
};

} // namespace icebreaker
