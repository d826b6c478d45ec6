#pragma once

#include "core/answer.h"
#include "core/keptevent.h"
#include "core/statusevent.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QUrl>

#include <optional>

namespace icebreaker {

/// Which row of which batch a send is for.
struct BatchRowRef {
    qint64 batch = 0;
    qint64 row = 0; ///< Number within the file's data, from 1.
    friend bool operator==(const BatchRowRef &, const BatchRowRef &) = default;
};

/// What is written down before the first byte leaves.
struct Claim {
    QString sendId; ///< UUID without braces; unique for ever, also in the Status URL's path.
    QDateTime claimedAt; ///< UTC.
    QString profile; ///< Name of the profile at the time.
    QString region; ///< "eu", "us", "sandbox" or "custom".
    QUrl url; ///< Whole address that is posted to.
    QString lane; ///< See laneId().
    QByteArray body; ///< Exactly the bytes on the wire.
    // Copies of body fields, for the log's columns and filters.
    QString to;
    QString agentId;
    QString templateName;
    QString locale;
    QString channel;
    std::optional<BatchRowRef> batchRow; ///< Absent for a single send.
};

/// One send as the journal has it.
struct SendRecord {
    qint64 row = 0; ///< Grows with every claim; the log's order.
    Claim claim;
    std::optional<Outcome> outcome; ///< Absent while in flight.
    QDateTime settledAt; ///< UTC; invalid while in flight.
    Answer answer;
    QString note; ///< Machine word about how it was settled, e.g. "crashed"; empty normally.

    /// What was heard of it. A guess (see isGuess()) stands here only while nothing is
    /// known, and has none of the fields below `deliveryMatch`.
    DeliveryStatus delivery = DeliveryStatus::None;
    EventMatch deliveryMatch = EventMatch::None; ///< How `delivery` is known.
    QString deliveryError; ///< Code of a rejected message, e.g. "1022".
    QString deliveryMeta; ///< Meta's code behind it, e.g. "131026".
    // Of the first such event, UTC; see momentOf(). Invalid if none was heard: "read" may
    // come without "delivered".
    QDateTime submittedAt;
    QDateTime deliveredAt;
    QDateTime readAt;
};

} // namespace icebreaker
