#include "ui/wrappedtext.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace icebreaker {

WrappedText::WrappedText(QString text, const QFont &font, int width)
    : m_text(std::move(text))
    , m_font(font)
    , m_width(width)
{
    m_text.replace(QLatin1Char('\n'), QChar(QChar::LineSeparator));
    m_size = lay(nullptr, {});
}

void WrappedText::draw(QPainter &painter, const QPoint &topLeft, const QColor &colour) const
{
    painter.setPen(colour);
    (void)lay(&painter, topLeft);
}

QSize WrappedText::lay(QPainter *painter, const QPoint &topLeft) const
{
    if (m_text.isEmpty())
        return {};
    QTextLayout layout(m_text, m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    qreal top = 0;
    qreal widest = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(m_width);
        line.setPosition({0, top});
        top += line.height();
        widest = std::max(widest, line.naturalTextWidth());
    }
    layout.endLayout();
    if (painter != nullptr)
        layout.draw(painter, topLeft);
    return {static_cast<int>(std::ceil(widest)), static_cast<int>(std::ceil(top))};
}

} // namespace icebreaker
