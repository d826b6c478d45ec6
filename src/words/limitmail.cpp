#include "words/limitmail.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm"_s) + u" UTC"_s;
}

/// @return empty if there is nothing that would help
QString evidenceText(const LimitEvidence &evidence)
{
    if (evidence.sends == 0)
        return {};
    QString text =
        u"\nFrom our own log of the last 30 days:\n- requests sent: %1\n"_s.arg(evidence.sends);
    if (evidence.rateLimited > 0) {
        text += u"- answered with 429 (Too Many Requests): %1"_s.arg(evidence.rateLimited);
        text += evidence.first == evidence.last
            ? u", on %1\n"_s.arg(timeText(evidence.first))
            : u", first on %1, last on %2\n"_s.arg(timeText(evidence.first),
                                                   timeText(evidence.last));
    }
    text += u"- most requests within one second: %1\n"_s.arg(evidence.peak);
    return text;
}

} // namespace

MailText limitMail(const LimitMailFacts &facts)
{
    const bool many = facts.agentIds.size() > 1;
    MailText mail;
    mail.address = facts.address;
    mail.subject =
        u"AI Studio: %1 sessions per second for outbound conversations"_s.arg(facts.limit);
    mail.body = u"Hello AI Studio team,\n\n"
                u"we start outbound conversations through the API (messaging/conversation) and "
                u"would like to start up to %1 sessions per second. Please raise the limit for "
                u"the following.\n\n"_s.arg(facts.limit);
    mail.body += u"Vonage API key (account): %1\n"_s.arg(facts.accountKey);
    mail.body +=
        (many ? u"Agent IDs: %1\n"_s : u"Agent ID: %1\n"_s).arg(facts.agentIds.join(u", "_s));
    if (!facts.region.isEmpty())
        mail.body += u"Region: %1\n"_s.arg(facts.region);
    mail.body += u"Requested limit: %1 sessions per second\n"_s.arg(facts.limit);
    mail.body += evidenceText(facts.evidence);
    mail.body += u"\nPlease tell us when the new limit is set: we will then publish the %1 again "
                 u"and wait five minutes before sending.\n\nThank you and kind regards\n"_s.arg(
                     many ? u"agents"_s : u"agent"_s);
    return mail;
}

} // namespace icebreaker
