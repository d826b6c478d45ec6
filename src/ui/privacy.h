#pragma once

#include <QObject>
#include <QString>

#include <atomic>

/// Numbers on the screen while somebody else looks at it, in one place. What is copied, saved
/// or sent does not change.
namespace icebreaker::privacy {

/// Whether numbers are masked, for the whole program; of the thread of the windows.
class Mask : public QObject
{
    Q_OBJECT

public:
    [[nodiscard]] bool isOn() const { return m_isOn; }
    void setOn(bool on);

signals:
    /// Everything that shows a number shows it anew.
    void changed();

private:
    std::atomic_bool m_isOn = false; ///< Long texts are masked in other threads.
};
[[nodiscard]] Mask &mask();

/// A phone number as it is to be shown: itself, or "+44…0958".
[[nodiscard]] QString number(const QString &number);

/// A text with every number in it as it is to be shown.
/// @param known  digits of a number that must be found, whatever it looks like
[[nodiscard]] QString text(const QString &text, const QString &known = {});

} // namespace icebreaker::privacy
