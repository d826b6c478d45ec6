#include "phone/phonecheck.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestPhoneCheck : public QObject
{
    Q_OBJECT

private slots:
    void knowsNumbers_data();
    void knowsNumbers();
    void warnsOfWhatLooksWrong_data();
    void warnsOfWhatLooksWrong();
    void neverMakesAnError();
    void answersManyAtOnceAsOneByOne();
    void answersManyThreadsAlike();
};

void TestPhoneCheck::knowsNumbers_data()
{
    QTest::addColumn<QString>("digits");
    QTest::addColumn<int>("callingCode");
    QTest::addColumn<QString>("region");
    QTest::addColumn<PhoneLength>("length");
    QTest::addColumn<PhoneKind>("kind");
    const auto row = [](const char *name, const QString &digits, int callingCode,
                        const QString &region, PhoneLength length, PhoneKind kind) {
        QTest::newRow(name) << digits << callingCode << region << length << kind;
    };
    using enum PhoneLength;
    row("british mobile", u"447946000958"_s, 44, u"GB"_s, Fits, PhoneKind::Mobile);
    row("spanish mobile", u"34600111222"_s, 34, u"ES"_s, Fits, PhoneKind::Mobile);
    row("american", u"12125551234"_s, 1, u"US"_s, Fits, PhoneKind::LandlineOrMobile);
    row("canadian", u"14165551234"_s, 1, u"CA"_s, Fits, PhoneKind::LandlineOrMobile);
    row("french landline", u"33123456789"_s, 33, u"FR"_s, Fits, PhoneKind::Landline);
    row("italian zero", u"390612345678"_s, 39, u"IT"_s, Fits, PhoneKind::Landline);
    row("mexican, old form", u"5215512345678"_s, 52, u"MX"_s, Fits, PhoneKind::Mobile);
    row("argentine mobile", u"5491123456789"_s, 54, u"AR"_s, Fits, PhoneKind::Mobile);
    row("no country's", u"80012345678"_s, 800, u"001"_s, Fits, PhoneKind::TollFree);
    row("drama number", u"447700900958"_s, 44, u"GB"_s, Fits, PhoneKind::Unknown);
    row("too long", u"4479460009581"_s, 44, u"GB"_s, TooLong, PhoneKind::Unknown);
    row("too short", u"4479460"_s, 44, u"GB"_s, LocalOnly, PhoneKind::Unknown);
    row("no such country", u"99912345678"_s, 0, QString(), Fits, PhoneKind::Unknown);
    row("only a calling code", u"44"_s, 0, QString(), Fits, PhoneKind::Unknown);
    row("nothing", QString(), 0, QString(), Fits, PhoneKind::Unknown);
}

void TestPhoneCheck::knowsNumbers()
{
    QFETCH(const QString, digits);
    const PhoneFacts facts = phoneFacts(digits);
    QTEST(facts.callingCode, "callingCode");
    QTEST(facts.region, "region");
    QTEST(facts.length, "length");
    QTEST(facts.kind, "kind");
    QCOMPARE(facts.isKnownAsValid(), facts.kind != PhoneKind::Unknown);
}

void TestPhoneCheck::warnsOfWhatLooksWrong_data()
{
    QTest::addColumn<QString>("digits");
    QTest::addColumn<CheckCode>("code");
    QTest::addColumn<QString>("meant");
    using enum CheckCode;
    QTest::newRow("no such country") << u"99912345678"_s << RecipientNoCountry << QString();
    QTest::newRow("too long") << u"4479460009581"_s << RecipientLength << QString();
    QTest::newRow("drama number") << u"447700900958"_s << RecipientFictional << QString();
    QTest::newRow("trunk zero") << u"4407946000958"_s << RecipientLength << u"447946000958"_s;
    QTest::newRow("landline") << u"33123456789"_s << RecipientLandline << QString();
    QTest::newRow("toll-free") << u"80012345678"_s << RecipientService << QString();
}

void TestPhoneCheck::warnsOfWhatLooksWrong()
{
    QFETCH(const QString, digits);
    QFETCH(const CheckCode, code);
    QFETCH(const QString, meant);
    const auto entries = checkPhone(digits);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().code, code);
    QCOMPARE(entries.first().argument, meant);
    QCOMPARE(entries.first().field, Field::To);
    QCOMPARE(entries.first().severity, Severity::Warning);
    QCOMPARE(areSuspicious({digits}), QList<bool>{true});
}

void TestPhoneCheck::neverMakesAnError()
{
    for (const auto &digits : {u""_s, u"0"_s, u"1"_s, u"447"_s, u"000000000000000"_s,
                               u"999999999999999"_s, u"447946000958"_s, u"390000000000000"_s})
        QVERIFY(!hasErrors(checkPhone(digits)));
    for (const auto &digits : {u"447946000958"_s, u"34600111222"_s, u"12125551234"_s})
        QVERIFY(checkPhone(digits).isEmpty());
}

void TestPhoneCheck::answersManyAtOnceAsOneByOne()
{
    QStringList digits;
    for (int i = 0; i < 500; ++i)
        digits.append(QString::number(4'400'000'000 + qint64(i) * 150'000'007));
    const QList<bool> answers = areSuspicious(digits);
    QCOMPARE(answers.size(), digits.size());
    for (qsizetype i = 0; i < digits.size(); ++i)
        QCOMPARE(answers.at(i), !checkPhone(digits.at(i)).isEmpty());
    QVERIFY(answers.contains(true));
    QVERIFY(areSuspicious({}).isEmpty());
}

void TestPhoneCheck::answersManyThreadsAlike()
{
    const QStringList digits{u"447946000958"_s, u"33123456789"_s, u"99912345678"_s};
    const QList<bool> expected{false, true, true};
    std::vector<QList<bool>> answers(8);
    std::vector<std::thread> threads;
    for (auto &answer : answers)
        threads.emplace_back([&answer, &digits] { answer = areSuspicious(digits); });
    for (auto &thread : threads)
        thread.join();
    for (const auto &answer : answers)
        QCOMPARE(answer, expected);
}

QTEST_APPLESS_MAIN(TestPhoneCheck)
#include "tst_phonecheck.moc"
