#include "phone/phonecheck.h"

#include "core/recipient.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace icebreaker {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr qsizetype LongestCallingCode = 3; // ITU-T E.164, 6.2.2
/// Longer than any short code behind a country's code; shorter than most subscribers' numbers.
constexpr qsizetype LongestShortCode = 6;

PhoneKind kindOf(PhoneNumberUtil::PhoneNumberType type)
{
    switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return PhoneKind::Landline;
    case PhoneNumberUtil::MOBILE: return PhoneKind::Mobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return PhoneKind::LandlineOrMobile;
    case PhoneNumberUtil::TOLL_FREE: return PhoneKind::TollFree;
    case PhoneNumberUtil::PREMIUM_RATE: return PhoneKind::PremiumRate;
    case PhoneNumberUtil::SHARED_COST: return PhoneKind::SharedCost;
    case PhoneNumberUtil::VOIP: return PhoneKind::Voip;
    case PhoneNumberUtil::PERSONAL_NUMBER: return PhoneKind::Personal;
    case PhoneNumberUtil::PAGER: return PhoneKind::Pager;
    case PhoneNumberUtil::UAN: return PhoneKind::Company;
    case PhoneNumberUtil::VOICEMAIL: return PhoneKind::Voicemail;
    case PhoneNumberUtil::UNKNOWN: break;
    }
    return PhoneKind::Unknown;
}

PhoneLength lengthOf(PhoneNumberUtil::ValidationResult result)
{
    switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE: return PhoneLength::Fits;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return PhoneLength::LocalOnly;
    case PhoneNumberUtil::TOO_SHORT: return PhoneLength::TooShort;
    case PhoneNumberUtil::TOO_LONG: return PhoneLength::TooLong;
    case PhoneNumberUtil::INVALID_LENGTH:
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: break;
    }
    return PhoneLength::Other;
}

class PhoneBook
{
public:
    PhoneBook() { m_util.GetSupportedCallingCodes(&m_callingCodes); }

    /// The number as it is on the wire. Not PhoneNumberUtil::Parse(): it forgives a trunk
    /// zero that nobody takes away from what is sent, and takes longer than all the rest.
    [[nodiscard]] std::optional<PhoneNumber> number(const QString &digits) const
    {
        for (qsizetype length = 1; length <= LongestCallingCode && length < digits.size();
             ++length) {
            // No calling code begins with another one.
            const int code = digits.first(length).toInt();
            if (m_callingCodes.contains(code))
                return number(code, QStringView(digits).sliced(length));
        }
        return std::nullopt;
    }

    /// All but the region, which takes a third of the time.
    [[nodiscard]] PhoneFacts factsWithoutRegion(const PhoneNumber &phone,
                                                const QString &digits) const
    {
        PhoneFacts facts;
        facts.callingCode = phone.country_code();
        facts.length = lengthOf(m_util.IsPossibleNumberWithReason(phone));
        facts.kind = kindOf(m_util.GetNumberType(phone));
        facts.trap = findTrap(digits).trap;
        const auto ownDigits = digits.size() - QString::number(facts.callingCode).size();
        if (!facts.isPossible() && ownDigits <= LongestShortCode)
            facts.trap = PhoneTrap::ShortCode;
        return facts;
    }

    [[nodiscard]] QString region(const PhoneNumber &phone, bool isKnownAsValid) const
    {
        std::string region;
        if (isKnownAsValid)
            m_util.GetRegionCodeForNumber(phone, &region);
        else
            m_util.GetRegionCodeForCountryCode(phone.country_code(), &region);
        return QString::fromStdString(region);
    }

    [[nodiscard]] QString meant(const QString &digits) const
    {
        PhoneNumber phone;
        const auto problem = m_util.Parse('+' + digits.toStdString(), "ZZ", &phone);
        if (problem != PhoneNumberUtil::NO_PARSING_ERROR || !m_util.IsValidNumber(phone))
            return {};
        std::string e164;
        m_util.Format(phone, PhoneNumberUtil::E164, &e164);
        const QString meant = QString::fromStdString(e164).sliced(1); // without the +
        return meant == digits ? QString() : meant;
    }

    [[nodiscard]] PhoneForms forms(const QString &digits) const
    {
        const auto phone = number(digits);
        if (!phone)
            return {digits, digits};
        std::string national;
        std::string international;
        m_util.Format(*phone, PhoneNumberUtil::NATIONAL, &national);
        m_util.Format(*phone, PhoneNumberUtil::INTERNATIONAL, &international);
        return {QString::fromStdString(national), QString::fromStdString(international)};
    }

    [[nodiscard]] QString reading(const QString &digits, const QString &region) const
    {
        PhoneNumber phone;
        const auto problem = m_util.Parse(digits.toStdString(), region.toStdString(), &phone);
        if (problem != PhoneNumberUtil::NO_PARSING_ERROR || !m_util.IsValidNumber(phone))
            return {};
        std::string e164;
        m_util.Format(phone, PhoneNumberUtil::E164, &e164);
        return QString::fromStdString(e164).sliced(1); // without the +
    }

private:
    static PhoneNumber number(int callingCode, QStringView national)
    {
        PhoneNumber phone;
        phone.set_country_code(callingCode);
        phone.set_national_number(national.toULongLong());
        qsizetype zeros = 0;
        while (zeros < national.size() - 1 && national.at(zeros) == u'0')
            ++zeros;
        // Part of the number in Italy, for example.
        if (zeros > 0) {
            phone.set_italian_leading_zero(true);
            phone.set_number_of_leading_zeros(static_cast<int>(zeros));
        }
        return phone;
    }

    const PhoneNumberUtil &m_util = *PhoneNumberUtil::GetInstance();
    std::set<int> m_callingCodes;
};

std::mutex &phoneMutex()
{
    static std::mutex mutex;
    return mutex;
}

const PhoneBook &phoneBook()
{
    static const PhoneBook book;
    return book;
}

CheckCode codeOf(PhoneTrap trap)
{
    switch (trap) {
    case PhoneTrap::BrazilNineMissing:
    case PhoneTrap::BrazilNineThere: return CheckCode::RecipientBrazil;
    case PhoneTrap::MexicoOneThere:
    case PhoneTrap::MexicoOneMissing: return CheckCode::RecipientMexico;
    case PhoneTrap::ArgentinaNineMissing:
    case PhoneTrap::ArgentinaNineThere: return CheckCode::RecipientArgentina;
    case PhoneTrap::Fictional: return CheckCode::RecipientFictional;
    case PhoneTrap::ShortCode: return CheckCode::RecipientShortCode;
    case PhoneTrap::None: break;
    }
    return CheckCode::RecipientNotKnownValid;
}

/// What a number with these facts is warned about.
std::optional<CheckCode> suspicionOf(const PhoneFacts &facts, bool forSandbox)
{
    if (facts.trap == PhoneTrap::Fictional && forSandbox)
        return std::nullopt;
    if (isWarned(facts.trap))
        return codeOf(facts.trap);
    if (facts.callingCode == 0)
        return CheckCode::RecipientNoCountry;
    if (!facts.isPossible())
        return CheckCode::RecipientLength;
    switch (facts.kind) {
    case PhoneKind::Unknown: return CheckCode::RecipientNotKnownValid;
    case PhoneKind::Landline: return CheckCode::RecipientLandline;
    case PhoneKind::TollFree:
    case PhoneKind::PremiumRate:
    case PhoneKind::SharedCost:
    case PhoneKind::Pager:
    case PhoneKind::Company:
    case PhoneKind::Voicemail: return CheckCode::RecipientService;
    case PhoneKind::Mobile:
    case PhoneKind::LandlineOrMobile:
    case PhoneKind::Voip:
    case PhoneKind::Personal: break;
    }
    return std::nullopt;
}

} // namespace

PhoneFacts phoneFacts(const QString &digits)
{
    const std::lock_guard lock(phoneMutex());
    const auto phone = phoneBook().number(digits);
    if (!phone)
        return {};
    PhoneFacts facts = phoneBook().factsWithoutRegion(*phone, digits);
    facts.region = phoneBook().region(*phone, facts.isKnownAsValid());
    return facts;
}

QString meantDigits(const QString &digits)
{
    const std::lock_guard lock(phoneMutex());
    return phoneBook().meant(digits);
}

PhoneForms phoneForms(const QString &digits)
{
    const std::lock_guard lock(phoneMutex());
    return phoneBook().forms(digits);
}

QString nationalReading(const QString &typed, const QString &region)
{
    const std::lock_guard lock(phoneMutex());
    return phoneBook().reading(readRecipient(typed).digits, region);
}

PhoneExam examine(const QString &typed)
{
    const QString digits = readRecipient(typed).digits;
    return {digits, phoneFacts(digits), phoneForms(digits), findTrap(digits).otherForm};
}

QList<CheckEntry> checkPhone(const QString &digits, bool forSandbox)
{
    const PhoneFacts facts = phoneFacts(digits);
    const auto code = suspicionOf(facts, forSandbox);
    if (!code)
        return {};
    CheckEntry entry{Severity::Warning, *code, Field::To, -1, {}, 0};
    if (*code == CheckCode::RecipientLength || *code == CheckCode::RecipientNotKnownValid)
        entry.argument = meantDigits(digits);
    else
        entry.argument = findTrap(digits).otherForm;
    return {entry};
}

QList<bool> areSuspicious(const QStringList &digits, bool forSandbox)
{
    QList<bool> answers;
    answers.reserve(digits.size());
    const std::lock_guard lock(phoneMutex());
    for (const QString &each : digits) {
        const auto phone = phoneBook().number(each);
        answers.append(!phone
                       || suspicionOf(phoneBook().factsWithoutRegion(*phone, each), forSandbox));
    }
    return answers;
}

} // namespace icebreaker
