#pragma once

#include <QList>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QToolButton;

namespace icebreaker {

/// Counts as chips: one is chosen, and filters something.
class ChipRow : public QWidget
{
    Q_OBJECT

public:
    explicit ChipRow(QWidget *parent = nullptr);

    /// @param purpose  for screen readers, before the chip's text
    void add(int key, const QString &objectName, const QString &purpose);
    void show(int key, const QString &text, bool visible = true);
    void choose(int key);
    [[nodiscard]] int chosen() const;

signals:
    void chosenChanged(int key);

private:
    QButtonGroup *m_group;
    QHBoxLayout *m_layout;
};

} // namespace icebreaker
