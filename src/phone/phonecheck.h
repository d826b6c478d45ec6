#pragma once

#include "core/requestcheck.h"
#include "phone/phonetraps.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// What libphonenumber takes a number for; its own names are in phonenumberutil.h.
enum class PhoneKind : quint8 {
    Unknown,
    Mobile,
    Landline,
    LandlineOrMobile, ///< Some countries' numbers do not tell, e.g. those of the USA.
    TollFree,
    PremiumRate,
    SharedCost,
    Voip,
    Personal,
    Pager,
    Company, ///< One number for a company's lines ("UAN").
    Voicemail,
};

enum class PhoneLength : quint8 {
    Fits,
    LocalOnly, ///< Only dialled within an area: the area code is missing.
    TooShort,
    TooLong,
    Other, ///< Between the lengths that the country has.
};

/// What libphonenumber knows about a number. Its data is of the day when the library was
/// released (Debian 12: 2022): countries open new ranges later, so "not known as valid"
/// never means "does not exist".
struct PhoneFacts {
    int callingCode = 0; ///< E.g. 44; 0 if no country has it.
    QString
        region; ///< ISO 3166, e.g. "GB"; "001" if of no country; the code's main one if unclear.
    PhoneLength length = PhoneLength::Fits; ///< For its country.
    PhoneKind kind = PhoneKind::Unknown;
    PhoneTrap trap = PhoneTrap::None;

    [[nodiscard]] bool isPossible() const
    {
        return callingCode != 0 && length == PhoneLength::Fits;
    }
    [[nodiscard]] bool isKnownAsValid() const { return kind != PhoneKind::Unknown; }
};

/// @param digits  country code and number as they go on the wire, nothing else
///
/// Any thread; libphonenumber is loaded by the first call, which takes some 5 ms.
[[nodiscard]] PhoneFacts phoneFacts(const QString &digits);

/// The digits that libphonenumber would call, if those are others and known as valid: a
/// trunk zero behind the country code, for example, is not part of the number. Else empty.
[[nodiscard]] QString meantDigits(const QString &digits);

/// How people read and write a number.
struct PhoneForms {
    QString national; ///< As its own country writes it, e.g. "07946 000958".
    QString international; ///< E.g. "+44 7946 000958".
};
/// @param digits  as on the wire. Without a country's code both are the digits alone.
[[nodiscard]] PhoneForms phoneForms(const QString &digits);

/// The digits on the wire of a number that was typed as it is dialled within @p region
/// (ISO 3166), if it is known as valid there; else empty.
[[nodiscard]] QString nationalReading(const QString &typed, const QString &region);

/// All that can be said about a number while it is typed.
struct PhoneExam {
    QString digits; ///< What goes out.
    PhoneFacts facts;
    PhoneForms forms;
    QString otherForm; ///< See TrapFinding.
};
/// @param typed  in any notation that readRecipient() takes
[[nodiscard]] PhoneExam examine(const QString &typed);

/// What looks wrong about a recipient whose shape is right: always warnings, at most one.
/// For the sandbox fictional numbers are the right ones.
[[nodiscard]] QList<CheckEntry> checkPhone(const QString &digits, bool forSandbox = false);
/// For each of many numbers whether checkPhone() finds something, for some 7 us each.
///
/// libphonenumber's cache of patterns has one lock that threads fight for (two of them
/// are slower together than one alone), so calls wait for each other here.
[[nodiscard]] QList<bool> areSuspicious(const QStringList &digits, bool forSandbox = false);

} // namespace icebreaker
