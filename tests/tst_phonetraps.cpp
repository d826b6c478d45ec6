#include "phone/phonecheck.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestPhoneTraps : public QObject
{
    Q_OBJECT

private slots:
    void numbersAsPeopleTypeThem_data();
    void numbersAsPeopleTypeThem();
    void nationalFormsAreReadOnlyWithACountry_data();
    void nationalFormsAreReadOnlyWithACountry();
    void trapsAreFound_data();
    void trapsAreFound();
    void fictionalNumbersAreKnown_data();
    void fictionalNumbersAreKnown();
    void theSandboxTakesFictionalNumbers();
    void nothingIsEverRewritten();
};

void TestPhoneTraps::numbersAsPeopleTypeThem_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("digits");
    QTest::addColumn<QString>("region");
    QTest::addColumn<PhoneKind>("kind");
    QTest::addColumn<QString>("national");
    const auto row = [](const char *typed, const char *digits, const char *region, PhoneKind kind,
                        const char *national) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromLatin1(digits)
                             << QString::fromLatin1(region) << kind << QString::fromUtf8(national);
    };
    constexpr auto mobile = PhoneKind::Mobile;
    constexpr auto landline = PhoneKind::Landline;
    constexpr auto either = PhoneKind::LandlineOrMobile;
    row("+44 7946 000958", "447946000958", "GB", mobile, "07946 000958");
    row("+1 (650) 253-0000", "16502530000", "US", either, "(650) 253-0000");
    row("1-416-736-2100", "14167362100", "CA", either, "(416) 736-2100");
    row("0049 1512 3456789", "4915123456789", "DE", mobile, "01512 3456789");
    row("+49 (30) 901820", "4930901820", "DE", landline, "030 901820");
    row("+33 6 12 34 56 78", "33612345678", "FR", mobile, "06 12 34 56 78");
    row("+34 612 34 56 78", "34612345678", "ES", mobile, "612 34 56 78");
    row("00351-912 345 678", "351912345678", "PT", mobile, "912 345 678");
    row("+39 312 345 6789", "393123456789", "IT", mobile, "312 345 6789");
    row("+39 02 1234 5678", "390212345678", "IT", landline, "02 1234 5678");
    row("+31 6 12345678", "31612345678", "NL", mobile, "06 12345678");
    row("+32 470 12 34 56", "32470123456", "BE", mobile, "0470 12 34 56");
    row("+41.78.123.45.67", "41781234567", "CH", mobile, "078 123 45 67");
    row("+43 664 123456", "43664123456", "AT", mobile, "0664 123456");
    row("+45 34 41 23 45", "4534412345", "DK", either, "34 41 23 45");
    row("+46 70 123 45 67", "46701234567", "SE", mobile, "070-123 45 67");
    row("+47 406 12 345", "4740612345", "NO", mobile, "406 12 345");
    row("+358 41 2345678", "358412345678", "FI", mobile, "041 2345678");
    row("+353 85 012 3456", "353850123456", "IE", mobile, "085 012 3456");
    row("+48 512 345 678", "48512345678", "PL", mobile, "512 345 678");
    row("+420 601 123 456", "420601123456", "CZ", mobile, "601 123 456");
    row("+36 20 123 4567", "36201234567", "HU", mobile, "06 20 123 4567");
    row("+40 712 034 567", "40712034567", "RO", mobile, "0712 034 567");
    row("+30 691 234 5678", "306912345678", "GR", mobile, "691 234 5678");
    row("+90 501 234 56 78", "905012345678", "TR", mobile, "0501 234 56 78");
    row("+380 50 123 4567", "380501234567", "UA", mobile, "050 123 4567");
    row("+7 (912) 345-67-89", "79123456789", "RU", mobile, "8 (912) 345-67-89");
    row("+972 50-234-5678", "972502345678", "IL", mobile, "050-234-5678");
    row("+971 50 123 4567", "971501234567", "AE", mobile, "050 123 4567");
    row("+966 51 234 5678", "966512345678", "SA", mobile, "051 234 5678");
    row("+20 100 123 4567", "201001234567", "EG", mobile, "0100 123 4567");
    row("+212 650-123456", "212650123456", "MA", mobile, "0650-123456");
    row("+234 802 123 4567", "2348021234567", "NG", mobile, "0802 123 4567");
    row("+254 712 123456", "254712123456", "KE", mobile, "0712 123456");
    row("+27 71 123 4567", "27711234567", "ZA", mobile, "071 123 4567");
    row("+91 98765 43210", "919876543210", "IN", mobile, "098765 43210");
    row("+92 301 2345678", "923012345678", "PK", mobile, "0301 2345678");
    row("+86 131 2345 6789", "8613123456789", "CN", mobile, "131 2345 6789");
    row("+852 5123 4567", "85251234567", "HK", mobile, "5123 4567");
    row("+81 90-1234-5678", "819012345678", "JP", mobile, "090-1234-5678");
    row("+82 10-2000-0000", "821020000000", "KR", mobile, "010-2000-0000");
    row("+62 812-345-678", "62812345678", "ID", mobile, "0812-345-678");
    row("+60 12-345 6789", "60123456789", "MY", mobile, "012-345 6789");
    row("+63 905 123 4567", "639051234567", "PH", mobile, "0905 123 4567");
    row("+65 8123 4567", "6581234567", "SG", mobile, "8123 4567");
    row("+66 81 234 5678", "66812345678", "TH", mobile, "081 234 5678");
    row("+84 91 234 56 78", "84912345678", "VN", mobile, "091 234 56 78");
    row("+61 412 345 678", "61412345678", "AU", mobile, "0412 345 678");
    row("+64 21 123 4567", "64211234567", "NZ", mobile, "021 123 4567");
    row("+57 321 1234567", "573211234567", "CO", mobile, "321 1234567");
    row("+56 9 6123 4567", "56961234567", "CL", either, "9 6123 4567");
    row("+51 912 345 678", "51912345678", "PE", mobile, "912 345 678");
    row("+54 9 11 2345-6789", "5491123456789", "AR", mobile, "011 15-2345-6789");
    row("+55 (11) 98765-4321", "5511987654321", "BR", mobile, "(11) 98765-4321");
    row("+52 55 1234 5678", "525512345678", "MX", either, "55 1234 5678");
}

void TestPhoneTraps::numbersAsPeopleTypeThem()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, digits);
    QFETCH(const QString, region);
    QFETCH(const PhoneKind, kind);
    QFETCH(const QString, national);
    const PhoneExam exam = examine(typed);
    QCOMPARE(exam.digits, digits);
    QCOMPARE(exam.facts.region, region);
    QVERIFY(exam.facts.kind == kind);
    QCOMPARE(exam.forms.national, national);
    QVERIFY(exam.forms.international.startsWith(u'+' + QString::number(exam.facts.callingCode)));
    // However it is typed, the same goes out.
    QCOMPARE(examine(exam.forms.international).digits, digits);
    QCOMPARE(examine(u"00"_s + digits).digits, digits);
}

void TestPhoneTraps::nationalFormsAreReadOnlyWithACountry_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("digits");
    QTest::newRow("British") << u"07946 000958"_s << u"GB"_s << u"447946000958"_s;
    QTest::newRow("German") << u"0151/23456789"_s << u"DE"_s << u"4915123456789"_s;
    QTest::newRow("French") << u"06.12.34.56.78"_s << u"FR"_s << u"33612345678"_s;
    QTest::newRow("not valid there") << u"07946 000958"_s << u"FR"_s << QString();
    QTest::newRow("no country") << u"07946 000958"_s << QString() << QString();
}

void TestPhoneTraps::nationalFormsAreReadOnlyWithACountry()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, region);
    QFETCH(const QString, digits);
    QCOMPARE(nationalReading(typed, region), digits);
}

void TestPhoneTraps::trapsAreFound_data()
{
    QTest::addColumn<QString>("digits");
    QTest::addColumn<PhoneTrap>("trap");
    QTest::addColumn<QString>("otherForm");
    QTest::addColumn<QList<CheckCode>>("warning");
    using Codes = QList<CheckCode>;
    QTest::newRow("Brazil without the ninth digit")
        << u"555187654321"_s << PhoneTrap::BrazilNineMissing << u"5551987654321"_s
        << Codes{CheckCode::RecipientBrazil};
    QTest::newRow("Brazil with it, area 51")
        << u"5551987654321"_s << PhoneTrap::BrazilNineThere << u"555187654321"_s << Codes{};
    QTest::newRow("Brazil with it, area 11")
        << u"5511987654321"_s << PhoneTrap::None << QString() << Codes{};
    QTest::newRow("Brazil, landline")
        << u"551123456789"_s << PhoneTrap::None << QString() << Codes{CheckCode::RecipientLandline};
    QTest::newRow("Mexico with 1") << u"5215512345678"_s << PhoneTrap::MexicoOneThere
                                   << u"525512345678"_s << Codes{CheckCode::RecipientMexico};
    QTest::newRow("Mexico without 1")
        << u"525512345678"_s << PhoneTrap::MexicoOneMissing << u"5215512345678"_s << Codes{};
    QTest::newRow("Argentina without 9")
        << u"541123456789"_s << PhoneTrap::ArgentinaNineMissing << u"5491123456789"_s
        << Codes{CheckCode::RecipientArgentina};
    QTest::newRow("Argentina with 9")
        << u"5491123456789"_s << PhoneTrap::ArgentinaNineThere << u"541123456789"_s << Codes{};
    QTest::newRow("landline") << u"4930901820"_s << PhoneTrap::None << QString()
                              << Codes{CheckCode::RecipientLandline};
    QTest::newRow("short code") << u"4485080"_s << PhoneTrap::ShortCode << QString()
                                << Codes{CheckCode::RecipientShortCode};
    QTest::newRow("free number") << u"448001111111"_s << PhoneTrap::None << QString()
                                 << Codes{CheckCode::RecipientService};
    QTest::newRow("ordinary") << u"447946000958"_s << PhoneTrap::None << QString() << Codes{};
}

void TestPhoneTraps::trapsAreFound()
{
    QFETCH(const QString, digits);
    QFETCH(const PhoneTrap, trap);
    QFETCH(const QString, otherForm);
    QFETCH(const QList<CheckCode>, warning);
    QVERIFY(phoneFacts(digits).trap == trap);
    QCOMPARE(examine(digits).otherForm, otherForm);
    const auto entries = checkPhone(digits);
    QCOMPARE(entries.size(), warning.size());
    QCOMPARE(areSuspicious({digits}).first(), !warning.isEmpty());
    for (qsizetype i = 0; i < entries.size(); ++i) {
        QVERIFY(entries.at(i).code == warning.at(i));
        QVERIFY(entries.at(i).severity == Severity::Warning); // never blocks
        QVERIFY(entries.at(i).field == Field::To);
        QCOMPARE(entries.at(i).argument, otherForm); // both forms are shown
    }
}

void TestPhoneTraps::fictionalNumbersAreKnown_data()
{
    QTest::addColumn<QString>("digits");
    QTest::addColumn<bool>("isFictional");
    const auto row = [](const char *digits, bool isFictional = true) {
        QTest::newRow(digits) << QString::fromLatin1(digits) << isFictional;
    };
    row("447700900000");
    row("447700900999");
    row("447700901000", false);
    row("447700899999", false);
    row("442079460123");
    row("441134960123");
    row("441194960123", false);
    row("12025550100");
    row("12025550199");
    row("12025550200", false);
    row("12025551234", false);
    row("61491570156");
    row("61491570155", false);
    row("61255501234");
    row("33639981234");
    row("493023125123");
    row("4915228817386");
    row("353209123456");
    row("44770090000", false); // a digit less
    row("4477009000000", false); // a digit more
}

void TestPhoneTraps::fictionalNumbersAreKnown()
{
    QFETCH(const QString, digits);
    QFETCH(const bool, isFictional);
    QCOMPARE(findTrap(digits).trap == PhoneTrap::Fictional, isFictional);
}

void TestPhoneTraps::theSandboxTakesFictionalNumbers()
{
    const QString digits = u"447700900958"_s;
    QVERIFY(checkPhone(digits).first().code == CheckCode::RecipientFictional);
    QVERIFY(checkPhone(digits, true).isEmpty());
    QVERIFY(!areSuspicious({digits}, true).first());
    QVERIFY(!checkPhone(u"4930901820"_s, true).isEmpty()); // other warnings stay
}

void TestPhoneTraps::nothingIsEverRewritten()
{
    for (const QString &digits : {u"555187654321"_s, u"5215512345678"_s, u"541123456789"_s,
                                  u"447700900958"_s, u"4407946000958"_s, u"1"_s, u""_s})
        QCOMPARE(examine(digits).digits, digits);
}

QTEST_APPLESS_MAIN(TestPhoneTraps)
#include "tst_phonetraps.moc"
