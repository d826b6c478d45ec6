#include "ui/batchrowsmodel.h"

#include "core/deliverystate.h"
#include "core/whendone.h"
#include "store/batches.h"
#include "ui/delegates.h"
#include "ui/plaintext.h"
#include "ui/privacy.h"
#include "ui/sortedrows.h"
#include "ui/theme.h"
#include "words/batchwords.h"
#include "words/deliverywords.h"
#include "words/sendwords.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int CachedRows = 2000; // about 1 kB each
constexpr auto ChangeInterval = 100ms; // ten times a second looks alive
constexpr qsizetype RowsPerReading = 2000;
constexpr int RowSection = 0;
constexpr int ToSection = 1;
constexpr int FirstCell = 2;
constexpr int SectionsAfterCells = 3; // check, result, delivery

OutboundRequest requestOf(const BatchPlan &plan)
{
    return OutboundRequest::fromJson(plan.request).value_or(OutboundRequest());
}

/// Sorts numbers by value and everything else by the letter, without a locale's cost.
QString sortKey(const QString &text)
{
    constexpr int digits = 20; // of the longest qint64
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber && number >= 0 ? QString::number(number).rightJustified(digits, u'0')
                                   : text.toLower();
}

} // namespace

BatchRowsModel::BatchRowsModel(Batches &batches, QObject *parent)
    : QAbstractTableModel(parent)
    , m_batches(batches)
    , m_known(CachedRows)
{
    m_fetchTimer.setSingleShot(true);
    m_fetchTimer.setInterval(0);
    connect(&m_fetchTimer, &QTimer::timeout, this, &BatchRowsModel::fetch);
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(ChangeInterval);
    connect(&m_changeTimer, &QTimer::timeout, this, &BatchRowsModel::takeInChanges);
    connect(&m_batches, &Batches::changed, this, [this](const QList<qint64> &ids) {
        if (ids.contains(m_record.id) && !m_changeTimer.isActive())
            m_changeTimer.start();
    });
}

void BatchRowsModel::setBatch(const BatchRecord &record)
{
    const bool same = record.id == m_record.id;
    m_record = record;
    if (same)
        return;
    m_states.clear();
    reload();
}

void BatchRowsModel::setFilter(const QList<RowState> &states)
{
    if (states == m_states)
        return;
    m_states = states;
    reload();
}

void BatchRowsModel::reload()
{
    beginResetModel();
    ++m_generation;
    m_isTakingIn = false;
    m_rows.clear();
    m_known.clear();
    m_wanted.clear();
    m_template = RequestTemplate(requestOf(m_record.plan), m_record.plan.columns);
    m_columns = shownColumns(m_template);
    m_isLoaded = false;
    m_isOrdered = false;
    endResetModel();
    if (m_record.id != 0)
        takeInChanges();
}

qint64 BatchRowsModel::batchRow(const QModelIndex &index) const
{
    return index.isValid() ? m_rows.at(static_cast<std::size_t>(index.row())) : 0;
}

const BatchRow *BatchRowsModel::known(const QModelIndex &index) const
{
    const Known *known = m_known.object(batchRow(index));
    return known == nullptr ? nullptr : &known->row;
}

OutboundRequest BatchRowsModel::filled(const BatchRow &row) const
{
    return m_template.filled(row.input.cells);
}

int BatchRowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BatchRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid()
        ? 0
        : FirstCell + static_cast<int>(m_columns.others.size()) + SectionsAfterCells;
}

QVariant BatchRowsModel::numberData(qint64 number, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return number;
    case Qt::TextAlignmentRole: return (Qt::AlignRight | Qt::AlignVCenter).toInt();
    default: return {};
    }
}

QVariant BatchRowsModel::toolTip(const BatchRow &row, int section) const
{
    if (section == resultColumn() - 1)
        return checkText(row);
    if (!row.last)
        return {};
    if (section == resultColumn())
        return explain(*row.last).meaning;
    return section == deliveryColumn() ? plainToolTip(deliveryTimesText(*row.last)) : QVariant();
}

QVariant BatchRowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qint64 number = batchRow(index);
    const Known *known = m_known.object(number);
    if (role == Qt::DisplayRole && (known == nullptr || known->isStale)) {
        m_wanted.insert(number);
        m_fetchTimer.start();
    }
    if (index.column() == RowSection)
        return numberData(number, role);
    if (known == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == ToSection ? privacy::number(text(known->row, ToSection))
                                           : privacy::text(text(known->row, index.column()));
    case Qt::EditRole: return text(known->row, index.column()); // for copies
    case Qt::BackgroundRole:
    case Qt::ForegroundRole: return chip(known->row, index.column(), role);
    case Qt::ToolTipRole: return toolTip(known->row, index.column());
    case ChipDelegate::UncertainRole:
        return index.column() == deliveryColumn() && known->row.last && isGuess(*known->row.last);
    default: return {};
    }
}

QVariant BatchRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == RowSection)
        return tr("Row");
    if (section == ToSection)
        return tr("To");
    if (section == resultColumn())
        return tr("Result");
    if (section == deliveryColumn())
        return tr("Delivery");
    const int column = m_columns.others.value(section - FirstCell, -1);
    return column < 0 ? tr("Check") : m_record.plan.columns.value(column);
}

QString BatchRowsModel::text(const BatchRow &row, int section) const
{
    if (section == ToSection)
        return filled(row).text(Field::To);
    if (section == resultColumn()) {
        if (row.last && row.last->outcome && row.state != RowState::Waiting)
            return resultText(*row.last);
        return row.state == RowState::Waiting && row.attempts > 0 ? tr("waiting again")
                                                                  : rowStateText(row.state);
    }
    if (section == deliveryColumn())
        return row.last ? deliveryText(*row.last) : u"—"_s;
    const int column = m_columns.others.value(section - FirstCell, -1);
    return column < 0 ? checkText(row) : row.input.cells.value(column);
}

QString BatchRowsModel::checkText(const BatchRow &row) const
{
    return row.state == RowState::Excluded ? row.input.reason : u"✓"_s;
}

QVariant BatchRowsModel::chip(const BatchRow &row, int section, int role) const
{
    theme::ChipColours colours;
    if (section == resultColumn()) {
        colours = theme::chipFor(row.state);
    } else if (section == deliveryColumn() && row.last
               && row.last->delivery != DeliveryStatus::None) {
        colours = theme::chipFor(row.last->delivery);
    } else if (section == resultColumn() - 1 && role == Qt::ForegroundRole) {
        return row.state == RowState::Excluded ? theme::forSeverity(Severity::Error)
                                               : theme::good();
    } else {
        return {};
    }
    return role == Qt::BackgroundRole ? colours.background : colours.text;
}

/// One round at a time: what changes meanwhile is taken in by the next one.
void BatchRowsModel::takeInChanges()
{
    if (m_isTakingIn) {
        m_takeInAgain = true;
        return;
    }
    if (m_isLoaded && m_states.isEmpty()) { // a batch gets no new rows
        noteStale();
        return;
    }
    m_isTakingIn = true;
    whenDone(m_batches.rowNumbers(m_record.id, m_states), this,
             [this, generation = m_generation](const Result<QList<qint64>> &rows) {
                 if (generation != m_generation)
                     return;
                 m_isTakingIn = false;
                 if (std::exchange(m_takeInAgain, false))
                     m_changeTimer.start();
                 if (!rows) {
                     emit failed(rows.error());
                     return;
                 }
                 m_isLoaded = true;
                 follow({rows->begin(), rows->end()});
                 noteStale();
             });
}

/// What is in view is painted again, and that asks for what is stale there.
void BatchRowsModel::noteStale()
{
    const auto keys = m_known.keys();
    for (const qint64 key : keys)
        m_known.object(key)->isStale = true;
    if (rowCount() > 0)
        emit dataChanged(index(0, resultColumn()), index(rowCount() - 1, deliveryColumn()));
}

void BatchRowsModel::follow(std::vector<qint64> rows)
{
    if (m_isOrdered) {
        followOrdered(rows);
        return;
    }
    const auto gone = missingRuns(m_rows, rows);
    const auto added = missingRuns(rows, m_rows);
    if (gone.size() + added.size() > MostRuns) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    std::for_each(gone.crbegin(), gone.crend(),
                  [this](const RowRun &run) { removeRun(run.first, run.count); });
    for (const RowRun &run : added)
        insertRun(run.first, rows.cbegin() + run.first, run.count);
}

/// Keeps the order in which the user looks at them; new ones come at the end.
void BatchRowsModel::followOrdered(const std::vector<qint64> &rows)
{
    for (int place = rowCount() - 1; place >= 0; --place) {
        if (!std::binary_search(rows.begin(), rows.end(), m_rows[static_cast<std::size_t>(place)]))
            removeRun(place, 1);
    }
    if (m_rows.size() == rows.size())
        return;
    std::vector<qint64> shown = m_rows;
    std::sort(shown.begin(), shown.end());
    std::vector<qint64> fresh;
    std::set_difference(rows.begin(), rows.end(), shown.begin(), shown.end(),
                        std::back_inserter(fresh));
    if (!fresh.empty())
        insertRun(rowCount(), fresh.cbegin(), static_cast<int>(fresh.size()));
}

void BatchRowsModel::insertRun(int place, std::vector<qint64>::const_iterator first, int count)
{
    beginInsertRows({}, place, place + count - 1);
    m_rows.insert(m_rows.begin() + place, first, first + count);
    endInsertRows();
}

void BatchRowsModel::removeRun(int place, int count)
{
    beginRemoveRows({}, place, place + count - 1);
    m_rows.erase(m_rows.begin() + place, m_rows.begin() + place + count);
    endRemoveRows();
}

void BatchRowsModel::fetch()
{
    if (m_wanted.isEmpty())
        return;
    const QList<qint64> rows(m_wanted.begin(), m_wanted.end());
    m_wanted.clear();
    whenDone(m_batches.rows(m_record.id, rows), this,
             [this, generation = m_generation](const Result<QList<BatchRow>> &read) {
                 if (generation != m_generation)
                     return;
                 if (read)
                     store(*read);
                 else
                     emit failed(read.error());
             });
}

void BatchRowsModel::store(const QList<BatchRow> &rows)
{
    QSet<qint64> fresh;
    for (const BatchRow &row : rows) {
        m_known.insert(row.input.row, new Known{row, false});
        fresh.insert(row.input.row);
    }
    // They are near each other: one signal for all, and the view repaints once.
    int first = -1;
    int last = -1;
    for (int place = 0; place < rowCount() && !fresh.isEmpty(); ++place) {
        if (!fresh.remove(m_rows[static_cast<std::size_t>(place)]))
            continue;
        first = first < 0 ? place : first;
        last = place;
    }
    if (first >= 0)
        emit dataChanged(index(first, 0), index(last, columnCount() - 1));
}

void BatchRowsModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = std::max(column, RowSection);
    m_sortOrder = order;
    m_isOrdered = m_sortColumn != RowSection || order == Qt::DescendingOrder;
    ++m_generation;
    m_isTakingIn = false;
    m_sortKeys.clear();
    if (m_sortColumn != RowSection) {
        readKeys(0);
        return;
    }
    if (m_isOrdered) { // backwards is an order like any other
        for (const qint64 row : m_rows)
            m_sortKeys.insert(row, sortKey(QString::number(row)));
    }
    applyOrder();
    takeInChanges();
}

void BatchRowsModel::readKeys(qsizetype from)
{
    const auto count = std::min(RowsPerReading, static_cast<qsizetype>(m_rows.size()) - from);
    if (count <= 0) {
        applyOrder();
        return;
    }
    const QList<qint64> rows(m_rows.begin() + from, m_rows.begin() + from + count);
    whenDone(m_batches.rows(m_record.id, rows), this,
             [this, next = from + count,
              generation = m_generation](const Result<QList<BatchRow>> &read) {
                 if (generation != m_generation)
                     return;
                 if (!read) {
                     emit failed(read.error());
                     return;
                 }
                 for (const BatchRow &row : *read)
                     m_sortKeys.insert(row.input.row, sortKey(text(row, m_sortColumn)));
                 readKeys(next);
             });
}

void BatchRowsModel::applyOrder()
{
    const auto keys = std::exchange(m_sortKeys, {});
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<qint64> numbers;
    for (const QModelIndex &each : before)
        numbers.append(batchRow(each));
    std::sort(m_rows.begin(), m_rows.end());
    if (!keys.isEmpty()) {
        const bool descending = m_sortOrder == Qt::DescendingOrder;
        std::stable_sort(m_rows.begin(), m_rows.end(), [&keys, descending](qint64 a, qint64 b) {
            const int comparison = keys.value(a).compare(keys.value(b));
            return descending ? comparison > 0 : comparison < 0;
        });
    }
    QHash<qint64, int> places;
    for (int place = 0; place < rowCount(); ++place)
        places.insert(m_rows[static_cast<std::size_t>(place)], place);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(index(places.value(numbers.at(i)), before.at(i).column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace icebreaker
