#include "ui/waterfallview.h"

#include "ui/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr int WaterfallGap = 8;
constexpr int LeastBarArea = 96;
constexpr int LeastBarWidth = 2; // what took no time is still to be seen
constexpr double BarRadius = 2;

QColor colourOf(TimingPhase::Kind kind)
{
    switch (kind) {
    case TimingPhase::Kind::Recording: return theme::muted();
    case TimingPhase::Kind::Lookup:
    case TimingPhase::Kind::Connecting: return theme::barFor(RowState::InFlight);
    case TimingPhase::Kind::Sending:
    case TimingPhase::Kind::Receiving: return theme::barFor(RowState::Accepted);
    case TimingPhase::Kind::Waiting: break;
    }
    return theme::limitLine();
}

double micros(std::chrono::microseconds duration)
{
    return static_cast<double>(duration.count());
}

} // namespace

WaterfallView::WaterfallView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("waterfall"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("How long each phase took"));
}

void WaterfallView::show(const QList<TimingPhase> &phases, const QString &text)
{
    m_phases = phases;
    m_text = text;
    setAccessibleDescription(text);
    setVisible(!phases.isEmpty());
    updateGeometry();
    update();
}

int WaterfallView::rowHeight() const
{
    return fontMetrics().height() + WaterfallGap;
}

QSize WaterfallView::sizeHint() const
{
    const Columns wanted = columns();
    return {wanted.names.width() + wanted.lengths.width() + LeastBarArea + 4 * WaterfallGap,
            rowHeight() * static_cast<int>(m_phases.size()) + WaterfallGap};
}

WaterfallView::Columns WaterfallView::columns() const
{
    int names = 0;
    int lengths = 0;
    for (const TimingPhase &phase : m_phases) {
        names = std::max(names, fontMetrics().horizontalAdvance(phase.name));
        lengths = std::max(lengths, fontMetrics().horizontalAdvance(phaseLengthText(phase)));
    }
    const int left = names + 2 * WaterfallGap;
    const int right = width() - lengths - WaterfallGap;
    return {QRect(WaterfallGap, 0, names, 0),
            QRect(left, 0, std::max(LeastBarWidth, right - WaterfallGap - left), 0),
            QRect(right, 0, lengths, 0)};
}

void WaterfallView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Columns place = columns();
    int y = WaterfallGap / 2;
    for (const TimingPhase &phase : m_phases) {
        paintRow(painter, phase, y, place);
        y += rowHeight();
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().color(QPalette::BrightText));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void WaterfallView::paintRow(QPainter &painter, const TimingPhase &phase, int y,
                             const Columns &columns) const
{
    const auto row = [this, y](const QRect &column) {
        return QRect(column.x(), y, column.width(), rowHeight());
    };
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(row(columns.names), Qt::AlignVCenter | Qt::AlignLeft, phase.name);
    painter.drawText(row(columns.lengths), Qt::AlignVCenter | Qt::AlignRight,
                     phaseLengthText(phase));
    paintBar(painter, phase, row(columns.bars));
}

void WaterfallView::paintBar(QPainter &painter, const TimingPhase &phase, const QRect &area) const
{
    const double first = micros(m_phases.first().begin);
    const double whole = std::max(1.0, micros(m_phases.last().end) - first);
    const double scale = area.width() / whole;
    QRectF bar(area.x() + (micros(phase.begin) - first) * scale, area.y() + WaterfallGap / 2.0,
               std::max<double>(LeastBarWidth, micros(phase.length()) * scale),
               area.height() - WaterfallGap);
    if (bar.right() > area.right() + 1)
        bar.moveRight(area.right() + 1);
    painter.setPen(palette().color(QPalette::Midlight));
    painter.drawLine(area.left(), area.center().y(), area.right(), area.center().y());
    const QColor colour = phase.endedHere ? theme::barFor(RowState::Refused) : colourOf(phase.kind);
    // A bound is no measurement, and looks like none.
    painter.setPen(phase.atMost ? QPen(colour, 1, Qt::DashLine) : QPen(Qt::NoPen));
    painter.setBrush(phase.atMost ? QBrush(colour, Qt::BDiagPattern) : QBrush(colour));
    painter.drawRoundedRect(bar, BarRadius, BarRadius);
}

void WaterfallView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(m_text);
    else
        QWidget::keyPressEvent(event);
}

bool WaterfallView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int row = (help->pos().y() - WaterfallGap / 2) / rowHeight();
    if (row < 0 || row >= m_phases.size())
        QToolTip::hideText();
    else
        QToolTip::showText(
            help->globalPos(),
            tr("%1: %2").arg(m_phases.at(row).name, phaseLengthText(m_phases.at(row))), this);
    return true;
}

} // namespace icebreaker
