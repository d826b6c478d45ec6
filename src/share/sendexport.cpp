#include "share/sendexport.h"

#include "core/whendone.h"
#include "share/exportfile.h"
#include "store/journal.h"

#include <algorithm>
#include <limits>

namespace icebreaker {

namespace {

constexpr qsizetype NumbersPerPage = 50'000; // few round trips of some milliseconds each
constexpr qsizetype SendsPerPage = 200; // with bodies of 8 MiB at most

} // namespace

SendExport::SendExport(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
{ }

SendExport::~SendExport() = default;

void SendExport::start(ExportJob job)
{
    m_job = std::move(job);
    if (m_job.rows.isEmpty()) {
        findRows(0);
        return;
    }
    m_rows = m_job.rows;
    nextPage();
}

void SendExport::stop()
{
    m_isStopped = true;
}

void SendExport::findRows(qint64 before)
{
    const qint64 most = m_job.most > 0 ? m_job.most : std::numeric_limits<qint64>::max();
    const auto limit = static_cast<int>(std::min<qint64>(NumbersPerPage, most - m_rows.size()));
    whenDone(m_journal.rows(m_job.filter, before, limit), this,
             [this, limit](const Result<QList<qint64>> &page) {
                 if (!page) {
                     fail(page.error());
                     return;
                 }
                 m_rows += *page;
                 const bool isLast = page->size() < limit || m_rows.size() == m_job.most;
                 if (isLast || m_isStopped)
                     nextPage();
                 else
                     findRows(page->last());
             });
}

void SendExport::nextPage()
{
    if (m_isStopped) {
        m_file.reset();
        end({ExportEnd::Stopped, 0, 0, {}});
        return;
    }
    if (!m_file)
        m_file = std::make_shared<ExportFile>(
            m_job.path, m_job.format, Redactor(m_job.choices, m_job.secrets), m_job.secrets);
    emit progressed(m_done, m_rows.size());
    if (m_done == m_rows.size() || m_file->hasFailed()) {
        close();
        return;
    }
    const QList<qint64> page = m_rows.mid(m_done, SendsPerPage);
    m_done += page.size();
    whenDone(m_journal.wholeRecords(page), this, [this](const Result<QList<SendRecord>> &records) {
        if (records)
            write(*records);
        else
            fail(records.error());
    });
}

void SendExport::write(const QList<SendRecord> &page)
{
    const auto written = m_worker.run([file = m_file, page] {
        file->add(page);
        return true;
    });
    whenDone(written, this, [this](bool) { nextPage(); });
}

void SendExport::close()
{
    whenDone(m_worker.run([file = m_file] { return file->finish(); }), this,
             [this](const ExportReport &report) {
                 m_file.reset();
                 end(report);
             });
}

void SendExport::fail(const Error &error)
{
    m_file.reset();
    end({ExportEnd::JournalFailed, 0, 0, error});
}

void SendExport::end(const ExportReport &report)
{
    emit finished(report);
}

} // namespace icebreaker
