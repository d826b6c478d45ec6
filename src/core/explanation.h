#pragma once

#include "core/catalogue.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace icebreaker {

/// An entry of the catalogue that applies to a send, and the code by which it was found.
struct AppliedEntry {
    CatalogueEntry entry;
    QString code; ///< Of Vonage or Meta, e.g. "131026"; empty if it was found otherwise.
};

/// A code that the catalogue does not have.
struct UnknownCode {
    QString code; ///< As it came.
    bool isMeta = false; ///< Else Vonage's.
};

/// Why a send ended as it did, and what follows from that: all entries that apply, and the
/// five answers for this very send. These never claim more than its outcome and its
/// deliveries allow, whatever an entry says.
struct Explanation {
    QList<AppliedEntry> applied; ///< Most specific first; empty with an empty catalogue only.
    QList<UnknownCode> unknownCodes;
    QString senderWords; ///< What the server or WhatsApp said, untranslated; may be empty.
    Reached reached = Reached::Unknown;
    Again again = Again::FindOutFirst;
    QList<Mover> movers;
    QList<NextAction> actions; ///< The first is the likeliest.
    /// Sending the same request again cannot start a second conversation.
    bool mayOfferAgain = false;
    std::optional<std::chrono::milliseconds> wait; ///< What the server asked for.

    [[nodiscard]] const CatalogueEntry *lead() const
    {
        return applied.isEmpty() ? nullptr : &applied.first().entry;
    }
};

/// What @p record and @p events say, as far as the catalogue asks for it.
/// @param record  with its answer; @param events  of this send, in order of arrival
[[nodiscard]] CaseFacts factsOf(const SendRecord &record, const QList<KeptEvent> &events);

[[nodiscard]] Explanation explain(const Catalogue &catalogue, const SendRecord &record,
                                  const QList<KeptEvent> &events);

} // namespace icebreaker
