#pragma once

#include "store/historyreader.h"

#include <QAbstractTableModel>
#include <QHash>

namespace icebreaker {

/// Groups of sends with their counts, most first, as they are added step by step. Sorted
/// by whatever a view asks for.
class LogGroupModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ValueColumn, CountColumn, LastColumn, ColumnCount };
    /// More than anybody reads; the rest is counted, but not listed.
    static constexpr int MostListed = 1000;

    using QAbstractTableModel::QAbstractTableModel;

    void clear(LogGrouping grouping);
    /// Adds the groups of one step. show() shows them.
    void add(const QList<LogGroup> &groups);
    void show();

    /// What the log's filter has to say for a row.
    [[nodiscard]] QString tokenOf(const QModelIndex &index) const;
    [[nodiscard]] qsizetype groupCount() const { return m_groups.size(); }
    [[nodiscard]] qint64 sendCount() const { return m_sends; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    [[nodiscard]] QString text(const LogGroup &group) const;
    void arrange();

    LogGrouping m_grouping = LogGrouping::Recipient;
    QHash<QString, LogGroup> m_groups;
    QList<LogGroup> m_rows;
    qint64 m_sends = 0;
    int m_column = CountColumn;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

} // namespace icebreaker
