#pragma once

#include "core/diagnosis.h"

#include <QAbstractTableModel>

namespace icebreaker {

/// A report, line by line, under a heading for this computer and for each host.
class DiagnosisModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns { CheckColumn, ResultColumn, TimeColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Follows the report's changes without a reset, as long as it has the same lines.
    void show(const DiagnosisReport &report);
    [[nodiscard]] bool isHeading(int row) const { return m_rows.at(row).line < 0; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        qsizetype host = -1; ///< -1: this computer.
        qsizetype line = -1; ///< -1: the heading.
        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] static QList<Row> rowsOf(const DiagnosisReport &report);
    [[nodiscard]] const CheckLine &line(const Row &row) const;
    [[nodiscard]] QString heading(const Row &row) const;
    [[nodiscard]] QString text(const Row &row, int column) const;

    DiagnosisReport m_report;
    QList<Row> m_rows;
};

} // namespace icebreaker
