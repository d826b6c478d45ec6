#include "share/bundlejob.h"

#include "core/whendone.h"
#include "store/journal.h"

namespace icebreaker {

namespace {

constexpr qsizetype BundlePage = 100;

} // namespace

BundleJob::BundleJob(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
{ }

BundleJob::~BundleJob() = default;

void BundleJob::collect(const QList<qint64> &rows, const LogFilter &filter)
{
    if (!rows.isEmpty()) {
        take(rows);
        return;
    }
    // One more than fits tells that there are too many.
    whenDone(m_journal.rows(filter, 0, static_cast<int>(BundleMostSends) + 1), this,
             [this](const Result<QList<qint64>> &found) {
                 if (found)
                     take(*found);
                 else
                     emit failed({ExportEnd::JournalFailed, 0, 0, found.error()});
             });
}

void BundleJob::take(const QList<qint64> &rows)
{
    m_rows = rows;
    if (m_rows.size() > BundleMostSends)
        emit failed({ExportEnd::TooMuch, m_rows.size(), 0, {}});
    else
        nextPage();
}

void BundleJob::nextPage()
{
    emit progressed(m_done, m_rows.size());
    if (m_done == m_rows.size()) {
        m_done = 0;
        nextEvents();
        return;
    }
    const QList<qint64> page = m_rows.mid(m_done, BundlePage);
    m_done += page.size();
    whenDone(m_journal.wholeRecords(page), this, [this](const Result<QList<SendRecord>> &records) {
        if (!records) {
            emit failed({ExportEnd::JournalFailed, 0, 0, records.error()});
            return;
        }
        for (const SendRecord &record : *records)
            m_bytes += record.claim.body.size() + record.answer.body.size();
        if (m_bytes > BundleMostBytes) {
            emit failed({ExportEnd::TooMuch, m_rows.size(), m_bytes, {}});
            return;
        }
        m_input.sends += *records;
        nextPage();
    });
}

void BundleJob::nextEvents()
{
    if (m_done == m_input.sends.size()) {
        emit collected();
        return;
    }
    const QString id = m_input.sends.at(m_done++).claim.sendId;
    whenDone(m_journal.events(id), this, [this, id](const Result<QList<KeptEvent>> &events) {
        if (!events) {
            emit failed({ExportEnd::JournalFailed, 0, 0, events.error()});
            return;
        }
        if (!events->isEmpty())
            m_input.events.insert(id, *events);
        nextEvents();
    });
}

void BundleJob::make(const RedactionChoices &choices, const QByteArrayList &secrets)
{
    const auto making = m_worker.run([input = m_input, choices, secrets] {
        return makeBundle(input, Redactor(choices, secrets), secrets);
    });
    whenDone(making, this, [this, generation = ++m_generation](const MadeBundle &bundle) {
        if (generation == m_generation)
            emit made(bundle);
    });
}

} // namespace icebreaker
