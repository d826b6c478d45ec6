#pragma once

#include "core/batch.h"
#include "core/error.h"

#include <QObject>
#include <QSaveFile>

#include <memory>
#include <optional>

namespace icebreaker {

class Batches;
class Journal;

/// Names of the columns that are added to a batch's own ones, and machine words in them,
/// the same as icebreaker-cli's: `row`, `outcome` (an outcomeName(), or `waiting`,
/// `excluded`), `http_status`, `session_id` (the member of the answer, if there is one),
/// `message` (the answer's own, the reason why a row was left out, or what broke), `time`
/// (ISO 8601, UTC, of the newest attempt), `attempts`, `delivery`, `delivery_error`.
/// @param columns  the batch's own; a name that is among them gets `result_` before it
[[nodiscard]] QStringList resultColumns(const QStringList &columns);

/// The cells for resultColumns(). @param record  the newest attempt with its answer's body
[[nodiscard]] QStringList resultCells(const BatchRow &row, const std::optional<SendRecord> &record);

/// Writes what became of a batch as CSV: its rows as they were sent, and resultColumns()
/// behind. Reads page by page, so neither the memory nor the event loop notices a big one.
/// What would be a formula in a spreadsheet is defused, see csvLine().
///
/// One object writes one file; it replaces an old one at the end, in one step.
class BatchResults : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    BatchResults(Journal &journal, Batches &batches, QObject *parent = nullptr);
    ~BatchResults() override;

    void write(const BatchRecord &batch, const QString &path);

signals:
    void progressed(qint64 rows, qint64 ofRows);
    void written();
    /// StorageFull, StorageReadOnly or the journal's; there is no new file.
    void failed(const icebreaker::Error &error);

private:
    void nextPage();
    void writePage();
    void writeRow(const BatchRow &row, const std::optional<SendRecord> &record);
    void put(const QByteArray &line);
    void finish();
    void fail(const Error &error);

    Journal &m_journal;
    Batches &m_batches;
    qint64 m_batch = 0;
    std::unique_ptr<QSaveFile> m_file;
    QList<qint64> m_rows;
    QList<BatchRow> m_page; ///< What is left of it.
    qsizetype m_done = 0;
};

} // namespace icebreaker
