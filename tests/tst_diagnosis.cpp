#include "core/diagnosis.h"
#include "core/endpoint.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using enum VerdictReason;

namespace {

CheckLine line(CheckKind kind, CheckState state, Finding finding, const QString &subject = {})
{
    CheckLine made;
    made.kind = kind;
    made.state = state;
    made.finding = finding;
    made.subject = subject;
    return made;
}

/// A host whose every check went well.
DiagnosedHost goodHost(Region region = Region::Eu)
{
    DiagnosedHost host;
    host.region = regionName(region);
    host.base = documentedBase(region);
    host.lines = {line(CheckKind::Proxy, CheckState::Good, Finding::NoProxy),
                  line(CheckKind::Name, CheckState::Good, Finding::Resolved),
                  line(CheckKind::Tcp, CheckState::Good, Finding::Connected),
                  line(CheckKind::Tls, CheckState::Good, Finding::TrustedBySystem,
                       u"CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s),
                  line(CheckKind::Answer, CheckState::Good, Finding::Answered),
                  line(CheckKind::Clock, CheckState::Good, Finding::ClockRight)};
    return host;
}

/// A good host up to the check that failed.
DiagnosedHost failedHost(CheckKind kind, Finding finding, Region region = Region::Eu,
                         const QString &subject = {})
{
    DiagnosedHost host = goodHost(region);
    bool isOver = false;
    for (CheckLine &each : host.lines) {
        if (isOver)
            each = line(each.kind, CheckState::NotChecked, Finding::NeedsEarlier);
        else if (each.kind == kind)
            each = line(kind, CheckState::Bad, finding, subject);
        isOver = isOver || each.kind == kind;
    }
    return host;
}

/// @p host with another line of that kind.
DiagnosedHost with(DiagnosedHost host, const CheckLine &changed)
{
    for (CheckLine &each : host.lines) {
        if (each.kind == changed.kind)
            each = changed;
    }
    return host;
}

DiagnosedHost withSkew(Region region, std::chrono::seconds skew)
{
    CheckLine clock = line(CheckKind::Clock, CheckState::Notice, Finding::ClockOff);
    clock.skew = skew;
    return with(goodHost(region), clock);
}

DiagnosedHost at(DiagnosedHost host, const QString &base)
{
    host.region = regionName(Region::Custom);
    host.base = QUrl(base);
    return host;
}

DiagnosisReport report(const QList<DiagnosedHost> &hosts, const QList<CheckLine> &computer = {})
{
    DiagnosisReport made;
    made.hosts = hosts;
    made.computer = computer;
    made.isDone = true;
    return made;
}

} // namespace

Q_DECLARE_METATYPE(icebreaker::DiagnosisReport)

/// The one sentence: never more than the checks show.
class TestDiagnosis : public QObject
{
    Q_OBJECT

private slots:
    void theVerdictFollowsFromTheLines_data();
    void theVerdictFollowsFromTheLines();
    void aCertificatesTimeIsJudgedByAClockThatIsKnown_data();
    void aCertificatesTimeIsJudgedByAClockThatIsKnown();
    void aReportThatIsNotDoneHasNoVerdict();
    void noVerdictBlamesThemForWhatWasNotAuthenticated();
    void oneFailureWithoutComparisonBlamesNobodyElse();
    void inspectionIsToldByPlaceOrName_data();
    void inspectionIsToldByPlaceOrName();
    void thisComputerIsComparedWithNothing();
    void theOtherDocumentedHostIsTheComparison();
    void namesAreReadFromCertificates_data();
    void namesAreReadFromCertificates();
};

void TestDiagnosis::theVerdictFollowsFromTheLines_data()
{
    QTest::addColumn<DiagnosisReport>("made");
    QTest::addColumn<Culprit>("who");
    QTest::addColumn<VerdictReason>("why");
    const auto eu = [](CheckKind kind, Finding finding, const QString &subject = {}) {
        return failedHost(kind, finding, Region::Eu, subject);
    };
    const auto us = [](CheckKind kind, Finding finding, const QString &subject = {}) {
        return failedHost(kind, finding, Region::Us, subject);
    };
    const DiagnosedHost goodUs = goodHost(Region::Us);
    const QString own = u"https://agent.example"_s;
    const auto name = CheckKind::Name;
    const auto tcp = CheckKind::Tcp;
    const auto tls = CheckKind::Tls;

    QTest::newRow("all well") << report({goodHost(), goodUs}) << Culprit::Nobody << NothingWrong;
    QTest::newRow("only the comparison fails")
        << report({goodHost(), us(tcp, Finding::Refused)}) << Culprit::Nobody << NothingWrong;

    QTest::newRow("no name resolves")
        << report({eu(name, Finding::NameUnknown), us(name, Finding::ResolverFailed)})
        << Culprit::ThisNetwork << NoNameResolves;
    QTest::newRow("one documented name")
        << report({eu(name, Finding::NameUnknown), goodUs}) << Culprit::Unclear << OneNameUnknown;
    QTest::newRow("own name") << report({at(eu(name, Finding::NameUnknown), own), goodUs})
                              << Culprit::ThisComputer << NameUnknownHere;
    QTest::newRow("name, alone") << report({eu(name, Finding::TimedOut)}) << Culprit::Unclear
                                 << NameNotResolved;

    QTest::newRow("proxy down") << report({eu(CheckKind::Proxy, Finding::ProxyUnreachable),
                                           us(CheckKind::Proxy, Finding::ProxyUnreachable)})
                                << Culprit::Proxy << ProxyDown;
    QTest::newRow("proxy unknown")
        << report({eu(CheckKind::Proxy, Finding::ProxyNameUnknown)}) << Culprit::Proxy << ProxyDown;
    QTest::newRow("proxy wants a login")
        << report({eu(CheckKind::Proxy, Finding::ProxyWantsLogin)}) << Culprit::Proxy << ProxyLogin;
    QTest::newRow("proxy refuses") << report({eu(CheckKind::Proxy, Finding::ProxyRefuses), goodUs})
                                   << Culprit::Proxy << ProxyBlocks;

    QTest::newRow("nothing reachable")
        << report({eu(tcp, Finding::Unreachable), us(tcp, Finding::TimedOut)})
        << Culprit::ThisNetwork << NothingReachable;
    QTest::newRow("one refuses") << report({eu(tcp, Finding::Refused), goodUs}) << Culprit::Unclear
                                 << OneHostUnreachable;
    QTest::newRow("refuses, alone")
        << report({eu(tcp, Finding::Refused)}) << Culprit::Unclear << HostUnreachable;
    QTest::newRow("closed port here")
        << report({at(eu(tcp, Finding::Refused), u"http://127.0.0.1:9"_s)}) << Culprit::ThisComputer
        << NothingListensHere;

    QTest::newRow("no handshake at all")
        << report({eu(tls, Finding::TimedOut), us(tls, Finding::HandshakeClosed)})
        << Culprit::ThisNetwork << TlsNowhere;
    QTest::newRow("no handshake here")
        << report({eu(tls, Finding::TimedOut), goodUs}) << Culprit::Unclear << TlsNotHere;
    QTest::newRow("no handshake, alone")
        << report({eu(tls, Finding::HandshakeFailed)}) << Culprit::Unclear << TlsIncomplete;
    QTest::newRow("untrusted inspection")
        << report({eu(tls, Finding::Untrusted, u"CN=mitmproxy, O=mitmproxy"_s)}) << Culprit::Proxy
        << Inspected;
    QTest::newRow("untrusted by anybody")
        << report({eu(tls, Finding::Untrusted, u"CN=Internal CA, O=Some Company"_s)})
        << Culprit::Unclear << SignerNotTrusted;
    QTest::newRow("another host's certificate") << report({eu(tls, Finding::WrongName), goodUs})
                                                << Culprit::Unclear << CertificateForAnotherName;

    QTest::newRow("silent after TLS") << report({eu(CheckKind::Answer, Finding::NoAnswer), goodUs})
                                      << Culprit::Them << SilentAfterTls;
    QTest::newRow("silent, alone")
        << report({eu(CheckKind::Answer, Finding::TimedOut)}) << Culprit::Unclear << NoAnswerHere;
    QTest::newRow("both silent") << report(
        {eu(CheckKind::Answer, Finding::TimedOut), us(CheckKind::Answer, Finding::TimedOut)})
                                 << Culprit::Unclear << NoAnswerHere;
    QTest::newRow("captive portal") << report({eu(CheckKind::Answer, Finding::LoginDemanded)})
                                    << Culprit::ThisNetwork << LoginPage;
    const CheckLine failing = line(CheckKind::Answer, CheckState::Notice, Finding::ServerError);
    QTest::newRow("only they fail")
        << report({with(goodHost(), failing), goodUs}) << Culprit::Them << AnswersWithError;
    QTest::newRow("both fail") << report({with(goodHost(), failing), with(goodUs, failing)})
                               << Culprit::Unclear << BothAnswerWithError;
    const CheckLine inspected =
        line(tls, CheckState::Notice, Finding::TrustedAdded, u"CN=Proxy, O=Some Company"_s);
    QTest::newRow("a failure behind an inspection")
        << report({with(with(goodHost(), inspected), failing), goodUs}) << Culprit::Proxy
        << Inspected;
    QTest::newRow("inspected") << report({with(goodHost(), inspected), goodUs}) << Culprit::Nobody
                               << NothingWrongButInspected;

    QTest::newRow("both clocks differ alike")
        << report({withSkew(Region::Eu, 7200s), withSkew(Region::Us, 7201s)})
        << Culprit::ThisComputer << ClockWrong;
    QTest::newRow("clocks differ, each in its own way")
        << report({withSkew(Region::Eu, 7200s), withSkew(Region::Us, -600s)}) << Culprit::Unclear
        << ClocksDiffer;
    QTest::newRow("one clock differs")
        << report({withSkew(Region::Eu, 7200s), goodUs}) << Culprit::Unclear << ClocksDiffer;

    const auto journal = line(CheckKind::Journal, CheckState::Bad, Finding::JournalFails);
    QTest::newRow("journal, whatever else")
        << report({eu(tcp, Finding::Refused), goodUs}, {journal}) << Culprit::ThisComputer
        << JournalCannotBeWritten;
    const auto keychain = line(CheckKind::Keychain, CheckState::Bad, Finding::KeychainFails);
    QTest::newRow("keychain") << report({goodHost(), goodUs}, {keychain}) << Culprit::ThisComputer
                              << KeychainUnusable;
    QTest::newRow("the network before the keychain")
        << report({eu(CheckKind::Proxy, Finding::ProxyWantsLogin)}, {keychain}) << Culprit::Proxy
        << ProxyLogin;
    const auto statuses = line(CheckKind::StatusUrl, CheckState::Bad, Finding::StatusUrlFails);
    QTest::newRow("statuses") << report({goodHost(), goodUs}, {statuses}) << Culprit::ThisComputer
                              << StatusesDoNotArrive;
}

void TestDiagnosis::theVerdictFollowsFromTheLines()
{
    QFETCH(const DiagnosisReport, made);
    QFETCH(const Culprit, who);
    QFETCH(const VerdictReason, why);
    const DiagnosisVerdict verdict = verdictOf(made);
    QCOMPARE(verdict.who, who);
    QCOMPARE(verdict.why, why);
}

void TestDiagnosis::aCertificatesTimeIsJudgedByAClockThatIsKnown_data()
{
    QTest::addColumn<DiagnosedHost>("other");
    QTest::addColumn<Culprit>("who");
    QTest::addColumn<VerdictReason>("why");
    QTest::newRow("clock is right")
        << goodHost(Region::Us) << Culprit::Them << CertificateOutOfDate;
    QTest::newRow("clock is wrong")
        << withSkew(Region::Us, -86400s * 400) << Culprit::ThisComputer << ClockWrong;
    QTest::newRow("clock is not known") << failedHost(CheckKind::Tls, Finding::Expired, Region::Us)
                                        << Culprit::Unclear << CertificateOrClock;
}

void TestDiagnosis::aCertificatesTimeIsJudgedByAClockThatIsKnown()
{
    QFETCH(const DiagnosedHost, other);
    QFETCH(const Culprit, who);
    QFETCH(const VerdictReason, why);
    for (const Finding finding : {Finding::Expired, Finding::NotYetValid}) {
        const DiagnosisVerdict verdict =
            verdictOf(report({failedHost(CheckKind::Tls, finding), other}));
        QCOMPARE(verdict.who, who);
        QCOMPARE(verdict.why, why);
    }
}

void TestDiagnosis::aReportThatIsNotDoneHasNoVerdict()
{
    QCOMPARE(verdictOf({}).why, Incomplete);
    DiagnosedHost host = goodHost();
    for (CheckLine &each : host.lines) {
        const CheckLine before = each;
        for (const auto &open : {line(each.kind, CheckState::Running, Finding::None),
                                 line(each.kind, CheckState::Waiting, Finding::None),
                                 line(each.kind, CheckState::NotChecked, Finding::Stopped)}) {
            each = open;
            QCOMPARE(verdictOf(report({host, goodHost(Region::Us)})),
                     (DiagnosisVerdict{Culprit::Unclear, Incomplete, {}}));
        }
        each = before;
    }
    // What was found before the stop stands; the comparison was not finished.
    DiagnosedHost other = goodHost(Region::Us);
    other.lines[1] = line(CheckKind::Name, CheckState::NotChecked, Finding::Stopped);
    QCOMPARE(verdictOf(report({failedHost(CheckKind::Name, Finding::NameUnknown), other})).why,
             NameNotResolved);
}

void TestDiagnosis::noVerdictBlamesThemForWhatWasNotAuthenticated()
{
    for (const Finding finding :
         {Finding::TrustedAdded, Finding::TrustedLocally, Finding::PlainHttp}) {
        DiagnosedHost silent = failedHost(CheckKind::Answer, Finding::NoAnswer);
        silent = with(silent, line(CheckKind::Tls, CheckState::Notice, finding, u"O=Company"_s));
        const DiagnosisVerdict verdict = verdictOf(report({silent, goodHost(Region::Us)}));
        QVERIFY(verdict.who != Culprit::Them);
    }
}

void TestDiagnosis::oneFailureWithoutComparisonBlamesNobodyElse()
{
    for (const auto &[kind, finding] : {std::pair(CheckKind::Name, Finding::NameUnknown),
                                        {CheckKind::Tcp, Finding::TimedOut},
                                        {CheckKind::Tls, Finding::TimedOut},
                                        {CheckKind::Tls, Finding::Expired},
                                        {CheckKind::Answer, Finding::NoAnswer}})
        QCOMPARE(verdictOf(report({failedHost(kind, finding)})).who, Culprit::Unclear);
}

void TestDiagnosis::inspectionIsToldByPlaceOrName_data()
{
    QTest::addColumn<Region>("region");
    QTest::addColumn<Finding>("finding");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<bool>("inspected");
    const auto eu = Region::Eu;
    const auto own = Region::Custom;
    const QString company = u"CN=Web CA, O=Some Company"_s;
    QTest::newRow("public") << eu << Finding::TrustedBySystem << u"CN=R3, O=Let's Encrypt"_s
                            << false;
    QTest::newRow("administrator's, documented")
        << eu << Finding::TrustedLocally << company << true;
    QTest::newRow("added, documented") << eu << Finding::TrustedAdded << company << true;
    QTest::newRow("added, own host") << own << Finding::TrustedAdded << company << false;
    QTest::newRow("product, trusted")
        << own << Finding::TrustedBySystem << u"CN=Zscaler Intermediate Root CA, O=Zscaler Inc."_s
        << true;
    QTest::newRow("product, untrusted")
        << eu << Finding::Untrusted << u"CN=FGT60F, O=Fortinet, C=US"_s << true;
    QTest::newRow("anybody, untrusted") << eu << Finding::Untrusted << company << false;
}

void TestDiagnosis::inspectionIsToldByPlaceOrName()
{
    QFETCH(const Region, region);
    QFETCH(const Finding, finding);
    QFETCH(const QString, issuer);
    QFETCH(const bool, inspected);
    DiagnosedHost host =
        with(goodHost(), line(CheckKind::Tls, CheckState::Notice, finding, issuer));
    if (region == Region::Custom)
        host = at(host, u"https://agent.example"_s);
    QCOMPARE(isInspected(host), inspected);
    // The leaf's issuer may be an intermediate with any name.
    if (inspected && namesInspection(issuer)) {
        for (CheckLine &each : host.lines)
            each.subject.clear();
        QVERIFY(!isInspected(at(host, u"https://agent.example"_s)));
        host.connection = ConnectionFacts{};
        host.connection->chain = {{u"CN=a"_s, u"CN=b"_s, {}, {}, {}},
                                  {u"CN=b"_s, issuer, {}, {}, {}}};
        QVERIFY(isInspected(host));
    }
}

void TestDiagnosis::thisComputerIsComparedWithNothing()
{
    for (const char *base : {"http://127.0.0.1:8080", "https://localhost", "http://[::1]:1"})
        QVERIFY(!comparedWith(regionName(Region::Custom), QUrl(QString::fromLatin1(base))));
    QVERIFY(!comparedWith(regionName(Region::Sandbox), QUrl(u"http://127.0.0.1:1"_s)));
}

void TestDiagnosis::theOtherDocumentedHostIsTheComparison()
{
    const auto other = [](Region region, const QUrl &base) {
        return comparedWith(regionName(region), base)->base;
    };
    QCOMPARE(other(Region::Eu, documentedBase(Region::Eu)), documentedBase(Region::Us));
    QCOMPARE(other(Region::Us, documentedBase(Region::Us)), documentedBase(Region::Eu));
    QCOMPARE(other(Region::Custom, QUrl(u"https://a.example"_s)), documentedBase(Region::Eu));
}

void TestDiagnosis::namesAreReadFromCertificates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("signer");
    QTest::addColumn<QString>("common");
    QTest::newRow("usual") << u"CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s << u"Amazon"_s
                           << u"Amazon RSA 2048 M01"_s;
    QTest::newRow("comma") << u"CN=x, O=Acme\\, Inc., C=US"_s << u"Acme, Inc."_s << u"x"_s;
    QTest::newRow("no organisation") << u"CN=mitmproxy"_s << u"mitmproxy"_s << u"mitmproxy"_s;
    QTest::newRow("neither") << u"OU=Only, C=DE"_s << u"OU=Only, C=DE"_s << u"OU=Only, C=DE"_s;
    QTest::newRow("nothing") << QString() << QString() << QString();
    QTest::newRow("empty value") << u"CN=, O="_s << u"CN=, O="_s << u"CN=, O="_s;
}

void TestDiagnosis::namesAreReadFromCertificates()
{
    QFETCH(const QString, text);
    QFETCH(const QString, signer);
    QFETCH(const QString, common);
    QCOMPARE(signerName(text), signer);
    QCOMPARE(commonName(text), common);
}

QTEST_APPLESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
