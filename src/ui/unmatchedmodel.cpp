#include "ui/unmatchedmodel.h"

#include "core/whendone.h"
#include "store/deliveries.h"
#include "ui/plaintext.h"
#include "ui/privacy.h"
#include "ui/rowsync.h"
#include "words/deliverywords.h"
#include "words/sendwords.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

namespace {

constexpr int PageSize = 500;

QList<qint64> numbersOf(const QList<KeptEvent> &events)
{
    QList<qint64> numbers;
    for (const KeptEvent &event : events)
        numbers.append(event.number);
    return numbers;
}

} // namespace

UnmatchedModel::UnmatchedModel(Deliveries &deliveries, QObject *parent)
    : QAbstractTableModel(parent)
    , m_deliveries(deliveries)
{
    connect(&m_deliveries, &Deliveries::unmatchedChanged, this, &UnmatchedModel::reload);
    reload();
}

const KeptEvent *UnmatchedModel::eventAt(const QModelIndex &index) const
{
    return index.isValid() ? &m_events.at(index.row()) : nullptr;
}

int UnmatchedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int UnmatchedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant UnmatchedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const StatusEvent &event = m_events.at(index.row()).event;
    if (role == Qt::EditRole || (role == Qt::DisplayRole && index.column() != NumberColumn))
        return text(event, index.column());
    if (role == Qt::DisplayRole)
        return privacy::number(text(event, NumberColumn));
    if (role == Qt::ToolTipRole && index.column() == ErrorColumn)
        return plainToolTip(event.errorDetail);
    return {};
}

QVariant UnmatchedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ArrivedColumn: return tr("Arrived");
    case NumberColumn: return tr("Number");
    case StatusColumn: return tr("Status");
    case ErrorColumn: return tr("Error");
    default: return tr("Message ID");
    }
}

QString UnmatchedModel::text(const StatusEvent &event, int column)
{
    switch (column) {
    case ArrivedColumn: return momentText(event.arrivedAt, QDateTime::currentDateTimeUtc());
    case NumberColumn: return event.to.isEmpty() ? tr("none") : event.to;
    case StatusColumn:
        if (event.status != DeliveryStatus::Other)
            return deliveryStatusText(event.status);
        return event.statusText.isEmpty() ? tr("unreadable") : event.statusText;
    case ErrorColumn:
        return event.metaCode.isEmpty() || event.metaCode == event.errorCode
            ? event.errorCode
            : tr("%1 (Meta %2)").arg(event.errorCode, event.metaCode).trimmed();
    default: return event.messageUuid;
    }
}

bool UnmatchedModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore && !m_isLoading;
}

void UnmatchedModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        load(m_events.last().number, PageSize);
}

void UnmatchedModel::reload()
{
    if (m_isLoading)
        m_loadAgain = true;
    else
        load(0, std::max(PageSize, UnmatchedModel::rowCount()));
}

void UnmatchedModel::load(qint64 before, int limit)
{
    m_isLoading = true;
    whenDone(m_deliveries.unmatched(before, limit), this,
             [this, before, limit](const Result<QList<KeptEvent>> &page) {
                 m_isLoading = false;
                 if (!page) {
                     emit failed(page.error());
                     return;
                 }
                 m_hasMore = page->size() == limit;
                 follow(before > 0 ? m_events + *page : *page);
                 m_isLoaded = true;
                 emit loaded();
                 if (std::exchange(m_loadAgain, false))
                     reload();
             });
}

void UnmatchedModel::follow(const QList<KeptEvent> &events)
{
    // From below, so that the numbers above stay right; what is kept keeps its order.
    const QList<qint64> wanted = numbersOf(events);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (wanted.contains(m_events.at(row).number))
            continue;
        beginRemoveRows({}, row, row);
        m_events.removeAt(row);
        endRemoveRows();
    }
    const RowChange change = compareRows(numbersOf(m_events), wanted);
    if (change.inserted > 0) {
        const int first = change.first + change.changed;
        beginInsertRows({}, first, first + change.inserted - 1);
        m_events = events;
        endInsertRows();
    } else {
        m_events = events;
    }
    if (change.changed > 0)
        emit dataChanged(index(change.first, 0),
                         index(change.first + change.changed - 1, ColumnCount - 1));
}

} // namespace icebreaker
