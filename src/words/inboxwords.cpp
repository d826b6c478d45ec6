#include "words/inboxwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace icebreaker {

using Verdict = ProbeReport::Verdict;
using SiteKind = WebhookSiteProblem::Kind;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Inbox)
};

constexpr int NotFound = 404;
constexpr int Redirects = 300;
constexpr int ClientErrors = 400;
constexpr int ServerErrors = 500;

QString withDetail(const QString &text, const QString &detail)
{
    return detail.isEmpty() ? text : Words::tr("%1 (%2)").arg(text, detail);
}

ProbeWords wrongStatus(int status, const QString &address)
{
    if (status == NotFound)
        return {Words::tr("%1 answered 404: not found.").arg(address),
                Words::tr("Another program answers there, or the tunnel changes the path. Check "
                          "that the tunnel leads to this computer's port, and that it passes the "
                          "whole path on."),
                false};
    if (status >= Redirects && status < ClientErrors)
        return {Words::tr("%1 answered %2: look elsewhere.").arg(address).arg(status),
                Words::tr("Statuses are not sent after such an answer. Enter the address that it "
                          "leads to, often the same one with https."),
                false};
    if (status >= ServerErrors)
        return {Words::tr("%1 answered %2: a failure behind it.").arg(address).arg(status),
                Words::tr("The tunnel or proxy is there, but does not reach the inbox. Check that "
                          "it leads to this computer's port, and that it is running."),
                false};
    return {Words::tr("%1 answered %2 in place of 200.").arg(address).arg(status),
            Words::tr("Something in between asks for a password, or lets no POST through. Let "
                      "requests to this address pass without asking."),
            false};
}

ProbeWords unanswered(const ProbeReport &report, const QString &address)
{
    switch (report.verdict) {
    case Verdict::NameNotResolved:
        return {Words::tr("The name in %1 is not known.").arg(address),
                Words::tr("Check its spelling. A tunnel's name is only known while the tunnel "
                          "runs; a new one may take some minutes.")};
    case Verdict::ConnectionRefused:
        return {Words::tr("Nobody listens at %1.").arg(address),
                Words::tr("Start the tunnel or proxy, and check its port. A firewall may also "
                          "turn connections away.")};
    case Verdict::ProxyFailed:
        return {Words::tr("The system's proxy did not let the test out."),
                Words::tr("Check the proxy in the system's settings. The address itself may well "
                          "work from outside.")};
    case Verdict::TlsFailed:
        return {withDetail(Words::tr("The certificate of %1 is not trusted.").arg(address),
                           report.detail),
                Words::tr("Give the tunnel or proxy a valid certificate for this name: statuses "
                          "are not sent to an address without one.")};
    case Verdict::TimedOut:
        return {Words::tr("%1 did not answer in time.").arg(address),
                Words::tr("The tunnel may be down, or a firewall drops the connection. Some home "
                          "routers do not lead their own public address back inside: then it may "
                          "still work from outside.")};
    default:
        return {Words::tr("%1 closed the connection, or did not answer in HTTP.").arg(address),
                Words::tr("Check that the tunnel's port is one for web requests, and whether it "
                          "wants http or https.")};
    }
}

QString waitText(const WebhookSiteProblem &problem)
{
    using namespace std::chrono;
    if (!problem.retryAfter)
        return {};
    const auto wait = std::max(seconds(1), ceil<seconds>(*problem.retryAfter));
    return Words::tr("It may be asked again in %n second(s).", nullptr,
                     static_cast<int>(wait.count()));
}

QString joined(const QString &first, const QString &second)
{
    return second.isEmpty() ? first : first + QLatin1Char(' ') + second;
}

QString reachText(TransportProblem problem)
{
    switch (problem) {
    case TransportProblem::NameNotResolved:
        return Words::tr("Its name is not known: are you online?");
    case TransportProblem::ConnectionRefused: return Words::tr("Nobody listens there.");
    case TransportProblem::ProxyFailed: return Words::tr("The system's proxy failed.");
    case TransportProblem::TlsFailed: return Words::tr("Its certificate is not trusted.");
    case TransportProblem::TotalTimeout:
    case TransportProblem::InactivityTimeout: return Words::tr("It did not answer in time.");
    default: return Words::tr("The connection broke.");
    }
}

QString countText(const LoopAlarm &alarm)
{
    using namespace std::chrono;
    const auto window = Words::tr("%n second(s)", nullptr,
                                  static_cast<int>(duration_cast<seconds>(alarm.window).count()));
    switch (alarm.kind) {
    case LoopAlarm::Kind::SameAgain:
        return Words::tr("The same status came %1 times within %2.").arg(alarm.count).arg(window);
    case LoopAlarm::Kind::SendTooBusy:
        return Words::tr("One send got %1 statuses within %2, more than a person can cause.")
            .arg(alarm.count)
            .arg(window);
    case LoopAlarm::Kind::Unexplained: break;
    }
    return Words::tr("%1 statuses that no send explains came within %2.")
        .arg(alarm.count)
        .arg(window);
}

} // namespace

QString inboxSourceText(InboxSource source)
{
    switch (source) {
    case InboxSource::BuiltIn: break;
    case InboxSource::WebhookSite: return Words::tr("An address at webhook.site, for quick tests");
    case InboxSource::Elsewhere: return Words::tr("Elsewhere: a URL of my own");
    }
    return Words::tr("Built-in inbox on this computer");
}

QString inboxProblemText(InboxProblem problem)
{
    switch (problem) {
    case InboxProblem::None: break;
    case InboxProblem::NotPublic:
        return Words::tr("Statuses cannot reach this computer from the cloud. Give the inbox a "
                         "public address in the window (Tools › Status Inbox), or choose another "
                         "inbox for the profile.");
    case InboxProblem::NotListening:
        return Words::tr("The status inbox is not listening, so no status would arrive.");
    case InboxProblem::PortTaken:
        return Words::tr("Another program has the inbox's port, so statuses may go there instead. "
                         "Close that program, or choose another port here and in the tunnel.");
    case InboxProblem::InterfaceGone:
        return Words::tr("This computer does not have the inbox's network address at the moment. "
                         "Connect that network, or choose another interface.");
    case InboxProblem::NoAddressYet:
        return Words::tr("The profile has no address at webhook.site yet. Create one in the window "
                         "(Tools › Status Inbox).");
    case InboxProblem::NothingTyped:
        return Words::tr("The profile says that statuses go elsewhere, but not where. Enter the "
                         "URL in the window (Tools › Status Inbox).");
    }
    return {};
}

ProbeWords probeWords(const ProbeReport &report, const QString &address)
{
    switch (report.verdict) {
    case Verdict::Works:
        return {Words::tr("It works: the test came back through %1 after %2 ms.")
                    .arg(address)
                    .arg(report.took.count()),
                {},
                true};
    case Verdict::BadUrl:
        return {Words::tr("%1 is no complete web address.").arg(address),
                Words::tr("It has to begin with https:// and a host.")};
    case Verdict::WrongStatus: return wrongStatus(report.status, address);
    case Verdict::OtherMachine:
        return {Words::tr("%1 answered, but the test never came here.").arg(address),
                Words::tr("The address leads to another computer or program. Check where the "
                          "tunnel or proxy leads to, and its port.")};
    case Verdict::AnswerLost:
        return {Words::tr("The test came here, but the answer did not get back."),
                Words::tr("Every status would arrive again and again, for a day. Check that the "
                          "tunnel or proxy passes the inbox's answers on as they are, and how long "
                          "it waits for them.")};
    case Verdict::Cancelled: return {Words::tr("The test was broken off."), {}};
    case Verdict::NameNotResolved:
    case Verdict::ConnectionRefused:
    case Verdict::ProxyFailed:
    case Verdict::TlsFailed:
    case Verdict::TimedOut:
    case Verdict::NoAnswer: break;
    }
    return unanswered(report, address);
}

QString webhookSiteProblemText(const WebhookSiteProblem &problem)
{
    switch (problem.kind) {
    case SiteKind::Unreachable:
        return Words::tr("The site could not be reached. %1").arg(reachText(problem.transport));
    case SiteKind::BadKey:
        return Words::tr("The API key belongs to another address, or cannot be used; it was not "
                         "sent. Enter the key for this site again.");
    case SiteKind::Unauthorized:
        return Words::tr("The site wants an API key, or refuses the one it got. Enter the key of "
                         "your account there.");
    case SiteKind::Gone:
        return Words::tr("The address does not exist any more, or is full: free ones end after a "
                         "week. Create a new one; statuses of earlier sends are lost there.");
    case SiteKind::TooMany:
        return joined(Words::tr("The site was asked too often, or a day's quota is used up."),
                      waitText(problem));
    case SiteKind::TooSoon:
        return joined(Words::tr("Not asked, to stay within the site's limits."), waitText(problem));
    case SiteKind::TooLarge:
        return Words::tr("The site has more than can be fetched at once. Statuses may be missing; "
                         "create a new address before the next sends.");
    case SiteKind::Malformed:
        return Words::tr(
            "The site's answer was not understood. Is this the base of a webhook.site?");
    case SiteKind::WrongStatus: break;
    }
    return Words::tr("The site answered %1, which does not help here.").arg(problem.status);
}

QString importProblemText(const ImportProblem &problem)
{
    const auto line = [&problem](const QString &text) {
        return Words::tr("Line %1: %2").arg(problem.line).arg(text);
    };
    switch (problem.kind) {
    case ImportProblem::Kind::NotJson: return line(Words::tr("no JSON; left out."));
    case ImportProblem::Kind::Broken:
        return line(Words::tr("JSON that does not end, or has a mistake."));
    case ImportProblem::Kind::NoCallback: return line(Words::tr("JSON, but no status."));
    case ImportProblem::Kind::TooLarge: return line(Words::tr("larger than 2 MiB; left out."));
    case ImportProblem::Kind::TooMany: break;
    }
    return line(Words::tr("too many statuses; from here on nothing was read."));
}

QString loopAlarmText(const LoopAlarm &alarm)
{
    const QString cause =
        Words::tr("AI Studio may be going round in a loop, which costs money. The usual reason: "
                  "the Status URL of the Vonage Application itself was set as the Status URL of "
                  "the request.");
    const QString move = alarm.kind == LoopAlarm::Kind::Unexplained
        ? Words::tr("Check the Status URL in the Vonage Application and in the requests of the "
                    "last minutes, and unpublish the agent until it is mended.")
        : Words::tr("Look at this send's Status URL, compare it with the one in the Vonage "
                    "Application, and unpublish the agent until it is mended.");
    return countText(alarm) + QLatin1Char(' ') + cause + QLatin1Char(' ') + move;
}

} // namespace icebreaker
