#pragma once

#include <QObject>

class QWidget;

namespace icebreaker {

/// Takes files that are dropped anywhere on a window, also on its line edits, which would
/// otherwise take the file's path for text.
class DropCatcher : public QObject
{
    Q_OBJECT

public:
    explicit DropCatcher(QWidget &window);

signals:
    void dropped(const QString &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget &m_window;
};

} // namespace icebreaker
