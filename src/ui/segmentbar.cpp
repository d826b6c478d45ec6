#include "ui/segmentbar.h"

#include "ui/theme.h"
#include "words/batchwords.h"

#include <QAccessible>
#include <QPainter>
#include <QPainterPath>

#include <array>
#include <utility>

namespace icebreaker {

namespace {

constexpr int Height = 18;
constexpr qreal Radius = 4;
constexpr qreal LeastWidth = 3; // one refused row of 20,000 is still seen

} // namespace

SegmentBar::SegmentBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress of the batch"));
}

void SegmentBar::setCounts(const BatchCounts &counts)
{
    m_counts = counts;
    const QString text = countsText(counts);
    if (text != accessibleDescription()) {
        setAccessibleDescription(text);
        setToolTip(text);
    }
    update();
}

QSize SegmentBar::sizeHint() const
{
    return {200, Height};
}

void SegmentBar::paintEvent(QPaintEvent *)
{
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(frame, Radius, Radius);
    painter.fillPath(outline, palette().base());

    const auto total = static_cast<qreal>(m_counts.total() - m_counts.excluded);
    if (total > 0) {
        painter.setClipPath(outline);
        const std::array parts{std::pair{RowState::Accepted, m_counts.accepted},
                               std::pair{RowState::Refused, m_counts.refused},
                               std::pair{RowState::Unknown, m_counts.unknown},
                               std::pair{RowState::InFlight, m_counts.inFlight}};
        qreal left = frame.left();
        for (const auto &[state, count] : parts) {
            if (count == 0)
                continue;
            const qreal share = static_cast<qreal>(count) / total * frame.width();
            const qreal width = std::max(LeastWidth, share);
            painter.fillRect(QRectF(left, frame.top(), width, frame.height()),
                             theme::barFor(state));
            left += width;
        }
        painter.setClipping(false);
    }
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawPath(outline);
}

} // namespace icebreaker
