#include "guide/fuzzymatch.h"

#include <QTest>

#include <algorithm>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestFuzzyMatch : public QObject
{
    Q_OBJECT

private slots:
    void lettersInOrderFit_data();
    void lettersInOrderFit();
    void theBestOfSeveralIsFirst_data();
    void theBestOfSeveralIsFirst();
    void theLettersMeantAreMarked();
    void anEmptyPatternFitsEverything();
    void aVeryLongPatternDoesNoHarm();
};

void TestFuzzyMatch::lettersInOrderFit_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::newRow("begin") << u"exp"_s << u"Export"_s << true;
    QTest::newRow("gaps") << u"exb"_s << u"Export Bundle"_s << true;
    QTest::newRow("not in order") << u"bex"_s << u"Export Bundle"_s << false;
    QTest::newRow("words in any order") << u"bun exp"_s << u"Export Bundle"_s << true;
    QTest::newRow("case") << u"EXPORT"_s << u"export"_s << true;
    QTest::newRow("accents") << u"resume"_s << u"Résumé"_s << true;
    QTest::newRow("accents typed") << u"résumé"_s << u"Resume"_s << true;
    QTest::newRow("missing letter") << u"exportz"_s << u"Export"_s << false;
    QTest::newRow("nothing to find in") << u"a"_s << QString() << false;
    QTest::newRow("only spaces") << u"   "_s << u"Export"_s << true;
    QTest::newRow("digits") << u"0958"_s << u"to 447700900958"_s << true;
}

void TestFuzzyMatch::lettersInOrderFit()
{
    QFETCH(const QString, pattern);
    QFETCH(const QString, text);
    QFETCH(const bool, fits);
    QCOMPARE(fuzzyMatch(FuzzyPattern(pattern), FuzzyText(text)).has_value(), fits);
}

void TestFuzzyMatch::theBestOfSeveralIsFirst_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("texts"); // the best first
    QTest::newRow("begin before middle") << u"log"_s << QStringList{u"Log"_s, u"Catalogue"_s};
    QTest::newRow("begins of words before letters in between")
        << u"cft"_s << QStringList{u"Copy for Ticket"_s, u"Scoff at it"_s};
    QTest::newRow("in a row before scattered")
        << u"send"_s << QStringList{u"Send"_s, u"Resend"_s, u"Sort every new draft"_s};
    QTest::newRow("short before long")
        << u"export"_s << QStringList{u"Export"_s, u"Export the Results of a Batch as a File"_s};
    QTest::newRow("a capital begins a word")
        << u"b"_s << QStringList{u"openBundle"_s, u"verbose"_s};
}

void TestFuzzyMatch::theBestOfSeveralIsFirst()
{
    QFETCH(const QString, pattern);
    QFETCH(const QStringList, texts);
    QList<int> scores;
    for (const QString &text : texts) {
        const auto match = fuzzyMatch(FuzzyPattern(pattern), FuzzyText(text));
        QVERIFY2(match, qPrintable(text));
        scores.append(match->score);
    }
    for (qsizetype i = 1; i < scores.size(); ++i)
        QVERIFY2(scores.at(i - 1) > scores.at(i), qPrintable(texts.at(i)));
}

void TestFuzzyMatch::theLettersMeantAreMarked()
{
    // Not the first e, x: those that begin the words.
    const auto match = fuzzyMatch(FuzzyPattern(u"eb"_s), FuzzyText(u"Remember: Export Bundle"_s));
    QVERIFY(match);
    QCOMPARE(match->places, (QList<int>{10, 17}));
    const auto row = fuzzyMatch(FuzzyPattern(u"port"_s), FuzzyText(u"p o Export"_s));
    QVERIFY(row);
    QCOMPARE(row->places, (QList<int>{6, 7, 8, 9}));
}

void TestFuzzyMatch::anEmptyPatternFitsEverything()
{
    const auto match = fuzzyMatch(FuzzyPattern(), FuzzyText(u"Export"_s));
    QVERIFY(match);
    QCOMPARE(match->score, 0);
    QVERIFY(match->places.isEmpty());
}

void TestFuzzyMatch::aVeryLongPatternDoesNoHarm()
{
    const QString text(10'000, u'a');
    const auto match = fuzzyMatch(FuzzyPattern(text), FuzzyText(text));
    QVERIFY(match);
    QCOMPARE(match->places.size(), FuzzyLongestPattern);
}

QTEST_GUILESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
