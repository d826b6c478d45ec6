#pragma once

#include <QStyledItemDelegate>

namespace icebreaker {

/// A row of the palette: text with the typed letters bold, what it belongs to, shortcut.
class PaletteRow : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

} // namespace icebreaker
