#include "batch/batchrunner.h"

#include "core/whendone.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// How many rows wait in the Dispatcher: enough that its lane never runs dry, few enough
/// that a pause withdraws them at once.
constexpr qsizetype PacedLookahead = 3;
/// Without a pace so many sends are under way together: more than one network manager
/// takes (6), so that the journal can write several down in one go.
constexpr qsizetype UnpacedInFlight = 32;
constexpr int RowsPerReading = 200;
/// "After 5 in a row": by then it is not bad luck.
constexpr int MostRateLimitedInARow = 5;
constexpr int Unauthorized = 401;
constexpr int Forbidden = 403;

OutboundRequest requestOf(const BatchPlan &plan)
{
    // It was read when the batch was made; what cannot be read now has no row to send.
    return OutboundRequest::fromJson(plan.request).value_or(OutboundRequest());
}

} // namespace

BatchRunner::BatchRunner(Services services, const BatchRecord &record, const QUrl &base, ApiKey key,
                         QObject *parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_record(record)
    , m_template(requestOf(record.plan), record.plan.columns)
    , m_destination{record.plan.profile, record.plan.region, base, record.plan.lane}
    , m_key(std::move(key))
{
    bindDispatcher();
}

BatchRunner::~BatchRunner()
{
    withdrawWaiting();
}

void BatchRunner::bindDispatcher()
{
    Dispatcher &dispatcher = m_services.dispatcher;
    connect(&dispatcher, &Dispatcher::started, this, [this](const QString &sendId) {
        const auto pending = m_pending.find(sendId);
        if (pending == m_pending.end())
            return;
        pending->started = true;
        emit changed();
        feed();
    });
    connect(&dispatcher, &Dispatcher::failed, this,
            [this](const QString &sendId, const Error &error) {
                if (m_pending.contains(sendId))
                    m_sendError = error;
            });
    connect(&dispatcher, &Dispatcher::finished, this, &BatchRunner::handleEnd);
    connect(&dispatcher, &Dispatcher::laneRests, this,
            [this](const QString &lane, milliseconds rest, RestCause cause, int inARow) {
                if (lane != m_destination.lane)
                    return;
                m_restUntil = steady_clock::now() + rest;
                m_hostUnreachable = cause == RestCause::Unreachable;
                if (cause == RestCause::RateLimited && inARow >= MostRateLimitedInARow)
                    standStillIfRunning(BatchPause::Limited);
                emit changed();
            });
}

void BatchRunner::run()
{
    if (isRunning() && (m_isReading || !m_pending.isEmpty()))
        return;
    // From the start again: what was put back since the last reading waits there.
    ++m_round;
    m_next.clear();
    m_readUpTo = 0;
    m_allRead = false;
    m_isReading = false;
    m_ended = false;
    setState(BatchState::Running, BatchPause::None);
    feed();
}

void BatchRunner::pause()
{
    standStillIfRunning(BatchPause::User);
}

void BatchRunner::stop()
{
    if (m_record.state == BatchState::Stopped || m_record.state == BatchState::Finished)
        return;
    standStill(BatchState::Stopped, BatchPause::None);
    concludeIfDone();
}

void BatchRunner::sendNow(qint64 row)
{
    for (auto pending = m_pending.begin(); pending != m_pending.end(); ++pending) {
        if (pending->row() != row)
            continue;
        if (pending->started || !m_services.dispatcher.withdraw(pending.key()))
            return; // it is as good as gone
        m_pending.erase(pending);
        break;
    }
    whenDone(m_services.batches.rows(m_record.id, {row}), this,
             [this](const Result<QList<BatchRow>> &rows) {
                 if (!rows) {
                     emit failed(rows.error());
                     return;
                 }
                 for (const BatchRow &each : *rows) {
                     if (each.state == RowState::Waiting && !isPending(each.input.row))
                         enqueue(each.input.row, each.input.cells, Dispatcher::Turn::Single);
                 }
             });
}

void BatchRunner::retryRefused(const QList<qint64> &rows)
{
    whenDone(m_services.batches.retryRefused(m_record.id, rows), this,
             [this](const Result<int> &count) {
                 if (!count)
                     emit failed(count.error());
                 else if (*count > 0 && isRunning())
                     m_allRead = false; // they stand before what was read: see concludeIfDone()
                 else if (*count > 0)
                     run();
             });
}

void BatchRunner::setLimit(int limit)
{
    m_record.plan.limit = limit;
    whenDone(m_services.batches.setLimit(m_record.id, limit), this, [this](const Result<void> &r) {
        if (!r)
            emit failed(r.error());
    });
    emit changed();
}

qsizetype BatchRunner::inFlight() const
{
    return std::count_if(m_pending.begin(), m_pending.end(),
                         [](const Pending &each) { return each.started; });
}

std::optional<milliseconds> BatchRunner::restLeft() const
{
    const auto left = std::chrono::ceil<milliseconds>(m_restUntil - steady_clock::now());
    return left > milliseconds::zero() ? std::optional(left) : std::nullopt;
}

bool BatchRunner::isPending(qint64 row) const
{
    return std::any_of(m_pending.begin(), m_pending.end(),
                       [row](const Pending &each) { return each.row() == row; });
}

void BatchRunner::feed()
{
    const bool paced = !m_record.plan.ignoreLimit;
    const qsizetype most = paced ? PacedLookahead : UnpacedInFlight;
    while (isRunning()) {
        if ((paced ? m_pending.size() - inFlight() : m_pending.size()) >= most)
            return;
        if (m_next.isEmpty()) {
            fetch();
            return;
        }
        const BatchRow row = m_next.dequeue();
        if (!isPending(row.input.row))
            enqueue(row.input.row, row.input.cells, Dispatcher::Turn::Batch);
    }
}

void BatchRunner::fetch()
{
    if (m_isReading)
        return;
    if (m_allRead) {
        concludeIfDone();
        return;
    }
    m_isReading = true;
    whenDone(m_services.batches.waiting(m_record.id, m_readUpTo, RowsPerReading), this,
             [this, round = m_round](const Result<QList<BatchRow>> &rows) {
                 if (round == m_round)
                     takeRows(rows);
             });
}

void BatchRunner::takeRows(const Result<QList<BatchRow>> &rows)
{
    m_isReading = false;
    if (!rows) {
        fail(rows.error());
        return;
    }
    m_allRead = rows->isEmpty();
    for (const BatchRow &row : *rows)
        m_next.enqueue(row);
    if (!rows->isEmpty())
        m_readUpTo = rows->last().input.row;
    feed();
}

void BatchRunner::enqueue(qint64 row, const QStringList &cells, Dispatcher::Turn turn)
{
    const QString sendId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    OutboundRequest request = m_template.filled(cells, RowBuiltIns::forSend(sendId));
    if (m_record.plan.builtInInbox && m_services.inboxUrl)
        request.setText(Field::StatusUrl, m_services.inboxUrl(sendId));
    Claim claim = makeClaim(request, m_destination, sendId);
    claim.batchRow = BatchRowRef{m_record.id, row};
    m_pending.insert(sendId, {claim, cells, false});
    m_services.dispatcher.enqueue(
        {claim, m_key, m_record.plan.limit, m_record.plan.ignoreLimit, turn});
}

void BatchRunner::handleEnd(const QString &sendId, const SendReport &report)
{
    if (!m_pending.contains(sendId))
        return;
    const Pending pending = m_pending.take(sendId);
    const auto error = std::exchange(m_sendError, std::nullopt);
    // A claim that was refused: the row waits no more, somebody else has seen to it.
    const bool notMine = error && error->kind == ErrorKind::InvalidInput;
    if (report.outcome != Outcome::NotSent && report.outcome != Outcome::Cancelled)
        m_hostUnreachable = false;

    if (error && !notMine)
        fail(*error);
    else if (report.outcome == Outcome::RateLimited)
        sendAgain(pending);
    else if (report.outcome == Outcome::NotSent && !notMine)
        handleNotSent(pending, report);
    else if (report.answer.status == Unauthorized || report.answer.status == Forbidden)
        standStillIfRunning(BatchPause::KeyRefused);
    if (!notMine)
        announce(pending.claim, report);
    emit changed();
    feed();
    concludeIfDone();
}

void BatchRunner::announce(const Claim &claim, const SendReport &report)
{
    SendRecord record;
    record.claim = claim;
    record.outcome = report.outcome;
    record.answer = report.answer;
    emit rowEnded(record);
}

void BatchRunner::handleNotSent(const Pending &pending, const SendReport &report)
{
    if (showsHostUnreachable(report))
        sendAgain(pending); // the Dispatcher lets the lane rest first
    else
        standStillIfRunning(BatchPause::CannotSend);
}

/// Paused, the row waits in the journal: run() reads it again.
void BatchRunner::sendAgain(const Pending &pending)
{
    if (isRunning())
        enqueue(pending.row(), pending.cells, Dispatcher::Turn::Retry);
}

void BatchRunner::standStillIfRunning(BatchPause pause)
{
    if (isRunning())
        standStill(BatchState::Paused, pause);
}

void BatchRunner::standStill(BatchState state, BatchPause pause)
{
    setState(state, pause);
    withdrawWaiting();
}

void BatchRunner::withdrawWaiting()
{
    const QStringList sendIds = m_pending.keys();
    for (const QString &sendId : sendIds) {
        if (m_pending.value(sendId).started)
            continue;
        if (m_services.dispatcher.withdraw(sendId))
            m_pending.remove(sendId);
        else // claimed: ends as Cancelled, unless it is just leaving
            m_services.dispatcher.cancel(sendId);
    }
}

void BatchRunner::concludeIfDone()
{
    if (!m_pending.isEmpty() || m_isReading || m_ended)
        return;
    if (m_record.state == BatchState::Stopped) {
        m_ended = true;
        whenDone(m_services.batches.release(m_record.id), this,
                 [this](const Result<void> &) { emit ended(); });
        return;
    }
    if (!isRunning() || !m_next.isEmpty() || !m_allRead)
        return;
    // Rows that were put back meanwhile stand before what was read.
    m_isReading = true;
    whenDone(m_services.batches.waiting(m_record.id, 0, 1), this,
             [this, round = m_round](const Result<QList<BatchRow>> &rows) {
                 if (round != m_round)
                     return;
                 m_isReading = false;
                 if (!rows) {
                     fail(rows.error());
                 } else if (!rows->isEmpty()) {
                     m_readUpTo = 0;
                     m_allRead = false;
                     feed();
                 } else if (isRunning() && m_pending.isEmpty()) {
                     m_ended = true;
                     setState(BatchState::Finished, BatchPause::None);
                     whenDone(m_services.batches.release(m_record.id), this,
                              [this](const Result<void> &) { emit ended(); });
                 }
             });
}

void BatchRunner::setState(BatchState state, BatchPause pause)
{
    if (m_record.state == state && m_record.pause == pause)
        return;
    m_record.state = state;
    m_record.pause = pause;
    whenDone(m_services.batches.setState(m_record.id, state, pause), this,
             [this](const Result<void> &done) {
                 if (!done)
                     emit failed(done.error());
             });
    emit changed();
}

void BatchRunner::fail(const Error &error)
{
    emit failed(error);
    standStillIfRunning(BatchPause::NotRecorded);
}

} // namespace icebreaker
