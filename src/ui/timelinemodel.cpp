#include "ui/timelinemodel.h"

#include "core/deliverystate.h"
#include "ui/privacy.h"
#include "ui/rowsync.h"
#include "words/deliverywords.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QStringList shownDetails(QStringList details)
{
    for (QString &line : details)
        line = privacy::text(line);
    return details;
}

} // namespace

void TimelineModel::show(const SendRecord &record, const QList<KeptEvent> &events,
                         const QDateTime &now)
{
    QList<Row> rows;
    for (const TimelineStep &step : deliveryTimeline(record, events)) {
        QStringList times{stepTime(step, record, now), stepGap(step)};
        times.removeAll(QString());
        rows.append({step, stepText(step, record), times.join(u"  "_s), stepDetails(step, record),
                     markOf(step, record)});
    }
    follow(rows);
}

void TimelineModel::clear()
{
    follow({});
}

void TimelineModel::follow(const QList<Row> &rows)
{
    const RowChange change = compareRows(m_rows, rows);
    const int next = change.first + change.changed;
    if (change.removed > 0) {
        beginRemoveRows({}, next, next + change.removed - 1);
        m_rows.remove(next, change.removed);
        endRemoveRows();
    }
    for (int row = change.first; row < next; ++row)
        m_rows[row] = rows.at(row);
    if (change.inserted > 0) {
        beginInsertRows({}, next, next + change.inserted - 1);
        for (int row = next; row < next + change.inserted; ++row)
            m_rows.insert(row, rows.at(row));
        endInsertRows();
    }
    if (change.changed > 0)
        emit dataChanged(index(change.first), index(next - 1));
}

const TimelineStep *TimelineModel::step(const QModelIndex &index) const
{
    return index.isValid() ? &m_rows.at(index.row()).step : nullptr;
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return privacy::text(text(row, u"\n"_s));
    case Qt::EditRole: return text(row, u"\n"_s); // for copies
    case Qt::AccessibleTextRole: return privacy::text(text(row, u", "_s));
    case TitleRole: return privacy::text(row.title);
    case TimeRole: return row.time;
    case DetailRole: return shownDetails(row.details);
    case MarkRole: return QVariant::fromValue(row.mark);
    default: return {};
    }
}

QString TimelineModel::text(const Row &row, const QString &separator)
{
    return (QStringList{tr("%1 · %2").arg(row.title, row.time)} + row.details).join(separator);
}

TimelineModel::Mark TimelineModel::markOf(const TimelineStep &step, const SendRecord &record)
{
    switch (step.kind) {
    case TimelineStep::Kind::Sent:
        if (!record.outcome || *record.outcome == Outcome::Unknown)
            return Mark::Open;
        return *record.outcome == Outcome::Accepted ? Mark::Done : Mark::Bad;
    case TimelineStep::Kind::Heard:
        if (step.first.match == EventMatch::NumberAndTime)
            return Mark::Guess;
        return isFailure(step.status) ? Mark::Bad : Mark::Done;
    case TimelineStep::Kind::Missed:
    case TimelineStep::Kind::Awaited: break;
    }
    return Mark::Open;
}

} // namespace icebreaker
