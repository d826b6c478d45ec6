#include "ui/deliverybars.h"

#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int BarHeight = 12;
constexpr int Gap = 6;
constexpr int BarCount = 4;
constexpr qreal LeastWidth = 3;

} // namespace

DeliveryBars::DeliveryBars(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Delivery"));
    setCounts({});
}

void DeliveryBars::setCounts(const BatchCounts &counts)
{
    m_counts = counts;
    QStringList texts;
    for (const Bar &bar : bars())
        texts << bar.text;
    const QString text = texts.join(u", "_s);
    if (text != accessibleDescription())
        setAccessibleDescription(text);
    update();
}

QList<DeliveryBars::Bar> DeliveryBars::bars() const
{
    const QColor accepted = theme::barFor(RowState::Accepted);
    QColor delivered = accepted;
    QColor read = accepted;
    delivered.setAlphaF(0.8F);
    read.setAlphaF(0.55F);
    return {{tr("Accepted %1").arg(m_counts.accepted), m_counts.accepted, accepted},
            {tr("Delivered %1").arg(m_counts.delivered), m_counts.delivered, delivered},
            {tr("Read %1").arg(m_counts.read), m_counts.read, read},
            {tr("Rejected or failed %1").arg(m_counts.failed), m_counts.failed,
             theme::barFor(RowState::Refused)}};
}

QSize DeliveryBars::sizeHint() const
{
    return {160, BarCount * (fontMetrics().height() + BarHeight + Gap)};
}

void DeliveryBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const auto all = bars();
    qint64 most = 1;
    for (const Bar &bar : all)
        most = std::max(most, bar.count);
    int top = 0;
    for (const Bar &bar : all) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(0, top, width(), fontMetrics().height()),
                         Qt::AlignLeft | Qt::AlignVCenter, bar.text);
        top += fontMetrics().height();
        if (bar.count > 0) {
            const qreal share = static_cast<qreal>(bar.count) / static_cast<qreal>(most);
            painter.fillRect(QRectF(0, top + 1, std::max(LeastWidth, share * width()), BarHeight),
                             bar.colour);
        }
        top += BarHeight + Gap;
    }
}

} // namespace icebreaker
