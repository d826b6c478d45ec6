#pragma once

#include <QStyledItemDelegate>

namespace icebreaker {

/// Paints a row of a TimelineModel: a mark, what happened and when in one line or two, and
/// the details beneath, wrapped to the view's width.
class TimelineDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace icebreaker
