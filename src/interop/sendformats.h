#pragma once

#include "core/sendrecord.h"

#include <QByteArray>
#include <QLatin1StringView>
#include <QList>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// How sends are written to a file.
enum class ExportFormat {
    Csv, ///< For spreadsheets; formulas are defused, see csvLine().
    JsonLines, ///< sendObject() on a line each.
    Har, ///< HAR 1.2.
    Markdown, ///< One table, for tickets and wikis.
};
[[nodiscard]] inline QList<ExportFormat> exportFormats()
{
    return {ExportFormat::Csv, ExportFormat::JsonLines, ExportFormat::Har, ExportFormat::Markdown};
}

/// "csv", "jsonl", "har", "md": on the command line, and the file's suffix.
[[nodiscard]] QLatin1StringView exportFormatName(ExportFormat format);
[[nodiscard]] std::optional<ExportFormat> exportFormatFromName(QStringView name);

/// A file's beginning, one send, and its end. Nothing here redacts: give it what a Redactor
/// made.
[[nodiscard]] QByteArray exportBegin(ExportFormat format);
/// @param isFirst  some formats separate entries
[[nodiscard]] QByteArray exportEntry(ExportFormat format, const SendRecord &record, bool isFirst);
[[nodiscard]] QByteArray exportEnd(ExportFormat format);

/// Machine words and times of a send as cells of a table, and their names: `time` (ISO 8601,
/// UTC), `id`, `outcome`, `status`, `to`, `template`, `locale`, `channel`, `agent_id`,
/// `profile`, `region`, `took_ms`, `delivery`, `delivery_error`, `submitted_at`,
/// `delivered_at`, `read_at`, `batch`, `row`, `message`, `note`, `request`, `answer`.
[[nodiscard]] QStringList sendColumns();
[[nodiscard]] QStringList sendCells(const SendRecord &record);

/// What the answer's body says in words: its member `message` (a list is joined), else
/// `detail`, else `title`; empty if it has none of them.
[[nodiscard]] QString answerMessage(const QByteArray &body);

/// @p text so that Markdown shows it as it is, on one line.
[[nodiscard]] QString markdownText(const QString &text);

} // namespace icebreaker
