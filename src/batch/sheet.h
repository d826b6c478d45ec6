#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <memory>

namespace icebreaker {

class SheetRows;

/// The rows of a spreadsheet in little memory: a million rows of 60 bytes take some
/// 70 MB. Rows and columns count from 0 here. Copies share their data, changed cells aside.
class Sheet
{
public:
    Sheet() = default; ///< Neither columns nor rows.

    [[nodiscard]] const QString &name() const { return m_name; } ///< File name, or as given.
    [[nodiscard]] const QStringList &columns() const { return m_columns; } ///< Unique, never empty.
    [[nodiscard]] qsizetype rowCount() const;
    [[nodiscard]] QString cell(qsizetype row, int column) const; ///< Empty where a row is short.
    [[nodiscard]] QStringList cells(qsizetype row) const; ///< As many as there are columns.
    [[nodiscard]] qint64 line(qsizetype row) const; ///< Where the row begins in the file, from 1.
    void setCell(qsizetype row, int column, const QString &text);

private:
    friend class SheetBuilder;

    QString m_name;
    QStringList m_columns;
    std::shared_ptr<const SheetRows> m_rows;
    QHash<qsizetype, QStringList> m_changed; ///< All cells of the rows that were changed.
};

} // namespace icebreaker
