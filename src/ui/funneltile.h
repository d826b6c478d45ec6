#pragma once

#include <QAbstractButton>

namespace icebreaker {

/// One figure of a funnel: its name, its count and share, its times, and a bar as long as
/// its share. A button, because it shows the sends that it counts.
class FunnelTile : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FunnelTile(QWidget *parent = nullptr);

    struct Figures {
        QString count; ///< "1,204 · 98 %"
        QString times; ///< Second line; may be empty.
        double share = 0; ///< 0 to 1.
        QColor colour; ///< Of the bar.
        friend bool operator==(const Figures &, const Figures &) = default;
    };
    /// The name is the button's text.
    void show(const Figures &figures);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Figures m_figures;
};

} // namespace icebreaker
