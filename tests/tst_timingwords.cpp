#include "words/timingwords.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = TimingPhase::Kind;
using Weight = ConnectionLine::Weight;

namespace {

const QDateTime Now(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC); // NOLINT

/// A send over a fresh TLS connection.
SendRecord freshRecord()
{
    SendRecord record;
    record.claim.url = QUrl(u"https://studio-api-eu.ai.vonage.com/messaging/conversation"_s);
    record.claim.claimedAt = Now;
    record.settledAt = Now.addMSecs(220);
    record.outcome = Outcome::Accepted;
    record.answer.status = 200;
    Timing &timing = record.answer.timing;
    timing.connecting = 12ms;
    timing.encrypted = 80ms;
    timing.requestSent = 81ms;
    timing.headers = 200ms;
    timing.total = 201ms;
    return record;
}

SendRecord reusedRecord()
{
    SendRecord record = freshRecord();
    Timing &timing = record.answer.timing;
    timing.connecting.reset();
    timing.encrypted.reset();
    timing.requestSent = 1ms;
    timing.reusedConnection = true;
    return record;
}

ConnectionFacts factsValid(const QDateTime &from, const QDateTime &until)
{
    ConnectionFacts facts;
    facts.tlsVersion = u"TLS 1.3"_s;
    facts.cipher = u"TLS_AES_128_GCM_SHA256"_s;
    facts.anchor = TrustAnchor::System;
    facts.chain = {{u"CN=studio-api-eu.ai.vonage.com"_s,
                    u"CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s, QByteArray(64, 'c'), from, until}};
    return facts;
}

QList<Kind> kinds(const SendRecord &record)
{
    QList<Kind> found;
    for (const TimingPhase &phase : timingPhases(record))
        found.append(phase.kind);
    return found;
}

bool mentions(const QList<ConnectionLine> &lines, const QString &text)
{
    return std::any_of(lines.begin(), lines.end(),
                       [&text](const ConnectionLine &line) { return line.text.contains(text); });
}

} // namespace

/// The waterfall, and what is said of what it cannot show.
class TestTimingWords : public QObject
{
    Q_OBJECT

private slots:
    void freshConnectionHasAllPhases();
    void phasesMeetAndFillTheWhole_data();
    void phasesMeetAndFillTheWhole();
    void reusedConnectionSaysWhatIsNotThere();
    void whatCannotBeToldApartIsSaid();
    void exchangeThatEndedEarlySaysWhere_data();
    void exchangeThatEndedEarlySaysWhere();
    void recordingIsABound();
    void aClockThatWasSetMakesNoPhase_data();
    void aClockThatWasSetMakesNoPhase();
    void nothingMeasuredIsSaid();
    void certificatesThatEndSoonAreWarnedAbout_data();
    void certificatesThatEndSoonAreWarnedAbout();
    void connectionIsDescribedInFull();
    void missingFactsHaveAReason_data();
    void missingFactsHaveAReason();
    void theTextHasEverything();
};

void TestTimingWords::freshConnectionHasAllPhases()
{
    const auto phases = timingPhases(freshRecord());
    QCOMPARE(kinds(freshRecord()),
             (QList{Kind::Recording, Kind::Lookup, Kind::Connecting, Kind::Sending, Kind::Waiting,
                    Kind::Receiving}));
    QCOMPARE(phases.at(1).length(), 12ms);
    QCOMPARE(phases.at(2).length(), 68ms);
    QCOMPARE(phases.at(3).length(), 1ms);
    QCOMPARE(phases.at(4).length(), 119ms);
    QCOMPARE(phases.at(5).length(), 1ms);
    QCOMPARE(phaseLengthText(phases.at(2)), u"68 ms"_s);
}

void TestTimingWords::phasesMeetAndFillTheWhole_data()
{
    QTest::addColumn<SendRecord>("record");
    QTest::newRow("fresh") << freshRecord();
    QTest::newRow("reused") << reusedRecord();
    SendRecord early = freshRecord();
    early.answer.timing.headers = 70ms; // before the request's end
    QTest::newRow("answered early") << early;
    SendRecord plain = freshRecord();
    plain.claim.url = QUrl(u"http://127.0.0.1:1/x"_s);
    plain.answer.timing.encrypted.reset();
    QTest::newRow("plain") << plain;
    SendRecord odd = freshRecord();
    odd.answer.timing.headers = 999ms; // after the end
    QTest::newRow("out of range") << odd;
}

void TestTimingWords::phasesMeetAndFillTheWhole()
{
    QFETCH(const SendRecord, record);
    const auto phases = timingPhases(record);
    for (qsizetype i = 1; i < phases.size(); ++i)
        QCOMPARE(phases.at(i).begin, phases.at(i - 1).end);
    for (const TimingPhase &phase : phases)
        QVERIFY(phase.length() >= 0us);
    QCOMPARE(phases.last().end, record.answer.timing.total);
}

void TestTimingWords::reusedConnectionSaysWhatIsNotThere()
{
    QCOMPARE(kinds(reusedRecord()),
             (QList{Kind::Recording, Kind::Sending, Kind::Waiting, Kind::Receiving}));
    QVERIFY(
        timingNotes(reusedRecord())
            .join(u' ')
            .contains(
                u"open from an earlier send, so there was no name look-up and no connecting"_s));
}

void TestTimingWords::whatCannotBeToldApartIsSaid()
{
    QVERIFY(timingNotes(freshRecord()).join(u' ').contains(u"TCP and TLS cannot be told apart"_s));
    SendRecord plain = freshRecord();
    plain.claim.url.setScheme(u"http"_s);
    QVERIFY(timingNotes(plain).join(u' ').contains(u"TCP and sending cannot be told apart"_s));
    for (const SendRecord &record : {freshRecord(), reusedRecord(), plain})
        QVERIFY(timingNotes(record).last().startsWith(u"Not known:"_s));
}

void TestTimingWords::exchangeThatEndedEarlySaysWhere_data()
{
    QTest::addColumn<int>("marks");
    QTest::addColumn<Kind>("last");
    QTest::newRow("name") << 0 << Kind::Lookup;
    QTest::newRow("connecting") << 1 << Kind::Connecting;
    QTest::newRow("sending") << 2 << Kind::Sending;
    QTest::newRow("waiting") << 3 << Kind::Waiting;
}

void TestTimingWords::exchangeThatEndedEarlySaysWhere()
{
    QFETCH(const int, marks);
    QFETCH(const Kind, last);
    SendRecord record = freshRecord();
    Timing &timing = record.answer.timing;
    int number = 0;
    for (Timing::Moment *moment :
         {&timing.connecting, &timing.encrypted, &timing.requestSent, &timing.headers}) {
        if (number++ >= marks)
            moment->reset();
    }
    const auto phases = timingPhases(record);
    QCOMPARE(phases.last().kind, last);
    QVERIFY(phases.last().endedHere);
    QVERIFY(phaseLengthText(phases.last()).contains(u"ended here"_s));
    QCOMPARE(phases.last().end, timing.total);
}

void TestTimingWords::recordingIsABound()
{
    const TimingPhase recording = timingPhases(freshRecord()).first();
    QVERIFY(recording.atMost);
    QCOMPARE(recording.end, 0us);
    QCOMPARE(recording.length(), 20ms); // 220 + 1 for what milliseconds hide - 201
    QCOMPARE(phaseLengthText(recording), u"at most 20 ms"_s);
}

void TestTimingWords::aClockThatWasSetMakesNoPhase_data()
{
    QTest::addColumn<SendRecord>("record");
    SendRecord record = freshRecord();
    record.settledAt = Now.addMSecs(-1);
    QTest::newRow("back") << record;
    record.settledAt = Now.addDays(1);
    QTest::newRow("forward") << record;
    record = freshRecord();
    record.note = u"crashed"_s;
    QTest::newRow("crashed") << record;
    record = freshRecord();
    record.settledAt = QDateTime();
    QTest::newRow("not settled") << record;
}

void TestTimingWords::aClockThatWasSetMakesNoPhase()
{
    QFETCH(const SendRecord, record);
    QCOMPARE(timingPhases(record).first().kind, Kind::Lookup);
    QVERIFY(!timingNotes(record).join(u' ').contains(u"Recording"_s));
}

void TestTimingWords::nothingMeasuredIsSaid()
{
    SendRecord record;
    QVERIFY(timingPhases(record).isEmpty());
    QCOMPARE(timingNotes(record), QStringList{u"Not measured yet."_s});
    record.outcome = Outcome::NotSent;
    QVERIFY(timingNotes(record).first().startsWith(u"Nothing was measured"_s));
}

void TestTimingWords::certificatesThatEndSoonAreWarnedAbout_data()
{
    QTest::addColumn<int>("daysFromNow");
    QTest::addColumn<Weight>("weight");
    QTest::addColumn<QString>("text");
    QTest::newRow("far") << 70 << Weight::Plain << u"70 day"_s;
    QTest::newRow("two weeks") << 14 << Weight::Plain << u"14 day"_s;
    QTest::newRow("soon") << 13 << Weight::Warning << u"13 day"_s;
    QTest::newRow("today") << 0 << Weight::Warning << u"0 day"_s;
    QTest::newRow("over") << -1 << Weight::Bad << u"expired on 2026-11-22"_s;
}

void TestTimingWords::certificatesThatEndSoonAreWarnedAbout()
{
    QFETCH(const int, daysFromNow);
    QFETCH(const Weight, weight);
    QFETCH(const QString, text);
    const auto facts = factsValid(Now.addYears(-1), Now.addDays(daysFromNow).addSecs(60));
    const ConnectionLine line = validityLine(facts.chain.first(), Now);
    QCOMPARE(line.weight, weight);
    QVERIFY2(line.text.contains(text), qPrintable(line.text));
    const auto early = factsValid(Now.addDays(2), Now.addYears(1));
    QCOMPARE(validityLine(early.chain.first(), Now).weight, Weight::Bad);
}

void TestTimingWords::connectionIsDescribedInFull()
{
    SendRecord record = freshRecord();
    record.answer.connection = factsValid(Now.addYears(-1), Now.addDays(70));
    const auto lines = connectionLines(record, Now);
    for (const QString &text :
         {u"TLS 1.3, cipher TLS_AES_128_GCM_SHA256"_s, u"that this system trusts"_s,
          u"studio-api-eu.ai.vonage.com"_s, u"issued by CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s,
          u"valid until 2027-02-01"_s, u"SHA-256 cccccccc cccccccc"_s, u"HTTP/1"_s})
        QVERIFY2(mentions(lines, text), qPrintable(text));
    record.answer.connection->anchor = TrustAnchor::NotTrusted;
    record.answer.connection->tlsErrors = QStringList{u"self-signed"_s};
    const auto bad = connectionLines(record, Now);
    QVERIFY(mentions(bad, u"not trusted, so nothing was sent"_s));
    QVERIFY(mentions(bad, u"self-signed"_s));
    SendRecord reused = reusedRecord();
    reused.answer.connection = factsValid(Now.addYears(-1), Now.addDays(70));
    QVERIFY(mentions(connectionLines(reused, Now), u"agreed on by an earlier send"_s));
}

void TestTimingWords::missingFactsHaveAReason_data()
{
    QTest::addColumn<SendRecord>("record");
    QTest::addColumn<QString>("reason");
    SendRecord record = freshRecord();
    QTest::newRow("older journal") << record << u"earlier Icebreaker"_s;
    record.answer.status = 0;
    QTest::newRow("not so far") << record << u"did not get as far"_s;
    record.claim.url.setScheme(u"http"_s);
    QTest::newRow("plain") << record << u"there was no TLS"_s;
    SendRecord underWay;
    underWay.claim = freshRecord().claim;
    QTest::newRow("under way") << underWay << u"Not known yet"_s;
}

void TestTimingWords::missingFactsHaveAReason()
{
    QFETCH(const SendRecord, record);
    QFETCH(const QString, reason);
    QVERIFY2(mentions(connectionLines(record, Now), reason), qPrintable(reason));
}

void TestTimingWords::theTextHasEverything()
{
    SendRecord record = freshRecord();
    record.answer.connection = factsValid(Now.addYears(-1), Now.addDays(3));
    const QString text = timingText(record, Now);
    for (const TimingPhase &phase : timingPhases(record))
        QVERIFY(text.contains(phase.name + u": "_s + phaseLengthText(phase)));
    for (const QString &note : timingNotes(record))
        QVERIFY(text.contains(note));
    for (const ConnectionLine &line : connectionLines(record, Now))
        QVERIFY(text.contains(line.text));
    QVERIFY(text.contains(u"Altogether: 201 ms"_s));
}

QTEST_GUILESS_MAIN(TestTimingWords)
#include "tst_timingwords.moc"
