#pragma once

#include "core/connectionfacts.h"
#include "core/probereport.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace icebreaker {

/// What is looked at, in this order. Proxy to Clock are looked at per host.
enum class CheckKind {
    Journal, ///< Whether sends can be recorded: nothing is sent otherwise.
    Keychain, ///< Whether the keychain can be asked; its key is not fetched.
    StatusUrl, ///< Whether statuses find their way back.
    Proxy, ///< Which one the system says, and whether it answers.
    Name, ///< Resolution by this computer.
    Tcp,
    Tls, ///< Handshake, and who signed the certificate.
    Answer, ///< To `GET /` without a key, which can start nothing.
    Clock, ///< This computer's against the `Date` of that answer.
};

enum class CheckState {
    Waiting,
    Running,
    Good,
    Notice, ///< Worth knowing; does not by itself stop a send.
    Bad, ///< A send cannot get past this.
    NotChecked, ///< See the finding for why.
};

/// What a check found, per kind.
enum class Finding {
    None, ///< Waiting or running.
    // Of any kind.
    TimedOut,
    Stopped, ///< By the user, or because the time for all checks was up.
    NeedsEarlier, ///< What it builds on failed.
    // Proxy. `subject` names it: "http://proxy.example:8080".
    NoProxy,
    ProxyAnswers,
    ProxyNameUnknown,
    ProxyUnreachable,
    ProxyWantsLogin,
    ProxyRefuses, ///< It answers, and does not lead on to the host.
    // Name. `details` are the addresses.
    Resolved,
    NumericAddress, ///< Nothing to look up.
    NameUnknown, ///< The resolver says that there is no such name.
    ResolverFailed, ///< The resolver said nothing of use.
    NameLeftToProxy, ///< Not known here, which does not matter.
    // TCP. `subject` is the address that answered; `details` those that did not, and why.
    Connected,
    Tunnelled, ///< Through the proxy.
    Refused, ///< Something said no at once: the server, or a firewall.
    Unreachable,
    // TLS. `subject` is the issuer of the server's own certificate.
    PlainHttp, ///< None, on this computer.
    TrustedBySystem,
    TrustedLocally, ///< By an authority that an administrator put on this computer.
    TrustedAdded, ///< By one that was added to Icebreaker.
    Untrusted, ///< Signed by nobody who is trusted here, perhaps by itself.
    WrongName, ///< Trusted, but made out for another host.
    Expired, ///< By this computer's clock.
    NotYetValid, ///< By this computer's clock.
    HandshakeClosed, ///< The other side ended it.
    HandshakeFailed,
    // Answer. `status` is its status, `subject` what calls itself the server.
    Answered,
    ServerError, ///< 5xx.
    LoginDemanded, ///< 407 or 511: by what is in between.
    NoAnswer, ///< Closed without one.
    NotHttp,
    // Clock. `skew` is how far this computer's is ahead.
    ClockRight,
    ClockOff,
    NoDate,
    // Status URL. See also DiagnosisReport::probe.
    StatusUrlWorks,
    StatusUrlLocalOnly, ///< Works on this computer, which is all that the sandbox needs.
    StatusUrlNotPublic,
    StatusUrlNotListening,
    StatusUrlFails,
    StatusUrlElsewhere, ///< `subject` is the host; what arrives there is not seen here.
    StatusUrlAsked, ///< At `subject`, where Icebreaker asks for what came in.
    // This computer.
    JournalWorks, ///< `subject` is the free space, in bytes.
    JournalFails,
    KeychainWorks,
    KeyForSession, ///< The key is in memory only.
    KeyMissing,
    KeychainLocked,
    KeychainFails,
};

/// One line of a report. Holds neither key nor phone number nor the Status URL's secret.
struct CheckLine {
    CheckKind kind = CheckKind::Name;
    CheckState state = CheckState::Waiting;
    Finding finding = Finding::None;
    QString subject; ///< See Finding.
    QStringList details; ///< See Finding.
    QString technical; ///< In English; may be empty.
    int status = 0; ///< HTTP.
    std::chrono::seconds skew{0};
    std::chrono::milliseconds took{0}; ///< 0 unless it was begun.
};

/// The checks of one host.
struct DiagnosedHost {
    QString region; ///< See regionName().
    QUrl base; ///< Scheme, host and port.
    bool throughProxy = false;
    std::optional<ConnectionFacts> connection; ///< If it came to a certificate.
    QList<CheckLine> lines; ///< One of each kind from Proxy on.
};

/// Everything that one run of "Is it me or them?" found.
struct DiagnosisReport {
    QDateTime startedAt; ///< UTC.
    QString profile; ///< Its name.
    QList<CheckLine> computer; ///< Journal, Keychain, StatusUrl; those that were wanted.
    QList<DiagnosedHost> hosts; ///< The profile's; then one to compare with, if there is any.
    std::optional<ProbeReport> probe; ///< Of the Status URL.
    std::chrono::milliseconds took{0};
    bool isDone = false;
};

/// A clock this far off is worth a word.
inline constexpr std::chrono::seconds ToleratedSkew{60};

/// Whose move it is.
enum class Culprit {
    Nobody, ///< Nothing was found.
    ThisComputer,
    ThisNetwork,
    Proxy, ///< Whoever runs what stands in between.
    Them,
    Unclear, ///< The checks do not tell.
};

/// What the verdict rests on.
enum class VerdictReason {
    NothingWrong,
    NothingWrongButInspected, ///< `subject` signs in the server's name and can read along.
    Incomplete, ///< Stopped, or not everything could be checked.
    JournalCannotBeWritten,
    KeychainUnusable,
    StatusesDoNotArrive, ///< Everything that a send needs works.
    ClockWrong, ///< Both hosts agree.
    ClocksDiffer, ///< From one host, one cannot tell whose is wrong.
    NoNameResolves,
    NameUnknownHere, ///< Others resolve: the profile's own address does not.
    OneNameUnknown, ///< A documented host, while another resolves.
    NameNotResolved, ///< With nothing to compare it with.
    ProxyDown,
    ProxyLogin,
    ProxyBlocks,
    NothingListensHere, ///< At an address of this computer.
    NothingReachable, ///< Neither host.
    OneHostUnreachable, ///< While the other one is reached.
    HostUnreachable, ///< With nothing to compare it with.
    TlsNowhere, ///< Neither host completes a handshake.
    TlsNotHere, ///< While the other one does.
    TlsIncomplete, ///< With nothing to compare it with.
    Inspected, ///< `subject` signs in the server's name and is not trusted, or leads nowhere.
    SignerNotTrusted, ///< `subject` may be anybody.
    CertificateForAnotherName,
    CertificateOutOfDate, ///< By a clock that was found right.
    CertificateOrClock, ///< One of the two.
    LoginPage, ///< The network wants a login first.
    AnswersWithError, ///< Only the profile's host.
    BothAnswerWithError,
    SilentAfterTls, ///< Authenticated, then no answer, while the other one answers.
    NoAnswerHere,
};

struct DiagnosisVerdict {
    Culprit who = Culprit::Unclear;
    VerdictReason why = VerdictReason::Incomplete;
    QString subject; ///< See VerdictReason.

    friend bool operator==(const DiagnosisVerdict &, const DiagnosisVerdict &) = default;
};

/// The one sentence. Pure; never claims more than the lines show.
[[nodiscard]] DiagnosisVerdict verdictOf(const DiagnosisReport &report);

/// The line of that kind, or nullptr.
[[nodiscard]] const CheckLine *lineOf(const QList<CheckLine> &lines, CheckKind kind);

/// Whether @p issuer names a product that is made to end TLS in between: the names that
/// their own certificate authorities carry by default. A name can be chosen freely, so a
/// "no" says nothing.
[[nodiscard]] bool namesInspection(const QString &issuer);

/// Whether somebody other than a public authority answers in the host's name: told by the
/// authority's place on this computer or by its name.
[[nodiscard]] bool isInspected(const DiagnosedHost &host);

/// The host to compare the one at @p base with: the other documented one; nothing for this
/// computer, whose requests must not leave it.
[[nodiscard]] std::optional<DiagnosedHost> comparedWith(const QString &region, const QUrl &base);

} // namespace icebreaker
