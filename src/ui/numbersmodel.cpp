#include "ui/numbersmodel.h"

#include "phone/phonecheck.h"

#include <QLocale>

#include <algorithm>

namespace icebreaker {

namespace {

QVariant textOf(const AddressEntry &entry, int column)
{
    switch (column) {
    case NumbersModel::NameColumn: return entry.name;
    case NumbersModel::NumberColumn: return phoneForms(entry.number).international;
    case NumbersModel::UsedColumn:
        return entry.lastUsed.isValid()
            ? QLocale().toString(entry.lastUsed.toLocalTime(), QLocale::ShortFormat)
            : QString();
    default: return {};
    }
}

} // namespace

NumbersModel::NumbersModel(const AddressBook &book, QObject *parent)
    : QAbstractTableModel(parent)
    , m_entries(book.entries())
{ }

int NumbersModel::add(const AddressEntry &entry)
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(),
                     [&entry](const AddressEntry &each) { return each.number == entry.number; });
    const int row = static_cast<int>(found - m_entries.begin());
    if (found != m_entries.end()) {
        const QDateTime lastUsed = found->lastUsed;
        *found = entry;
        found->lastUsed = lastUsed;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return row;
    }
    beginInsertRows({}, row, row);
    m_entries.append(entry);
    endInsertRows();
    return row;
}

int NumbersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int NumbersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int{ColumnCount};
}

QVariant NumbersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AddressEntry &entry = m_entries.at(index.row());
    if (index.column() == TestColumn) {
        if (role == Qt::CheckStateRole)
            return entry.isTest ? Qt::Checked : Qt::Unchecked;
        if (role == Qt::AccessibleTextRole)
            return entry.isTest ? tr("test number") : tr("no test number");
        return {};
    }
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return textOf(entry, index.column());
    return {};
}

bool NumbersModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    AddressEntry &entry = m_entries[index.row()];
    if (index.column() == NameColumn && role == Qt::EditRole) {
        entry.name = value.toString().simplified();
    } else if (index.column() == TestColumn && role == Qt::CheckStateRole) {
        entry.isTest = value.toInt() == Qt::Checked;
    } else {
        return false;
    }
    emit dataChanged(index, index);
    return true;
}

QVariant NumbersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case NameColumn: return tr("Name");
    case NumberColumn: return tr("Number");
    case TestColumn: return tr("Test number");
    case UsedColumn: return tr("Last used");
    default: return {};
    }
}

Qt::ItemFlags NumbersModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == NameColumn)
        flags |= Qt::ItemIsEditable;
    else if (index.column() == TestColumn)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool NumbersModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > m_entries.size())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_entries.remove(row, count);
    endRemoveRows();
    return true;
}

} // namespace icebreaker
