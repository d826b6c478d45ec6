#include "batch/sheetbuilder.h"

#include <utility>

namespace icebreaker {

SheetBuilder::SheetBuilder(QString name, QStringList columns)
    : m_name(std::move(name))
    , m_columns(std::move(columns))
    , m_rows(std::make_shared<SheetRows>())
{ }

SheetBuilder::Added SheetBuilder::add(const CsvRow &row)
{
    const qsizetype columns = m_columns.size();
    m_ends = row.ends;
    while (!m_ends.empty() && row.cell(static_cast<qsizetype>(m_ends.size()) - 1).isEmpty())
        m_ends.pop_back();
    if (static_cast<qsizetype>(m_ends.size()) > columns)
        return Added::TooManyColumns;
    if (m_rows->size() >= MaxRows || !m_rows->append(row.line, row.bytes, m_ends))
        return Added::TooManyRows;
    return Added::Yes;
}

Sheet SheetBuilder::firstRows(qsizetype most) const
{
    return sheetOf(std::make_shared<SheetRows>(m_rows->firstRows(most)));
}

Sheet SheetBuilder::take()
{
    return sheetOf(std::move(m_rows));
}

Sheet SheetBuilder::sheetOf(std::shared_ptr<const SheetRows> rows) const
{
    Sheet sheet;
    sheet.m_name = m_name;
    sheet.m_columns = m_columns;
    sheet.m_rows = std::move(rows);
    return sheet;
}

} // namespace icebreaker
