#pragma once

#include <QList>
#include <QString>

namespace icebreaker {

/// What the sandbox does for one recipient, so that people can see every way in which
/// a send can end without making it happen for real.
enum class SandboxBehaviour {
    Normal, ///< Accepted; submitted, delivered, read.
    // Refused. Nothing was accepted, so no callbacks follow.
    WrongKey, ///< 401, even with the right key.
    UnpublishedAgent, ///< 404; the text contains "published version".
    Unprocessable, ///< 422
    RateLimited, ///< 429, always.
    ServerError, ///< 500
    HtmlPage, ///< 200 with a web page: a proxy answered, the sandbox accepted nothing.
    Redirect, ///< 302 to another host, which does not exist (RFC 2606, .invalid).
    Stall, ///< No answer; nothing was accepted.
    // Accepted, but the sender cannot know from the answer: callbacks follow as normal.
    CloseUnanswered, ///< The connection closes before a byte of the answer.
    HalfAnswer, ///< 200 with complete headers and half of the body.
    // Accepted; the callbacks differ.
    DeliveredWithoutSubmitted,
    ReadBeforeDelivered, ///< Arrive in the wrong order with the right time stamps.
    DuplicateCallbacks, ///< Each one arrives twice.
    RejectedWithError, ///< Submitted, then rejected with error 1022.
    Undeliverable, ///< Only undeliverable.
    NeverRead, ///< Submitted, delivered.
};

struct SpecialRecipient {
    QString number; ///< Digits, as in `to`.
    SandboxBehaviour behaviour = SandboxBehaviour::Normal;
};

/// Every number that is not Normal. All lie in +44 7700 900000 to 900999, which Ofcom
/// reserves for drama and gives to nobody (ofcom.org.uk, "Numbers for use in TV and
/// radio drama", 2026-11). The last three digits are the HTTP status where there is one.
[[nodiscard]] const QList<SpecialRecipient> &specialRecipients();

[[nodiscard]] SandboxBehaviour sandboxBehaviour(const QString &number);

/// Answered 2xx, or would be if the connection had not broken: takes a slot of the
/// limit and gets callbacks.
[[nodiscard]] bool isAccepted(SandboxBehaviour behaviour);

} // namespace icebreaker
