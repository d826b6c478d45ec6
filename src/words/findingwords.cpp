// What single checks found, see diagnosiswords.h.
#include "words/diagnosiswords.h"
#include "words/inboxwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct FindingTexts {
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

constexpr int ShownAddresses = 4;

QString inBrackets(const QString &text, const QString &more)
{
    return more.isEmpty() ? text : FindingTexts::tr("%1 (%2)").arg(text, more);
}

QString addressesText(const QStringList &addresses)
{
    QString text =
        addresses.first(std::min<qsizetype>(addresses.size(), ShownAddresses)).join(", "_L1);
    if (addresses.size() > ShownAddresses)
        text = FindingTexts::tr("%1 and %n more", nullptr,
                                static_cast<int>(addresses.size() - ShownAddresses))
                   .arg(text);
    return text;
}

/// With the subject where the text has a place for it.
QString proxyFindingText(const CheckLine &line)
{
    const QString &proxy = line.subject;
    switch (line.finding) {
    case Finding::NoProxy: return FindingTexts::tr("None is set for this address.");
    case Finding::ProxyAnswers: return FindingTexts::tr("%1 answers.").arg(proxy);
    case Finding::ProxyNameUnknown:
        return FindingTexts::tr("The name of %1 is not known.").arg(proxy);
    case Finding::ProxyUnreachable:
        return inBrackets(FindingTexts::tr("%1 cannot be reached.").arg(proxy), line.technical);
    case Finding::ProxyWantsLogin:
        return FindingTexts::tr("%1 wants a login, which Icebreaker never gives.").arg(proxy);
    case Finding::ProxyRefuses:
        return inBrackets(
            FindingTexts::tr("%1 answers, but does not lead on to this host.").arg(proxy),
            line.technical);
    default: return {};
    }
}

QString nameFindingText(const CheckLine &line)
{
    switch (line.finding) {
    case Finding::Resolved:
        return FindingTexts::tr("%n address(es): %1", nullptr,
                                static_cast<int>(line.details.size()))
            .arg(addressesText(line.details));
    case Finding::NumericAddress: return FindingTexts::tr("Nothing to look up: it is an address.");
    case Finding::NameUnknown:
        return FindingTexts::tr("This computer's resolver knows no such name.");
    case Finding::ResolverFailed:
        return inBrackets(FindingTexts::tr("The resolver did not answer with addresses."),
                          line.technical);
    case Finding::NameLeftToProxy:
        return FindingTexts::tr("Not known on this computer; the proxy looks it up itself.");
    default: return {};
    }
}

QString tcpFindingText(const CheckLine &line)
{
    const QString failed = line.details.isEmpty()
        ? QString()
        : FindingTexts::tr("no answer from %1").arg(line.details.join("; "_L1));
    switch (line.finding) {
    case Finding::Connected:
        return inBrackets(FindingTexts::tr("%1 accepts connections.").arg(line.subject), failed);
    case Finding::Tunnelled: return FindingTexts::tr("Connected through the proxy.");
    case Finding::Refused:
        return FindingTexts::tr("Refused at once: nothing listens there, or a firewall says no.");
    case Finding::Unreachable:
        return inBrackets(FindingTexts::tr("No connection could be made."), line.technical);
    default: return {};
    }
}

QString tlsFindingText(const CheckLine &line, const ConnectionFacts &facts)
{
    const QString signer = signerName(line.subject);
    const QString agreed = facts.tlsVersion;
    switch (line.finding) {
    case Finding::PlainHttp: return FindingTexts::tr("Plain HTTP on this computer: there is none.");
    case Finding::TrustedBySystem:
        if (namesInspection(line.subject))
            return FindingTexts::tr("%1. The certificate is signed by “%2”, which is the name of "
                                    "a product that inspects TLS; this system trusts it.")
                .arg(agreed, signer);
        return FindingTexts::tr("%1. The certificate is signed by “%2”, which this system trusts.")
            .arg(agreed, signer);
    case Finding::TrustedLocally:
        return FindingTexts::tr("%1. The certificate is signed by “%2”, which an administrator "
                                "added to this computer.")
            .arg(agreed, signer);
    case Finding::TrustedAdded:
        return FindingTexts::tr("%1. The certificate is signed by “%2”, which was added to "
                                "Icebreaker.")
            .arg(agreed, signer);
    case Finding::Untrusted:
        return inBrackets(
            FindingTexts::tr("The certificate is signed by “%1”, which nobody here trusts.")
                .arg(signer),
            line.technical);
    case Finding::WrongName:
        return FindingTexts::tr("The certificate is for another host: %1.")
            .arg(facts.chain.isEmpty() ? QString() : commonName(facts.chain.first().subject));
    case Finding::Expired:
        return FindingTexts::tr("By this computer's clock, the certificate has expired.");
    case Finding::NotYetValid:
        return FindingTexts::tr("By this computer's clock, the certificate is not valid yet.");
    case Finding::HandshakeClosed:
        return FindingTexts::tr("The connection was closed during the handshake.");
    case Finding::HandshakeFailed:
        return inBrackets(FindingTexts::tr("The handshake failed."), line.technical);
    default: return {};
    }
}

QString answerFindingText(const CheckLine &line)
{
    const QString by = line.subject.isEmpty()
        ? QString()
        : FindingTexts::tr("calls itself “%1”").arg(line.subject);
    switch (line.finding) {
    case Finding::Answered:
        return inBrackets(
            FindingTexts::tr("Answers with HTTP %1 to a request without a key.").arg(line.status),
            by);
    case Finding::ServerError:
        return inBrackets(FindingTexts::tr("Answers with HTTP %1: something is wrong behind it.")
                              .arg(line.status),
                          by);
    case Finding::LoginDemanded:
        return FindingTexts::tr("Answers with HTTP %1: something in between wants a login first.")
            .arg(line.status);
    case Finding::NoAnswer:
        return inBrackets(FindingTexts::tr("The connection ended without an answer."),
                          line.technical);
    case Finding::NotHttp: return FindingTexts::tr("What came back cannot be read as HTTP.");
    default: return {};
    }
}

QString clockFindingText(const CheckLine &line)
{
    switch (line.finding) {
    case Finding::ClockRight: return FindingTexts::tr("Agrees with the server's.");
    case Finding::ClockOff:
        return line.skew.count() > 0
            ? FindingTexts::tr("This computer's clock is %1 ahead of the server's.")
                  .arg(skewText(line.skew))
            : FindingTexts::tr("This computer's clock is %1 behind the server's.")
                  .arg(skewText(line.skew));
    case Finding::NoDate: return FindingTexts::tr("The answer had no date to compare with.");
    default: return {};
    }
}

QString statusUrlFindingText(const CheckLine &line, const DiagnosisReport &report)
{
    switch (line.finding) {
    case Finding::StatusUrlWorks:
        return FindingTexts::tr("What is posted to %1 arrives here.").arg(line.subject);
    case Finding::StatusUrlLocalOnly:
        return FindingTexts::tr("Arrives, on this computer: that is all that the sandbox needs.");
    case Finding::StatusUrlNotPublic:
        return FindingTexts::tr("Not checked: the built-in inbox has no public address, so only "
                                "the sandbox can reach it.");
    case Finding::StatusUrlNotListening:
        return FindingTexts::tr("The built-in inbox does not listen.");
    case Finding::StatusUrlFails:
        return report.probe ? probeWords(*report.probe, line.subject).headline : QString();
    case Finding::StatusUrlElsewhere:
        return line.subject.isEmpty()
            ? FindingTexts::tr("Not checked: none is set.")
            : FindingTexts::tr("Not checked: it is at %1, and what arrives there is not seen here.")
                  .arg(line.subject);
    case Finding::StatusUrlAsked:
        return FindingTexts::tr("Not checked: it is at %1, which Icebreaker asks for what came in.")
            .arg(line.subject);
    default: return {};
    }
}

QString computerFindingText(const CheckLine &line)
{
    switch (line.finding) {
    case Finding::JournalWorks:
        return FindingTexts::tr("Can be written; %1 are free.")
            .arg(QLocale().formattedDataSize(line.subject.toLongLong()));
    case Finding::JournalFails:
        return inBrackets(FindingTexts::tr("Cannot be written, so nothing is sent."),
                          line.technical);
    case Finding::KeychainWorks: return FindingTexts::tr("Open, and has this profile's key.");
    case Finding::KeyForSession: return FindingTexts::tr("The key is kept for this session only.");
    case Finding::KeyMissing: return FindingTexts::tr("There is no API key for this profile yet.");
    case Finding::KeychainLocked:
        return FindingTexts::tr("Locked: it will ask for its password at the next send.");
    case Finding::KeychainFails: return FindingTexts::tr("It cannot be asked.");
    default: return {};
    }
}

QString commonFindingText(Finding finding)
{
    switch (finding) {
    case Finding::TimedOut: return FindingTexts::tr("No answer in time.");
    case Finding::Stopped: return FindingTexts::tr("Stopped before it was done.");
    case Finding::NeedsEarlier:
        return FindingTexts::tr("Not checked: what it builds on does not work.");
    default: return {};
    }
}

} // namespace

QString skewText(std::chrono::seconds skew)
{
    const auto whole = static_cast<qint64>(std::chrono::abs(skew).count());
    const auto part = [whole](qint64 unit, qint64 within) {
        return static_cast<int>(whole / unit % within);
    };
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    if (whole >= day)
        return FindingTexts::tr("%1 d %2 h").arg(whole / day).arg(part(hour, 24));
    if (whole >= hour)
        return FindingTexts::tr("%1 h %2 min").arg(whole / hour).arg(part(minute, 60));
    return FindingTexts::tr("%1 min %2 s").arg(whole / minute).arg(part(1, 60));
}

QString findingText(const CheckLine &line, const DiagnosisReport &report)
{
    if (const QString text = commonFindingText(line.finding); !text.isEmpty())
        return text;
    switch (line.kind) {
    case CheckKind::Journal:
    case CheckKind::Keychain: return computerFindingText(line);
    case CheckKind::StatusUrl: return statusUrlFindingText(line, report);
    case CheckKind::Proxy: return proxyFindingText(line);
    case CheckKind::Name: return nameFindingText(line);
    case CheckKind::Tcp: return tcpFindingText(line);
    case CheckKind::Tls: break;
    case CheckKind::Answer: return answerFindingText(line);
    case CheckKind::Clock: return clockFindingText(line);
    }
    for (const DiagnosedHost &host : report.hosts) {
        if (lineOf(host.lines, CheckKind::Tls) == &line)
            return tlsFindingText(line, host.connection.value_or(ConnectionFacts{}));
    }
    return tlsFindingText(line, {});
}

} // namespace icebreaker
