#include "ui/sessionparametermodel.h"

#include "ui/composer.h"
#include "ui/rowsync.h"
#include "ui/theme.h"
#include "ui/variablehelp.h"
#include "words/checkwords.h"

#include <algorithm>

namespace icebreaker {

SessionParameterModel::SessionParameterModel(Composer &composer, QObject *parent)
    : QAbstractTableModel(parent)
    , m_composer(composer)
    , m_rows(composer.request().sessionParameters())
    , m_entries(composer.entries())
{
    connect(&m_composer, &Composer::changed, this, &SessionParameterModel::follow);
}

int SessionParameterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SessionParameterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SessionParameterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SessionParameter &parameter = m_rows.at(index.row());
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return index.column() == NameColumn ? parameter.name : parameter.value;
    if (role == Qt::ToolTipRole && index.column() != NameColumn)
        return VariableHelp::toolTip(parameter.value, m_composer.variables());
    return index.column() == NameColumn ? checkData(index.row(), role) : QVariant();
}

bool SessionParameterModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    SessionParameter parameter = m_rows.at(index.row());
    (index.column() == NameColumn ? parameter.name : parameter.value) = value.toString();
    if (parameter != m_rows.at(index.row()))
        m_composer.setSessionParameter(index.row(), parameter);
    return true;
}

Qt::ItemFlags SessionParameterModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index)
        | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

QVariant SessionParameterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : tr("Value");
}

void SessionParameterModel::follow()
{
    const auto after = m_composer.request().sessionParameters();
    const RowChange change = compareRows(m_rows, after);
    const int at = change.first + change.changed;
    if (change.removed > 0) {
        beginRemoveRows({}, at, at + change.removed - 1);
        m_rows.remove(at, change.removed);
        endRemoveRows();
    }
    if (change.inserted > 0) {
        beginInsertRows({}, at, at + change.inserted - 1);
        for (int i = 0; i < change.inserted; ++i)
            m_rows.insert(at + i, after.at(at + i));
        endInsertRows();
    }
    m_rows = after;
    auto entries = m_composer.entries();
    const bool checksDiffer = entries != m_entries;
    m_entries = std::move(entries);
    if ((checksDiffer || change.changed > 0) && !m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QVariant SessionParameterModel::checkData(int row, int role) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [row](const auto &entry) {
        return entry.field == Field::SessionParameters && entry.row == row;
    });
    if (found == m_entries.end())
        return {};
    if (role == Qt::ForegroundRole)
        return theme::forSeverity(found->severity);
    return role == Qt::ToolTipRole ? QVariant(checkText(*found)) : QVariant();
}

} // namespace icebreaker
