#pragma once

#include "core/outboundrequest.h"
#include "core/requestcheck.h"

#include <QAbstractTableModel>

namespace icebreaker {

class Composer;

/// The agent parameters that the request presets; edits go to the Composer at once.
class SessionParameterModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };

    explicit SessionParameterModel(Composer &composer, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void follow();
    [[nodiscard]] QVariant checkData(int row, int role) const;

    Composer &m_composer;
    QList<SessionParameter> m_rows;
    QList<CheckEntry> m_entries;
};

} // namespace icebreaker
