#include "ui/variabletable.h"

#include "store/variablejson.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

enum VariableColumn { VariableNameColumn, VariableValueColumn, VariableColumnCount };

} // namespace

VariableTable::VariableTable(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, VariableColumnCount, this))
    , m_remove(new QPushButton(tr("Remo&ve"), this))
{
    m_table->setObjectName(u"variableTable"_s);
    m_table->setAccessibleName(tr("Variables"));
    m_table->setToolTip(tr("In any text of a request, {{name}} stands for the value. "
                           "Not for keys: the values are kept in plain text."));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->resizeSection(VariableNameColumn, 150);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(96);
    auto *add = new QPushButton(tr("A&dd"), this);
    add->setObjectName(u"addVariableButton"_s);
    m_remove->setObjectName(u"removeVariableButton"_s);
    for (QPushButton *button : {add, m_remove})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    layout->addLayout(buttons);
    setFocusProxy(m_table);

    connect(add, &QPushButton::clicked, this, [this] {
        append({});
        m_table->setCurrentCell(m_table->rowCount() - 1, VariableNameColumn);
        m_table->editItem(m_table->currentItem());
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_table->removeRow(m_table->currentRow());
        emit edited();
    });
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &VariableTable::showButtons);
    connect(m_table, &QTableWidget::itemChanged, this, [this] {
        if (!m_isShowing)
            emit edited();
    });
    showButtons();
}

void VariableTable::setVariables(const QList<Variable> &variables)
{
    m_isShowing = true;
    m_table->setRowCount(0);
    for (const Variable &variable : variables)
        append(variable);
    m_isShowing = false;
    showButtons();
}

QList<Variable> VariableTable::variables() const
{
    QList<Variable> variables;
    for (int row = 0; row < m_table->rowCount(); ++row)
        variables.append({m_table->item(row, VariableNameColumn)->text(),
                          m_table->item(row, VariableValueColumn)->text()});
    return tidied(variables);
}

void VariableTable::append(const Variable &variable)
{
    const bool wasShowing = std::exchange(m_isShowing, true);
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, VariableNameColumn, new QTableWidgetItem(variable.name));
    m_table->setItem(row, VariableValueColumn, new QTableWidgetItem(variable.value));
    m_isShowing = wasShowing;
}

void VariableTable::showButtons()
{
    m_remove->setEnabled(m_table->currentRow() >= 0);
}

} // namespace icebreaker
