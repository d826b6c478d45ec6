#include "ui/barbutton.h"

#include "ui/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr int BarPadding = 4;
constexpr int BarGap = 8;
constexpr int BarThickness = 10;
constexpr int LeastBarRoom = 48;
constexpr qreal LeastBarLength = 3;

} // namespace

BarButton::BarButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void BarButton::setLine(const Line &line)
{
    m_line = line;
    updateGeometry();
    update();
}

QSize BarButton::sizeHint() const
{
    return {minimumSizeHint().width() + 2 * LeastBarRoom, minimumSizeHint().height()};
}

QSize BarButton::minimumSizeHint() const
{
    return {m_line.textWidth + m_line.figureWidth + LeastBarRoom + 2 * BarGap + 2 * BarPadding,
            fontMetrics().height() + 2 * BarPadding};
}

bool BarButton::event(QEvent *event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractButton::event(event);
}

void BarButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (underMouse())
        painter.fillRect(rect(), palette().alternateBase());
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    QRect inner = rect().adjusted(BarPadding, 0, -BarPadding, 0);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRect(inner.left(), 0, m_line.textWidth, height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, m_line.textWidth));
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, m_line.figure);

    inner.adjust(m_line.textWidth + BarGap, 0, -m_line.figureWidth - BarGap, 0);
    const QRectF track(inner.left(), (height() - BarThickness) / 2.0, inner.width(), BarThickness);
    painter.fillRect(track, palette().color(QPalette::AlternateBase));
    if (m_line.share <= 0)
        return;
    QRectF bar = track;
    bar.setWidth(std::clamp(m_line.share * track.width(), LeastBarLength, track.width()));
    painter.fillRect(bar, m_line.brush);
    if (m_line.second > 0) {
        bar.setLeft(bar.right()
                    - std::clamp(m_line.second * bar.width(), LeastBarLength, bar.width()));
        painter.fillRect(bar, palette().base());
        painter.fillRect(bar, m_line.secondBrush);
    }
}

} // namespace icebreaker
