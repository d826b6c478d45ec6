#pragma once

#include "core/sendrecord.h"

#include <QString>

namespace icebreaker {

/// "Accepted", "Outcome unknown" …
[[nodiscard]] QString outcomeText(Outcome outcome);

/// For the log's Result column: "200 Accepted", "429 Too many requests", "Sending…". What was
/// heard of an unknown one is told: "Outcome unknown, but it reached the recipient".
[[nodiscard]] QString resultText(const SendRecord &record);

/// "delivered", "rejected 1022"; "perhaps delivered" for a guess; a dash while nothing was
/// heard.
[[nodiscard]] QString deliveryText(const SendRecord &record);
[[nodiscard]] QString deliveryStatusText(DeliveryStatus status);

/// "61 ms", "30.0 s".
[[nodiscard]] QString durationText(std::chrono::microseconds duration);

/// The answer to "what happened, did it reach anybody, may I send it again, what now?" in a
/// few sentences, for one line or a tooltip; all of it is core/explanation.h.
struct Gist {
    QString headline;
    QString meaning;
    QString reached; ///< Whether anything reached the recipient.
    QString next; ///< Whose move it is, and which.
    bool mayOfferAgain =
        false; ///< Sending the same request again cannot start a second conversation.
};
[[nodiscard]] Gist explain(const SendRecord &record);

[[nodiscard]] QString problemText(TransportProblem problem);

} // namespace icebreaker
