#include "support/sheets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(icebreaker::SheetError::Code)

class TestSheetReader : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryEncoding_data();
    void readsEveryEncoding();
    void asksBeforeItTakesWindows1252();
    void tellsWhatCannotBeRead_data();
    void tellsWhatCannotBeRead();
    void theFirstErrorOfTheFileIsTold();
    void findsOrTakesTheHeader();
    void takesTheDelimiterItIsGiven();
    void shortRowsAreFilledUpAndEmptyEndsDoNotCount();
    void rowsKnowTheirLines();
    void readsPastedRows();
    void changedCellsBelongToOneCopy();
    void theFirstRowsComeBeforeTheRest();
    void cancellingEndsInOneFailure();
    void cancellingIdleSaysNothing();
    void readingAnotherFileReplacesTheFirst();
    void canBeDestroyedWhileReading();
    void readsHalfCharactersAcrossEveryBorder();

private:
    QString write(const QByteArray &bytes);
    Read readBytes(const QByteArray &bytes, const SheetShape &shape = {});

    QTemporaryDir m_folder;
    int m_files = 0;
};

namespace {

QStringList column(const Sheet &sheet, int which)
{
    QStringList cells;
    for (qsizetype row = 0; row < sheet.rowCount(); ++row)
        cells.append(sheet.cell(row, which));
    return cells;
}

QByteArray utf16(const QString &text, bool littleEndian)
{
    QByteArray bytes;
    for (const QChar c : text) {
        const auto low = static_cast<char>(c.cell());
        const auto high = static_cast<char>(c.row());
        bytes.append(littleEndian ? low : high).append(littleEndian ? high : low);
    }
    return bytes;
}

QByteArray manyRows(int count)
{
    QByteArray rows = "phone,name\n";
    for (int i = 0; i < count; ++i)
        rows += QByteArray::number(447'946'000'000 + i) + ",Name " + QByteArray::number(i) + '\n';
    return rows;
}

} // namespace

QString TestSheetReader::write(const QByteArray &bytes)
{
    const QString path = m_folder.filePath(u"rows%1.csv"_s.arg(++m_files));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return path;
}

Read TestSheetReader::readBytes(const QByteArray &bytes, const SheetShape &shape)
{
    SheetReader reader;
    reader.readFile(write(bytes), shape);
    return endOf(reader);
}

void TestSheetReader::readsEveryEncoding_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<TextEncoding>("encoding");
    const QString text = u"phone;name\r\n+447946000958;José 😀\r\n"_s;
    QTest::newRow("utf-8") << text.toUtf8() << TextEncoding::Utf8;
    QTest::newRow("utf-8 mark") << "\xEF\xBB\xBF" + text.toUtf8() << TextEncoding::Utf8;
    QTest::newRow("le mark") << "\xFF\xFE" + utf16(text, true) << TextEncoding::Utf16Le;
    QTest::newRow("be mark") << "\xFE\xFF" + utf16(text, false) << TextEncoding::Utf16Be;
    QTest::newRow("le") << utf16(text, true) << TextEncoding::Utf16Le;
    QTest::newRow("be") << utf16(text, false) << TextEncoding::Utf16Be;
}

void TestSheetReader::readsEveryEncoding()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const TextEncoding, encoding);
    for (const bool isChosen : {false, true}) {
        SheetShape shape;
        if (isChosen)
            shape.encoding = encoding;
        const Read read = readBytes(bytes, shape);
        QVERIFY(read.sheet);
        QCOMPARE(read.shape.encoding, encoding);
        QCOMPARE(read.shape.delimiter, ';');
        QCOMPARE(read.shape.hasHeader, true);
        QCOMPARE(read.sheet->columns(), (QStringList{u"phone"_s, u"name"_s}));
        QCOMPARE(read.sheet->rowCount(), 1);
        QCOMPARE(read.sheet->cells(0), (QStringList{u"+447946000958"_s, u"José 😀"_s}));
    }
}

void TestSheetReader::asksBeforeItTakesWindows1252()
{
    const QByteArray bytes = "phone,name\n447946000958,Marta\n34600111222,Jos\xE9\n"
                             "34600111223,\x93Pepe\x94\n";
    const Read unclear = readBytes(bytes);
    QVERIFY(unclear.error);
    QCOMPARE(unclear.error->code, SheetError::Code::EncodingUnclear);
    QCOMPARE(unclear.error->line, 3);
    QCOMPARE(unclear.error->preview, (QStringList{u"34600111222,José"_s, u"34600111223,“Pepe”"_s}));

    const Read asked = readBytes(bytes, {TextEncoding::Windows1252, {}, {}});
    QVERIFY(asked.sheet);
    QCOMPARE(column(*asked.sheet, 1), (QStringList{u"Marta"_s, u"José"_s, u"“Pepe”"_s}));

    const Read insisted = readBytes(bytes, {TextEncoding::Utf8, {}, {}});
    QVERIFY(insisted.error);
    QCOMPARE(insisted.error->code, SheetError::Code::BadEncoding);
    QCOMPARE(insisted.error->line, 3);
}

void TestSheetReader::tellsWhatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<SheetError::Code>("code");
    QTest::addColumn<qint64>("line");
    using enum SheetError::Code;
    const auto row = [](const char *name, const QByteArray &bytes, SheetError::Code code,
                        qint64 line) { QTest::newRow(name) << bytes << code << line; };
    row("nothing", "", Empty, 0);
    row("only a mark", "\xEF\xBB\xBF", Empty, 0);
    row("only line ends", "\n\r\n\n", Empty, 0);
    row("only a header", "phone,name\n", Empty, 0);
    row("xls", QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10), NotText, 0);
    row("NUL", QByteArray("phone\n447946000958\n44794\0", 25), NotText, 3);
    row("NUL far behind", manyRows(50'000) + QByteArray("a\0,b\n", 5), NotText, 50'002);
    row("open quote", "phone\n447946000958\n\"447", OpenQuote, 3);
    row("stray quote", "phone,name\n447946000958,\"a\" b\n", StrayQuote, 2);
    row("more cells than columns", "phone,name\n1,a\n2,Hello, you\n", TooManyColumns, 3);
    row("100,000 columns", "phone\n" + QByteArray(99'999, ',') + "x\n", TooManyColumns, 2);
    row("a header of 100,000 columns", QByteArray("x,").repeated(99'999) + "x\n1\n", TooManyColumns,
        1);
    row("a header of 1 MB in small cells",
        QByteArray(3000, 'x').append(',').repeated(300) + "x\n1\n", TooLongField, 1);
    row("10 MB in a cell", "phone\n" + QByteArray(10'000'000, 'x') + "\n", TooLongField, 2);
    row("odd UTF-16", "\xFF\xFE" + utf16(u"phone\n447946000958\n"_s, true) + "a", BadEncoding, 3);
    row("half a pair at the end", "\xFF\xFE" + utf16(u"phone\n447946000958\n\xD83D"_s, true),
        BadEncoding, 3);
    row("half a character at the end", "phone\n447946000958\nJos\xC3", EncodingUnclear, 3);
    row("latin-1 far behind", manyRows(50'000) + "1,Jos\xE9\n", EncodingUnclear, 50'002);
}

void TestSheetReader::tellsWhatCannotBeRead()
{
    QFETCH(const QByteArray, bytes);
    const Read read = readBytes(bytes);
    QVERIFY(!read.sheet);
    QVERIFY(read.error);
    QTEST(read.error->code, "code");
    QTEST(read.error->line, "line");
}

void TestSheetReader::theFirstErrorOfTheFileIsTold()
{
    const Read read = readBytes("phone,name\n1,a,b\n2,\"c\"d\n3,Jos\xE9\n");
    QVERIFY(read.error);
    QCOMPARE(read.error->code, SheetError::Code::TooManyColumns);
    QCOMPARE(read.error->line, 2);

    SheetReader reader;
    reader.readFile(m_folder.filePath(u"absent.csv"_s));
    QCOMPARE(endOf(reader).error.value().code, SheetError::Code::CannotRead);
    reader.readFile(m_folder.path());
    QCOMPARE(endOf(reader).error.value().code, SheetError::Code::CannotRead);
    reader.readFile(u"/dev/zero"_s);
    QCOMPARE(endOf(reader).error.value().code, SheetError::Code::CannotRead);
    reader.readFile(write("PK\x03\x04 [Content_Types].xml"));
    const Read archive = endOf(reader);
    QCOMPARE(archive.error.value().code, SheetError::Code::NotText);
    QCOMPARE(archive.error.value().detail, u"xlsx"_s);
}

void TestSheetReader::findsOrTakesTheHeader()
{
    const QByteArray rows = "447946000958,Marta\n34600111222,Pepe,x\n";
    const Read found = readBytes(rows);
    QCOMPARE(found.shape.hasHeader, false);
    QCOMPARE(found.sheet.value().columns(), (QStringList{u"A"_s, u"B"_s, u"C"_s}));
    QCOMPARE(found.sheet.value().rowCount(), 2);

    const QByteArray named = "phone,phone,\n447946000958,Marta,\n";
    QCOMPARE(readBytes(named).sheet.value().columns(),
             (QStringList{u"phone"_s, u"phone (2)"_s, u"C"_s}));

    const Read forced = readBytes(named, {{}, {}, false});
    QCOMPARE(forced.sheet.value().rowCount(), 2);
    QCOMPARE(forced.sheet.value().cell(0, 0), u"phone"_s);
    const Read other = readBytes("447946000958,Marta\n34600111222,Pepe\n", {{}, {}, true});
    QCOMPARE(other.sheet.value().columns(), (QStringList{u"447946000958"_s, u"Marta"_s}));
    QCOMPARE(other.sheet.value().rowCount(), 1);
}

void TestSheetReader::takesTheDelimiterItIsGiven()
{
    const Read read = readBytes("phone;name\n1;a,b\n", {{}, ',', {}});
    QVERIFY(read.error); // "1;a" and "b" under one column
    const Read piped = readBytes("phone;name\n1;a\n", {{}, '|', {}});
    QCOMPARE(piped.sheet.value().columns(), (QStringList{u"phone;name"_s}));
    QCOMPARE(piped.shape.delimiter, '|');
}

void TestSheetReader::shortRowsAreFilledUpAndEmptyEndsDoNotCount()
{
    const Read read = readBytes("a,b,c\n1\n1,2\n1,2,3,,,\n,,,\n");
    QVERIFY(read.sheet);
    QCOMPARE(read.sheet->rowCount(), 3);
    QCOMPARE(read.sheet->cells(0), (QStringList{u"1"_s, u""_s, u""_s}));
    QCOMPARE(read.sheet->cells(2), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(read.sheet->cell(0, 2), QString());
    QCOMPARE(read.sheet->cell(1, 1), u"2"_s);
    QCOMPARE(read.sheet->cell(1, 7), QString());
}

void TestSheetReader::rowsKnowTheirLines()
{
    const Read read = readBytes("phone,note\r\n1,\"a\r\nb\"\r\n\r\n2,c\r\n");
    QVERIFY(read.sheet);
    QCOMPARE(read.sheet->line(0), 2);
    QCOMPARE(read.sheet->line(1), 5);
    QCOMPARE(read.sheet->cell(0, 1), u"a\r\nb"_s);
}

void TestSheetReader::readsPastedRows()
{
    const Sheet sheet = sheetOf(u"phone\tname\n447946000958\t12\" José\n"_s);
    QCOMPARE(sheet.name(), u"pasted"_s);
    QCOMPARE(sheet.cells(0), (QStringList{u"447946000958"_s, u"12\" José"_s}));
    SheetReader reader;
    reader.readText(u"pasted"_s, {});
    QCOMPARE(endOf(reader).error.value().code, SheetError::Code::Empty);
}

void TestSheetReader::changedCellsBelongToOneCopy()
{
    Sheet sheet = sheetOf(u"phone,name\n1,a\n2,b\n"_s);
    const Sheet before = sheet;
    sheet.setCell(1, 1, u"z"_s);
    sheet.setCell(7, 0, u"nowhere"_s);
    sheet.setCell(0, 2, u"nowhere"_s);
    QCOMPARE(column(sheet, 1), (QStringList{u"a"_s, u"z"_s}));
    QCOMPARE(sheet.cells(1), (QStringList{u"2"_s, u"z"_s}));
    QCOMPARE(sheet.line(1), 3);
    QCOMPARE(column(before, 1), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(Sheet().rowCount(), 0);
}

void TestSheetReader::theFirstRowsComeBeforeTheRest()
{
    SheetReader reader;
    QList<qsizetype> events; // rows of firstRows(), then of finished()
    qint64 lastBytes = 0;
    connect(&reader, &SheetReader::firstRows, this, [&events](const Sheet &rows) {
        events.append(rows.rowCount());
        QCOMPARE(rows.cell(199, 1), u"Name 199"_s);
    });
    connect(&reader, &SheetReader::progressed, this,
            [&lastBytes](qint64 bytes, qint64 ofBytes, qint64 rows) {
                QVERIFY(bytes > lastBytes && bytes <= ofBytes && rows > 0);
                lastBytes = bytes;
            });
    reader.readFile(write(manyRows(60'000)));
    const Read read = endOf(reader);
    QVERIFY(read.sheet);
    events.append(read.sheet->rowCount());
    QCOMPARE(events, (QList<qsizetype>{200, 60'000}));
    QCOMPARE(read.sheet->cell(59'999, 1), u"Name 59999"_s);
    QCOMPARE(read.sheet->line(59'999), 60'001);
}

void TestSheetReader::cancellingEndsInOneFailure()
{
    SheetReader reader;
    const QSignalSpy finished(&reader, &SheetReader::finished);
    const QSignalSpy failed(&reader, &SheetReader::failed);
    reader.readFile(write(manyRows(300'000)));
    reader.cancel();
    reader.cancel();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<SheetError>().code, SheetError::Code::Cancelled);
    // Another one is read by the same thread, after the first.
    reader.readText(u"x"_s, u"phone\n1\n"_s);
    QVERIFY(endOf(reader).sheet);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(failed.size(), 1);
}

void TestSheetReader::cancellingIdleSaysNothing()
{
    SheetReader reader;
    const QSignalSpy failed(&reader, &SheetReader::failed);
    reader.cancel();
    reader.readText(u"x"_s, u"phone\n1\n"_s);
    QVERIFY(endOf(reader).sheet);
    reader.cancel();
    reader.readText(u"x"_s, u"phone\n1\n"_s);
    QVERIFY(endOf(reader).sheet);
    QCOMPARE(failed.size(), 0);
}

void TestSheetReader::readingAnotherFileReplacesTheFirst()
{
    SheetReader reader;
    const QSignalSpy finished(&reader, &SheetReader::finished);
    const QSignalSpy failed(&reader, &SheetReader::failed);
    reader.readFile(write(manyRows(300'000)));
    reader.readText(u"second"_s, u"phone\n1\n"_s);
    const Read read = endOf(reader);
    QCOMPARE(read.sheet.value().name(), u"second"_s);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(failed.size(), 0);
}

void TestSheetReader::canBeDestroyedWhileReading()
{
    const QString path = write(manyRows(300'000));
    int reports = 0;
    for (int i = 0; i < 5; ++i) {
        SheetReader reader;
        connect(&reader, &SheetReader::finished, this, [&reports] { ++reports; });
        reader.readFile(path);
    }
    QCoreApplication::processEvents();
    QCOMPARE(reports, 0);
}

void TestSheetReader::readsHalfCharactersAcrossEveryBorder()
{
    // 4-byte characters over the borders of all parts, shifted by 0 to 3 bytes.
    for (int shift = 0; shift < 4; ++shift) {
        const QByteArray row = QString(u"😀"_s.repeated(2'000)).toUtf8() + '\n';
        const Read read = readBytes("note" + QByteArray(shift, 'x') + "\n" + row.repeated(100));
        QVERIFY(read.sheet);
        QCOMPARE(read.sheet->rowCount(), 100);
        for (qsizetype i = 0; i < 100; ++i)
            QCOMPARE(read.sheet->cell(i, 0), u"😀"_s.repeated(2'000));
    }
}

QTEST_GUILESS_MAIN(TestSheetReader)
#include "tst_sheetreader.moc"
