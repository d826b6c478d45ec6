#pragma once

#include "core/exportreport.h"
#include "core/redactor.h"
#include "interop/sendformats.h"
#include "store/logfilter.h"
#include "store/worker.h"

#include <QObject>

#include <memory>

namespace icebreaker {

class ExportFile;
class Journal;

/// Which sends, and how they are to be written.
struct ExportJob {
    LogFilter filter;
    QList<qint64> rows; ///< These, in this order, instead of those that match `filter`.
    qint64 most = 0; ///< No more than these, the newest; 0 for all.
    ExportFormat format = ExportFormat::Csv;
    RedactionChoices choices;
    QByteArrayList secrets; ///< See exportSecrets().
    QString path; ///< Of the file, which is replaced in one step.
};

/// Writes sends to a file, newest first, page by page: in memory are the rows' numbers
/// (8 bytes each), the phone numbers and one page. Redacting and writing happen on a
/// thread of its own.
///
/// One object does one export.
class SendExport : public QObject
{
    Q_OBJECT

public:
    /// @param journal  open, and outlives this
    explicit SendExport(Journal &journal, QObject *parent = nullptr);
    ~SendExport() override;

    void start(ExportJob job);
    /// Ends it after the page under way: finished() comes with ExportEnd::Stopped.
    void stop();

signals:
    /// @param ofSends  0 while they are being counted
    void progressed(qint64 sends, qint64 ofSends);
    void finished(const icebreaker::ExportReport &report);

private:
    void findRows(qint64 before);
    void nextPage();
    void write(const QList<SendRecord> &page);
    void close();
    void fail(const Error &error);
    void end(const ExportReport &report);

    Journal &m_journal;
    ExportJob m_job;
    QList<qint64> m_rows;
    qsizetype m_done = 0;
    bool m_isStopped = false;
    std::shared_ptr<ExportFile> m_file; ///< Used on the worker's thread.
    Worker m_worker;
};

} // namespace icebreaker
