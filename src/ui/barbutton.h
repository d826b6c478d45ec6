#pragma once

#include <QAbstractButton>
#include <QBrush>

namespace icebreaker {

/// A line of a picture: words, a bar, a figure. A click asks for what it counts.
class BarButton : public QAbstractButton
{
    Q_OBJECT

public:
    struct Line {
        QString figure; ///< At the right.
        double share = 0; ///< Length of the bar, 0 to 1.
        QBrush brush;
        double second = 0; ///< Of the bar's length, from its right end, in the second brush.
        QBrush secondBrush;
        int textWidth = 0; ///< Room for the words, in pixels: lines of one picture agree on it.
        int figureWidth = 0; ///< The same for the figure.
    };
    explicit BarButton(QWidget *parent = nullptr);

    void setLine(const Line &line);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Line m_line;
};

} // namespace icebreaker
