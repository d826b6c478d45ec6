#pragma once

#include "core/outboundrequest.h"
#include "core/requestcheck.h"

#include <QAbstractTableModel>

namespace icebreaker {

class Composer;

/// The template's parameters as a table; edits go to the Composer at once.
class ParameterModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PartColumn, IndexColumn, TypeColumn, ValueColumn, CheckColumn, ColumnCount };
    enum Role {
        ChoicesRole = Qt::UserRole, ///< QStringList for a cell that is chosen, not typed.
    };

    explicit ParameterModel(Composer &composer, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] static QString partText(Part part);
    [[nodiscard]] static QString typeText(ParameterType type);

private:
    void follow();
    [[nodiscard]] const CheckEntry *entryFor(int row) const;
    [[nodiscard]] QVariant checkData(int row, int role) const;

    Composer &m_composer;
    QList<TemplateParameter> m_rows;
    QList<CheckEntry> m_entries;
};

} // namespace icebreaker
