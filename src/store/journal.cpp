#include "store/journal.h"

#include "core/whendone.h"
#include "store/searchkeeper.h"

#include <chrono>
#include <utility>

namespace icebreaker {

namespace {

constexpr std::chrono::seconds LookOutInterval{1};

} // namespace

Journal::Journal(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_threads(folder,
                [this](const std::optional<Error> &error) {
                    QMetaObject::invokeMethod(
                        this,
                        [this, error] {
                            if (!error)
                                reportChanges();
                            else if (error->kind != ErrorKind::InvalidInput)
                                emit failed(*error);
                        },
                        Qt::QueuedConnection);
                })
    , m_folder(folder)
{
    m_lookOut.setInterval(LookOutInterval);
    connect(&m_lookOut, &QTimer::timeout, this, &Journal::reportChanges);
}

Journal::~Journal()
{
    delete m_index;
    m_threads.finish();
}

QFuture<Result<OpenReport>> Journal::open()
{
    m_lookOut.start();
    return m_threads.write([](JournalWriter &writer) { return writer.open(); },
                           WriteQueue::Sharing::Alone);
}

void Journal::keepIndex()
{
    if (m_index != nullptr)
        return;
    m_index = new SearchKeeper(m_folder, this);
    connect(this, &Journal::changed, m_index, &SearchKeeper::followSoon);
    connect(this, &Journal::removed, m_index, &SearchKeeper::followSoon);
    m_index->followSoon();
}

QFuture<Result<qint64>> Journal::claim(const Claim &claim)
{
    return m_threads.write([claim](JournalWriter &writer) { return writer.claim(claim); });
}

QFuture<Result<void>> Journal::settle(const QString &sendId, const SendReport &report,
                                      const QString &note)
{
    return m_threads.write(
        [=](JournalWriter &writer) { return writer.settle(sendId, report, note); });
}

QFuture<Result<void>> Journal::append(const StatusEvent &event)
{
    return m_threads.write([event](JournalWriter &writer) {
        return writer.deliveries().take(event, EventSource::Listener).map([](EventMatch) {});
    });
}

QFuture<Result<int>> Journal::recover()
{
    return m_threads.write([](JournalWriter &writer) { return writer.recover(); });
}

QFuture<Result<QList<qint64>>> Journal::rows(const LogFilter &filter, qint64 before, int limit)
{
    return m_threads.readCancellable([=](JournalReader &reader, const auto &isCancelled) {
        return reader.rows(filter, before, limit, isCancelled);
    });
}

QFuture<Result<QList<SendRecord>>> Journal::records(const QList<qint64> &rows)
{
    return m_threads.read([rows](JournalReader &reader) { return reader.records(rows); });
}

QFuture<Result<QList<SendRecord>>> Journal::wholeRecords(const QList<qint64> &rows)
{
    return m_threads.read([rows](JournalReader &reader) { return reader.wholeRecords(rows); });
}

QFuture<Result<QList<qint64>>> Journal::matching(const LogFilter &filter, const QList<qint64> &rows)
{
    return m_threads.read(
        [filter, rows](JournalReader &reader) { return reader.matching(filter, rows); });
}

QFuture<Result<std::optional<SendRecord>>> Journal::record(qint64 row)
{
    return m_threads.read([row](JournalReader &reader) { return reader.record(row); });
}

QFuture<Result<QList<KeptEvent>>> Journal::events(const QString &sendId)
{
    return m_threads.read([sendId](JournalReader &reader) { return reader.events(sendId); });
}

QFuture<Result<qint64>> Journal::count()
{
    return m_threads.read([](JournalReader &reader) { return reader.count(); });
}

QFuture<Result<QList<LaneStart>>> Journal::laneActivity(const QString &lane, const QDateTime &since)
{
    return m_threads.read([=](JournalReader &reader) { return reader.laneActivity(lane, since); });
}

void Journal::reportChanges()
{
    if (!m_threads.isOpen())
        return;
    if (std::exchange(m_isReporting, true)) {
        m_reportAgain = true;
        return;
    }
    whenDone(m_threads.read([](JournalReader &reader) { return reader.changes(); }), this,
             [this](const Result<JournalChanges> &changes) { finishReport(changes); });
}

void Journal::finishReport(const Result<JournalChanges> &changes)
{
    m_isReporting = false;
    const bool failedBefore = std::exchange(m_lookOutFailed, !changes);
    if (!changes && !failedBefore)
        emit failed(changes.error());
    if (changes && !changes->rows.isEmpty())
        emit changed(changes->rows);
    if (changes && !changes->batches.isEmpty())
        emit batchesChanged(changes->batches);
    if (changes && changes->removed)
        emit removed();
    if (changes && changes->unmatched)
        emit unmatchedChanged();
    if (std::exchange(m_reportAgain, false))
        reportChanges();
}

} // namespace icebreaker
