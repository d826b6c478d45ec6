#include "store/historyeraser.h"

#include "core/whendone.h"
#include "store/history.h"
#include "store/journal.h"

#include <QTimer>

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

constexpr int RowsPerPage = 5000;
/// More than a step deletes before its time is over.
constexpr int RowsPerStep = 60;
/// Somebody may be reading just now.
constexpr int CleanUpAttempts = 8;
constexpr auto CleanUpPause = 250ms;

FilterMoment momentAt(qint64 ms)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(ms);
    FilterMoment moment;
    moment.date = local.date();
    moment.time = local.time();
    return moment;
}

} // namespace

LogFilter frozen(LogFilter filter, const QDateTime &now)
{
    if (filter.since)
        filter.since = momentAt(beginOf(*filter.since, now));
    if (filter.until)
        filter.until = momentAt(endOf(*filter.until, now));
    return filter;
}

HistoryEraser::HistoryEraser(History &history, QObject *parent)
    : QObject(parent)
    , m_history(history)
{ }

void HistoryEraser::start(const Order &order)
{
    if (m_isRunning)
        return;
    m_order = order;
    m_order.filter = frozen(order.filter, QDateTime::currentDateTime());
    m_rows.clear();
    m_before = order.newest > 0 ? order.newest + 1 : 0;
    m_erased = {};
    m_isRunning = true;
    m_isCancelled = false;
    m_isLastPage = false;
    m_history.setIndexPaused(true);
    findMore();
}

void HistoryEraser::cancel()
{
    m_isCancelled = m_isRunning;
}

void HistoryEraser::findMore()
{
    whenDone(m_history.journal().rows(m_order.filter, m_before, RowsPerPage), this,
             [this](const Result<QList<qint64>> &rows) {
                 if (!rows) {
                     giveUp(rows.error());
                     return;
                 }
                 m_rows = *rows;
                 m_isLastPage = rows->size() < RowsPerPage;
                 if (!rows->isEmpty())
                     m_before = rows->last();
                 removeNext();
             });
}

void HistoryEraser::removeNext()
{
    if (m_isCancelled) {
        cleanUp(CleanUpAttempts);
        return;
    }
    if (m_rows.isEmpty()) {
        if (m_isLastPage)
            removeRemains();
        else
            findMore();
        return;
    }
    whenDone(m_history.remove(m_rows.mid(0, RowsPerStep)), this,
             [this](const Result<SendsRemoved> &step) {
                 if (!step) {
                     giveUp(step.error());
                     return;
                 }
                 m_rows.remove(0, step->seen);
                 m_erased.removed += step->removed;
                 m_erased.kept += step->kept;
                 emit progressed(m_erased.removed, m_erased.kept);
                 removeNext();
             });
}

void HistoryEraser::removeRemains()
{
    if (!m_order.remainsBefore || m_isCancelled) {
        cleanUp(CleanUpAttempts);
        return;
    }
    whenDone(m_history.removeRemains(*m_order.remainsBefore), this,
             [this](const Result<int> &removed) {
                 if (!removed)
                     giveUp(removed.error());
                 else if (*removed > 0)
                     removeRemains();
                 else
                     cleanUp(CleanUpAttempts);
             });
}

void HistoryEraser::cleanUp(int attempts)
{
    whenDone(m_history.purgeIndex(), this, [this, attempts](const Result<void> &purged) {
        whenDone(m_history.scrub(m_order.largestRewritten), this,
                 [this, attempts, isPurged = purged.has_value()](const Result<bool> &scrubbed) {
                     const bool isDone = isPurged && scrubbed && *scrubbed;
                     if (isDone || attempts <= 1)
                         finish(isDone);
                     else
                         QTimer::singleShot(CleanUpPause, this,
                                            [this, attempts] { cleanUp(attempts - 1); });
                 });
    });
}

void HistoryEraser::finish(bool isScrubbed)
{
    m_erased.isScrubbed = isScrubbed;
    m_isRunning = false;
    m_history.setIndexPaused(false);
    emit finished(m_erased);
}

void HistoryEraser::giveUp(const Error &error)
{
    m_isRunning = false;
    m_history.setIndexPaused(false);
    emit failed(error);
}

} // namespace icebreaker
