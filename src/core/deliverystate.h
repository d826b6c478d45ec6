#pragma once

#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QDateTime>
#include <QString>

namespace icebreaker {

/// Whether an event that was tied like this is surely the send's.
[[nodiscard]] bool isExact(EventMatch match);

/// Rejected, undeliverable or failed.
[[nodiscard]] bool isFailure(DeliveryStatus status);

/// When it happened, UTC. By the sender's clock, which ticks in seconds, but not later than
/// it arrived by ours; by the sender's clock alone for what was imported, whose arrival may
/// be years later. Invalid if unknown.
[[nodiscard]] QDateTime momentOf(const KeptEvent &kept);

/// What a set of events says about the one send that they are tied to. It is the same in
/// whatever order they are added, and however often each is.
struct DeliveryState {
    // Of exact events only:
    DeliveryStatus status = DeliveryStatus::None;
    EventMatch match = EventMatch::None; ///< Of the surest event of this status.
    QDateTime submittedAt; ///< Of the first event each, see momentOf().
    QDateTime deliveredAt;
    QDateTime readAt;
    // Of the first event of a failure's status that names an error, or else of the first:
    QDateTime failedAt;
    QString error;
    QString metaCode;

    DeliveryStatus guess = DeliveryStatus::None; ///< By guessed events only.

    void add(const KeptEvent &kept);
    friend bool operator==(const DeliveryState &, const DeliveryState &) = default;

private:
    void addFailure(const KeptEvent &kept);
};

/// Puts @p state into the record's fields; a guess only if nothing is known.
void setDelivery(SendRecord &record, const DeliveryState &state);

/// `delivery` may be another send's: always to be worded as a guess.
[[nodiscard]] bool isGuess(const SendRecord &record);

/// The send's outcome is Unknown, and yet it surely was delivered or read. The outcome
/// stays what it is: what the wire showed.
[[nodiscard]] bool didReach(const SendRecord &record);

/// The send's outcome is Unknown, and yet Vonage surely took it: there is an exact status,
/// be it a failure.
[[nodiscard]] bool didStart(const SendRecord &record);

} // namespace icebreaker
