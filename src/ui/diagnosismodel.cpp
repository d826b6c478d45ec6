#include "ui/diagnosismodel.h"

#include "ui/theme.h"
#include "words/diagnosiswords.h"

#include <QFont>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString symbolOf(CheckState state)
{
    switch (state) {
    case CheckState::Waiting: return u"·"_s;
    case CheckState::Running: return u"…"_s;
    case CheckState::Good: return u"✓"_s;
    case CheckState::Notice: return u"⚠"_s;
    case CheckState::Bad: return u"✗"_s;
    case CheckState::NotChecked: break;
    }
    return u"–"_s;
}

QVariant colourOfState(CheckState state)
{
    switch (state) {
    case CheckState::Good: return theme::good();
    case CheckState::Notice: return theme::forSeverity(Severity::Warning);
    case CheckState::Bad: return theme::forSeverity(Severity::Error);
    case CheckState::Waiting:
    case CheckState::Running:
    case CheckState::NotChecked: break;
    }
    return theme::muted();
}

} // namespace

QList<DiagnosisModel::Row> DiagnosisModel::rowsOf(const DiagnosisReport &report)
{
    QList<Row> rows;
    const auto add = [&rows](qsizetype host, const QList<CheckLine> &lines) {
        if (lines.isEmpty())
            return;
        rows.append({host, -1});
        for (qsizetype i = 0; i < lines.size(); ++i)
            rows.append({host, i});
    };
    for (qsizetype i = 0; i < report.hosts.size(); ++i)
        add(i, report.hosts.at(i).lines);
    add(-1, report.computer);
    return rows;
}

void DiagnosisModel::show(const DiagnosisReport &report)
{
    const QList<Row> rows = rowsOf(report);
    if (rows != m_rows) {
        beginResetModel();
        m_report = report;
        m_rows = rows;
        endResetModel();
        return;
    }
    m_report = report;
    if (!rows.isEmpty())
        emit dataChanged(index(0, 0), index(static_cast<int>(rows.size()) - 1, ColumnCount - 1));
}

int DiagnosisModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiagnosisModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const CheckLine &DiagnosisModel::line(const Row &row) const
{
    return row.host < 0 ? m_report.computer.at(row.line)
                        : m_report.hosts.at(row.host).lines.at(row.line);
}

QString DiagnosisModel::heading(const Row &row) const
{
    if (row.host < 0)
        return tr("This computer");
    const QString title = hostTitle(m_report.hosts.at(row.host));
    return row.host == 0 ? title : tr("For comparison – %1").arg(title);
}

QString DiagnosisModel::text(const Row &row, int column) const
{
    if (row.line < 0)
        return column == CheckColumn ? heading(row) : QString();
    const CheckLine &check = line(row);
    switch (column) {
    case CheckColumn: return symbolOf(check.state) + u"  "_s + checkName(check.kind);
    case ResultColumn: {
        const QString found = findingText(check, m_report);
        return found.isEmpty() ? checkStateText(check.state) : found;
    }
    default: return checkTimeText(check);
    }
}

QVariant DiagnosisModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    const bool isTitle = row.line < 0;
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::AccessibleTextRole:
        if (!isTitle && index.column() == CheckColumn)
            return tr("%1: %2").arg(checkName(line(row).kind), checkStateText(line(row).state));
        return text(row, index.column());
    case Qt::ToolTipRole:
        return isTitle || line(row).technical.isEmpty() ? QVariant() : line(row).technical;
    case Qt::TextAlignmentRole:
        return static_cast<int>(index.column() == TimeColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                             : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return !isTitle && index.column() == CheckColumn ? colourOfState(line(row).state)
                                                         : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(isTitle);
        return font;
    }
    default: return {};
    }
}

QVariant DiagnosisModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case CheckColumn: return tr("Check");
    case ResultColumn: return tr("Found");
    default: return tr("Time");
    }
}

Qt::ItemFlags DiagnosisModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return isHeading(index.row()) ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace icebreaker
