#pragma once

#include <QString>
#include <QStringList>

namespace icebreaker {

/// The rows of a spreadsheet in little memory: a million rows of 60 bytes take some
/// 70 MB. Rows and columns count from 0 here. Copies share their data.
class Sheet
{
public:
    [[nodiscard]] const QString &name() const; ///< File name, or "pasted rows".
    [[nodiscard]] const QStringList &columns() const; ///< Unique, never empty.
    [[nodiscard]] qsizetype rowCount() const;
    [[nodiscard]] QString cell(qsizetype row, int column) const; ///< Empty where a row is short.
    [[nodiscard]] QStringList cells(qsizetype row) const; ///< As many as there are columns.
    [[nodiscard]] qint64 line(qsizetype row) const; ///< Where the row begins in the file, from 1.
    void setCell(qsizetype row, int column, const QString &text);
};

} // namespace icebreaker
