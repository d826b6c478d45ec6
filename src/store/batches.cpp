#include "store/batches.h"

#include "store/journal.h"

namespace icebreaker {

Batches::Batches(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_threads(journal.m_threads)
{
    connect(&journal, &Journal::batchesChanged, this, &Batches::changed);
}

template <typename Work>
auto Batches::write(Work work)
{
    return m_threads.write(
        [work = std::move(work)](JournalWriter &writer) { return work(writer.batches()); });
}

template <typename Work>
auto Batches::read(Work work)
{
    return m_threads.read(
        [work = std::move(work)](JournalReader &reader) { return reader.readBatches(work); });
}

QFuture<Result<qint64>> Batches::create(const BatchPlan &plan)
{
    return write([plan](const BatchWriter &writer) { return writer.create(plan); });
}

QFuture<Result<void>> Batches::addRows(qint64 batch, const QList<BatchRowInput> &rows)
{
    return write([=](const BatchWriter &writer) { return writer.addRows(batch, rows); });
}

QFuture<Result<void>> Batches::setState(qint64 batch, BatchState state, BatchPause pause)
{
    return write([=](const BatchWriter &writer) { return writer.setState(batch, state, pause); });
}

QFuture<Result<BatchRecord>> Batches::take(qint64 batch)
{
    return write([batch](const BatchWriter &writer) { return writer.take(batch); });
}

QFuture<Result<void>> Batches::release(qint64 batch)
{
    return write([batch](const BatchWriter &writer) { return writer.release(batch); });
}

QFuture<Result<void>> Batches::setLimit(qint64 batch, int limit)
{
    return write([=](const BatchWriter &writer) { return writer.setLimit(batch, limit); });
}

QFuture<Result<void>> Batches::setDeliveryWait(qint64 batch, std::chrono::milliseconds wait)
{
    return write([=](const BatchWriter &writer) { return writer.setDeliveryWait(batch, wait); });
}

QFuture<Result<void>> Batches::discard(qint64 batch)
{
    return write([batch](const BatchWriter &writer) { return writer.discard(batch); });
}

QFuture<Result<QList<BatchRecord>>> Batches::list()
{
    return read([](const BatchReader &reader) { return reader.list(); });
}

QFuture<Result<std::optional<BatchRecord>>> Batches::batch(qint64 batch)
{
    return read([batch](const BatchReader &reader) { return reader.batch(batch); });
}

QFuture<Result<BatchCounts>> Batches::counts(qint64 batch)
{
    return read([batch](const BatchReader &reader) { return reader.counts(batch); });
}

QFuture<Result<QList<BatchRow>>> Batches::waiting(qint64 batch, qint64 after, int limit)
{
    return read([=](const BatchReader &reader) { return reader.waiting(batch, after, limit); });
}

QFuture<Result<QList<BatchRow>>> Batches::rows(qint64 batch, const QList<qint64> &rows)
{
    return read([=](const BatchReader &reader) { return reader.rows(batch, rows); });
}

QFuture<Result<QList<qint64>>> Batches::rowNumbers(qint64 batch, const QList<RowState> &states)
{
    return read([=](const BatchReader &reader) { return reader.rowNumbers(batch, states); });
}

QFuture<Result<int>> Batches::retryRefused(qint64 batch, const QList<qint64> &rows)
{
    return write([=](const BatchWriter &writer) { return writer.retryRefused(batch, rows); });
}

} // namespace icebreaker
