#pragma once

#include <QString>

namespace icebreaker {

/// What a person typed as a phone number, and what of it goes on the wire.
struct Recipient {
    QString digits; ///< Country code and number, e.g. "447946000958".
    bool strangeCharacter = false; ///< Something that is no digit and no usual separator.
    bool trunkZero = false; ///< Has the "(0)" that is only dialled inside the country.
    bool nationalForm = false; ///< Starts with one 0: the country code is missing.
};

/// E.164 allows 15 digits at most (ITU-T E.164, 6.2.1). Below 7 there is no
/// international number in use; both are limits of shape, not of validity.
inline constexpr int RecipientMinDigits = 7;
inline constexpr int RecipientMaxDigits = 15;

/// Takes spaces, +, dashes, dots, slashes, brackets, invisible direction marks and a
/// leading 00 away, and turns any script's digits into ASCII ones.
[[nodiscard]] Recipient readRecipient(const QString &typed);

} // namespace icebreaker
