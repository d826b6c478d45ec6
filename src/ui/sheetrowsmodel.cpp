#include "ui/sheetrowsmodel.h"

#include "ui/batchdraft.h"
#include "ui/privacy.h"
#include "ui/sortedrows.h"
#include "ui/theme.h"

#include <algorithm>
#include <limits>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int CachedFacts = 500; // several screens
constexpr int SheetRowSection = 0;
constexpr int SheetToSection = 1;
constexpr int FirstSheetCell = 2;

} // namespace

SheetRowsModel::SheetRowsModel(BatchDraft &draft, QObject *parent)
    : QAbstractTableModel(parent)
    , m_draft(draft)
    , m_facts(CachedFacts)
{
    connect(&m_draft, &BatchDraft::sheetChanged, this, &SheetRowsModel::reload);
    connect(&m_draft, &BatchDraft::mappingChanged, this, &SheetRowsModel::followMapping);
    connect(&m_draft, &BatchDraft::checked, this, &SheetRowsModel::followChecks);
    reload();
}

void SheetRowsModel::setFilter(std::optional<Verdict> filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_rows = matching();
    endResetModel();
}

qsizetype SheetRowsModel::sheetRow(const QModelIndex &index) const
{
    if (!index.isValid())
        return -1;
    return m_filter ? m_rows.at(static_cast<std::size_t>(index.row())) : index.row();
}

int SheetRowsModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return static_cast<int>(m_filter ? static_cast<qsizetype>(m_rows.size()) : m_rowCount);
}

int SheetRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstSheetCell + static_cast<int>(m_columns.others.size()) + 1;
}

QVariant SheetRowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qsizetype row = sheetRow(index);
    if (index.column() == checkColumn())
        return checkData(row, role);
    const int column = cellColumn(index.column());
    switch (role) {
    case Qt::DisplayRole: return shownText(row, index.column());
    case Qt::EditRole: return column < 0 ? QVariant() : m_draft.sheet().cell(row, column);
    case Qt::TextAlignmentRole:
        return index.column() == SheetRowSection ? (Qt::AlignRight | Qt::AlignVCenter).toInt()
                                                 : QVariant();
    case Qt::ToolTipRole:
        return column < 0 ? QVariant()
                          : tr("Line %1 of the file. Double-click or F2 to change the cell; the "
                               "file stays as it is.")
                                .arg(m_draft.sheet().line(row));
    default: return {};
    }
}

QVariant SheetRowsModel::shownText(qsizetype row, int section) const
{
    QVariant plain = text(row, section);
    if (section == SheetRowSection || !plain.isValid())
        return plain;
    return section == SheetToSection ? privacy::number(plain.toString())
                                     : privacy::text(plain.toString());
}

QVariant SheetRowsModel::text(qsizetype row, int section) const
{
    if (section == SheetRowSection)
        return row + 1;
    if (section == SheetToSection && !factsOf(row).to.isEmpty())
        return factsOf(row).to;
    const int column = cellColumn(section);
    return column < 0 ? QVariant() : m_draft.sheet().cell(row, column);
}

QVariant SheetRowsModel::checkData(qsizetype row, int role) const
{
    const Facts &facts = factsOf(row);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return facts.problem.isEmpty() ? u"✓"_s : privacy::text(facts.problem);
    case Qt::ForegroundRole:
        if (facts.problem.isEmpty())
            return theme::good();
        return theme::forSeverity(facts.verdict == Verdict::Bad ? Severity::Error
                                                                : Severity::Warning);
    default: return {};
    }
}

QVariant SheetRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == SheetRowSection)
        return tr("Row");
    if (section == SheetToSection)
        return tr("To");
    const int column = cellColumn(section);
    return column < 0 ? tr("Check") : m_draft.sheet().columns().value(column);
}

Qt::ItemFlags SheetRowsModel::flags(const QModelIndex &index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    return cellColumn(index.column()) < 0 ? flags : flags | Qt::ItemIsEditable;
}

bool SheetRowsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const int column = cellColumn(index.column());
    if (role != Qt::EditRole || column < 0)
        return false;
    const qsizetype row = sheetRow(index);
    m_facts.remove(row);
    m_draft.setCell(row, column, value.toString());
    emit dataChanged(this->index(index.row(), 0), this->index(index.row(), columnCount() - 1));
    return true;
}

void SheetRowsModel::reload()
{
    beginResetModel();
    m_facts.clear();
    m_columns = shownColumns(m_draft.request());
    m_rowCount = std::min<qsizetype>(m_draft.sheet().rowCount(), std::numeric_limits<int>::max());
    m_filter.reset();
    m_rows.clear();
    endResetModel();
}

void SheetRowsModel::followMapping()
{
    const ShownColumns columns = shownColumns(m_draft.request());
    if (columns != m_columns) { // other columns are another table
        beginResetModel();
        m_columns = columns;
        m_facts.clear();
        endResetModel();
        return;
    }
    followChecks();
}

void SheetRowsModel::followChecks()
{
    m_facts.clear();
    if (m_filter && m_draft.isChecked())
        follow(matching());
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void SheetRowsModel::follow(std::vector<qint32> rows)
{
    const auto gone = missingRuns(m_rows, rows);
    const auto added = missingRuns(rows, m_rows);
    if (gone.size() + added.size() > MostRuns) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    std::for_each(gone.crbegin(), gone.crend(), [this](const RowRun &run) {
        beginRemoveRows({}, run.first, run.first + run.count - 1);
        const auto first = m_rows.begin() + run.first;
        m_rows.erase(first, first + run.count);
        endRemoveRows();
    });
    for (const RowRun &run : added) {
        beginInsertRows({}, run.first, run.first + run.count - 1);
        const auto first = rows.begin() + run.first;
        m_rows.insert(m_rows.begin() + run.first, first, first + run.count);
        endInsertRows();
    }
}

std::vector<qint32> SheetRowsModel::matching() const
{
    std::vector<qint32> rows;
    if (!m_filter || !m_draft.isChecked())
        return rows;
    for (qsizetype row = 0; row < m_rowCount; ++row) {
        if (m_draft.verdicts().verdict(row) == *m_filter)
            rows.push_back(static_cast<qint32>(row));
    }
    return rows;
}

const SheetRowsModel::Facts &SheetRowsModel::factsOf(qsizetype row) const
{
    if (const Facts *known = m_facts.object(row); known != nullptr)
        return *known;
    auto facts = std::make_unique<Facts>();
    facts->to = m_draft.filled(row).text(Field::To);
    facts->problem = m_draft.verdictText(row);
    facts->verdict = m_draft.isChecked() ? m_draft.verdicts().verdict(row) : Verdict::Bad;
    auto *kept = facts.release();
    m_facts.insert(row, kept);
    return *kept;
}

/// The sheet's column behind a section, -1 if there is none.
int SheetRowsModel::cellColumn(int section) const
{
    if (section == SheetToSection)
        return m_columns.recipient;
    return m_columns.others.value(section - FirstSheetCell, -1);
}

} // namespace icebreaker
