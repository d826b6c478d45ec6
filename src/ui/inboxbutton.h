#pragma once

#include <QToolButton>

#include <functional>

namespace icebreaker {

/// The status inbox in the status bar. Its tooltip is asked for when it is shown, because
/// the counts in it change with every status.
class InboxButton : public QToolButton
{
    Q_OBJECT

public:
    explicit InboxButton(std::function<QString()> toolTip, QWidget *parent = nullptr);

    /// @param isProblem  something is wrong: marked by a sign as well as by colour
    void showState(const QString &text, bool isProblem);

protected:
    bool event(QEvent *event) override;

private:
    std::function<QString()> m_toolTip;
};

} // namespace icebreaker
