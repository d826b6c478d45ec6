#include "ui/parametermodel.h"

#include "ui/composer.h"
#include "ui/rowsync.h"
#include "ui/theme.h"
#include "ui/variablehelp.h"
#include "words/checkwords.h"

#include <algorithm>
#include <array>

namespace icebreaker {

namespace {

constexpr std::array Parts{Part::Header, Part::Body, Part::Button};
constexpr std::array ButtonTypes{ParameterType::Payload, ParameterType::Text};
constexpr std::array OtherTypes{ParameterType::Text, ParameterType::Image, ParameterType::Document,
                                ParameterType::Video};
constexpr int MaxButtonIndex = 9; // up to 10 buttons a template (developers.facebook.com, 2026-05)

QStringList partChoices()
{
    QStringList choices;
    for (const Part part : Parts)
        choices.append(ParameterModel::partText(part));
    return choices;
}

QList<ParameterType> typesFor(Part part)
{
    return part == Part::Button ? QList<ParameterType>(ButtonTypes.begin(), ButtonTypes.end())
        : part == Part::Header  ? QList<ParameterType>(OtherTypes.begin(), OtherTypes.end())
                                : QList<ParameterType>{ParameterType::Text};
}

QStringList typeChoices(Part part)
{
    QStringList choices;
    for (const ParameterType type : typesFor(part))
        choices.append(ParameterModel::typeText(type));
    return choices;
}

bool setPart(TemplateParameter &parameter, const QString &text)
{
    const auto *part = std::find_if(Parts.begin(), Parts.end(), [&text](Part each) {
        return ParameterModel::partText(each) == text;
    });
    if (part == Parts.end())
        return false;
    parameter.part = *part;
    if (!typesFor(*part).contains(parameter.type))
        parameter.type = typesFor(*part).first();
    parameter.index = 0;
    return true;
}

bool setType(TemplateParameter &parameter, const QString &text)
{
    for (const ParameterType type : typesFor(parameter.part)) {
        if (ParameterModel::typeText(type) == text) {
            parameter.type = type;
            return true;
        }
    }
    return false;
}

bool setIndex(TemplateParameter &parameter, const QVariant &value)
{
    bool isNumber = false;
    const int index = value.toInt(&isNumber);
    if (!isNumber || index < 0 || index > MaxButtonIndex)
        return false;
    parameter.index = index;
    return true;
}

} // namespace

ParameterModel::ParameterModel(Composer &composer, QObject *parent)
    : QAbstractTableModel(parent)
    , m_composer(composer)
    , m_rows(composer.request().parameters())
    , m_entries(composer.entries())
{
    connect(&m_composer, &Composer::changed, this, &ParameterModel::follow);
}

int ParameterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ParameterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ParameterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TemplateParameter &parameter = m_rows.at(index.row());
    if (index.column() == CheckColumn)
        return checkData(index.row(), role);
    if (role == ChoicesRole) {
        if (index.column() == PartColumn)
            return partChoices();
        return index.column() == TypeColumn ? typeChoices(parameter.part) : QStringList();
    }
    if (role == Qt::ToolTipRole) {
        const QVariant check = checkData(index.row(), role);
        return check.isValid() ? check
                               : VariableHelp::toolTip(parameter.value, m_composer.variables());
    }
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case PartColumn: return partText(parameter.part);
    case IndexColumn: return parameter.index;
    case TypeColumn: return typeText(parameter.type);
    default: return parameter.value;
    }
}

bool ParameterModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    TemplateParameter parameter = m_rows.at(index.row());
    switch (index.column()) {
    case PartColumn:
        if (value.toString() == partText(parameter.part) || !setPart(parameter, value.toString()))
            return false;
        break;
    case IndexColumn:
        if (!setIndex(parameter, value))
            return false;
        break;
    case TypeColumn:
        if (!setType(parameter, value.toString()))
            return false;
        break;
    default: parameter.value = value.toString();
    }
    if (parameter == m_rows.at(index.row()))
        return true;
    m_composer.setParameter(index.row(), parameter);
    return true;
}

Qt::ItemFlags ParameterModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid() || m_rows.at(index.row()).type == ParameterType::Other
        || m_rows.at(index.row()).part == Part::Other || index.column() == CheckColumn)
        return flags;
    const bool position = index.column() == IndexColumn;
    if (!position || m_rows.at(index.row()).part == Part::Button)
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant ParameterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PartColumn: return tr("Part");
    case IndexColumn: return tr("#");
    case TypeColumn: return tr("Type");
    case ValueColumn: return tr("Value");
    default: return tr("Check");
    }
}

QString ParameterModel::partText(Part part)
{
    switch (part) {
    case Part::Header: return tr("Header");
    case Part::Body: return tr("Body");
    case Part::Button: return tr("Button");
    case Part::Other: break;
    }
    return tr("Other");
}

QString ParameterModel::typeText(ParameterType type)
{
    switch (type) {
    case ParameterType::Text: return tr("text");
    case ParameterType::Payload: return tr("payload");
    case ParameterType::Image: return tr("image (link)");
    case ParameterType::Document: return tr("document (link)");
    case ParameterType::Video: return tr("video (link)");
    case ParameterType::Other: break;
    }
    return tr("kept as it is");
}

void ParameterModel::follow()
{
    const auto after = m_composer.request().parameters();
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
    if (change.changed > 0)
        emit dataChanged(index(change.first, 0), index(at - 1, ColumnCount - 1));
    if (checksDiffer && !m_rows.isEmpty())
        emit dataChanged(index(0, CheckColumn), index(rowCount() - 1, CheckColumn));
}

const CheckEntry *ParameterModel::entryFor(int row) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [row](const auto &entry) {
        return entry.field == Field::Components && entry.row == row;
    });
    return found == m_entries.end() ? nullptr : &*found;
}

QVariant ParameterModel::checkData(int row, int role) const
{
    const CheckEntry *entry = entryFor(row);
    switch (role) {
    case Qt::DisplayRole: return entry == nullptr ? tr("✓") : checkText(*entry);
    case Qt::ToolTipRole: return entry == nullptr ? QVariant() : checkText(*entry);
    case Qt::ForegroundRole:
        return entry == nullptr ? theme::good() : theme::forSeverity(entry->severity);
    default: return {};
    }
}

} // namespace icebreaker
