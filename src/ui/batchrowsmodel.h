#pragma once

#include "core/batch.h"
#include "core/error.h"
#include "core/requesttemplate.h"
#include "ui/showncolumns.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <vector>

namespace icebreaker {

class Batches;

/// The rows of a batch that is written down: a window over the journal, like LogModel. In
/// memory are the rows' numbers and the rows near what was last looked at.
///
/// What changes is taken in some ten times a second at most, however fast the batch is:
/// rows that come and go in a filter are single inserts and removals, rows that change
/// are read again where somebody looks.
class BatchRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit BatchRowsModel(Batches &batches, QObject *parent = nullptr);

    /// @param record  id 0 shows nothing
    void setBatch(const BatchRecord &record);
    /// Rows in one of @p states; all if it is empty.
    void setFilter(const QList<RowState> &states);
    [[nodiscard]] const QList<RowState> &filter() const { return m_states; }

    /// The batch's number of a model row, from 1; 0 if there is none.
    [[nodiscard]] qint64 batchRow(const QModelIndex &index) const;
    /// What is known of it at the moment; nullptr if it was not read yet.
    [[nodiscard]] const BatchRow *known(const QModelIndex &index) const;
    [[nodiscard]] OutboundRequest filled(const BatchRow &row) const;

    [[nodiscard]] int resultColumn() const { return columnCount() - 2; }
    [[nodiscard]] int deliveryColumn() const { return columnCount() - 1; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Orders by a column as it is now; later changes move nothing.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

signals:
    void failed(const icebreaker::Error &error);

private:
    struct Known {
        BatchRow row;
        bool isStale = false; ///< Shown until it was read again.
    };

    void reload();
    void takeInChanges();
    void noteStale();
    void follow(std::vector<qint64> rows);
    void followOrdered(const std::vector<qint64> &rows);
    void fetch();
    void store(const QList<BatchRow> &rows);
    void readKeys(qsizetype from);
    void applyOrder();
    void insertRun(int place, std::vector<qint64>::const_iterator first, int count);
    void removeRun(int place, int count);
    [[nodiscard]] QString text(const BatchRow &row, int section) const;
    [[nodiscard]] static QVariant numberData(qint64 number, int role);
    [[nodiscard]] QVariant toolTip(const BatchRow &row, int section) const;
    [[nodiscard]] QVariant chip(const BatchRow &row, int section, int role) const;
    [[nodiscard]] QString checkText(const BatchRow &row) const;

    Batches &m_batches;
    BatchRecord m_record;
    RequestTemplate m_template;
    ShownColumns m_columns;
    QList<RowState> m_states;
    std::vector<qint64> m_rows; ///< In file order, unless m_isOrdered.
    bool m_isLoaded = false;
    bool m_isOrdered = false;
    int m_sortColumn = 0;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    QHash<qint64, QString> m_sortKeys; ///< While they are read.
    int m_generation = 0; ///< Answers about another batch, filter or order are dropped.
    mutable QCache<qint64, Known> m_known;
    mutable QSet<qint64> m_wanted;
    mutable QTimer m_fetchTimer;
    QTimer m_changeTimer;
    bool m_isTakingIn = false;
    bool m_takeInAgain = false;
};

} // namespace icebreaker
