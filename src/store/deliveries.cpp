#include "store/deliveries.h"

#include "store/journal.h"

namespace icebreaker {

Deliveries::Deliveries(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_threads(journal.m_threads)
{
    connect(&journal, &Journal::unmatchedChanged, this, &Deliveries::unmatchedChanged);
}

template <typename Work>
auto Deliveries::write(Work work)
{
    return m_threads.write(
        [work = std::move(work)](JournalWriter &writer) { return work(writer.deliveries()); });
}

template <typename Work>
auto Deliveries::read(Work work)
{
    return m_threads.read(
        [work = std::move(work)](JournalReader &reader) { return reader.readDeliveries(work); });
}

QFuture<Result<EventMatch>> Deliveries::take(const StatusEvent &event, EventSource source)
{
    return write([=](const DeliveryWriter &writer) { return writer.take(event, source); });
}

QFuture<Result<EventsTaken>> Deliveries::takeAll(const QList<StatusEvent> &events,
                                                 EventSource source, const QDateTime &now)
{
    return write([=](const DeliveryWriter &writer) { return writer.takeAll(events, source, now); });
}

QFuture<Result<QList<KeptEvent>>> Deliveries::unmatched(qint64 before, int limit)
{
    return read([=](const DeliveryReader &reader) { return reader.unmatched(before, limit); });
}

QFuture<Result<qint64>> Deliveries::unmatchedCount()
{
    return read([](const DeliveryReader &reader) { return reader.unmatchedCount(); });
}

QFuture<Result<QList<SendRecord>>> Deliveries::candidates(qint64 event, int limit)
{
    return read([=](const DeliveryReader &reader) { return reader.candidates(event, limit); });
}

QFuture<Result<void>> Deliveries::assign(const QList<qint64> &events, const QString &sendId)
{
    return write([=](const DeliveryWriter &writer) { return writer.assign(events, sendId); });
}

QFuture<Result<void>> Deliveries::release(const QList<qint64> &events)
{
    return write([=](const DeliveryWriter &writer) { return writer.release(events); });
}

QFuture<Result<Funnel>> Deliveries::funnel(const LogFilter &filter)
{
    return m_threads.readCancellable([filter](JournalReader &reader, const auto &isCancelled) {
        return reader.funnel(filter, isCancelled);
    });
}

QFuture<Result<void>> Deliveries::keepConversation(qint64 row, const KeptConversation &conversation)
{
    return write(
        [=](const DeliveryWriter &writer) { return writer.keepConversation(row, conversation); });
}

QFuture<Result<std::optional<KeptConversation>>> Deliveries::conversation(qint64 row)
{
    return read([row](const DeliveryReader &reader) { return reader.conversation(row); });
}

QFuture<Result<std::optional<qint64>>> Deliveries::lastGood(qint64 row)
{
    return m_threads.readCancellable([row](JournalReader &reader, const auto &isCancelled) {
        return reader.readDeliveries([&](const DeliveryReader &deliveries) {
            return deliveries.lastGood(row, isCancelled);
        });
    });
}

} // namespace icebreaker
