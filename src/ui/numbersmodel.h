#pragma once

#include "store/addressbook.h"

#include <QAbstractTableModel>

namespace icebreaker {

/// The rows of the numbers dialog: a copy of the address book that is edited until OK.
class NumbersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, NumberColumn, TestColumn, UsedColumn, ColumnCount };

    explicit NumbersModel(const AddressBook &book, QObject *parent = nullptr);

    [[nodiscard]] AddressBook book() const { return AddressBook(m_entries); }
    /// @return the row of the entry with that number, new or not
    int add(const AddressEntry &entry);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

private:
    QList<AddressEntry> m_entries;
};

} // namespace icebreaker
