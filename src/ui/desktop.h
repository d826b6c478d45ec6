#pragma once

#include <QString>

#include <memory>

namespace icebreaker {

/// What the desktop can do for a long job. Everything is asked for and never waited for;
/// where the desktop cannot do it, nothing happens.
class Desktop
{
public:
    Desktop();
    ~Desktop(); ///< Lets the computer sleep again.
    Q_DISABLE_COPY_MOVE(Desktop)

    /// Shows a notification beside whatever the user looks at.
    void notify(const QString &title, const QString &text);
    /// Asks that the computer does not go to sleep by itself. @param why  words for people
    void keepAwake(const QString &why);
    void letSleep();

private:
    struct Wakefulness;
    std::shared_ptr<Wakefulness> m_awake; ///< While it is to stay awake.
};

} // namespace icebreaker
