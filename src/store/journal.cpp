#include "store/journal.h"

#include "core/whendone.h"

#include <chrono>
#include <utility>

namespace icebreaker {

namespace {

constexpr std::chrono::seconds LookOutInterval{1};

} // namespace

Journal::Journal(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_writer(folder, m_state)
    , m_reader(folder, m_state)
{
    m_lookOut.setInterval(LookOutInterval);
    connect(&m_lookOut, &QTimer::timeout, this, &Journal::reportChanges);
}

Journal::~Journal()
{
    m_state.closing = true;
    m_readThread.finishWith([this] { m_reader.close(); });
    // Last, so that closing it moves the write-ahead log into the one file.
    m_writeThread.finishWith([this] { m_writer.close(); });
}

template <typename Work>
auto Journal::write(Work work) -> QFuture<decltype(work())>
{
    return m_writeThread.run([this, work = std::move(work)] {
        auto result = work();
        QMetaObject::invokeMethod(
            this,
            [this, error = result ? std::nullopt : std::optional(result.error())] {
                if (!error)
                    reportChanges();
                else if (error->kind != ErrorKind::InvalidInput)
                    emit failed(*error);
            },
            Qt::QueuedConnection);
        return result;
    });
}

QFuture<Result<OpenReport>> Journal::open()
{
    m_lookOut.start();
    return write([this] { return m_writer.open(); });
}

QFuture<Result<qint64>> Journal::claim(const Claim &claim)
{
    return write([this, claim] { return m_writer.claim(claim); });
}

QFuture<Result<void>> Journal::settle(const QString &sendId, const SendReport &report,
                                      const QString &note)
{
    return write([this, sendId, report, note] { return m_writer.settle(sendId, report, note); });
}

QFuture<Result<void>> Journal::append(const StatusEvent &event)
{
    return write([this, event] { return m_writer.append(event); });
}

QFuture<Result<int>> Journal::recover()
{
    return write([this] { return m_writer.recover(); });
}

QFuture<Result<QList<qint64>>> Journal::rows(const LogFilter &filter, qint64 before, int limit)
{
    return m_readThread.runCancellable([=, this](const auto &isCancelled) {
        return m_reader.rows(filter, before, limit, isCancelled);
    });
}

QFuture<Result<QList<SendRecord>>> Journal::records(const QList<qint64> &rows)
{
    return m_readThread.run([this, rows] { return m_reader.records(rows); });
}

QFuture<Result<QList<qint64>>> Journal::matching(const LogFilter &filter, const QList<qint64> &rows)
{
    return m_readThread.run([this, filter, rows] { return m_reader.matching(filter, rows); });
}

QFuture<Result<std::optional<SendRecord>>> Journal::record(qint64 row)
{
    return m_readThread.run([this, row] { return m_reader.record(row); });
}

QFuture<Result<QList<StatusEvent>>> Journal::events(const QString &sendId)
{
    return m_readThread.run([this, sendId] { return m_reader.events(sendId); });
}

QFuture<Result<qint64>> Journal::count()
{
    return m_readThread.run([this] { return m_reader.count(); });
}

void Journal::reportChanges()
{
    if (m_state.generation == 0)
        return;
    if (std::exchange(m_isReporting, true)) {
        m_reportAgain = true;
        return;
    }
    whenDone(m_readThread.run([this] { return m_reader.changes(); }), this,
             [this](const Result<QList<qint64>> &rows) { finishReport(rows); });
}

void Journal::finishReport(const Result<QList<qint64>> &rows)
{
    m_isReporting = false;
    const bool failedBefore = std::exchange(m_lookOutFailed, !rows);
    if (rows && !rows->isEmpty())
        emit changed(*rows);
    else if (!rows && !failedBefore)
        emit failed(rows.error());
    if (std::exchange(m_reportAgain, false))
        reportChanges();
}

} // namespace icebreaker
