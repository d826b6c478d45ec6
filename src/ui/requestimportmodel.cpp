#include "ui/requestimportmodel.h"

#include "ui/plaintext.h"
#include "ui/privacy.h"
#include "words/importwords.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

void RequestImportModel::setRequests(const QList<ImportedRequest> &requests)
{
    beginResetModel(); // another file: nothing of the old rows remains
    m_requests = requests;
    m_left.clear();
    endResetModel();
    emit chosenChanged();
}

QList<ImportedRequest> RequestImportModel::chosen() const
{
    QList<ImportedRequest> requests;
    for (int row = 0; row < m_requests.size(); ++row) {
        if (m_left.contains(row))
            continue;
        requests.append(m_requests.at(row));
        requests.last().name = nameOf(row);
    }
    return requests;
}

int RequestImportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_requests.size());
}

int RequestImportModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RequestImportModel::nameOf(int row) const
{
    const ImportedRequest &request = m_requests.at(row);
    if (!request.name.isEmpty())
        return request.name;
    const QString name = request.request.text(Field::Template);
    return name.isEmpty() ? tr("Request %1").arg(row + 1) : name;
}

QString RequestImportModel::text(int row, int column) const
{
    const ImportedRequest &request = m_requests.at(row);
    switch (column) {
    case NameColumn: return nameOf(row);
    case ToColumn: return privacy::number(request.request.text(Field::To));
    case TemplateColumn: return request.request.text(Field::Template);
    default: break;
    }
    QStringList notes;
    for (const ImportNote &note : request.notes)
        notes.append(importNoteText(note));
    return notes.join(u' ');
}

QVariant RequestImportModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == Qt::ToolTipRole)
        return plainToolTip(text(index.row(), index.column()));
    if (role == Qt::CheckStateRole && index.column() == NameColumn)
        return m_left.contains(index.row()) ? Qt::Unchecked : Qt::Checked;
    return {};
}

bool RequestImportModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != NameColumn)
        return false;
    if (value.toInt() == Qt::Checked)
        m_left.remove(index.row());
    else
        m_left.insert(index.row());
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit chosenChanged();
    return true;
}

Qt::ItemFlags RequestImportModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == NameColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant RequestImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Request");
    case ToColumn: return tr("To");
    case TemplateColumn: return tr("Template");
    default: return tr("Good to know");
    }
}

} // namespace icebreaker
