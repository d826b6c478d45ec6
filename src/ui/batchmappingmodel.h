#pragma once

#include <QAbstractTableModel>
#include <QList>

namespace icebreaker {

class BatchDraft;
struct FillTarget;

/// What fills each field and parameter: a column, a text, or a text with columns in it;
/// and what that gives for the first row.
class BatchMappingModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { FieldColumn, SourceColumn, ExampleColumn, ColumnCount };
    enum Role {
        /// QStringList: the sheet's columns.
        ColumnsRole = Qt::UserRole,
    };

    explicit BatchMappingModel(BatchDraft &draft, QObject *parent = nullptr);

    /// Whose example is shown; a row of the sheet.
    void setExampleRow(qsizetype row);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

private:
    void follow();
    [[nodiscard]] const FillTarget &target(int row) const;
    [[nodiscard]] static QString label(const FillTarget &each);
    [[nodiscard]] QString sourceText(const FillTarget &each) const;
    [[nodiscard]] QString example(const FillTarget &each) const;

    BatchDraft &m_draft;
    QList<int> m_order; ///< Recipient and parameters first: they differ from row to row.
    qsizetype m_exampleRow = 0;
};

} // namespace icebreaker
