#include "core/sendguard.h"

#include "core/outboundrequest.h"

#include <QTest>
#include <QTimeZone>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestSendGuard : public QObject
{
    Q_OBJECT

private slots:
    void whatReachesPhones_data();
    void whatReachesPhones();
    void questionsOfASend_data();
    void questionsOfASend();
    void theDayBeginsAtLocalMidnight();
    void aBatchIsAskedAboutAsAWhole();
    void quietQuestionsAreNotAsked();
    void theLastFourDigitsProveANumber_data();
    void theLastFourDigitsProveANumber();
    void theSameMessageIsTheSameButForItsStatusUrl();
    void onlyWhatMayHaveArrivedCounts();
    void threeKinds();
};

namespace {

const QDateTime Now(QDate(2026, 11, 23), QTime(9, 30), QTimeZone(3600));

Profile liveProfile()
{
    Profile profile;
    profile.region = Region::Eu;
    profile.live = true;
    return profile;
}

GuardFacts factsOf(const Profile &profile)
{
    GuardFacts facts;
    facts.region = profile.region;
    facts.base = documentedBase(profile.region);
    facts.recipients = {u"447946000958"_s};
    facts.lastLive = Now.addSecs(-3600);
    facts.now = Now;
    return facts;
}

} // namespace

void TestSendGuard::whatReachesPhones_data()
{
    QTest::addColumn<Region>("region");
    QTest::addColumn<QString>("base");
    QTest::addColumn<bool>("live");
    QTest::addColumn<bool>("reaches");
    QTest::newRow("sandbox") << Region::Sandbox << u"http://127.0.0.1:4711"_s << false << false;
    QTest::newRow("live profile that looks into the sandbox")
        << Region::Sandbox << u"http://127.0.0.1:4711"_s << true << false;
    QTest::newRow("EU, test") << Region::Eu << documentedBase(Region::Eu).toString() << false
                              << true;
    QTest::newRow("US, live") << Region::Us << documentedBase(Region::Us).toString() << true
                              << true;
    QTest::newRow("own server here") << Region::Custom << u"http://localhost:1"_s << false << false;
    QTest::newRow("proxy here") << Region::Custom << u"http://localhost:1"_s << true << true;
    QTest::newRow("server elsewhere") << Region::Custom << u"https://h.org"_s << false << true;
}

void TestSendGuard::whatReachesPhones()
{
    QFETCH(const Region, region);
    QFETCH(const QString, base);
    QFETCH(const bool, live);
    QFETCH(const bool, reaches);
    Profile profile;
    profile.live = live;
    profile.onlyTestNumbers = true;
    QCOMPARE(reachesPhones(profile, region, QUrl(base)), reaches);
    GuardFacts facts = factsOf(profile);
    facts.region = region;
    facts.base = QUrl(base);
    facts.lastSame = Now;
    facts.isBatch = true;
    QCOMPARE(reasonsToAsk(profile, facts).isEmpty(), !reaches);
}

void TestSendGuard::questionsOfASend_data()
{
    QTest::addColumn<bool>("live");
    QTest::addColumn<bool>("onlyTestNumbers");
    QTest::addColumn<bool>("isTestNumber");
    QTest::addColumn<int>("secondsSinceSame"); // -1: never
    QTest::addColumn<QList<GuardReason>>("reasons");
    using Reasons = QList<GuardReason>;
    constexpr auto other = GuardReason::OtherNumber;
    constexpr auto repeated = GuardReason::Repeated;
    QTest::newRow("nothing special") << true << false << false << -1 << Reasons{};
    QTest::newRow("test number") << true << true << true << -1 << Reasons{};
    QTest::newRow("other number") << true << true << false << -1 << Reasons{other};
    QTest::newRow("other number, test profile") << false << true << false << -1 << Reasons{};
    QTest::newRow("repeated") << true << false << false << 0 << Reasons{repeated};
    QTest::newRow("9:59 ago") << true << false << false << 599 << Reasons{repeated};
    QTest::newRow("10:00 ago") << true << false << false << 600 << Reasons{};
    QTest::newRow("repeated, test profile") << false << false << false << 5 << Reasons{repeated};
    QTest::newRow("clock set back since") << true << false << false << -500 << Reasons{repeated};
    QTest::newRow("both") << true << true << false << 5 << Reasons{other, repeated};
}

void TestSendGuard::questionsOfASend()
{
    QFETCH(const bool, live);
    QFETCH(const bool, onlyTestNumbers);
    QFETCH(const bool, isTestNumber);
    QFETCH(const int, secondsSinceSame);
    QFETCH(const QList<GuardReason>, reasons);
    Profile profile = liveProfile();
    profile.live = live;
    profile.onlyTestNumbers = onlyTestNumbers;
    GuardFacts facts = factsOf(profile);
    facts.testNumbers = {isTestNumber ? u"447946000958"_s : u"447946000959"_s};
    if (secondsSinceSame != -1)
        facts.lastSame = Now.addSecs(-secondsSinceSame).toUTC();
    QVERIFY(reasonsToAsk(profile, facts) == reasons);
}

void TestSendGuard::theDayBeginsAtLocalMidnight()
{
    const Profile profile = liveProfile();
    GuardFacts facts = factsOf(profile);
    const QDateTime midnight(Now.date(), QTime(0, 0), Now.timeZone());
    const QList<GuardReason> first{GuardReason::FirstLiveToday};
    facts.lastLive = {};
    QVERIFY(reasonsToAsk(profile, facts) == first);
    facts.lastLive = midnight.addMSecs(-1).toUTC();
    QVERIFY(reasonsToAsk(profile, facts) == first);
    facts.lastLive = midnight.toUTC(); // still yesterday in UTC
    QVERIFY(reasonsToAsk(profile, facts).isEmpty());
    Profile test = profile;
    test.live = false;
    facts.lastLive = {};
    QVERIFY(reasonsToAsk(test, facts).isEmpty());
}

void TestSendGuard::aBatchIsAskedAboutAsAWhole()
{
    Profile profile = liveProfile();
    profile.onlyTestNumbers = true;
    GuardFacts facts = factsOf(profile);
    facts.isBatch = true;
    facts.testNumbers = {u"1"_s, u"2"_s};
    facts.recipients = {u"1"_s, u"3"_s, u"2"_s, u"3"_s, u"4"_s};
    QVERIFY(otherNumbers(facts) == QStringList({u"3"_s, u"4"_s}));
    QVERIFY(reasonsToAsk(profile, facts)
            == QList({GuardReason::OtherNumber, GuardReason::WholeBatch}));
    facts.recipients = {u"1"_s, u"2"_s};
    QVERIFY(reasonsToAsk(profile, facts) == QList{GuardReason::WholeBatch});
    profile.live = false; // its messages reach phones as well
    QVERIFY(reasonsToAsk(profile, facts) == QList{GuardReason::WholeBatch});
}

void TestSendGuard::quietQuestionsAreNotAsked()
{
    Profile profile = liveProfile();
    profile.onlyTestNumbers = true;
    GuardFacts facts = factsOf(profile);
    facts.isBatch = true;
    facts.lastLive = {};
    facts.lastSame = Now;
    QList<GuardReason> left = reasonsToAsk(profile, facts);
    QCOMPARE(left.size(), 4);
    for (const GuardReason reason : reasonsToAsk(profile, facts)) {
        makeQuiet(profile, reason);
        if (canBeQuiet(reason))
            left.removeOne(reason);
        QVERIFY(reasonsToAsk(profile, facts) == left);
    }
    QVERIFY(left == QList{GuardReason::OtherNumber}); // never
}

void TestSendGuard::theLastFourDigitsProveANumber_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("proves");
    QTest::newRow("right") << u"0012"_s << true;
    QTest::newRow("with spaces") << u" 00 12 "_s << true;
    QTest::newRow("Arabic digits") << u"٠٠١٢"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("three") << u"012"_s << false;
    QTest::newRow("five") << u"60012"_s << false;
    QTest::newRow("all") << u"447946000012"_s << false;
    QTest::newRow("wrong") << u"0021"_s << false;
    QTest::newRow("a letter") << u"O012"_s << false;
}

void TestSendGuard::theLastFourDigitsProveANumber()
{
    QFETCH(const QString, typed);
    QFETCH(const bool, proves);
    QCOMPARE(provesNumber(typed, u"447946000012"_s), proves);
    QVERIFY(!provesNumber(typed, QString()));
}

void TestSendGuard::theSameMessageIsTheSameButForItsStatusUrl()
{
    OutboundRequest request;
    request.setText(Field::To, u"447946000958"_s);
    request.setText(Field::StatusUrl, u"http://127.0.0.1:1/s/one"_s);
    const QByteArray one = messageOf(request.toJson());
    request.setText(Field::StatusUrl, u"http://127.0.0.1:1/s/two"_s);
    QCOMPARE(messageOf(request.toJson()), one);
    request.setText(Field::To, u"447946000959"_s);
    QVERIFY(messageOf(request.toJson()) != one);
    QCOMPARE(messageOf("not JSON"), QByteArray("not JSON"));
}

void TestSendGuard::onlyWhatMayHaveArrivedCounts()
{
    SendRecord record;
    QVERIFY(mayHaveReached(record)); // in flight
    for (const auto &[outcome, may] :
         {std::pair(Outcome::Accepted, true), std::pair(Outcome::Unknown, true),
          std::pair(Outcome::RateLimited, false), std::pair(Outcome::Refused, false),
          std::pair(Outcome::NotSent, false), std::pair(Outcome::Cancelled, false)}) {
        record.outcome = outcome;
        QCOMPARE(mayHaveReached(record), may);
    }
}

void TestSendGuard::threeKinds()
{
    Profile profile = liveProfile();
    QVERIFY(profileKind(profile, Region::Eu) == ProfileKind::Live);
    QVERIFY(profileKind(profile, Region::Sandbox) == ProfileKind::Sandbox);
    profile.live = false;
    QVERIFY(profileKind(profile, Region::Eu) == ProfileKind::Test);
}

QTEST_APPLESS_MAIN(TestSendGuard)
#include "tst_sendguard.moc"
