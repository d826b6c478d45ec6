#pragma once

#include "batch/sheet.h"
#include "batch/sheetrows.h"
#include "interop/csvparser.h"

namespace icebreaker {

/// Makes a Sheet row by row.
class SheetBuilder
{
public:
    /// A spreadsheet holds no more ("Excel specifications and limits",
    /// support.microsoft.com; LibreOffice has the same).
    static constexpr qsizetype MaxRows = 1'048'576;

    enum class Added {
        Yes,
        TooManyColumns, ///< Text beyond the last column: what belongs where is unclear.
        TooManyRows, ///< More than MaxRows, or more text than SheetRows::MaxBytes.
    };

    SheetBuilder(QString name, QStringList columns);

    /// Empty cells beyond the last column do not count.
    [[nodiscard]] Added add(const CsvRow &row);
    [[nodiscard]] qsizetype rowCount() const { return m_rows->size(); }
    /// A copy of the first rows, at most @p most.
    [[nodiscard]] Sheet firstRows(qsizetype most) const;
    /// The builder is of no further use.
    [[nodiscard]] Sheet take();

private:
    [[nodiscard]] Sheet sheetOf(std::shared_ptr<const SheetRows> rows) const;

    QString m_name;
    QStringList m_columns;
    std::shared_ptr<SheetRows> m_rows;
    std::vector<qsizetype> m_ends; ///< Only to keep its memory from row to row.
};

} // namespace icebreaker
