#pragma once

#include "core/requestimport.h"

#include <QAbstractTableModel>
#include <QList>
#include <QSet>

namespace icebreaker {

/// The requests that were found, each to be taken or not.
class RequestImportModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ToColumn, TemplateColumn, NotesColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// All of them are to be taken at first.
    void setRequests(const QList<ImportedRequest> &requests);
    /// Those that are to be taken, with a name each.
    [[nodiscard]] QList<ImportedRequest> chosen() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void chosenChanged();

private:
    [[nodiscard]] QString nameOf(int row) const;
    [[nodiscard]] QString text(int row, int column) const;

    QList<ImportedRequest> m_requests;
    QSet<int> m_left; ///< Rows that are not to be taken.
};

} // namespace icebreaker
