#include "interop/csvdetect.h"
#include "interop/csvparser.h"
#include "interop/textdecoder.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestCsvParser : public QObject
{
    Q_OBJECT

private slots:
    void readsRows_data();
    void readsRows();
    void tellsTheLineOfEveryRow();
    void tellsWhatCannotBeRead_data();
    void tellsWhatCannotBeRead();
    void nothingIsGivenOutAfterAProblem();
    void takesALongCellAndNoLongerOne();
    void takesManyColumnsAndNoMore();
    void findsTheDelimiter_data();
    void findsTheDelimiter();
    void tellsAHeaderFromARow_data();
    void tellsAHeaderFromARow();
    void columnNamesAreUniqueAndNeverEmpty();
    void namesFormatsThatAreNoText_data();
    void namesFormatsThatAreNoText();
    void findsTheEncoding_data();
    void findsTheEncoding();
    void decodesWhateverThePartsAre_data();
    void decodesWhateverThePartsAre();
    void refusesBytesThatCannotBe_data();
    void refusesBytesThatCannotBe();
};

namespace {

using Rows = QList<QStringList>;

struct Parsed {
    Rows rows;
    QList<qint64> lines;
    CsvParser::Problem problem = CsvParser::Problem::None;
    qint64 line = 0;
};

/// @param part  bytes given at once
Parsed parsed(QByteArrayView text, char delimiter, qsizetype part)
{
    Parsed result;
    CsvParser parser(delimiter, [&result](const CsvRow &row) {
        QStringList cells;
        for (qsizetype i = 0; i < row.size(); ++i)
            cells.append(QString::fromUtf8(row.cell(i)));
        result.rows.append(cells);
        result.lines.append(row.line);
    });
    bool isGood = true;
    for (qsizetype i = 0; i < text.size() && isGood; i += part)
        isGood = parser.parse(text.sliced(i, std::min(part, text.size() - i)));
    isGood = isGood && parser.finish();
    result.problem = parser.problem();
    result.line = parser.line();
    if (isGood != (result.problem == CsvParser::Problem::None))
        qFatal("problem and result disagree");
    return result;
}

} // namespace

void TestCsvParser::readsRows_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("delimiter");
    QTest::addColumn<Rows>("rows");
    const auto row = [](const char *name, const QByteArray &text, const Rows &rows,
                        char delimiter = ',') { QTest::newRow(name) << text << delimiter << rows; };
    row("plain", "a,b\nc,d\n", {{u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}});
    row("no line end at the end", "a,b", {{u"a"_s, u"b"_s}});
    row("CR LF", "a\r\nb\r\n", {{u"a"_s}, {u"b"_s}});
    row("lone CR", "a,1\rb,2\r", {{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}});
    row("quotes", R"("a ""b""","c,d",e)", {{u"a \"b\""_s, u"c,d"_s, u"e"_s}});
    row("line break in quotes", "\"a\r\nb\",c\n", {{u"a\r\nb"_s, u"c"_s}});
    row("empty cells", ",a,,\n", {{u""_s, u"a"_s, u""_s, u""_s}});
    row("empty quotes", "\"\",a\n", {{u""_s, u"a"_s}});
    row("rows without text", "\n\na\n,,\n   \n\"\"\nb\n\n", {{u"a"_s}, {u"b"_s}});
    row("blanks outside of quotes", " a b , \" c \" \n", {{u"a b"_s, u" c "_s}});
    row("quote inside an unquoted cell", "12\" pizza,5' 10\"\n", {{u"12\" pizza"_s, u"5' 10\""_s}});
    row("tab", "a\tb c\t\t d\n", {{u"a"_s, u"b c"_s, u""_s, u"d"_s}}, '\t');
    row("tab, empty in front", "\ta\n", {{u""_s, u"a"_s}}, '\t');
    row("semicolon", "a,b;c\n", {{u"a,b"_s, u"c"_s}}, ';');
    row("pipe", "a|\"b|c\"\n", {{u"a"_s, u"b|c"_s}}, '|');
    row("beyond ASCII", "José,שלום,😀\n", {{u"José"_s, u"שלום"_s, u"😀"_s}});
    row("nothing", "", {});
    row("form feed and escape stay", "a\fb,\x1b[0m\n", {{u"a\fb"_s, u"\x1b[0m"_s}});
}

void TestCsvParser::readsRows()
{
    QFETCH(const QByteArray, text);
    QFETCH(const char, delimiter);
    QFETCH(const Rows, rows);
    for (const qsizetype part : {1, 2, 3, 7, 1 << 16}) {
        const Parsed result = parsed(text, delimiter, part);
        QCOMPARE(result.problem, CsvParser::Problem::None);
        QCOMPARE(result.rows, rows);
    }
}

void TestCsvParser::tellsTheLineOfEveryRow()
{
    const QByteArray text = "a\n\"b\nb\"\r\n\r\n\nc\r\r\"d\r\nd\rd\n\",\"\n\"\ne\n";
    for (const qsizetype part : {1, 2, 5, 1000}) {
        const Parsed result = parsed(text, ',', part);
        QCOMPARE(result.problem, CsvParser::Problem::None);
        // a 1, b 2-3, empty 4 and 5, c 6, empty 7, d and its neighbour 8 to 12, e 13
        QCOMPARE(result.lines, (QList<qint64>{1, 2, 6, 8, 13}));
    }
}

void TestCsvParser::tellsWhatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<CsvParser::Problem>("problem");
    QTest::addColumn<qint64>("line");
    using enum CsvParser::Problem;
    const auto row = [](const char *name, const QByteArray &text, CsvParser::Problem problem,
                        qint64 line) { QTest::newRow(name) << text << problem << line; };
    row("open quote at the end", "a,b\nc,\"d", OpenQuote, 2);
    row("open quote over lines", "a\n\"b\nc\nd\n", OpenQuote, 2);
    row("only a quote", "\"", OpenQuote, 1);
    row("open quote over a long file",
        "a\n\"b,c\n" + QByteArray("447946000958,Marta\n").repeated(20'000), OpenQuote, 2);
    row("text behind a quote", "a\n\"b\"c,d\n", StrayQuote, 2);
    row("quote and blank behind a quote", "a\nb,\"c\" \"d\"\n", StrayQuote, 2);
    row("stray quote behind a line break", "\"a\nb\" c\n", StrayQuote, 2);
    row("NUL", QByteArray("a\nb,\0c\n", 7), ControlByte, 2);
    row("NUL in quotes", QByteArray("\"a\nb\nc\0\"\n", 9), ControlByte, 3);
    row("long cell", "a\nb," + QByteArray(10'000'000, 'x') + "\n", TooLongField, 2);
    row("long quoted cell", "a\n\"" + QByteArray(10'000'000, 'x') + "\"\n", TooLongField, 2);
    row("100,000 columns", "a\n" + QByteArray(99'999, ',') + "b\n", TooManyColumns, 2);
}

void TestCsvParser::tellsWhatCannotBeRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const CsvParser::Problem, problem);
    QFETCH(const qint64, line);
    for (const qsizetype part : {3, 1 << 16, 1 << 28}) {
        const Parsed result = parsed(text, ',', part);
        QCOMPARE(result.problem, problem);
        QCOMPARE(result.line, line);
    }
}

void TestCsvParser::nothingIsGivenOutAfterAProblem()
{
    int rows = 0;
    CsvParser parser(',', [&rows](const CsvRow &) { ++rows; });
    QVERIFY(!parser.parse("a\n\"b\"c\nd\ne\n"));
    QCOMPARE(rows, 1);
    QVERIFY(!parser.parse("f\n"));
    QVERIFY(!parser.finish());
    QCOMPARE(rows, 1);
}

void TestCsvParser::takesALongCellAndNoLongerOne()
{
    const QByteArray longest(CsvParser::MaxFieldBytes, 'x');
    QCOMPARE(parsed(longest + "\n", ',', 1 << 16).rows.value(0).value(0).size(), longest.size());
    QCOMPARE(parsed(longest + "x\n", ',', 1 << 16).problem, CsvParser::Problem::TooLongField);
}

void TestCsvParser::takesManyColumnsAndNoMore()
{
    const QByteArray most = QByteArray("x,").repeated(CsvParser::MaxColumns - 1) + 'x';
    QCOMPARE(parsed(most, ',', 1 << 16).rows.value(0).size(), CsvParser::MaxColumns);
    QCOMPARE(parsed(most + ",x", ',', 1 << 16).problem, CsvParser::Problem::TooManyColumns);
}

void TestCsvParser::findsTheDelimiter_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("delimiter");
    QTest::newRow("comma") << QByteArray("phone,name\n1,a\n2,b\n") << ',';
    QTest::newRow("semicolon") << QByteArray("phone;name\n1;a\n2;b\n") << ';';
    QTest::newRow("tab") << QByteArray("phone\tname\n1\ta\n2\tb\n") << '\t';
    QTest::newRow("pipe") << QByteArray("phone|name\n1|a\n2|b\n") << '|';
    QTest::newRow("commas in semicolon cells")
        << QByteArray("phone;due\n1;Tuesday, 24 May\n2;Friday, 3 June\n") << ';';
    QTest::newRow("decimal commas")
        << QByteArray("phone;sum;tax\n1;1,50;2\n2;3,20;1\n3;4;1\n") << ';';
    QTest::newRow("quoted semicolons")
        << QByteArray("phone,note\n1,\"a;b;c\"\n2,\"d;e;f\"\n") << ',';
    QTest::newRow("one column") << QByteArray("phone\n1\n2\n") << ',';
    QTest::newRow("no row at all") << QByteArray() << ',';
    QTest::newRow("one line") << QByteArray("447946000958;Marta") << ';';
}

void TestCsvParser::findsTheDelimiter()
{
    QFETCH(const QByteArray, text);
    QFETCH(const char, delimiter);
    QCOMPARE(detectDelimiter(text, true), delimiter);
}

void TestCsvParser::tellsAHeaderFromARow_data()
{
    QTest::addColumn<QStringList>("row");
    QTest::addColumn<bool>("isHeader");
    QTest::newRow("names") << QStringList{u"phone"_s, u"name"_s} << true;
    QTest::newRow("numbered names") << QStringList{u"to"_s, u"1"_s, u"{{2}}"_s} << true;
    QTest::newRow("digits") << QStringList{u"Marta"_s, u"447946000958"_s} << false;
    QTest::newRow("typed number") << QStringList{u"+44 (0)7946 000-958"_s} << false;
    QTest::newRow("nothing") << QStringList{} << true;
}

void TestCsvParser::tellsAHeaderFromARow()
{
    QFETCH(const QStringList, row);
    QFETCH(const bool, isHeader);
    QCOMPARE(looksLikeHeader(row), isHeader);
}

void TestCsvParser::columnNamesAreUniqueAndNeverEmpty()
{
    QCOMPARE(
        columnNames({u" first\nname "_s, u"a"_s, u""_s, u"a"_s, u"a (2)"_s, u"{{1}}"_s}, 7),
        (QStringList{u"first name"_s, u"a"_s, u"C"_s, u"a (2)"_s, u"a (2) (2)"_s, u"1"_s, u"G"_s}));
    const QStringList letters = columnNames({}, 1000);
    QCOMPARE(letters.at(0), u"A"_s);
    QCOMPARE(letters.at(25), u"Z"_s);
    QCOMPARE(letters.at(26), u"AA"_s);
    QCOMPARE(letters.at(701), u"ZZ"_s);
    QCOMPARE(letters.at(702), u"AAA"_s);
    QCOMPARE(QSet<QString>(letters.begin(), letters.end()).size(), 1000);
}

void TestCsvParser::namesFormatsThatAreNoText_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("name");
    const QByteArray archive = QByteArray("PK\x03\x04\x14\0\x06\0", 8);
    QTest::newRow("xlsx") << archive + "[Content_Types].xml ... xl/workbook.xml" << u"xlsx"_s;
    QTest::newRow("docx") << archive + "[Content_Types].xml ... word/document.xml" << u"docx"_s;
    QTest::newRow("ods") << archive + "mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"
                         << u"ods"_s;
    QTest::newRow("numbers") << archive + "Index/Document.iwa" << u"numbers"_s;
    QTest::newRow("zip") << archive + "rows.csv" << u"zip"_s;
    QTest::newRow("xls") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) << u"xls"_s;
    QTest::newRow("pdf") << QByteArray("%PDF-1.7") << u"pdf"_s;
    QTest::newRow("gzip") << QByteArray("\x1F\x8B\x08") << u"gzip"_s;
    QTest::newRow("utf-32") << QByteArray("\xFF\xFE\0\0a\0\0\0", 8) << u"utf-32"_s;
    QTest::newRow("csv") << QByteArray("phone,name") << QString();
    QTest::newRow("utf-16") << QByteArray("\xFF\xFE"
                                          "a\0",
                                          4)
                            << QString();
    QTest::newRow("PK as a name") << QByteArray("PK,name") << QString();
}

void TestCsvParser::namesFormatsThatAreNoText()
{
    QFETCH(const QByteArray, head);
    QFETCH(const QString, name);
    QCOMPARE(foreignFormat(head), name);
}

void TestCsvParser::findsTheEncoding_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<TextEncoding>("encoding");
    QTest::addColumn<qsizetype>("markBytes");
    QTest::newRow("ascii") << QByteArray("a,b\n") << TextEncoding::Utf8 << qsizetype(0);
    QTest::newRow("utf-8 mark") << QByteArray("\xEF\xBB\xBF"
                                              "a")
                                << TextEncoding::Utf8 << qsizetype(3);
    QTest::newRow("le mark") << QByteArray("\xFF\xFE"
                                           "a\0",
                                           4)
                             << TextEncoding::Utf16Le << qsizetype(2);
    QTest::newRow("be mark") << QByteArray("\xFE\xFF\0a", 4) << TextEncoding::Utf16Be
                             << qsizetype(2);
    QTest::newRow("le") << QByteArray("a\0,\0b\0\n\0", 8) << TextEncoding::Utf16Le << qsizetype(0);
    QTest::newRow("be") << QByteArray("\0a\0,\0b\0\n", 8) << TextEncoding::Utf16Be << qsizetype(0);
    QTest::newRow("one NUL") << QByteArray("aaaaaaaaaaaaaaaaaaa\0", 20) << TextEncoding::Utf8
                             << qsizetype(0);
    QTest::newRow("nothing") << QByteArray() << TextEncoding::Utf8 << qsizetype(0);
}

void TestCsvParser::findsTheEncoding()
{
    QFETCH(const QByteArray, head);
    QFETCH(const TextEncoding, encoding);
    QFETCH(const qsizetype, markBytes);
    QCOMPARE(detectEncoding(head).encoding, encoding);
    QCOMPARE(detectEncoding(head).markBytes, markBytes);
}

void TestCsvParser::decodesWhateverThePartsAre_data()
{
    QTest::addColumn<TextEncoding>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const QString text = u"plain ASCII of some length, José €, שלום, 漢字 and 😀𠮷 😀"_s;
    QTest::newRow("utf-8") << TextEncoding::Utf8 << text.toUtf8() << text;
    QByteArray le;
    QByteArray be;
    for (const QChar c : text) {
        le.append(static_cast<char>(c.cell())).append(static_cast<char>(c.row()));
        be.append(static_cast<char>(c.row())).append(static_cast<char>(c.cell()));
    }
    QTest::newRow("utf-16le") << TextEncoding::Utf16Le << le << text;
    QTest::newRow("utf-16be") << TextEncoding::Utf16Be << be << text;
    QTest::newRow("windows-1252") << TextEncoding::Windows1252
                                  << QByteArray("Jos\xE9 \x80 \x93hi\x94 \x9F\xFF\xA0")
                                  << u"José € “hi” Ÿÿ\u00A0"_s;
}

void TestCsvParser::decodesWhateverThePartsAre()
{
    QFETCH(const TextEncoding, encoding);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    for (qsizetype part = 1; part <= bytes.size(); ++part) {
        TextDecoder decoder(encoding);
        QByteArray utf8;
        for (qsizetype i = 0; i < bytes.size(); i += part)
            QVERIFY(decoder.decode(bytes.mid(i, part), utf8));
        QVERIFY(decoder.isComplete());
        QCOMPARE(QString::fromUtf8(utf8), text);
    }
}

void TestCsvParser::refusesBytesThatCannotBe_data()
{
    QTest::addColumn<TextEncoding>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("before");
    const auto row = [](const char *name, TextEncoding encoding, const QByteArray &bytes,
                        const QByteArray &before) {
        QTest::newRow(name) << encoding << bytes << before;
    };
    row("latin-1", TextEncoding::Utf8, "Jos\xE9,x", "Jos");
    row("lone continuation", TextEncoding::Utf8, "ab\x80", "ab");
    row("overlong", TextEncoding::Utf8, "a\xC0\xAF", "a");
    row("overlong of three", TextEncoding::Utf8, "a\xE0\x80\xAF", "a");
    row("surrogate", TextEncoding::Utf8, "a\xED\xA0\x80", "a");
    row("too high", TextEncoding::Utf8, "a\xF4\x90\x80\x80", "a");
    row("never in UTF-8", TextEncoding::Utf8, "a\xFF", "a");
    row("cut inside", TextEncoding::Utf8, "a\xE2\x82,", "a");
    row("lone low surrogate", TextEncoding::Utf16Le, QByteArray("a\0\0\xDC", 4), "a");
    row("lone high surrogate", TextEncoding::Utf16Be, QByteArray("\0a\xD8\0\0b", 6), "a");
    row("hole of windows-1252", TextEncoding::Windows1252, "a\x81", "a");
}

void TestCsvParser::refusesBytesThatCannotBe()
{
    QFETCH(const TextEncoding, encoding);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, before);
    for (qsizetype part = 1; part <= bytes.size(); ++part) {
        TextDecoder decoder(encoding);
        QByteArray utf8;
        bool isGood = true;
        for (qsizetype i = 0; i < bytes.size() && isGood; i += part)
            isGood = decoder.decode(bytes.mid(i, part), utf8);
        QVERIFY(!isGood);
        QCOMPARE(utf8, before);
    }
    for (const auto &[half, of] : {std::pair{QByteArray("a\xE2\x82"), TextEncoding::Utf8},
                                   std::pair{QByteArray("a\0b", 3), TextEncoding::Utf16Le},
                                   std::pair{QByteArray("a\0=\xD8", 4), TextEncoding::Utf16Le}}) {
        TextDecoder decoder(of);
        QByteArray utf8;
        QVERIFY(decoder.decode(half, utf8));
        QVERIFY(!decoder.isComplete());
    }
}

QTEST_APPLESS_MAIN(TestCsvParser)
#include "tst_csvparser.moc"
