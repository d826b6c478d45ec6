#pragma once

#include <QStyledItemDelegate>

#include <functional>

class QLineEdit;

namespace icebreaker {

/// A combo box for cells that give ParameterModel::ChoicesRole, a line edit elsewhere.
/// A choice is taken over as soon as it is made.
class ChoiceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Called with every line edit that a cell gets.
    void setEditHelp(std::function<void(QLineEdit &edit)> help) { m_help = std::move(help); }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;

private:
    std::function<void(QLineEdit &edit)> m_help;
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
