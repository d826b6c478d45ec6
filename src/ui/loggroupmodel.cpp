#include "ui/loggroupmodel.h"

#include "core/outcome.h"
#include "store/filtertokens.h"
#include "ui/privacy.h"
#include "words/sendwords.h"

#include <QLocale>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isLess(const LogGroup &a, const LogGroup &b, int column)
{
    switch (column) {
    case LogGroupModel::CountColumn: return a.count < b.count;
    case LogGroupModel::LastColumn: return a.last < b.last;
    default: return a.value.localeAwareCompare(b.value) < 0;
    }
}

} // namespace

void LogGroupModel::clear(LogGrouping grouping)
{
    m_grouping = grouping;
    m_groups.clear();
    m_sends = 0;
    show();
}

void LogGroupModel::add(const QList<LogGroup> &groups)
{
    for (const LogGroup &group : groups) {
        LogGroup &whole = m_groups[group.value];
        whole.value = group.value;
        whole.count += group.count;
        if (!whole.last.isValid() || whole.last < group.last)
            whole.last = group.last;
        m_sends += group.count;
    }
}

void LogGroupModel::show()
{
    beginResetModel();
    m_rows = m_groups.values();
    // The largest are listed, whatever they are sorted by.
    if (m_rows.size() > MostListed) {
        std::nth_element(m_rows.begin(), m_rows.begin() + MostListed, m_rows.end(),
                         [](const LogGroup &a, const LogGroup &b) { return a.count > b.count; });
        m_rows.resize(MostListed);
    }
    arrange();
    endResetModel();
}

void LogGroupModel::arrange()
{
    std::sort(m_rows.begin(), m_rows.end(), [this](const LogGroup &a, const LogGroup &b) {
        if (isLess(a, b, m_column) || isLess(b, a, m_column))
            return m_order == Qt::AscendingOrder ? isLess(a, b, m_column) : isLess(b, a, m_column);
        return a.value < b.value;
    });
}

void LogGroupModel::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    beginResetModel();
    arrange();
    endResetModel();
}

QString LogGroupModel::tokenOf(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    QString value = m_rows.at(index.row()).value;
    switch (m_grouping) {
    case LogGrouping::Recipient: return filterToken(u"to"_s, value);
    case LogGrouping::Agent: return filterToken(u"agent"_s, value);
    case LogGrouping::Template: return filterToken(u"template"_s, value);
    case LogGrouping::Error: break;
    }
    return value;
}

int LogGroupModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LogGroupModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LogGroupModel::text(const LogGroup &group) const
{
    if (m_grouping != LogGrouping::Error)
        return group.value;
    const QString key = group.value.section(u':', 0, 0);
    const QString value = group.value.section(u':', 1);
    if (key == "status"_L1)
        return tr("HTTP %1").arg(value);
    if (key == "code"_L1)
        return tr("Rejected with code %1").arg(value);
    if (const auto outcome = outcomeFromName(value); key == "outcome"_L1 && outcome)
        return outcomeText(*outcome);
    if (value == "rejected"_L1)
        return deliveryStatusText(DeliveryStatus::Rejected);
    return deliveryStatusText(value == "undeliverable"_L1 ? DeliveryStatus::Undeliverable
                                                          : DeliveryStatus::Failed);
}

QVariant LogGroupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LogGroup &group = m_rows.at(index.row());
    if (role == Qt::TextAlignmentRole && index.column() == CountColumn)
        return (Qt::AlignRight | Qt::AlignVCenter).toInt();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ValueColumn:
        return m_grouping == LogGrouping::Recipient ? privacy::number(text(group)) : text(group);
    case CountColumn: return QLocale().toString(group.count);
    default: return QLocale().toString(group.last.toLocalTime(), QLocale::ShortFormat);
    }
}

QVariant LogGroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case CountColumn: return tr("Sends");
    case LastColumn: return tr("Last");
    default: break;
    }
    switch (m_grouping) {
    case LogGrouping::Recipient: return tr("Recipient");
    case LogGrouping::Agent: return tr("Agent");
    case LogGrouping::Template: return tr("Template");
    case LogGrouping::Error: break;
    }
    return tr("Error");
}

} // namespace icebreaker
