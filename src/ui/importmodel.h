#pragma once

#include "interop/callbackimport.h"

#include <QAbstractTableModel>
#include <QList>

namespace icebreaker {

/// The statuses that were found in a text, before they are taken.
class ImportModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NumberColumn, StatusColumn, TimeColumn, SendColumn, LineColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setCallbacks(const QList<ImportedCallback> &callbacks);
    [[nodiscard]] QList<StatusEvent> events() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const ImportedCallback &callback, int column) const;

    QList<ImportedCallback> m_callbacks;
};

} // namespace icebreaker
