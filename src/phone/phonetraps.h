#pragma once

#include <QString>

namespace icebreaker {

/// Numbers whose shape is right and that still go wrong. WhatsApp keeps some countries'
/// accounts under another number than the one that is dialled, and which form an account
/// has depends on when it was made; nobody can tell from outside. Nothing is ever rewritten.
enum class PhoneTrap : quint8 {
    None,
    BrazilNineMissing, ///< A mobile number as it was before the ninth digit came (2012 to 2016).
    BrazilNineThere, ///< Right; accounts from before, in areas 31 and up, may be without it.
    MexicoOneThere, ///< 1 after 52: not dialled any more since 2019; WhatsApp reports it still.
    MexicoOneMissing, ///< Right; older accounts may have the 1.
    ArgentinaNineMissing, ///< No 9 after 54: a landline, or a mobile number without its 9.
    ArgentinaNineThere, ///< Right; Meta's lists of test recipients may want it without.
    Fictional, ///< Set aside for films and examples: nobody has it.
    ShortCode, ///< Of a service within one country.
};

struct TrapFinding {
    PhoneTrap trap = PhoneTrap::None;
    QString otherForm; ///< Digits that WhatsApp may know the same phone by; or empty.
};

/// @param digits  country code and number, as on the wire. Looks at the digits alone.
[[nodiscard]] TrapFinding findTrap(const QString &digits);

/// Whether it is worth a warning: the other form is the likelier one, or nobody is there.
[[nodiscard]] bool isWarned(PhoneTrap trap);

} // namespace icebreaker
