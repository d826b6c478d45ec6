#pragma once

#include "core/overview.h"

#include <QWidget>

namespace icebreaker {

/// Sends over time: a bar for each span, its parts by outcome. A click on a bar, or Enter on
/// the one that the arrow keys chose, asks for its sends.
class SpanChart : public QWidget
{
    Q_OBJECT

public:
    explicit SpanChart(QWidget *parent = nullptr);

    void show(const Overview &overview);
    [[nodiscard]] int current() const { return m_current; } ///< Bar, -1 for none.
    /// Where a bar is drawn.
    [[nodiscard]] QRectF barPlace(int bar) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// What the log's filter has to say for the bar.
    void chosen(const QString &filterTokens);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] int barAt(const QPointF &position) const;
    [[nodiscard]] QString barText(int bar) const;
    void setCurrent(int bar);
    void choose(int bar);
    void paintScale(QPainter &painter) const;
    void paintBar(QPainter &painter, int bar) const;

    Overview m_overview;
    qint64 m_most = 1; ///< Of one bar.
    int m_current = -1;
};

/// What a part is drawn with: no two are told apart by colour alone.
[[nodiscard]] QBrush overviewBrush(OverviewPart part);

} // namespace icebreaker
