#include "ui/phoneline.h"

#include "phone/phonecheck.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct PhoneWords {
    Q_DECLARE_TR_FUNCTIONS(Phones)
};

QString countryText(const PhoneFacts &facts)
{
    if (facts.callingCode == 0)
        return PhoneWords::tr("no country's code");
    const auto territory = QLocale::codeToTerritory(facts.region);
    if (facts.region == "001"_L1 || territory == QLocale::AnyTerritory)
        return PhoneWords::tr("no single country (+%1)").arg(facts.callingCode);
    return QLocale::territoryToString(territory);
}

QString kindText(PhoneKind kind)
{
    switch (kind) {
    case PhoneKind::Mobile: return PhoneWords::tr("mobile");
    case PhoneKind::Landline: return PhoneWords::tr("landline");
    case PhoneKind::LandlineOrMobile: return PhoneWords::tr("landline or mobile");
    case PhoneKind::TollFree: return PhoneWords::tr("free number");
    case PhoneKind::PremiumRate: return PhoneWords::tr("premium number");
    case PhoneKind::SharedCost: return PhoneWords::tr("shared-cost number");
    case PhoneKind::Voip: return PhoneWords::tr("internet telephony");
    case PhoneKind::Personal: return PhoneWords::tr("personal number");
    case PhoneKind::Pager: return PhoneWords::tr("pager");
    case PhoneKind::Company: return PhoneWords::tr("company number");
    case PhoneKind::Voicemail: return PhoneWords::tr("voicemail");
    case PhoneKind::Unknown: break;
    }
    return {};
}

QString trapHint(const PhoneExam &exam)
{
    switch (exam.facts.trap) {
    case PhoneTrap::BrazilNineThere:
        return PhoneWords::tr("Accounts from before the ninth digit may be known as %1.")
            .arg(exam.otherForm);
    case PhoneTrap::MexicoOneMissing:
        return PhoneWords::tr("Older accounts may be known as %1.").arg(exam.otherForm);
    case PhoneTrap::ArgentinaNineThere:
        return PhoneWords::tr("Lists of test recipients may have it as %1.").arg(exam.otherForm);
    default: return {}; // a warning of its own, or nothing
    }
}

} // namespace

QString phoneLine(const PhoneExam &exam)
{
    if (exam.digits.isEmpty())
        return {};
    QStringList parts{countryText(exam.facts)};
    if (const QString kind = kindText(exam.facts.kind); !kind.isEmpty())
        parts.append(kind);
    if (exam.facts.callingCode != 0)
        parts.append(exam.forms.national);
    const QString line =
        PhoneWords::tr("%1 → goes out as %2").arg(parts.join(u" · "_s), exam.digits);
    const QString hint = trapHint(exam);
    return hint.isEmpty() ? line : line + u". "_s + hint;
}

QString homeRegion()
{
    const auto territory = QLocale::system().territory();
    return territory == QLocale::AnyTerritory ? QString() : QLocale::territoryToCode(territory);
}

} // namespace icebreaker
