#include "ui/funneltile.h"

#include "ui/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr int TilePadding = 6;
constexpr int BarHeight = 4;
constexpr int LeastTileWidth = 88;
constexpr qreal TileRadius = 4;
constexpr qreal LeastBar = 3; // one of 20,000 is still seen

} // namespace

FunnelTile::FunnelTile(int timeLines, QWidget *parent)
    : QAbstractButton(parent)
    , m_timeLines(timeLines)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void FunnelTile::show(const Figures &figures)
{
    if (figures == m_figures)
        return;
    m_figures = figures;
    updateGeometry();
    update();
}

QSize FunnelTile::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    int widest = metrics.horizontalAdvance(text());
    for (const QString &line : m_figures.times + QStringList{m_figures.count})
        widest = std::max(widest, metrics.horizontalAdvance(line));
    return {std::max(LeastTileWidth, widest + 2 * TilePadding),
            (2 + m_timeLines) * metrics.height() + BarHeight + 3 * TilePadding};
}

QSize FunnelTile::minimumSizeHint() const
{
    return {LeastTileWidth, sizeHint().height()};
}

bool FunnelTile::event(QEvent *event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractButton::event(event);
}

void FunnelTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool isMarked = isChecked() || hasFocus();
    painter.setPen(QPen(palette().color(isMarked ? QPalette::BrightText : QPalette::Mid),
                        isChecked() ? 2 : 1));
    painter.setBrush(palette().color(isChecked()        ? QPalette::Highlight
                                         : underMouse() ? QPalette::AlternateBase
                                                        : QPalette::Base));
    painter.drawRoundedRect(frame, TileRadius, TileRadius);

    const int lineHeight = fontMetrics().height();
    const int textWidth = width() - 2 * TilePadding;
    QRect place(TilePadding, TilePadding, textWidth, lineHeight);
    const auto draw = [&](const QString &text, const QColor &colour, bool bold) {
        QFont drawn = font();
        drawn.setBold(bold);
        painter.setFont(drawn);
        painter.setPen(colour);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(drawn).elidedText(text, Qt::ElideRight, textWidth));
        place.translate(0, lineHeight);
    };
    draw(text(), theme::muted(), false);
    draw(m_figures.count, palette().color(QPalette::Text), true);
    for (const QString &line : m_figures.times)
        draw(line, theme::muted(), false);

    const QRectF track(TilePadding, height() - TilePadding - BarHeight, textWidth, BarHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Midlight));
    painter.drawRoundedRect(track, BarHeight / 2.0, BarHeight / 2.0);
    if (m_figures.share > 0) {
        QRectF bar = track;
        bar.setWidth(std::clamp(m_figures.share * track.width(), LeastBar, track.width()));
        painter.setBrush(m_figures.colour);
        painter.drawRoundedRect(bar, BarHeight / 2.0, BarHeight / 2.0);
    }
}

} // namespace icebreaker
