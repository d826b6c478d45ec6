#pragma once

#include <QAbstractButton>
#include <QStringList>

namespace icebreaker {

/// One figure of a funnel: its name, its count and share, its times, and a bar as long as
/// its share. A button, because it shows the sends that it counts.
class FunnelTile : public QAbstractButton
{
    Q_OBJECT

public:
    /// @param timeLines  room for so many lines of times
    explicit FunnelTile(int timeLines, QWidget *parent = nullptr);

    struct Figures {
        QString count; ///< "1,204 · 98 %"
        QStringList times; ///< A line each.
        double share = 0; ///< 0 to 1.
        QColor colour; ///< Of the bar.
        friend bool operator==(const Figures &, const Figures &) = default;
    };
    /// The name is the button's text.
    void show(const Figures &figures);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    const int m_timeLines;
    Figures m_figures;
};

} // namespace icebreaker
