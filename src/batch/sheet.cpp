#include "batch/sheet.h"

#include "batch/sheetrows.h"

namespace icebreaker {

qsizetype Sheet::rowCount() const
{
    return m_rows ? m_rows->size() : 0;
}

QString Sheet::cell(qsizetype row, int column) const
{
    if (const auto changed = m_changed.constFind(row); changed != m_changed.cend())
        return changed->value(column);
    return column < m_columns.size() ? m_rows->cell(row, column) : QString();
}

QStringList Sheet::cells(qsizetype row) const
{
    if (const auto changed = m_changed.constFind(row); changed != m_changed.cend())
        return *changed;
    QStringList cells = m_rows->cells(row, m_columns.size());
    while (cells.size() < m_columns.size())
        cells.append(QString());
    return cells;
}

qint64 Sheet::line(qsizetype row) const
{
    return m_rows->line(row);
}

void Sheet::setCell(qsizetype row, int column, const QString &text)
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= m_columns.size())
        return;
    QStringList changed = cells(row);
    changed[column] = text;
    m_changed.insert(row, changed);
}

} // namespace icebreaker
