#pragma once

#include "core/error.h"
#include "core/sendrecord.h"
#include "store/logfilter.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QSet>
#include <QTimer>

#include <vector>

namespace icebreaker {

class Journal;

/// The log: a window over the journal, newest row first. In memory are the matching
/// rows' numbers (8 bytes each, fetched page by page) and the records near what was
/// last looked at; so it opens the same with 10 or 1,000,000 rows.
///
/// Changes arrive as single inserts, removals and updates, so that views keep selection
/// and scroll position; only another filter resets.
class LogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        ToColumn,
        TemplateColumn,
        AgentColumn,
        ResultColumn,
        DeliveryColumn,
        TookColumn,
        ColumnCount
    };

    /// Of a cell: what the filter has to say for all that are like it; see likeThis().
    static constexpr int LikeThisRole = Qt::UserRole + 20;

    explicit LogModel(Journal &journal, QObject *parent = nullptr);

    void setFilter(const LogFilter &filter);
    [[nodiscard]] const LogFilter &filter() const { return m_filter; }

    /// The journal's number of a model row.
    [[nodiscard]] qint64 journalRow(const QModelIndex &index) const;
    /// The index of a journal row, invalid if it is not (yet) in the window.
    [[nodiscard]] QModelIndex indexOf(qint64 journalRow) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    /// All matching rows are in the window.
    void loaded();
    void failed(const icebreaker::Error &error);

private:
    void reload();
    void fetchRows(int limit);
    void fetchRecords();
    void noteChanges(const QList<qint64> &rows);
    void takeInChanges();
    void apply(const QList<SendRecord> &records);
    void removeMissing(const QList<qint64> &rows, const QList<qint64> &matching);
    void store(const SendRecord &record);
    [[nodiscard]] int positionOf(qint64 row) const;
    [[nodiscard]] bool holds(qint64 row) const;
    [[nodiscard]] static QString text(const SendRecord &record, int column);
    [[nodiscard]] static QVariant toolTip(const SendRecord &record, int column);
    [[nodiscard]] static QVariant chip(const SendRecord &record, int column, int role);

    Journal &m_journal;
    LogFilter m_filter;
    std::vector<qint64> m_rows; ///< Descending.
    bool m_complete = false;
    int m_generation = 0; ///< Answers to an earlier filter are dropped.
    mutable QCache<qint64, SendRecord> m_records;
    mutable QSet<qint64> m_wanted; ///< Looked at, but not in m_records.
    mutable QTimer m_fetchTimer;
    QTimer m_removedTimer;
    QSet<qint64> m_changed;
    bool m_takingIn = false;
};

} // namespace icebreaker
