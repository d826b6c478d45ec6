#include "ui/spanchart.h"

#include "ui/theme.h"
#include "words/overviewwords.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr int ChartHeight = 190;
constexpr int LeastChartHeight = 120;
constexpr int ChartMargin = 6;
constexpr qreal LeastPart = 2; // one refused send of 20,000 is still seen
constexpr qreal BarShare = 0.8; // of the room that a bar has

} // namespace

QBrush overviewBrush(OverviewPart part)
{
    switch (part) {
    case OverviewPart::Accepted: return theme::barFor(RowState::Accepted);
    case OverviewPart::RateLimited: return {theme::limitLine(), Qt::Dense3Pattern};
    case OverviewPart::Refused: return theme::barFor(RowState::Refused);
    case OverviewPart::Unknown: return {theme::barFor(RowState::Unknown), Qt::DiagCrossPattern};
    case OverviewPart::NotSent: return {theme::barFor(RowState::Unknown), Qt::Dense5Pattern};
    case OverviewPart::InFlight: return {theme::barFor(RowState::InFlight), Qt::BDiagPattern};
    }
    return {};
}

SpanChart::SpanChart(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Sends over time"));
}

void SpanChart::show(const Overview &overview)
{
    m_overview = overview;
    m_most = 1;
    for (const OverviewBar &bar : overview.bars)
        m_most = std::max(m_most, bar.total());
    if (m_current >= m_overview.bars.size())
        m_current = -1;
    setAccessibleDescription(overview.bars.isEmpty()
                                 ? tr("Nothing to show.")
                                 : overviewCountsText(overview.sends, overview.counts));
    update();
}

QSize SpanChart::sizeHint() const
{
    return {640, ChartHeight};
}

QSize SpanChart::minimumSizeHint() const
{
    return {240, LeastChartHeight};
}

/// Below the highest figure and above the times.
QRectF SpanChart::plot() const
{
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(ChartMargin, line + ChartMargin, -ChartMargin,
                                   -line - ChartMargin);
}

QRectF SpanChart::barPlace(int bar) const
{
    const QRectF area = plot();
    const qreal room = area.width() / static_cast<qreal>(m_overview.bars.size());
    return {area.left() + (bar + (1 - BarShare) / 2) * room, area.top(), room * BarShare,
            area.height()};
}

int SpanChart::barAt(const QPointF &position) const
{
    const QRectF area = plot();
    if (m_overview.bars.isEmpty() || position.x() < area.left() || position.x() >= area.right())
        return -1;
    return static_cast<int>((position.x() - area.left()) / area.width()
                            * static_cast<qreal>(m_overview.bars.size()));
}

QString SpanChart::barText(int bar) const
{
    const OverviewBar &shown = m_overview.bars.at(bar);
    return tr("%1\n%2").arg(overviewSpanText(shown, m_overview.step),
                            overviewCountsText(shown.total(), shown.counts));
}

bool SpanChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const int bar = barAt(help->pos()); bar >= 0)
        QToolTip::showText(help->globalPos(), barText(bar), this);
    else
        QToolTip::hideText();
    return true;
}

void SpanChart::setCurrent(int bar)
{
    if (bar == m_current)
        return;
    m_current = bar;
    if (bar >= 0) {
        setAccessibleDescription(barText(bar));
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    update();
}

void SpanChart::choose(int bar)
{
    if (bar < 0)
        return;
    setCurrent(bar);
    emit chosen(overviewSpanFilter(m_overview.bars.at(bar), m_overview.step));
}

void SpanChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(barAt(event->position()));
}

void SpanChart::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(barAt(event->position()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void SpanChart::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_overview.bars.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left: setCurrent(m_current < 0 ? last : std::max(0, m_current - 1)); break;
    case Qt::Key_Right: setCurrent(std::min(last, m_current + 1)); break;
    case Qt::Key_Home: setCurrent(std::min(0, last)); break;
    case Qt::Key_End: setCurrent(last); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: choose(m_current); break;
    default: QWidget::keyPressEvent(event);
    }
}

void SpanChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    painter.setPen(palette().color(hasFocus() ? QPalette::Highlight : QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    if (m_overview.bars.isEmpty()) {
        painter.setPen(theme::muted());
        painter.drawText(rect(), Qt::AlignCenter, tr("Nothing to show."));
        return;
    }
    paintScale(painter);
    for (int bar = 0; bar < m_overview.bars.size(); ++bar)
        paintBar(painter, bar);
}

void SpanChart::paintScale(QPainter &painter) const
{
    const QRectF area = plot();
    const int line = fontMetrics().height();
    painter.setPen(theme::muted());
    painter.drawText(QRectF(area.left(), area.top() - line, area.width(), line), Qt::AlignLeft,
                     tr("at most %1").arg(QLocale().toString(m_most)));
    painter.drawText(QRectF(area.left(), area.top() - line, area.width(), line), Qt::AlignRight,
                     overviewStepText(m_overview.step));
    const QRectF below(area.left(), area.bottom() + 2, area.width(), line);
    painter.drawText(below, Qt::AlignLeft,
                     overviewSpanText(m_overview.bars.first(), m_overview.step));
    if (m_overview.bars.size() > 1)
        painter.drawText(below, Qt::AlignRight,
                         overviewSpanText(m_overview.bars.last(), m_overview.step));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
}

void SpanChart::paintBar(QPainter &painter, int bar) const
{
    const QRectF room = barPlace(bar);
    const OverviewCounts &counts = m_overview.bars.at(bar).counts;
    qreal bottom = room.bottom();
    for (std::size_t part = 0; part < OverviewParts; ++part) {
        if (counts.at(part) == 0)
            continue;
        const qreal height = std::max(LeastPart,
                                      room.height() * static_cast<qreal>(counts.at(part))
                                          / static_cast<qreal>(m_most));
        const qreal top = std::max(room.top(), bottom - height);
        painter.fillRect(QRectF(room.left(), top, room.width(), bottom - top),
                         overviewBrush(static_cast<OverviewPart>(part)));
        bottom = top;
    }
    if (bar == m_current) {
        painter.setPen(QPen(palette().color(QPalette::Text), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(room.adjusted(-1, -1, 1, 1));
    }
}

} // namespace icebreaker
