#include "core/sendguard.h"

#include "core/outboundrequest.h"

#include <QTimeZone>

namespace icebreaker {

bool reachesPhones(const Profile &profile, Region region, const QUrl &base)
{
    if (region == Region::Sandbox)
        return false;
    // A proxy on this computer may well lead to phones: the profile says so.
    return profile.live || region != Region::Custom || !isLoopback(base);
}

QStringList otherNumbers(const GuardFacts &facts)
{
    QStringList others;
    QSet<QString> seen = facts.testNumbers;
    for (const QString &number : facts.recipients) {
        if (seen.contains(number))
            continue;
        seen.insert(number);
        others.append(number);
    }
    return others;
}

QList<GuardReason> reasonsToAsk(const Profile &profile, const GuardFacts &facts)
{
    if (!reachesPhones(profile, facts.region, facts.base))
        return {};
    QList<GuardReason> reasons;
    if (profile.live && profile.onlyTestNumbers && !otherNumbers(facts).isEmpty())
        reasons.append(GuardReason::OtherNumber);
    // A time in the future counts, too: then the clock was set back since.
    const bool repeated = facts.lastSame.isValid()
        && facts.lastSame > facts.now.addMSecs(-std::chrono::milliseconds(RepeatWindow).count());
    if (repeated && !profile.quiet.repeated)
        reasons.append(GuardReason::Repeated);
    const bool first = !facts.lastLive.isValid()
        || facts.lastLive.toTimeZone(facts.now.timeZone()).date() != facts.now.date();
    if (profile.live && first && !profile.quiet.firstLiveToday)
        reasons.append(GuardReason::FirstLiveToday);
    if (facts.isBatch && !profile.quiet.wholeBatch)
        reasons.append(GuardReason::WholeBatch);
    return reasons;
}

bool provesNumber(const QString &typed, const QString &number)
{
    QString digits; // not readRecipient(): 00 at the front is no prefix here
    for (const QChar c : typed) {
        if (c.digitValue() >= 0)
            digits += QChar(u'0' + c.digitValue());
        else if (!c.isSpace() && c.category() != QChar::Other_Format)
            return false;
    }
    return number.size() > ProofDigits && digits.size() == ProofDigits && number.endsWith(digits);
}

bool canBeQuiet(GuardReason reason)
{
    return reason != GuardReason::OtherNumber;
}

void makeQuiet(Profile &profile, GuardReason reason)
{
    switch (reason) {
    case GuardReason::OtherNumber: break;
    case GuardReason::Repeated: profile.quiet.repeated = true; break;
    case GuardReason::FirstLiveToday: profile.quiet.firstLiveToday = true; break;
    case GuardReason::WholeBatch: profile.quiet.wholeBatch = true; break;
    }
}

QByteArray messageOf(const QByteArray &body)
{
    auto request = OutboundRequest::fromJson(body);
    if (!request)
        return body;
    request->remove(Field::StatusUrl);
    return request->toJson();
}

bool mayHaveReached(const SendRecord &record)
{
    return !record.outcome || *record.outcome == Outcome::Accepted
        || *record.outcome == Outcome::Unknown;
}

} // namespace icebreaker
