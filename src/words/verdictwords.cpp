// Whose move it is, see diagnosiswords.h.
#include "words/diagnosiswords.h"

#include <QCoreApplication>

namespace icebreaker {

namespace {

struct VerdictTexts {
    Q_DECLARE_TR_FUNCTIONS(Verdicts)
};

QString mainHost(const DiagnosisReport &report)
{
    return report.hosts.isEmpty() ? QString() : report.hosts.first().base.host();
}

QString otherHost(const DiagnosisReport &report)
{
    return report.hosts.size() < 2 ? QString() : report.hosts.at(1).base.host();
}

QString goodVerdictText(const DiagnosisVerdict &verdict, const DiagnosisReport &report)
{
    if (verdict.why == VerdictReason::NothingWrongButInspected)
        return VerdictTexts::tr("The way to %1 works, but “%2” answers in its name and can read "
                                "along, the key included. If a send fails, look at its answer, and "
                                "ask whoever runs “%2” whether it changes requests.")
            .arg(mainHost(report), verdict.subject);
    return VerdictTexts::tr("Every step of the way to %1 works from here. If a send fails all the "
                            "same, its answer says why: it is about the request, the key or the "
                            "agent.")
        .arg(mainHost(report));
}

QString computerVerdictText(VerdictReason why, const DiagnosisReport &report)
{
    switch (why) {
    case VerdictReason::JournalCannotBeWritten:
        return VerdictTexts::tr("Sends cannot be recorded on this computer, and what cannot be "
                                "recorded is not sent. Make room, or mend the data folder's "
                                "permissions.");
    case VerdictReason::KeychainUnusable:
        return VerdictTexts::tr("The way to %1 works, but this computer's keychain cannot be asked "
                                "for the key. Start or unlock it, or keep the key for this "
                                "session only.")
            .arg(mainHost(report));
    case VerdictReason::StatusesDoNotArrive:
        return VerdictTexts::tr("The way to %1 works, but statuses do not find back: mend the "
                                "inbox's public address (Tools › Status Inbox).")
            .arg(mainHost(report));
    case VerdictReason::ClockWrong:
        return VerdictTexts::tr("This computer's clock is wrong: both servers say so. Set it by "
                                "the network; certificates and signed tokens depend on it.");
    case VerdictReason::NameUnknownHere:
        return VerdictTexts::tr("The name %1 is not known, while others are. Check how the "
                                "profile's address is written.")
            .arg(mainHost(report));
    default:
        return VerdictTexts::tr("Nothing listens at %1 on this computer. Start what should, or "
                                "check the port in the profile's address.")
            .arg(report.hosts.isEmpty() ? QString() : report.hosts.first().base.authority());
    }
}

QString networkVerdictText(VerdictReason why)
{
    switch (why) {
    case VerdictReason::NoNameResolves:
        return VerdictTexts::tr("No name can be resolved: this computer is offline, or its "
                                "resolver (DNS) does not work. Ask whoever runs your network.");
    case VerdictReason::NothingReachable:
        return VerdictTexts::tr("Names resolve, but neither server can be reached: a firewall, or "
                                "no way out to the internet. Ask whoever runs your network.");
    case VerdictReason::LoginPage:
        return VerdictTexts::tr("The network wants you to log in before it lets anything through. "
                                "Open any page in a browser.");
    default:
        return VerdictTexts::tr("Connections are made, but no TLS handshake is completed with "
                                "either server: something in the network swallows it. Ask whoever "
                                "runs your network.");
    }
}

QString proxyVerdictText(const DiagnosisVerdict &verdict, const DiagnosisReport &report)
{
    switch (verdict.why) {
    case VerdictReason::ProxyLogin:
        return VerdictTexts::tr("The system's proxy %1 wants a login, which Icebreaker never "
                                "gives. Ask whoever runs it to let this computer through to %2.")
            .arg(verdict.subject, mainHost(report));
    case VerdictReason::ProxyBlocks:
        return VerdictTexts::tr("The system's proxy %1 can be reached, but does not lead on to %2. "
                                "Ask whoever runs it to allow that host.")
            .arg(verdict.subject, mainHost(report));
    case VerdictReason::LoginPage:
        return VerdictTexts::tr("The proxy wants a login before it lets anything through. Ask "
                                "whoever runs it.");
    case VerdictReason::Inspected:
        return VerdictTexts::tr("“%1” answers in the name of %2: something between you and it "
                                "opens TLS, and sends cannot pass. Ask whoever runs it to except "
                                "%2, or for its certificate authority.")
            .arg(verdict.subject, mainHost(report));
    default:
        return VerdictTexts::tr("The system is set to use the proxy %1, which cannot be reached. "
                                "Check the system's proxy settings, or ask whoever runs it.")
            .arg(verdict.subject);
    }
}

QString theirVerdictText(const DiagnosisVerdict &verdict, const DiagnosisReport &report)
{
    switch (verdict.why) {
    case VerdictReason::CertificateOutOfDate:
        return VerdictTexts::tr("The certificate of %1 is out of date, and this computer's clock "
                                "is right. Tell whoever runs that server.")
            .arg(mainHost(report));
    case VerdictReason::AnswersWithError:
        return VerdictTexts::tr("The way to %1 works, and it answers with HTTP %2 even to a "
                                "harmless request. Wait, and look at the provider's status page.")
            .arg(mainHost(report), verdict.subject);
    default:
        return VerdictTexts::tr("%1 proved who it is and then did not answer, while %2 does. Wait, "
                                "and look at the provider's status page.")
            .arg(mainHost(report), otherHost(report));
    }
}

QString unclearCertificateText(const DiagnosisVerdict &verdict, const DiagnosisReport &report)
{
    switch (verdict.why) {
    case VerdictReason::SignerNotTrusted:
        return VerdictTexts::tr("The certificate of %1 is signed by “%2”, which is not trusted "
                                "here: something in between opens TLS, or this computer's list of "
                                "authorities is old, or the server uses one of its own. Nothing "
                                "is sent there.")
            .arg(mainHost(report), verdict.subject);
    case VerdictReason::CertificateForAnotherName:
        return VerdictTexts::tr("What answers at %1 has a certificate for another host: the "
                                "network leads elsewhere, or the server is set up wrongly. "
                                "Nothing is sent there.")
            .arg(mainHost(report));
    default:
        return VerdictTexts::tr("The certificate of %1 does not fit this computer's date: either "
                                "it is out of date, or the clock here is wrong. Check the clock "
                                "first.")
            .arg(mainHost(report));
    }
}

QString unclearReachText(VerdictReason why, const DiagnosisReport &report)
{
    const QString host = mainHost(report);
    switch (why) {
    case VerdictReason::OneNameUnknown:
        return VerdictTexts::tr("Your resolver knows %1 but not %2: it may be filtered, or the "
                                "name is gone. Try from another network.")
            .arg(otherHost(report), host);
    case VerdictReason::NameNotResolved:
        return VerdictTexts::tr("The name %1 cannot be resolved, and nothing else was there to "
                                "compare it with. Check its spelling and the network.")
            .arg(host);
    case VerdictReason::OneHostUnreachable:
        return VerdictTexts::tr("%1 can be reached from here, %2 cannot: it is down, or a firewall "
                                "is in its way. Try from another network.")
            .arg(otherHost(report), host);
    case VerdictReason::HostUnreachable:
        return VerdictTexts::tr("%1 cannot be reached, and nothing else was there to compare it "
                                "with. Try from another network.")
            .arg(host);
    case VerdictReason::TlsNotHere:
        return VerdictTexts::tr("%1 accepts connections but completes no TLS handshake, while %2 "
                                "does: the server, or something in between. Try from another "
                                "network.")
            .arg(host, otherHost(report));
    default:
        return VerdictTexts::tr("%1 accepts connections but completes no TLS handshake: the "
                                "server, or something in between. Try from another network.")
            .arg(host);
    }
}

QString unclearVerdictText(const DiagnosisVerdict &verdict, const DiagnosisReport &report)
{
    switch (verdict.why) {
    case VerdictReason::Incomplete:
        return VerdictTexts::tr("The checks were not finished, so there is nothing to say yet.");
    case VerdictReason::ClocksDiffer:
        return VerdictTexts::tr("The way works, but this computer's clock and the server's differ. "
                                "Which of them is wrong cannot be told from here: look at another "
                                "clock.");
    case VerdictReason::BothAnswerWithError:
        return VerdictTexts::tr("The way works. Both servers answer with a failure to a harmless "
                                "request: they may always do, or both have trouble.");
    case VerdictReason::NoAnswerHere:
        return VerdictTexts::tr("%1 takes connections but does not answer a harmless request: the "
                                "server, or something in between. Try from another network.")
            .arg(mainHost(report));
    case VerdictReason::SignerNotTrusted:
    case VerdictReason::CertificateForAnotherName:
    case VerdictReason::CertificateOrClock: return unclearCertificateText(verdict, report);
    default: return unclearReachText(verdict.why, report);
    }
}

} // namespace

QString culpritText(const DiagnosisVerdict &verdict)
{
    switch (verdict.who) {
    case Culprit::Nobody: return VerdictTexts::tr("Nothing found.");
    case Culprit::ThisComputer: return VerdictTexts::tr("It is this computer.");
    case Culprit::ThisNetwork: return VerdictTexts::tr("It is your network.");
    case Culprit::Proxy: return VerdictTexts::tr("It is a proxy in between.");
    case Culprit::Them: return VerdictTexts::tr("It is them.");
    case Culprit::Unclear: break;
    }
    return VerdictTexts::tr("It cannot be told.");
}

QString verdictText(const DiagnosisVerdict &verdict, const DiagnosisReport &report)
{
    switch (verdict.who) {
    case Culprit::Nobody: return goodVerdictText(verdict, report);
    case Culprit::ThisComputer: return computerVerdictText(verdict.why, report);
    case Culprit::ThisNetwork: return networkVerdictText(verdict.why);
    case Culprit::Proxy: return proxyVerdictText(verdict, report);
    case Culprit::Them: return theirVerdictText(verdict, report);
    case Culprit::Unclear: break;
    }
    return unclearVerdictText(verdict, report);
}

} // namespace icebreaker
