#include "ui/logmodel.h"

#include "core/deliverystate.h"
#include "core/whendone.h"
#include "store/journal.h"
#include "ui/delegates.h"
#include "ui/likethis.h"
#include "ui/plaintext.h"
#include "ui/privacy.h"
#include "ui/theme.h"
#include "words/deliverywords.h"
#include "words/sendwords.h"

#include <QLocale>

#include <algorithm>
#include <functional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int FirstPage = 200; // more than a screen shows
constexpr int NextPage = 50'000; // few round trips, each a few milliseconds of the reader
constexpr int CachedRecords = 4000; // about 2 kB each
constexpr int RemovedDelayMs = 500;
constexpr int AgentTail = 4; // an ID's end tells agents apart in a narrow column

} // namespace

LogModel::LogModel(Journal &journal, QObject *parent)
    : QAbstractTableModel(parent)
    , m_journal(journal)
    , m_records(CachedRecords)
{
    // One fetch for all cells that a repaint asked for.
    m_fetchTimer.setSingleShot(true);
    m_fetchTimer.setInterval(0);
    connect(&m_fetchTimer, &QTimer::timeout, this, &LogModel::fetchRecords);
    connect(&m_journal, &Journal::changed, this, &LogModel::noteChanges);
    // One look for the many steps of a deletion.
    m_removedTimer.setSingleShot(true);
    m_removedTimer.setInterval(RemovedDelayMs);
    connect(&m_removedTimer, &QTimer::timeout, this, &LogModel::reload);
    connect(&m_journal, &Journal::removed, this, [this] {
        if (!m_removedTimer.isActive())
            m_removedTimer.start();
    });
    reload();
}

void LogModel::setFilter(const LogFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    reload();
}

qint64 LogModel::journalRow(const QModelIndex &index) const
{
    return index.isValid() ? m_rows.at(static_cast<std::size_t>(index.row())) : 0;
}

QModelIndex LogModel::indexOf(qint64 journalRow) const
{
    return holds(journalRow) ? index(positionOf(journalRow), 0) : QModelIndex();
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::toolTip(const SendRecord &record, int column)
{
    switch (column) {
    case AgentColumn: return record.claim.agentId;
    case DeliveryColumn: return plainToolTip(deliveryTimesText(record));
    case ResultColumn: return QString(resultText(record) + u'\n' + explain(record).meaning);
    default: return {};
    }
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qint64 row = journalRow(index);
    const SendRecord *record = m_records.object(row);
    if (record == nullptr) {
        if (role == Qt::DisplayRole) {
            m_wanted.insert(row);
            m_fetchTimer.start();
        }
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == ToColumn ? privacy::number(record->claim.to)
                                          : text(*record, index.column());
    case Qt::EditRole: return text(*record, index.column()); // for copies
    case Qt::BackgroundRole:
    case Qt::ForegroundRole: return chip(*record, index.column(), role);
    case Qt::ToolTipRole: return toolTip(*record, index.column());
    case ChipDelegate::UncertainRole: return index.column() == DeliveryColumn && isGuess(*record);
    case LikeThisRole: return likeThis(*record, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == TookColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                            : QVariant();
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("Time");
    case ToColumn: return tr("To");
    case TemplateColumn: return tr("Template");
    case AgentColumn: return tr("Agent");
    case ResultColumn: return tr("Result");
    case DeliveryColumn: return tr("Delivery");
    default: return tr("Took");
    }
}

void LogModel::reload()
{
    beginResetModel();
    ++m_generation;
    m_rows.clear();
    m_records.clear();
    m_wanted.clear();
    m_complete = false;
    endResetModel();
    fetchRows(FirstPage);
}

void LogModel::fetchRows(int limit)
{
    const qint64 before = m_rows.empty() ? 0 : m_rows.back();
    whenDone(m_journal.rows(m_filter, before, limit), this,
             [this, limit, generation = m_generation](const Result<QList<qint64>> &page) {
                 if (generation != m_generation)
                     return;
                 if (!page) {
                     emit failed(page.error());
                     return;
                 }
                 if (!page->isEmpty()) {
                     const int first = rowCount();
                     beginInsertRows({}, first, first + static_cast<int>(page->size()) - 1);
                     m_rows.insert(m_rows.end(), page->begin(), page->end());
                     endInsertRows();
                 }
                 if (page->size() == limit) {
                     fetchRows(NextPage);
                 } else {
                     m_complete = true;
                     emit loaded();
                 }
             });
}

void LogModel::fetchRecords()
{
    if (m_wanted.isEmpty())
        return;
    const QList<qint64> rows(m_wanted.begin(), m_wanted.end());
    m_wanted.clear();
    whenDone(m_journal.records(rows), this,
             [this, generation = m_generation](const Result<QList<SendRecord>> &records) {
                 if (generation != m_generation)
                     return;
                 if (!records) {
                     emit failed(records.error());
                     return;
                 }
                 for (const SendRecord &record : *records)
                     store(record);
             });
}

void LogModel::noteChanges(const QList<qint64> &rows)
{
    for (const qint64 row : rows)
        m_changed.insert(row);
    takeInChanges();
}

/// One round at a time: what changes meanwhile is taken in by the next one, so a fast
/// batch costs a query per round and not per row.
void LogModel::takeInChanges()
{
    if (m_takingIn || m_changed.isEmpty())
        return;
    m_takingIn = true;
    const QList<qint64> rows(m_changed.begin(), m_changed.end());
    m_changed.clear();
    auto matching = m_journal.matching(m_filter, rows);
    whenDone(matching, this,
             [this, rows, generation = m_generation](const Result<QList<qint64>> &hits) {
                 const auto done = [this] {
                     m_takingIn = false;
                     takeInChanges();
                 };
                 if (!hits || generation != m_generation) {
                     done();
                     return;
                 }
                 removeMissing(rows, *hits);
                 whenDone(m_journal.records(*hits), this,
                          [this, done, generation](const Result<QList<SendRecord>> &records) {
                              if (records && generation == m_generation)
                                  apply(*records);
                              done();
                          });
             });
}

void LogModel::apply(const QList<SendRecord> &records)
{
    for (const SendRecord &record : records) {
        if (holds(record.row)) {
            store(record);
            continue;
        }
        const int position = positionOf(record.row);
        if (position == rowCount() && !m_complete)
            continue; // its page comes later
        m_records.insert(record.row, new SendRecord(record));
        beginInsertRows({}, position, position);
        m_rows.insert(m_rows.begin() + position, record.row);
        endInsertRows();
    }
}

void LogModel::removeMissing(const QList<qint64> &rows, const QList<qint64> &matching)
{
    for (const qint64 row : rows) {
        if (matching.contains(row) || !holds(row))
            continue;
        const int position = positionOf(row);
        beginRemoveRows({}, position, position);
        m_rows.erase(m_rows.begin() + position);
        m_records.remove(row);
        endRemoveRows();
    }
}

void LogModel::store(const SendRecord &record)
{
    m_records.insert(record.row, new SendRecord(record));
    if (holds(record.row)) {
        const int position = positionOf(record.row);
        emit dataChanged(index(position, 0), index(position, ColumnCount - 1));
    }
}

int LogModel::positionOf(qint64 row) const
{
    return static_cast<int>(std::lower_bound(m_rows.begin(), m_rows.end(), row, std::greater<>())
                            - m_rows.begin());
}

bool LogModel::holds(qint64 row) const
{
    return std::binary_search(m_rows.begin(), m_rows.end(), row, std::greater<>());
}

QString LogModel::text(const SendRecord &record, int column)
{
    const Claim &claim = record.claim;
    switch (column) {
    case TimeColumn: {
        const QDateTime local = claim.claimedAt.toLocalTime();
        const QString time = local.toString(u"HH:mm:ss.zzz"_s);
        return local.date() == QDate::currentDate()
            ? time
            : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + time;
    }
    case ToColumn: return claim.to;
    case TemplateColumn:
        return claim.templateName.isEmpty() ? claim.channel
                                            : tr("%1 · %2").arg(claim.templateName, claim.locale);
    case AgentColumn: return u'…' + claim.agentId.right(AgentTail);
    case ResultColumn: return resultText(record);
    case DeliveryColumn: return deliveryText(record);
    default:
        return record.answer.timing.total.count() > 0 ? durationText(record.answer.timing.total)
                                                      : QString();
    }
}

QVariant LogModel::chip(const SendRecord &record, int column, int role)
{
    theme::ChipColours colours;
    if (column == ResultColumn)
        colours = theme::chipFor(record);
    else if (column == DeliveryColumn && record.delivery != DeliveryStatus::None)
        colours = theme::chipFor(record.delivery);
    else
        return {};
    return role == Qt::BackgroundRole ? colours.background : colours.text;
}

} // namespace icebreaker
