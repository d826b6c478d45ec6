#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace icebreaker {

/// What became of a message after it was accepted. The numbers are stored in the
/// journal: only add.
enum class DeliveryStatus {
    None = 0, ///< Nothing heard yet.
    Submitted = 1, ///< Handed to WhatsApp ("sent" in Meta's words).
    Delivered = 2, ///< On the device.
    Read = 3, ///< Opened; only with read receipts switched on.
    Rejected = 4, ///< Refused by Vonage or WhatsApp; has an error.
    Undeliverable = 5, ///< WhatsApp could not be reached.
    Failed = 6,
    Other = 7, ///< A word that we do not know; the raw event keeps it.
};

/// One callback to a Status URL (fields: Messages API status callbacks,
/// developer.vonage.com/en/messages/concepts/messages-status-callbacks, 2026-11).
struct StatusEvent {
    QString sendId; ///< From the callback's path; empty if it matched none.
    QDateTime arrivedAt; ///< UTC, our clock.
    QByteArray raw; ///< Exactly as it came.
    DeliveryStatus status = DeliveryStatus::Other;
    QString statusText; ///< The sender's own word.
    QDateTime eventAt; ///< The sender's clock; invalid if absent.
    QString messageUuid;
    QString errorCode; ///< `error.title` or the number at the end of `error.type`.
    QString errorDetail;
};

/// Reads one callback's body. Anything that is not understood stays in `raw`;
/// `sendId` and `arrivedAt` are the caller's to fill.
[[nodiscard]] StatusEvent parseStatusEvent(const QByteArray &body);

/// The state after @p event: submitted < delivered < read never goes backwards, and
/// rejected, undeliverable and failed stick.
[[nodiscard]] DeliveryStatus advance(DeliveryStatus state, DeliveryStatus event);

} // namespace icebreaker
