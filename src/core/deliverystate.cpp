#include "core/deliverystate.h"

#include <algorithm>
#include <tuple>

namespace icebreaker {

namespace {

QDateTime earlier(const QDateTime &one, const QDateTime &other)
{
    if (!one.isValid() || !other.isValid())
        return one.isValid() ? one : other;
    return std::min(one, other);
}

/// What tells more comes first; a strict order, so that it does not matter who asks first.
auto failureOrder(const QDateTime &at, const QString &error, const QString &metaCode)
{
    return std::tuple(error.isEmpty(), metaCode.isEmpty(), !at.isValid(), at.toMSecsSinceEpoch(),
                      error, metaCode);
}

} // namespace

bool isExact(EventMatch match)
{
    return match == EventMatch::Path || match == EventMatch::MessageUuid
        || match == EventMatch::ByHand;
}

bool isFailure(DeliveryStatus status)
{
    return status == DeliveryStatus::Rejected || status == DeliveryStatus::Undeliverable
        || status == DeliveryStatus::Failed;
}

QDateTime momentOf(const KeptEvent &kept)
{
    if (kept.source == EventSource::Imported)
        return kept.event.eventAt;
    return earlier(kept.event.eventAt, kept.event.arrivedAt);
}

void DeliveryState::add(const KeptEvent &kept)
{
    const DeliveryStatus event = kept.event.status;
    if (kept.match == EventMatch::NumberAndTime)
        guess = advance(guess, event);
    if (!isExact(kept.match))
        return;
    if (event == DeliveryStatus::Submitted)
        submittedAt = earlier(submittedAt, momentOf(kept));
    else if (event == DeliveryStatus::Delivered)
        deliveredAt = earlier(deliveredAt, momentOf(kept));
    else if (event == DeliveryStatus::Read)
        readAt = earlier(readAt, momentOf(kept));

    const DeliveryStatus after = advance(status, event);
    if (after != event)
        return; // what is known says more
    // The matches are numbered from the surest.
    match = after == status && match != EventMatch::None ? std::min(match, kept.match) : kept.match;
    if (isFailure(event))
        addFailure(kept);
    status = after;
}

void DeliveryState::addFailure(const KeptEvent &kept)
{
    const StatusEvent &event = kept.event;
    const QDateTime at = momentOf(kept);
    const bool isFirst = status != event.status;
    if (!isFirst
        && failureOrder(failedAt, error, metaCode)
            <= failureOrder(at, event.errorCode, event.metaCode))
        return;
    failedAt = at;
    error = event.errorCode;
    metaCode = event.metaCode;
}

void setDelivery(SendRecord &record, const DeliveryState &state)
{
    const bool isKnown = state.status != DeliveryStatus::None;
    record.delivery = isKnown ? state.status : state.guess;
    record.deliveryMatch = state.match;
    if (!isKnown && state.guess != DeliveryStatus::None)
        record.deliveryMatch = EventMatch::NumberAndTime;
    record.deliveryError = state.error;
    record.deliveryMeta = state.metaCode;
    record.submittedAt = state.submittedAt;
    record.deliveredAt = state.deliveredAt;
    record.readAt = state.readAt;
}

bool isGuess(const SendRecord &record)
{
    return record.delivery != DeliveryStatus::None && !isExact(record.deliveryMatch);
}

bool didReach(const SendRecord &record)
{
    return record.outcome == Outcome::Unknown && isExact(record.deliveryMatch)
        && (record.delivery == DeliveryStatus::Delivered
            || record.delivery == DeliveryStatus::Read);
}

bool didStart(const SendRecord &record)
{
    return record.outcome == Outcome::Unknown && isExact(record.deliveryMatch)
        && record.delivery != DeliveryStatus::None;
}

} // namespace icebreaker
