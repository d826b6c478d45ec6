#include "ui/batchmappingmodel.h"

#include "ui/batchdraft.h"
#include "ui/theme.h"
#include "words/checkwords.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

int rank(Field field)
{
    switch (field) {
    case Field::To: return 0;
    case Field::Components: return 1;
    case Field::SessionParameters: return 2;
    default: return 3;
    }
}

} // namespace

BatchMappingModel::BatchMappingModel(BatchDraft &draft, QObject *parent)
    : QAbstractTableModel(parent)
    , m_draft(draft)
{
    connect(&m_draft, &BatchDraft::mappingChanged, this, &BatchMappingModel::follow);
    connect(&m_draft, &BatchDraft::sheetChanged, this, &BatchMappingModel::follow);
    connect(&m_draft, &BatchDraft::cellChanged, this, [this](qsizetype row) {
        if (row == m_exampleRow)
            follow();
    });
    follow();
}

void BatchMappingModel::setExampleRow(qsizetype row)
{
    m_exampleRow = row;
    emit headerDataChanged(Qt::Horizontal, ExampleColumn, ExampleColumn);
    follow();
}

int BatchMappingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int BatchMappingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BatchMappingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FillTarget &each = target(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == FieldColumn)
            return label(each);
        return index.column() == SourceColumn ? sourceText(each) : example(each);
    case Qt::EditRole: return index.column() == SourceColumn ? each.text : QVariant();
    case ColumnsRole: return m_draft.sheet().columns();
    case Qt::ForegroundRole:
        return index.column() == SourceColumn && each.text.isEmpty()
            ? theme::forSeverity(Severity::Error)
            : QVariant();
    case Qt::ToolTipRole:
        return index.column() == SourceColumn
            ? tr("Choose a column, or type a text. {{column}} within a text is replaced by the "
                 "row's value.")
            : QVariant();
    default: return {};
    }
}

QVariant BatchMappingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FieldColumn: return tr("Field");
    case SourceColumn: return tr("From column or text");
    default: return m_exampleRow == 0 ? tr("First row") : tr("Row %1").arg(m_exampleRow + 1);
    }
}

Qt::ItemFlags BatchMappingModel::flags(const QModelIndex &index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    return index.column() == SourceColumn ? flags | Qt::ItemIsEditable : flags;
}

bool BatchMappingModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || index.column() != SourceColumn)
        return false;
    m_draft.setTarget(m_order.value(index.row()), value.toString());
    return true;
}

void BatchMappingModel::follow()
{
    QList<int> order(m_draft.hasRows() ? m_draft.targets().size() : 0);
    std::generate(order.begin(), order.end(), [n = 0]() mutable { return n++; });
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
        return rank(m_draft.targets().at(a).field) < rank(m_draft.targets().at(b).field);
    });
    if (order.size() > m_order.size()) {
        beginInsertRows({}, rowCount(), static_cast<int>(order.size()) - 1);
        m_order = order;
        endInsertRows();
    } else if (order.size() < m_order.size()) {
        beginRemoveRows({}, static_cast<int>(order.size()), rowCount() - 1);
        m_order = order;
        endRemoveRows();
    }
    m_order = order;
    if (!m_order.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const FillTarget &BatchMappingModel::target(int row) const
{
    return m_draft.targets().at(m_order.at(row));
}

/// As the template's author and the form call it: "Body {{1}}", "Button 0".
QString BatchMappingModel::label(const FillTarget &each)
{
    if (each.field != Field::Components)
        return each.field == Field::SessionParameters ? each.name : fieldLabel(each.field);
    const QString index = each.name.section(u' ', -1);
    if (each.name.startsWith("body"_L1))
        return tr("Body {{%1}}").arg(index);
    if (each.name.startsWith("header"_L1))
        return tr("Header {{%1}}").arg(index);
    return each.name.startsWith("button"_L1) ? tr("Button %1").arg(index) : each.name;
}

QString BatchMappingModel::sourceText(const FillTarget &each) const
{
    if (each.text.isEmpty())
        return tr("choose… ▾");
    for (const QString &column : m_draft.sheet().columns()) {
        if (each.text == u"{{"_s + column + u"}}"_s)
            return tr("%1 ▾").arg(column);
    }
    return each.text.contains("{{"_L1) ? each.text : tr("“%1”").arg(each.text);
}

QString BatchMappingModel::example(const FillTarget &each) const
{
    const auto row = std::min(m_exampleRow, m_draft.sheet().rowCount() - 1);
    if (row < 0)
        return {};
    for (const FillTarget &filled : fillTargets(m_draft.filled(row))) {
        if (filled.field == each.field && filled.row == each.row)
            return filled.text;
    }
    return {};
}

} // namespace icebreaker
