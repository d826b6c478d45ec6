#include "ui/ratechart.h"

#include "ui/theme.h"
#include "words/batchwords.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize SmallSize(170, 28);
constexpr QSize LargeSize(180, 110);
constexpr qint64 Span = std::chrono::milliseconds(RateHistory::Span).count();
constexpr qint64 Step = 500; // ms between two points of the line
constexpr double Headroom = 1.5; // of the limit: what is over it stays in the picture
constexpr int MarkWidth = 3;

} // namespace

QString lastMinuteText(const RateHistory &history, int limit, const QDateTime &now)
{
    if (history.starts().isEmpty())
        return RateChart::tr("Nothing was sent in the last minute. The limit is %1 per second.")
            .arg(limit);
    QStringList lines{RateChart::tr("%n send(s) in the last minute.", nullptr,
                                    static_cast<int>(history.starts().size()))};
    lines.append(RateChart::tr("Now %1; at most %2 within one second; the limit is %3.")
                     .arg(rateText(history.rateAt(now)))
                     .arg(history.peak())
                     .arg(limit));
    lines.append(history.rateLimitedCount() == 0
                     ? RateChart::tr("None was answered with 429 (too many requests).")
                     : RateChart::tr("%n answer(s) with 429 (too many requests).", nullptr,
                                     history.rateLimitedCount()));
    return lines.join(u'\n');
}

RateChart::RateChart(Size size, QWidget *parent)
    : QWidget(parent)
    , m_size(size)
{
    setSizePolicy(size == Size::Small ? QSizePolicy::Fixed : QSizePolicy::Expanding,
                  size == Size::Small ? QSizePolicy::Fixed : QSizePolicy::Preferred);
    setAccessibleName(tr("Sends per second in the last minute"));
}

void RateChart::show(const RateHistory &history, int limit, const QDateTime &now)
{
    m_history = history;
    m_limit = limit;
    m_now = now;
    const QString text = lastMinuteText(m_history, m_limit, m_now);
    if (text != accessibleDescription()) {
        setAccessibleDescription(text);
        setToolTip(text);
    }
    update();
}

QSize RateChart::sizeHint() const
{
    return m_size == Size::Small ? SmallSize : LargeSize;
}

/// What the top edge stands for, in starts per second.
double RateChart::scale() const
{
    double most = std::max(1, m_limit) * Headroom;
    for (qint64 ago = 0; m_now.isValid() && ago < Span; ago += Step)
        most = std::max(most, m_history.rateAt(m_now.addMSecs(-ago)));
    return most;
}

QPointF RateChart::place(qint64 msecsAgo, double rate) const
{
    const double x = static_cast<double>(Span - msecsAgo) / static_cast<double>(Span);
    return {1 + x * (width() - 2), (height() - 2) * (1 - rate / scale()) + 1};
}

void RateChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().alternateBase());
    if (m_now.isValid()) {
        paintRate(painter);
        paintMarks(painter);
    }
    if (m_limit > 0)
        paintLimit(painter);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void RateChart::paintRate(QPainter &painter) const
{
    QPainterPath line(place(Span, m_history.rateAt(m_now.addMSecs(-Span))));
    for (qint64 ago = Span - Step; ago >= 0; ago -= Step)
        line.lineTo(place(ago, m_history.rateAt(m_now.addMSecs(-ago))));
    QPainterPath area = line;
    area.lineTo(place(0, 0));
    area.lineTo(place(Span, 0));
    area.closeSubpath();
    const QColor colour = theme::barFor(RowState::Accepted);
    QColor shade = colour;
    shade.setAlphaF(0.25F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(area, shade);
    painter.setPen(QPen(colour, 1.5));
    painter.drawPath(line);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void RateChart::paintMarks(QPainter &painter) const
{
    for (const RateHistory::Start &start : m_history.starts()) {
        const qint64 ago = start.at.msecsTo(m_now);
        if (start.isRateLimited && ago < Span)
            painter.fillRect(
                QRectF(place(ago, 0).x() - MarkWidth / 2.0, 1, MarkWidth, height() - 2),
                theme::barFor(RowState::Refused));
    }
}

void RateChart::paintLimit(QPainter &painter) const
{
    const auto y = static_cast<int>(place(0, m_limit).y());
    painter.setPen(QPen(theme::limitLine(), 1, Qt::DashLine));
    painter.drawLine(1, y, width() - 2, y);
    if (m_size == Size::Small)
        return;
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QPoint(6, y - 4), tr("limit %1/s").arg(m_limit));
}

} // namespace icebreaker
