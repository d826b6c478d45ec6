#include "ui/importmodel.h"

#include "ui/privacy.h"
#include "words/sendwords.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Of a send's ID, enough to tell it from others.
constexpr qsizetype ShownId = 8;

} // namespace

void ImportModel::setCallbacks(const QList<ImportedCallback> &callbacks)
{
    beginResetModel();
    m_callbacks = callbacks;
    endResetModel();
}

QList<StatusEvent> ImportModel::events() const
{
    QList<StatusEvent> events;
    events.reserve(m_callbacks.size());
    for (const ImportedCallback &each : m_callbacks)
        events.append(each.event);
    return events;
}

int ImportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_callbacks.size());
}

int ImportModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ImportModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ImportedCallback &callback = m_callbacks.at(index.row());
    if (role == Qt::DisplayRole)
        return text(callback, index.column());
    if (role == Qt::ToolTipRole)
        return QString::fromUtf8(callback.event.raw);
    if (role == Qt::TextAlignmentRole && index.column() == LineColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QString ImportModel::text(const ImportedCallback &callback, int column) const
{
    const StatusEvent &event = callback.event;
    switch (column) {
    case NumberColumn: return event.to.isEmpty() ? u"—"_s : privacy::number(event.to);
    case StatusColumn:
        return event.status == DeliveryStatus::Other ? event.statusText
                                                     : deliveryStatusText(event.status);
    case TimeColumn: {
        const QDateTime at = event.eventAt.isValid() ? event.eventAt : event.arrivedAt;
        return at.isValid() ? at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s) : u"—"_s;
    }
    case SendColumn:
        if (!event.sendId.isEmpty())
            return tr("%1… (named by its address)").arg(event.sendId.first(ShownId));
        return event.messageUuid.isEmpty() ? tr("by number and time, if that fits")
                                           : tr("by message, or number and time");
    default: return QString::number(callback.line);
    }
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn: return tr("Number");
    case StatusColumn: return tr("Status");
    case TimeColumn: return tr("Time");
    case SendColumn: return tr("Send");
    case LineColumn: return tr("Line");
    default: return {};
    }
}

} // namespace icebreaker
