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

/// As in the API's callbacks, e.g. "delivered"; "other" for a word that we do not know, empty
/// for none. Files and the command line use these, too.
[[nodiscard]] QString deliveryStatusName(DeliveryStatus status);

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

    // Everything below is in `raw` too: read it again with parseStatusEvent().
    QString to; ///< As sent; AI Studio sends digits without "+".
    QString from;
    QString channel; ///< "whatsapp", "sms", ...
    QString price; ///< As written, "0.0421": money is never made a binary fraction.
    QString currency;
    QString conversationId; ///< WhatsApp's, on "delivered".
    QString conversationOrigin; ///< "marketing", "utility", "service", ...
    QString internalMessageUuid; ///< AI Studio's own, beside `messageUuid`.
    QString metaCode; ///< Meta's code behind the error, e.g. "131026"; see metaCodeIn().
};

/// Reads one callback's body. Anything that is not understood stays in `raw`;
/// `sendId` and `arrivedAt` are the caller's to fill.
///
/// Errors may be nested in each other (`error.error...`), with Meta's own inside: of each
/// field the innermost counts. A timestamp may be ISO 8601, in UTC where it names no zone,
/// or seconds or milliseconds since 1970, as text or number.
[[nodiscard]] StatusEvent parseStatusEvent(const QByteArray &body);

/// Meta's error code in a text like "(#131026) Message undeliverable" or in JSON inside
/// the text; empty if there is none. A bare number counts only where Meta's codes have
/// six digits and begin with 13, others only behind "#" or "error code"
/// (developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes,
/// 2026-05).
[[nodiscard]] QString metaCodeIn(const QString &text);

/// The send that a callback's path names: its last segments are `s/SENDID`, whatever
/// stands before. Empty if they are not.
/// @param path  without query, percent-encoding decoded
[[nodiscard]] QString sendIdInPath(const QString &path);

/// A UUID in lower case without braces, and not the null one: the form of Claim::sendId.
[[nodiscard]] bool isSendId(const QString &text);

/// The state after @p event: submitted < delivered < read never goes backwards, and
/// rejected, undeliverable and failed stick, and of these the first named. The state after
/// any number of events does not depend on their order.
[[nodiscard]] DeliveryStatus advance(DeliveryStatus state, DeliveryStatus event);

} // namespace icebreaker
