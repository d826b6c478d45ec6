#include "store/entrynotes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestEntryNotes : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aNoteIsKept();
    void anEmptyNoteIsNone();
    void aBadFileIsSetAsideAndNothingIsLost_data();
    void aBadFileIsSetAsideAndNothingIsLost();
    void nothingIsWrittenBeforeTheFileWasRead();
    void whatCannotBeWrittenIsToldAndTheOldNoteStays();

private:
    [[nodiscard]] QString path() const { return m_dir->filePath(u"catalogue-notes.json"_s); }
    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestEntryNotes::aNoteIsKept()
{
    EntryNotes notes(m_dir->path());
    QVERIFY(notes.load());
    QCOMPARE(notes.note(u"meta-131026"_s), QString());
    QVERIFY(notes.setNote(u"meta-131026"_s, u" Ask Marta.\n😀 \"quoted\" "_s));
    QVERIFY(notes.setNote(u"http-401"_s, u"Second"_s));
    EntryNotes again(m_dir->path());
    QVERIFY(again.load());
    QCOMPARE(again.note(u"meta-131026"_s), u"Ask Marta.\n😀 \"quoted\""_s);
    QCOMPARE(again.note(u"http-401"_s), u"Second"_s);
    QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther), 0);
}

void TestEntryNotes::anEmptyNoteIsNone()
{
    EntryNotes notes(m_dir->path());
    QVERIFY(notes.load());
    QVERIFY(notes.setNote(u"a"_s, u"x"_s));
    QVERIFY(notes.setNote(u"a"_s, u"  "_s));
    QCOMPARE(notes.note(u"a"_s), QString());
    EntryNotes again(m_dir->path());
    QVERIFY(again.load());
    QCOMPARE(again.note(u"a"_s), QString());
}

void TestEntryNotes::aBadFileIsSetAsideAndNothingIsLost_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no JSON") << QByteArray("{\"notes\":{\"a\":\"my long");
    QTest::newRow("another document") << QByteArray("[1]");
    QTest::newRow("a note that is no text") << QByteArray(R"({"notes":{"a":1}})");
    QTest::newRow("one twice") << QByteArray(R"({"notes":{"a":"x","a":"y"}})");
}

void TestEntryNotes::aBadFileIsSetAsideAndNothingIsLost()
{
    QFETCH(const QByteArray, bytes);
    write(bytes);
    EntryNotes notes(m_dir->path());
    const auto loaded = notes.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::InvalidInput);
    QFile aside(loaded.error().detail);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), bytes);
    QVERIFY(notes.setNote(u"a"_s, u"new"_s));
    aside.seek(0);
    QCOMPARE(aside.readAll(), bytes);
}

void TestEntryNotes::nothingIsWrittenBeforeTheFileWasRead()
{
    const QByteArray bytes = R"({"notes":{"a":"x"}})";
    write(bytes);
    EntryNotes notes(m_dir->path());
    QVERIFY(!notes.setNote(u"b"_s, u"y"_s));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void TestEntryNotes::whatCannotBeWrittenIsToldAndTheOldNoteStays()
{
    EntryNotes notes(m_dir->path());
    QVERIFY(notes.load());
    QVERIFY(notes.setNote(u"a"_s, u"old"_s));
    QVERIFY(QFile::remove(path()));
    QVERIFY(QDir().mkpath(path())); // a folder stands in the way, for root as well
    QVERIFY(!notes.setNote(u"a"_s, u"new"_s));
    QCOMPARE(notes.note(u"a"_s), u"old"_s);
}

QTEST_APPLESS_MAIN(TestEntryNotes)
#include "tst_entrynotes.moc"
