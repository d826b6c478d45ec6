#include "ui/savedfiltersdialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

SavedFiltersDialog::SavedFiltersDialog(const QList<SavedFilter> &filters, QWidget *parent)
    : QDialog(parent)
    , m_table(new QTableWidget(static_cast<int>(filters.size()), 2, this))
    , m_remove(new QPushButton(tr("&Delete"), this))
{
    setWindowTitle(tr("Saved Filters"));
    resize(560, 320);
    auto *label = new QLabel(tr("&Filters of the log; double click to change one"), this);
    label->setBuddy(m_table);
    m_table->setObjectName(u"savedFilterTable"_s);
    m_table->setAccessibleName(tr("Saved filters"));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Filter")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->resizeSection(0, 180);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        m_table->setItem(row, 0, new QTableWidgetItem(filters.at(row).name));
        m_table->setItem(row, 1, new QTableWidgetItem(filters.at(row).text));
    }
    m_remove->setObjectName(u"removeFilterButton"_s);
    m_remove->setAutoDefault(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->addButton(m_remove, QDialogButtonBox::ActionRole);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_table);
    layout->addWidget(buttons);
    connect(m_remove, &QPushButton::clicked, this, &SavedFiltersDialog::removeSelected);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (m_table->rowCount() > 0)
        m_table->selectRow(0);
}

QList<SavedFilter> SavedFiltersDialog::filters() const
{
    QList<SavedFilter> filters;
    for (int row = 0; row < m_table->rowCount(); ++row)
        filters =
            withFilter(filters, {m_table->item(row, 0)->text(), m_table->item(row, 1)->text()});
    return filters;
}

void SavedFiltersDialog::removeSelected()
{
    QList<int> rows;
    const auto selected = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : std::as_const(rows))
        m_table->removeRow(row);
}

} // namespace icebreaker
