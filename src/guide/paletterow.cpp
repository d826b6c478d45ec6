#include "guide/paletterow.h"

#include "guide/palettemodel.h"

#include <QPainter>
#include <QTextLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

// On the 8-px grid.
constexpr int RowHeight = 32;
constexpr int RowMargin = 12;
constexpr int RowGap = 8;
constexpr int IconSide = 16;

/// Draws @p text with the characters at @p places bold. @return its width
int drawMarked(QPainter &painter, const QRect &place, const QFont &font, const QString &text,
               const QList<int> &places)
{
    QList<QTextLayout::FormatRange> bold;
    QTextCharFormat format;
    format.setFontWeight(QFont::Bold);
    for (const int at : places)
        bold.append({at, 1, format});
    QTextLayout layout(text, font);
    layout.setFormats(bold);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid())
        line.setNumColumns(static_cast<int>(text.size()));
    layout.endLayout();
    if (!line.isValid())
        return 0;
    const qreal top = place.top() + (place.height() - line.height()) / 2;
    painter.save();
    painter.setClipRect(place);
    layout.draw(&painter, QPointF(place.left(), top));
    painter.restore();
    return qRound(line.naturalTextWidth());
}

} // namespace

void PaletteRow::paint(QPainter *painter, const QStyleOptionViewItem &option,
                       const QModelIndex &index) const
{
    const QPalette &palette = option.palette;
    const bool cannot = !index.data(Qt::ToolTipRole).toString().isEmpty();
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, palette.highlight());
    QRect place = option.rect.adjusted(RowMargin, 0, -RowMargin, 0);
    const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
    const QRect iconPlace(place.left(), place.center().y() - IconSide / 2 + 1, IconSide, IconSide);
    icon.paint(painter, iconPlace, Qt::AlignCenter, cannot ? QIcon::Disabled : QIcon::Normal);
    place.setLeft(place.left() + IconSide + RowGap);

    const QColor quiet = palette.color(QPalette::Disabled, QPalette::Text);
    const QString keys = index.data(PaletteModel::ShortcutRole).toString();
    painter->setFont(option.font);
    painter->setPen(quiet);
    if (!keys.isEmpty()) {
        const int width = option.fontMetrics.horizontalAdvance(keys);
        painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter, keys);
        place.setRight(place.right() - width - 2 * RowGap);
    }
    painter->setPen(cannot ? quiet : palette.color(QPalette::Text));
    const int width = drawMarked(*painter, place, option.font, index.data().toString(),
                                 index.data(PaletteModel::PlacesRole).value<QList<int>>());
    place.setLeft(place.left() + width + 2 * RowGap);
    painter->setPen(quiet);
    if (place.width() > 0)
        painter->drawText(
            place, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data(PaletteModel::DetailRole).toString(),
                                          Qt::ElideRight, place.width()));
    painter->restore();
}

QSize PaletteRow::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {RowHeight, qMax(RowHeight, option.fontMetrics.height() + RowGap)};
}

} // namespace icebreaker
