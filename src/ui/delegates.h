#pragma once

#include <QStyledItemDelegate>

namespace icebreaker {

/// A combo box for cells that give ParameterModel::ChoicesRole, a line edit elsewhere.
/// A choice is taken over as soon as it is made.
class ChoiceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;
};

/// Paints a cell's text as a chip in the colours that the model gives for
/// Qt::BackgroundRole and Qt::ForegroundRole; with a dashed outline instead where the
/// model gives true for UncertainRole.
class ChipDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int UncertainRole = Qt::UserRole + 64;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace icebreaker
