#include "core/diagnosis.h"

#include "core/endpoint.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Names in the authorities that these products make for themselves.
constexpr std::array InspectionNames{
    u"mitmproxy",     u"Zscaler",     u"Netskope",         u"Fortinet",       u"FortiGate",
    u"Blue Coat",     u"ProxySG",     u"Palo Alto",        u"Cisco Umbrella", u"Sophos",
    u"McAfee Web",    u"Skyhigh",     u"Forcepoint",       u"Websense",       u"Barracuda",
    u"Check Point",   u"WatchGuard",  u"SonicWall",        u"iboss",          u"Menlo Security",
    u"Kaspersky",     u"Avast",       u"AVG Technologies", u"ESET SSL",       u"Bitdefender",
    u"Charles Proxy", u"FiddlerRoot", u"PortSwigger",      u"HTTP Toolkit",   u"Proxyman",
    u"Untangle",      u"Smoothwall",  u"Lightspeed",       u"Securly",        u"OPNsense",
};

bool isBad(const QList<CheckLine> &lines, CheckKind kind)
{
    const CheckLine *line = lineOf(lines, kind);
    return line != nullptr && line->state == CheckState::Bad;
}

bool isGood(const DiagnosedHost *host, CheckKind kind)
{
    const CheckLine *line = host != nullptr ? lineOf(host->lines, kind) : nullptr;
    return line != nullptr
        && (line->state == CheckState::Good || line->state == CheckState::Notice);
}

bool isBadToo(const DiagnosedHost *host, CheckKind kind)
{
    return host != nullptr && isBad(host->lines, kind);
}

QString signerOf(const DiagnosedHost &host)
{
    const CheckLine *tls = lineOf(host.lines, CheckKind::Tls);
    return tls != nullptr ? signerName(tls->subject) : QString();
}

bool isDocumented(const DiagnosedHost &host)
{
    return host.region == regionName(Region::Eu) || host.region == regionName(Region::Us);
}

/// The profile's host, and the one to compare it with.
struct Compared {
    const DiagnosedHost &main;
    const DiagnosedHost *other; ///< May be absent.

    /// @param both  if the other one fails there too
    /// @param only  if the other one does not
    /// @param alone  if there is nothing to compare with, or it was not finished
    [[nodiscard]] DiagnosisVerdict judge(CheckKind kind, DiagnosisVerdict both,
                                         DiagnosisVerdict only, DiagnosisVerdict alone) const
    {
        if (isGood(other, kind))
            return only;
        return isBadToo(other, kind) ? both : alone;
    }
};

DiagnosisVerdict judgeName(const Compared &hosts)
{
    const auto only = isDocumented(hosts.main)
        ? DiagnosisVerdict{Culprit::Unclear, VerdictReason::OneNameUnknown, {}}
        : DiagnosisVerdict{Culprit::ThisComputer, VerdictReason::NameUnknownHere, {}};
    return hosts.judge(CheckKind::Name, {Culprit::ThisNetwork, VerdictReason::NoNameResolves, {}},
                       only, {Culprit::Unclear, VerdictReason::NameNotResolved, {}});
}

DiagnosisVerdict judgeProxy(const CheckLine &line)
{
    switch (line.finding) {
    case Finding::ProxyWantsLogin: return {Culprit::Proxy, VerdictReason::ProxyLogin, line.subject};
    case Finding::ProxyRefuses: return {Culprit::Proxy, VerdictReason::ProxyBlocks, line.subject};
    default: return {Culprit::Proxy, VerdictReason::ProxyDown, line.subject};
    }
}

DiagnosisVerdict judgeTcp(const Compared &hosts, const CheckLine &line)
{
    if (isLoopback(hosts.main.base) && line.finding == Finding::Refused)
        return {Culprit::ThisComputer, VerdictReason::NothingListensHere, {}};
    return hosts.judge(CheckKind::Tcp, {Culprit::ThisNetwork, VerdictReason::NothingReachable, {}},
                       {Culprit::Unclear, VerdictReason::OneHostUnreachable, {}},
                       {Culprit::Unclear, VerdictReason::HostUnreachable, {}});
}

/// A certificate's time is judged by this computer's clock: is that one right?
DiagnosisVerdict judgeValidity(const Compared &hosts)
{
    const CheckLine *clock =
        hosts.other != nullptr ? lineOf(hosts.other->lines, CheckKind::Clock) : nullptr;
    if (clock != nullptr && clock->finding == Finding::ClockRight)
        return {Culprit::Them, VerdictReason::CertificateOutOfDate, {}};
    if (clock != nullptr && clock->finding == Finding::ClockOff)
        return {Culprit::ThisComputer, VerdictReason::ClockWrong, {}};
    return {Culprit::Unclear, VerdictReason::CertificateOrClock, {}};
}

DiagnosisVerdict judgeTrust(const Compared &hosts)
{
    const QString signer = signerOf(hosts.main);
    if (isInspected(hosts.main))
        return {Culprit::Proxy, VerdictReason::Inspected, signer};
    return {Culprit::Unclear, VerdictReason::SignerNotTrusted, signer};
}

DiagnosisVerdict judgeTls(const Compared &hosts, const CheckLine &line)
{
    switch (line.finding) {
    case Finding::Untrusted: return judgeTrust(hosts);
    case Finding::WrongName:
        return {Culprit::Unclear, VerdictReason::CertificateForAnotherName, line.subject};
    case Finding::Expired:
    case Finding::NotYetValid: return judgeValidity(hosts);
    default:
        return hosts.judge(CheckKind::Tls, {Culprit::ThisNetwork, VerdictReason::TlsNowhere, {}},
                           {Culprit::Unclear, VerdictReason::TlsNotHere, {}},
                           {Culprit::Unclear, VerdictReason::TlsIncomplete, {}});
    }
}

DiagnosisVerdict judgeAnswer(const Compared &hosts, const CheckLine &line)
{
    if (line.finding == Finding::LoginDemanded)
        return {hosts.main.throughProxy ? Culprit::Proxy : Culprit::ThisNetwork,
                VerdictReason::LoginPage,
                {}};
    if (isInspected(hosts.main))
        return {Culprit::Proxy, VerdictReason::Inspected, signerOf(hosts.main)};
    // Whoever took the handshake was the host itself, so the silence is its own.
    const CheckLine *tls = lineOf(hosts.main.lines, CheckKind::Tls);
    const bool isTheirs = tls != nullptr && tls->finding == Finding::TrustedBySystem;
    if (isTheirs && isGood(hosts.other, CheckKind::Answer))
        return {Culprit::Them, VerdictReason::SilentAfterTls, {}};
    return {Culprit::Unclear, VerdictReason::NoAnswerHere, {}};
}

DiagnosisVerdict judgeBad(const Compared &hosts, const CheckLine &line)
{
    switch (line.kind) {
    case CheckKind::Proxy: return judgeProxy(line);
    case CheckKind::Name: return judgeName(hosts);
    case CheckKind::Tcp: return judgeTcp(hosts, line);
    case CheckKind::Tls: return judgeTls(hosts, line);
    case CheckKind::Answer: return judgeAnswer(hosts, line);
    case CheckKind::Clock:
    case CheckKind::Journal:
    case CheckKind::Keychain:
    case CheckKind::StatusUrl: break; // judged by themselves
    }
    return {};
}

std::optional<DiagnosisVerdict> judgeStatus(const Compared &hosts)
{
    const CheckLine *answer = lineOf(hosts.main.lines, CheckKind::Answer);
    if (answer == nullptr || answer->finding != Finding::ServerError)
        return std::nullopt;
    if (isInspected(hosts.main))
        return DiagnosisVerdict{Culprit::Proxy, VerdictReason::Inspected, signerOf(hosts.main)};
    const CheckLine *other =
        hosts.other != nullptr ? lineOf(hosts.other->lines, CheckKind::Answer) : nullptr;
    if (other != nullptr && other->finding == Finding::ServerError)
        return DiagnosisVerdict{Culprit::Unclear, VerdictReason::BothAnswerWithError, {}};
    return DiagnosisVerdict{Culprit::Them, VerdictReason::AnswersWithError,
                            QString::number(answer->status)};
}

std::optional<DiagnosisVerdict> judgeClock(const Compared &hosts)
{
    const CheckLine *clock = lineOf(hosts.main.lines, CheckKind::Clock);
    if (clock == nullptr || clock->finding != Finding::ClockOff)
        return std::nullopt;
    const CheckLine *other =
        hosts.other != nullptr ? lineOf(hosts.other->lines, CheckKind::Clock) : nullptr;
    if (other != nullptr && other->finding == Finding::ClockOff
        && std::chrono::abs(other->skew - clock->skew) <= ToleratedSkew)
        return DiagnosisVerdict{Culprit::ThisComputer, VerdictReason::ClockWrong, {}};
    return DiagnosisVerdict{Culprit::Unclear, VerdictReason::ClocksDiffer, {}};
}

/// Nothing stops a send on its way: is anything else amiss?
DiagnosisVerdict judgeRest(const DiagnosisReport &report, const Compared &hosts)
{
    if (isBad(report.computer, CheckKind::Keychain))
        return {Culprit::ThisComputer, VerdictReason::KeychainUnusable, {}};
    if (const auto status = judgeStatus(hosts))
        return *status;
    if (const auto clock = judgeClock(hosts))
        return *clock;
    if (isBad(report.computer, CheckKind::StatusUrl))
        return {Culprit::ThisComputer, VerdictReason::StatusesDoNotArrive, {}};
    if (isInspected(hosts.main))
        return {Culprit::Nobody, VerdictReason::NothingWrongButInspected, signerOf(hosts.main)};
    return {Culprit::Nobody, VerdictReason::NothingWrong, {}};
}

bool isUnfinished(const CheckLine &line)
{
    return line.state == CheckState::Waiting || line.state == CheckState::Running
        || line.finding == Finding::Stopped;
}

} // namespace

const CheckLine *lineOf(const QList<CheckLine> &lines, CheckKind kind)
{
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [kind](const CheckLine &line) { return line.kind == kind; });
    return found != lines.end() ? &*found : nullptr;
}

bool namesInspection(const QString &issuer)
{
    return std::any_of(InspectionNames.begin(), InspectionNames.end(), [&issuer](const auto *name) {
        return issuer.contains(QStringView(name), Qt::CaseInsensitive);
    });
}

bool isInspected(const DiagnosedHost &host)
{
    const CheckLine *tls = lineOf(host.lines, CheckKind::Tls);
    if (tls == nullptr || isLoopback(host.base))
        return false;
    const bool isLocal =
        tls->finding == Finding::TrustedLocally || tls->finding == Finding::TrustedAdded;
    // A host of one's own may well have a certificate of one's own.
    if (isLocal && isDocumented(host))
        return true;
    const auto &facts = host.connection;
    return namesInspection(tls->subject)
        || (facts && std::any_of(facts->chain.begin(), facts->chain.end(), [](const auto &each) {
                return namesInspection(each.issuer);
            }));
}

DiagnosisVerdict verdictOf(const DiagnosisReport &report)
{
    if (isBad(report.computer, CheckKind::Journal))
        return {Culprit::ThisComputer, VerdictReason::JournalCannotBeWritten, {}};
    if (report.hosts.isEmpty())
        return {};
    const Compared hosts{report.hosts.first(),
                         report.hosts.size() > 1 ? &report.hosts.at(1) : nullptr};
    const auto &lines = hosts.main.lines;
    const auto first = std::find_if(lines.begin(), lines.end(), [](const CheckLine &line) {
        return line.state == CheckState::Bad || isUnfinished(line);
    });
    if (first == lines.end())
        return lines.isEmpty() ? DiagnosisVerdict{} : judgeRest(report, hosts);
    return isUnfinished(*first) ? DiagnosisVerdict{} : judgeBad(hosts, *first);
}

std::optional<DiagnosedHost> comparedWith(const QString &region, const QUrl &base)
{
    if (isLoopback(base) || region == regionName(Region::Sandbox))
        return std::nullopt;
    const Region other = region == regionName(Region::Eu) ? Region::Us : Region::Eu;
    DiagnosedHost host;
    host.region = regionName(other);
    host.base = documentedBase(other);
    return host;
}

} // namespace icebreaker
