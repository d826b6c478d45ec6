#include "phone/phonetraps.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Numbers that regulators keep free for films and examples; a dot is any digit, brackets
/// hold a set. The lists were as follows in 2026-11:
/// Ofcom, "Telephone numbers for use in TV and radio drama programmes";
/// ATIS-0300115: 555-0100 to 555-0199 in every area of North America;
/// ACMA, "Phone numbers for use in TV shows, films and creative works" (its oldest six
/// mobile numbers and its landlines); Arcep, decision 2018-0881;
/// Bundesnetzagentur, Mitteilung 148/2021, "Rufnummern für Medienproduktionen";
/// ComReg, Numbering Conditions of Use (020 91).
constexpr std::array Fictional{
    QLatin1StringView("447700900..."), // United Kingdom: mobile
    QLatin1StringView("441632960..."), // no area
    QLatin1StringView("4411[345678]4960..."), // Leeds to Reading
    QLatin1StringView("441[23456]14960..."), // Birmingham to Manchester
    QLatin1StringView("441914980..."), // Tyneside
    QLatin1StringView("442079460..."), // London
    QLatin1StringView("442896496..."), // Northern Ireland
    QLatin1StringView("442920180..."), // Cardiff
    QLatin1StringView("448081570..."), // free
    QLatin1StringView("449098790..."), // premium
    QLatin1StringView("443069990..."), // everywhere
    QLatin1StringView("1...55501.."), // North America
    QLatin1StringView("61491570006"), // Australia: mobile
    QLatin1StringView("61491570110"),         QLatin1StringView("6149157015[6789]"),
    QLatin1StringView("61[2378]5550...."),    QLatin1StringView("61[2378]7010...."),
    QLatin1StringView("3319900...."), // France: five regions, mobile
    QLatin1StringView("3326191...."),         QLatin1StringView("3335301...."),
    QLatin1StringView("3346571...."),         QLatin1StringView("3353649...."),
    QLatin1StringView("3363998...."),
    QLatin1StringView("493023125..."), // Germany: five cities, mobile
    QLatin1StringView("496990009..."),        QLatin1StringView("494066969..."),
    QLatin1StringView("492214710..."),        QLatin1StringView("498999998..."),
    QLatin1StringView("4915228817386"),       QLatin1StringView("4915228895456"),
    QLatin1StringView("4915254599371"),       QLatin1StringView("4917139200.."),
    QLatin1StringView("49176040690.."),
    QLatin1StringView("3532091....."), // Ireland
};

/// One character of a pattern: a digit, a dot for any, or a set in brackets.
bool matches(QLatin1StringView pattern, const QString &digits)
{
    qsizetype at = 0;
    for (qsizetype i = 0; i < pattern.size(); ++i, ++at) {
        if (at >= digits.size())
            return false;
        QLatin1StringView allowed = pattern.sliced(i, 1);
        if (pattern.at(i) == '['_L1) {
            const qsizetype end = pattern.indexOf(']'_L1, i);
            allowed = pattern.sliced(i + 1, end - i - 1);
            i = end;
        }
        if (allowed != "."_L1 && !allowed.contains(digits.at(at)))
            return false;
    }
    return at == digits.size();
}

/// Wire lengths: country code 55, two digits of area, eight or nine of number.
/// Mobile numbers began with 6 to 9 before the ninth digit (Anatel, resolution 553/2010).
/// Accounts without it: github.com/wwebjs/whatsapp-web.js 1967 and chatwoot 14264.
TrapFinding findInBrazil(const QString &digits)
{
    constexpr qsizetype number = 4;
    if (digits.size() == 12 && digits.at(number) >= u'6')
        return {PhoneTrap::BrazilNineMissing, QString(digits).insert(number, u'9')};
    const bool oldArea = digits.size() == 13 && digits.at(2) >= u'3';
    if (oldArea && digits.at(number) == u'9' && digits.at(number + 1) >= u'6')
        return {PhoneTrap::BrazilNineThere, QString(digits).remove(number, 1)};
    return {};
}

/// 52 and ten digits since 3 August 2019 (IFT, numbering plan 2018); WhatsApp went on with
/// 521 (faq.whatsapp.com/640432094208718; chatwoot 14048).
TrapFinding findInMexico(const QString &digits)
{
    if (digits.size() == 13 && digits.at(2) == u'1')
        return {PhoneTrap::MexicoOneThere, QString(digits).remove(2, 1)};
    if (digits.size() == 12)
        return {PhoneTrap::MexicoOneMissing, QString(digits).insert(2, u'1')};
    return {};
}

/// 54 and ten digits; 9 in front of them for mobile phones (ENACOM, numbering plan).
/// Test recipients without it: kevinrivm/vocero-crm 35, chatwoot 11053.
TrapFinding findInArgentina(const QString &digits)
{
    if (digits.size() == 12)
        return {PhoneTrap::ArgentinaNineMissing, QString(digits).insert(2, u'9')};
    if (digits.size() == 13 && digits.at(2) == u'9')
        return {PhoneTrap::ArgentinaNineThere, QString(digits).remove(2, 1)};
    return {};
}

} // namespace

TrapFinding findTrap(const QString &digits)
{
    const bool fictional =
        std::any_of(Fictional.begin(), Fictional.end(),
                    [&digits](QLatin1StringView pattern) { return matches(pattern, digits); });
    if (fictional)
        return {PhoneTrap::Fictional, {}};
    if (digits.startsWith("55"_L1))
        return findInBrazil(digits);
    if (digits.startsWith("52"_L1))
        return findInMexico(digits);
    if (digits.startsWith("54"_L1))
        return findInArgentina(digits);
    return {};
}

bool isWarned(PhoneTrap trap)
{
    switch (trap) {
    case PhoneTrap::BrazilNineMissing:
    case PhoneTrap::MexicoOneThere:
    case PhoneTrap::ArgentinaNineMissing:
    case PhoneTrap::Fictional:
    case PhoneTrap::ShortCode: return true;
    case PhoneTrap::None:
    case PhoneTrap::BrazilNineThere:
    case PhoneTrap::MexicoOneMissing:
    case PhoneTrap::ArgentinaNineThere: break;
    }
    return false;
}

} // namespace icebreaker
