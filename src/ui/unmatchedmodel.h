#pragma once

#include "core/error.h"
#include "core/keptevent.h"

#include <QAbstractTableModel>

namespace icebreaker {

class Deliveries;

/// Statuses that are tied to no send, newest first, page by page. Follows the journal: what
/// comes or goes moves single rows, so that the selection stays.
class UnmatchedModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        ArrivedColumn,
        NumberColumn,
        StatusColumn,
        ErrorColumn,
        MessageColumn,
        ColumnCount
    };

    explicit UnmatchedModel(Deliveries &deliveries, QObject *parent = nullptr);

    /// Null for an invalid index.
    [[nodiscard]] const KeptEvent *eventAt(const QModelIndex &index) const;
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

signals:
    void loaded();
    void failed(const icebreaker::Error &error);

private:
    void reload();
    void load(qint64 before, int limit);
    void follow(const QList<KeptEvent> &events);
    [[nodiscard]] static QString text(const StatusEvent &event, int column);

    Deliveries &m_deliveries;
    QList<KeptEvent> m_events;
    bool m_isLoaded = false; ///< The first page is there.
    bool m_isLoading = false;
    bool m_loadAgain = false; ///< Something changed meanwhile.
    bool m_hasMore = false;
};

} // namespace icebreaker
