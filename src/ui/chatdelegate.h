#pragma once

#include <QStyledItemDelegate>

namespace icebreaker {

/// Paints a turn of a ChatModel as a bubble: the agent's left, the customer's right, of
/// somebody unknown across. Text is drawn as it is, never taken for HTML.
class ChatDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace icebreaker
