#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// What a CSV file begins with so that spreadsheets read it as UTF-8.
inline constexpr char CsvMark[] = "\xEF\xBB\xBF";

/// One row by RFC 4180, with commas, quotes where needed and CR LF at its end, in UTF-8.
/// Cells that a spreadsheet would calculate are defused.
[[nodiscard]] QByteArray csvLine(const QStringList &cells);

/// The cell with an apostrophe before it if a spreadsheet would take it for a formula:
/// it begins with = + - @, their full-width forms, TAB, CR or LF (owasp.org, "CSV
/// Injection"). Plain numbers such as +447946000958 or -5.20 calculate nothing and stay.
[[nodiscard]] QString defusedCell(const QString &cell);

} // namespace icebreaker
