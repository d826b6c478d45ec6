#pragma once

#include <QAbstractTableModel>
#include <QStringList>

namespace icebreaker {

/// A table of texts that is shown as a whole and never edited: small lists that came from
/// outside. Texts are plain, whatever they look like.
class TextTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit TextTableModel(QStringList headings, QObject *parent = nullptr);

    /// @param rows  each with as many texts as there are headings
    void show(const QList<QStringList> &rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const QStringList m_headings;
    QList<QStringList> m_rows;
};

} // namespace icebreaker
