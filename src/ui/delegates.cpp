#include "ui/delegates.h"

#include "ui/parametermodel.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>

namespace icebreaker {

namespace {

constexpr int ChipPadding = 8;
constexpr int ChipMargin = 4;

} // namespace

QWidget *ChoiceDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                      const QModelIndex &index) const
{
    const auto choices = index.data(ParameterModel::ChoicesRole).toStringList();
    if (choices.isEmpty()) {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (auto *edit = qobject_cast<QLineEdit *>(editor); edit != nullptr && m_help)
            m_help(*edit);
        return editor;
    }
    auto *combo = new QComboBox(parent);
    combo->addItems(choices);
    auto *self = const_cast<ChoiceDelegate *>(this); // NOLINT: Qt calls it const, signals are not
    connect(combo, &QComboBox::activated, self, [self, combo] { emit self->commitData(combo); });
    return combo;
}

void ChoiceDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (auto *combo = qobject_cast<QComboBox *>(editor))
        combo->setCurrentText(index.data(Qt::EditRole).toString());
    else
        QStyledItemDelegate::setEditorData(editor, index);
}

void ChoiceDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                  const QModelIndex &index) const
{
    if (const auto *combo = qobject_cast<QComboBox *>(editor))
        model->setData(index, combo->currentText());
    else
        QStyledItemDelegate::setModelData(editor, model, index);
}

void ChipDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const QVariant background = index.data(Qt::BackgroundRole);
    if (!background.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    cell.text.clear();
    cell.backgroundBrush = Qt::NoBrush;
    const QWidget *widget = cell.widget;
    const QStyle *style = widget != nullptr ? widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, widget);

    const QFontMetrics metrics(cell.font);
    QRect chip = cell.rect.adjusted(ChipMargin, ChipMargin, -ChipMargin, -ChipMargin);
    chip.setWidth(std::min(chip.width(), metrics.horizontalAdvance(text) + 2 * ChipPadding));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(UncertainRole).toBool())
        painter->setPen(QPen(index.data(Qt::ForegroundRole).value<QColor>(), 1, Qt::DashLine));
    else
        painter->setPen(Qt::NoPen);
    painter->setBrush(painter->pen() == Qt::NoPen ? QBrush(background.value<QColor>())
                                                  : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(chip, chip.height() / 2.0, chip.height() / 2.0);
    painter->setPen(index.data(Qt::ForegroundRole).value<QColor>());
    painter->setFont(cell.font);
    painter->drawText(chip.adjusted(ChipPadding, 0, -ChipPadding, 0), Qt::AlignVCenter,
                      metrics.elidedText(text, Qt::ElideRight, chip.width() - 2 * ChipPadding + 1));
    painter->restore();
}

QSize ChipDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index)
        + QSize(2 * (ChipPadding + ChipMargin), ChipMargin);
}

} // namespace icebreaker
