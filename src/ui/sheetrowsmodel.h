#pragma once

#include "batch/sheetcheck.h"
#include "ui/showncolumns.h"

#include <QAbstractTableModel>
#include <QCache>

#include <optional>
#include <vector>

namespace icebreaker {

class BatchDraft;

/// The rows of the batch that is being prepared, with what is wrong with each. Cells can
/// be mended in place. A million rows cost 4 bytes each, and only while filtered.
class SheetRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit SheetRowsModel(BatchDraft &draft, QObject *parent = nullptr);

    /// Only rows with this verdict; all without one.
    void setFilter(std::optional<Verdict> filter);
    [[nodiscard]] const std::optional<Verdict> &filter() const { return m_filter; }

    /// The sheet's number of a model row, from 0; -1 if there is none.
    [[nodiscard]] qsizetype sheetRow(const QModelIndex &index) const;
    [[nodiscard]] int checkColumn() const { return columnCount() - 1; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

private:
    struct Facts {
        QString to;
        QString problem; ///< Empty if it is ready.
        Verdict verdict = Verdict::Ready;
    };

    void reload();
    void followMapping();
    void followChecks();
    void follow(std::vector<qint32> rows);
    [[nodiscard]] std::vector<qint32> matching() const;
    [[nodiscard]] const Facts &factsOf(qsizetype row) const;
    [[nodiscard]] int cellColumn(int section) const;
    [[nodiscard]] QVariant text(qsizetype row, int section) const;
    [[nodiscard]] QVariant shownText(qsizetype row, int section) const;
    [[nodiscard]] QVariant checkData(qsizetype row, int role) const;

    BatchDraft &m_draft;
    std::optional<Verdict> m_filter;
    ShownColumns m_columns;
    qsizetype m_rowCount = 0; ///< Of the sheet, as the views know it.
    std::vector<qint32> m_rows; ///< While filtered: ascending.
    mutable QCache<qsizetype, Facts> m_facts;
};

} // namespace icebreaker
