#include "store/addressbook.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestAddressBook : public QObject
{
    Q_OBJECT

private slots:
    void withoutAFileItIsEmpty();
    void everythingRoundTripsAndOthersCannotReadIt();
    void namedOnesComeFirst();
    void oldUnnamedOnesGiveWay();
    void aUseKeepsNameAndMark();
    void profilesHaveBooksOfTheirOwn();
    void aBrokenFileIsSetAside_data();
    void aBrokenFileIsSetAside();
    void anIdIsNoPath();
};

namespace {

const QString Id = u"6c6f6f70-6261-4b00-8000-00000000aaaa"_s;
const QString OtherId = u"6c6f6f70-6261-4b00-8000-00000000bbbb"_s;
const QDateTime Then(QDate(2026, 11, 23), QTime(12, 0, 0, 5), Qt::UTC);

QStringList numbersOf(const AddressBook &book)
{
    QStringList numbers;
    for (const AddressEntry &entry : book.entries())
        numbers.append(entry.number);
    return numbers;
}

} // namespace

void TestAddressBook::withoutAFileItIsEmpty()
{
    const QTemporaryDir dir;
    const auto book = loadAddressBook(dir.path(), Id);
    QVERIFY(book);
    QVERIFY(book->entries().isEmpty());
    QVERIFY(QDir(dir.path()).isEmpty()); // reading creates nothing
}

void TestAddressBook::everythingRoundTripsAndOthersCannotReadIt()
{
    const QTemporaryDir dir;
    const AddressBook book({{u"447946000958"_s, u"Anna \"A\" שלום"_s, true, Then},
                            {u"4915123456789"_s, {}, false, Then.addSecs(1)},
                            {u"33612345678"_s, u"Ben"_s, false, {}}});
    QVERIFY(saveAddressBook(dir.path(), Id, book));
    const auto loaded = loadAddressBook(dir.path(), Id);
    QVERIFY(loaded && *loaded == book);
    const QFileInfo file(dir.filePath(u"numbers/"_s + Id + u".json"_s));
    QVERIFY(file.exists());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(file.permissions() & others));
    QVERIFY(!(QFileInfo(file.path()).permissions() & others));
}

void TestAddressBook::namedOnesComeFirst()
{
    const AddressBook book({{u"1"_s, {}, false, Then},
                            {u"2"_s, {}, true, Then.addSecs(5)},
                            {u"3"_s, u"Zoe"_s, false, {}},
                            {u"4"_s, u"Anna"_s, false, {}},
                            {u"4"_s, u"a second entry"_s, true, {}}});
    QCOMPARE(numbersOf(book), QStringList({u"4"_s, u"3"_s, u"2"_s, u"1"_s}));
    QCOMPARE(book.find(u"4"_s)->name, u"Anna"_s);
    QVERIFY(!book.find(u"5"_s));
    QVERIFY(book.testNumbers() == QSet<QString>{u"2"_s});
}

void TestAddressBook::oldUnnamedOnesGiveWay()
{
    AddressBook book({{u"900"_s, u"named"_s, false, {}}, {u"901"_s, {}, true, {}}});
    for (int i = 0; i < 100; ++i)
        book.noteUse(QString::number(1000 + i), Then.addSecs(i));
    QCOMPARE(book.entries().size(), AddressBook::MostRecent + 2);
    QVERIFY(book.find(u"900"_s) && book.find(u"901"_s));
    QVERIFY(book.find(u"1099"_s) && !book.find(u"1000"_s));
}

void TestAddressBook::aUseKeepsNameAndMark()
{
    AddressBook book({{u"447946000958"_s, u"Anna"_s, true, {}}});
    book.noteUse(u"447946000958"_s, Then);
    QCOMPARE(book.entries().size(), 1);
    QVERIFY(book.entries().first() == (AddressEntry{u"447946000958"_s, u"Anna"_s, true, Then}));
    book.noteUse(u"no number"_s, Then);
    book.noteUse(QString(), Then);
    QCOMPARE(book.entries().size(), 1);
    book.remove(u"447946000958"_s);
    QVERIFY(book.entries().isEmpty());
}

void TestAddressBook::profilesHaveBooksOfTheirOwn()
{
    const QTemporaryDir dir;
    QVERIFY(saveAddressBook(dir.path(), Id, AddressBook({{u"1"_s, u"a"_s, true, {}}})));
    QVERIFY(loadAddressBook(dir.path(), OtherId)->entries().isEmpty());
}

void TestAddressBook::aBrokenFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no JSON") << "{"_ba;
    QTest::newRow("no list") << "{}"_ba;
    QTest::newRow("no object") << R"({"numbers":["1"]})"_ba;
    QTest::newRow("no number") << R"({"numbers":[{"name":"x"}]})"_ba;
    QTest::newRow("letters") << R"({"numbers":[{"number":"44x"}]})"_ba;
    QTest::newRow("too long") << R"({"numbers":[{"number":"1234567890123456"}]})"_ba;
    QByteArray many = R"({"numbers":[)";
    for (int i = 0; i <= AddressBook::MostEntries; ++i)
        many += R"({"number":")" + QByteArray::number(i) + "\"},";
    many.chop(1);
    QTest::newRow("too many") << many + "]}";
}

void TestAddressBook::aBrokenFileIsSetAside()
{
    QFETCH(const QByteArray, bytes);
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkpath(u"numbers"_s));
    QFile file(dir.filePath(u"numbers/"_s + Id + u".json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    QString aside;
    const auto book = loadAddressBook(dir.path(), Id, &aside);
    QVERIFY(book && book->entries().isEmpty());
    QFile kept(aside);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
}

void TestAddressBook::anIdIsNoPath()
{
    const QTemporaryDir dir;
    for (const QString &id : {u"../../x"_s, QString(), u'{' + Id + u'}'}) {
        QVERIFY(!loadAddressBook(dir.path(), id));
        QVERIFY(!saveAddressBook(dir.path(), id, {}));
    }
    QVERIFY(QDir(dir.path()).isEmpty());
}

QTEST_APPLESS_MAIN(TestAddressBook)
#include "tst_addressbook.moc"
