#include "ui/mappingdelegate.h"

#include "ui/batchmappingmodel.h"

#include <QComboBox>
#include <QLineEdit>

namespace icebreaker {

using namespace Qt::StringLiterals;

QWidget *MappingDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                       const QModelIndex &index) const
{
    auto *combo = new QComboBox(parent);
    combo->setEditable(true);
    combo->setInsertPolicy(QComboBox::NoInsert);
    combo->setAccessibleName(
        tr("Column or text for %1")
            .arg(index.siblingAtColumn(BatchMappingModel::FieldColumn).data().toString()));
    combo->lineEdit()->setPlaceholderText(tr("Choose a column or type a text"));
    const auto columns = index.data(BatchMappingModel::ColumnsRole).toStringList();
    for (const QString &column : columns)
        combo->addItem(column, QString(u"{{"_s + column + u"}}"_s));
    auto *self = const_cast<MappingDelegate *>(this); // NOLINT: Qt calls it const, signals are not
    connect(combo, &QComboBox::activated, self, [self, combo](int choice) {
        combo->setEditText(combo->itemData(choice).toString());
        emit self->commitData(combo);
        emit self->closeEditor(combo);
    });
    return combo;
}

void MappingDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *combo = qobject_cast<QComboBox *>(editor);
    const QString text = index.data(Qt::EditRole).toString();
    combo->setCurrentIndex(combo->findData(text));
    combo->setEditText(text);
    combo->lineEdit()->selectAll();
}

void MappingDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                   const QModelIndex &index) const
{
    model->setData(index, qobject_cast<QComboBox *>(editor)->currentText());
}

} // namespace icebreaker
