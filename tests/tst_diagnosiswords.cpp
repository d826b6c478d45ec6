#include "core/endpoint.h"
#include "words/diagnosiswords.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

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

DiagnosedHost host(Region region)
{
    DiagnosedHost made;
    made.region = regionName(region);
    made.base = documentedBase(region);
    return made;
}

/// Every finding that a check of that kind can have, one state that fits.
const QList<std::pair<CheckKind, QList<Finding>>> &findingsOfKinds()
{
    using enum Finding;
    static const QList<std::pair<CheckKind, QList<Finding>>> all{
        {CheckKind::Journal, {JournalWorks, JournalFails}},
        {CheckKind::Keychain,
         {KeychainWorks, KeyForSession, KeyMissing, KeychainLocked, KeychainFails}},
        {CheckKind::StatusUrl,
         {StatusUrlWorks, StatusUrlLocalOnly, StatusUrlNotPublic, StatusUrlNotListening,
          StatusUrlFails, StatusUrlElsewhere, StatusUrlAsked}},
        {CheckKind::Proxy,
         {NoProxy, ProxyAnswers, ProxyNameUnknown, ProxyUnreachable, ProxyWantsLogin,
          ProxyRefuses}},
        {CheckKind::Name, {Resolved, NumericAddress, NameUnknown, ResolverFailed, NameLeftToProxy}},
        {CheckKind::Tcp, {Connected, Tunnelled, Refused, Unreachable}},
        {CheckKind::Tls,
         {PlainHttp, TrustedBySystem, TrustedLocally, TrustedAdded, Untrusted, WrongName, Expired,
          NotYetValid, HandshakeClosed, HandshakeFailed}},
        {CheckKind::Answer, {Answered, ServerError, LoginDemanded, NoAnswer, NotHttp}},
        {CheckKind::Clock, {ClockRight, ClockOff, NoDate}}};
    return all;
}

} // namespace

/// What is said of a diagnosis.
class TestDiagnosisWords : public QObject
{
    Q_OBJECT

private slots:
    void everyFindingHasWordsOfItsOwn();
    void everyReasonHasASentenceOfItsOwn();
    void theSentenceAgreesWithTheCulprit();
    void differencesOfClocksAreReadable_data();
    void differencesOfClocksAreReadable();
    void theClocksDirectionIsSaid();
    void addressesAreCountedAndNotAllShown();
    void inspectionProductsAreNamed();
    void theTextHasEverything();
    void markdownCannotBeFormattedFromOutside();
};

void TestDiagnosisWords::everyFindingHasWordsOfItsOwn()
{
    DiagnosisReport report;
    report.probe = ProbeReport{};
    for (const auto &[kind, findings] : findingsOfKinds()) {
        QSet<QString> texts;
        QList<Finding> all = findings;
        all << Finding::TimedOut << Finding::Stopped << Finding::NeedsEarlier;
        for (const Finding finding : std::as_const(all)) {
            CheckLine each = line(kind, CheckState::Bad, finding, u"SUBJECT"_s);
            each.skew = 3600s;
            const QString text = findingText(each, report);
            QVERIFY2(!text.isEmpty(), qPrintable(QString::number(static_cast<int>(finding))));
            QVERIFY2(!texts.contains(text), qPrintable(text));
            QVERIFY2(!text.contains(u'%'), qPrintable(text));
            texts.insert(text);
        }
        QVERIFY(!checkName(kind).isEmpty());
        QVERIFY(findingText(line(kind, CheckState::Running, Finding::None), report).isEmpty());
    }
}

void TestDiagnosisWords::everyReasonHasASentenceOfItsOwn()
{
    DiagnosisReport report;
    report.hosts = {host(Region::Eu), host(Region::Us)};
    using enum VerdictReason;
    using enum Culprit;
    const QList<DiagnosisVerdict> all{{Nobody, NothingWrong, {}},
                                      {Nobody, NothingWrongButInspected, u"S"_s},
                                      {Unclear, Incomplete, {}},
                                      {ThisComputer, JournalCannotBeWritten, {}},
                                      {ThisComputer, KeychainUnusable, {}},
                                      {ThisComputer, StatusesDoNotArrive, {}},
                                      {ThisComputer, ClockWrong, {}},
                                      {Unclear, ClocksDiffer, {}},
                                      {ThisNetwork, NoNameResolves, {}},
                                      {ThisComputer, NameUnknownHere, {}},
                                      {Unclear, OneNameUnknown, {}},
                                      {Unclear, NameNotResolved, {}},
                                      {Proxy, ProxyDown, u"P"_s},
                                      {Proxy, ProxyLogin, u"P"_s},
                                      {Proxy, ProxyBlocks, u"P"_s},
                                      {ThisComputer, NothingListensHere, {}},
                                      {ThisNetwork, NothingReachable, {}},
                                      {Unclear, OneHostUnreachable, {}},
                                      {Unclear, HostUnreachable, {}},
                                      {ThisNetwork, TlsNowhere, {}},
                                      {Unclear, TlsNotHere, {}},
                                      {Unclear, TlsIncomplete, {}},
                                      {Proxy, Inspected, u"S"_s},
                                      {Unclear, SignerNotTrusted, u"S"_s},
                                      {Unclear, CertificateForAnotherName, {}},
                                      {Them, CertificateOutOfDate, {}},
                                      {Unclear, CertificateOrClock, {}},
                                      {ThisNetwork, LoginPage, {}},
                                      {Proxy, LoginPage, {}},
                                      {Them, AnswersWithError, u"503"_s},
                                      {Unclear, BothAnswerWithError, {}},
                                      {Them, SilentAfterTls, {}},
                                      {Unclear, NoAnswerHere, {}}};
    QSet<QString> texts;
    for (const DiagnosisVerdict &verdict : all) {
        const QString text = verdictText(verdict, report);
        QVERIFY2(text.size() > 40 && text.endsWith(u'.'), qPrintable(text));
        QVERIFY2(!texts.contains(text), qPrintable(text));
        QVERIFY2(!text.contains(u'%'), qPrintable(text));
        texts.insert(text);
    }
}

void TestDiagnosisWords::theSentenceAgreesWithTheCulprit()
{
    QSet<QString> heads;
    for (const Culprit who : {Culprit::Nobody, Culprit::ThisComputer, Culprit::ThisNetwork,
                              Culprit::Proxy, Culprit::Them, Culprit::Unclear})
        heads.insert(culpritText({who, VerdictReason::Incomplete, {}}));
    QCOMPARE(heads.size(), 6);
    QCOMPARE(culpritText({Culprit::Them, VerdictReason::SilentAfterTls, {}}), u"It is them."_s);
}

void TestDiagnosisWords::differencesOfClocksAreReadable_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("seconds") << 75 << u"1 min 15 s"_s;
    QTest::newRow("hours") << 7500 << u"2 h 5 min"_s;
    QTest::newRow("behind") << -7500 << u"2 h 5 min"_s;
    QTest::newRow("days") << 86400 * 400 + 3600 << u"400 d 1 h"_s;
}

void TestDiagnosisWords::differencesOfClocksAreReadable()
{
    QFETCH(const int, seconds);
    QFETCH(const QString, text);
    QCOMPARE(skewText(std::chrono::seconds(seconds)), text);
}

void TestDiagnosisWords::theClocksDirectionIsSaid()
{
    CheckLine clock = line(CheckKind::Clock, CheckState::Notice, Finding::ClockOff);
    clock.skew = 7500s;
    QCOMPARE(findingText(clock, {}),
             u"This computer's clock is 2 h 5 min ahead of the server's."_s);
    clock.skew = -7500s;
    QCOMPARE(findingText(clock, {}), u"This computer's clock is 2 h 5 min behind the server's."_s);
}

void TestDiagnosisWords::addressesAreCountedAndNotAllShown()
{
    CheckLine name = line(CheckKind::Name, CheckState::Good, Finding::Resolved);
    for (int i = 1; i <= 6; ++i)
        name.details.append(u"192.0.2.%1"_s.arg(i));
    const QString text = findingText(name, {});
    QVERIFY(text.startsWith(u"6 address"_s));
    QVERIFY(text.contains(u"192.0.2.4"_s));
    QVERIFY(!text.contains(u"192.0.2.5"_s));
    QVERIFY(text.contains(u"2 more"_s));
}

void TestDiagnosisWords::inspectionProductsAreNamed()
{
    DiagnosisReport report;
    report.hosts = {host(Region::Eu)};
    report.hosts.first().lines = {line(CheckKind::Tls, CheckState::Notice, Finding::TrustedBySystem,
                                       u"CN=Zscaler Root CA, O=Zscaler Inc."_s)};
    report.hosts.first().connection = ConnectionFacts{u"TLS 1.3"_s, u"c"_s, {}, {}, {}, false};
    const QString text = findingText(report.hosts.first().lines.first(), report);
    QVERIFY2(text.startsWith(u"TLS 1.3. The certificate is signed by “Zscaler Inc.”"_s),
             qPrintable(text));
    QVERIFY(text.contains(u"inspects TLS"_s));
}

void TestDiagnosisWords::theTextHasEverything()
{
    DiagnosisReport report;
    report.profile = u"Shop"_s;
    report.startedAt = QDateTime(QDate(2026, 11, 23), QTime(8, 0), Qt::UTC);
    report.took = 1234ms;
    report.computer = {
        line(CheckKind::Journal, CheckState::Good, Finding::JournalWorks, u"1000"_s)};
    report.hosts = {host(Region::Eu), host(Region::Us)};
    CheckLine name = line(CheckKind::Name, CheckState::Bad, Finding::NameUnknown);
    name.took = 17ms;
    for (DiagnosedHost &each : report.hosts)
        each.lines = {name, line(CheckKind::Tcp, CheckState::NotChecked, Finding::NeedsEarlier)};
    const QString text = diagnosisText(report);
    for (const QString &part :
         {u"It is your network."_s, u"Profile “Shop”, begun at 2026-11-23T08:00:00Z"_s,
          u"EU: studio-api-eu.ai.vonage.com"_s, u"US: studio-api-us.ai.vonage.com"_s,
          u"[fails] Name resolution: This computer's resolver knows no such name. · 17 ms"_s,
          u"[works] Journal"_s, u"[not checked] Connection (TCP)"_s})
        QVERIFY2(text.contains(part), qPrintable(part + u"\n\n"_s + text));
}

void TestDiagnosisWords::markdownCannotBeFormattedFromOutside()
{
    const QString hostile = u"x](http://evil.example) <img src=x> | **bold** `code`\n# head"_s;
    DiagnosisReport report;
    report.profile = hostile;
    report.hosts = {host(Region::Eu)};
    CheckLine tls = line(CheckKind::Tls, CheckState::Bad, Finding::Untrusted, u"O="_s + hostile);
    tls.technical = hostile;
    report.hosts.first().lines = {tls};
    report.hosts.first().connection = ConnectionFacts{};
    report.hosts.first().connection->chain = {{hostile, hostile, "00", {}, {}}};
    const QString text = diagnosisMarkdown(report);
    QVERIFY(text.startsWith(u"# Is it me or them?\n"_s));
    static const QRegularExpression bare(uR"((?<!\\)(?:]\(|<img|\*\*bold|`code|\n# head))"_s);
    QVERIFY2(!text.contains(bare), qPrintable(text));
    for (const QString &row : text.split(u'\n')) {
        if (row.startsWith(u'|'))
            QCOMPARE(QString(row).remove(u"\\|"_s).count(u'|'), 5);
    }
}

QTEST_GUILESS_MAIN(TestDiagnosisWords)
#include "tst_diagnosiswords.moc"
