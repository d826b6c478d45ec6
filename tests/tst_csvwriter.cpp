#include "interop/csvparser.h"
#include "interop/csvwriter.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestCsvWriter : public QObject
{
    Q_OBJECT

private slots:
    void writesARowByTheRfc();
    void whatIsWrittenIsReadBack();
    void defusesFormulas_data();
    void defusesFormulas();
};

void TestCsvWriter::writesARowByTheRfc()
{
    QCOMPARE(csvLine({u"a"_s, u"b,c"_s, u"d \"e\""_s, u"f\r\ng"_s, QString(), u" h "_s}),
             QByteArray("a,\"b,c\",\"d \"\"e\"\"\",\"f\r\ng\",,\" h \"\r\n"));
    QCOMPARE(csvLine({u"José 😀"_s}), QByteArray("José 😀\r\n"));
    QCOMPARE(csvLine({}), QByteArray("\r\n"));
    QCOMPARE(QByteArray(CsvMark), QByteArray::fromHex("efbbbf"));
}

void TestCsvWriter::whatIsWrittenIsReadBack()
{
    const QStringList cells{u"447946000958"_s, u"+447946000958"_s, u"a\nb"_s, u"\"q\""_s,
                            u" blank "_s,      u"semi;colon"_s,    u"שלום"_s, u"tab\tin"_s};
    QStringList read;
    CsvParser parser(',', [&read](const CsvRow &row) {
        for (qsizetype i = 0; i < row.size(); ++i)
            read.append(QString::fromUtf8(row.cell(i)));
    });
    QVERIFY(parser.parse(csvLine(cells)));
    QVERIFY(parser.finish());
    QCOMPARE(read, cells);
}

void TestCsvWriter::defusesFormulas_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<bool>("isDefused");
    for (const auto &cell :
         {u"=1+1"_s, u"=HYPERLINK(\"http://evil\",\"x\")"_s, u"+cmd|' /C calc'!A0"_s, u"-1+1"_s,
          u"-2+3+cmd"_s, u"@SUM(A1)"_s, u"\t=1"_s, u"\r=1"_s, u"\n=1"_s, u"＝1"_s, u"+"_s, u"-"_s,
          u"+44 7946 000958"_s, u"--5"_s, u"+-5"_s, u"-5."_s, u"=1-1"_s, u"-1,2,3"_s, u"+٤٤"_s})
        QTest::newRow(qPrintable(u"formula "_s + cell.simplified())) << cell << true;
    for (const auto &cell : {u"+447946000958"_s, u"-5"_s, u"-5.20"_s, u"-5,20"_s, u"5"_s, u"a=b"_s,
                             u"Marta"_s, u"1-1"_s, u"'=1"_s, QString()})
        QTest::newRow(qPrintable(u"plain "_s + cell)) << cell << false;
}

void TestCsvWriter::defusesFormulas()
{
    QFETCH(const QString, cell);
    QFETCH(const bool, isDefused);
    QCOMPARE(defusedCell(cell), isDefused ? u'\'' + cell : cell);
}

QTEST_APPLESS_MAIN(TestCsvWriter)
#include "tst_csvwriter.moc"
