#include "store/journal.h"

#include "support/storesamples.h"

#include <QDir>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestJournalDamage : public QObject
{
    Q_OBJECT

private slots:
    void damagedFileIsSetAside_data();
    void damagedFileIsSetAside();
    void emptyFileIsANewJournal();
    void writeAheadLogGoesWithItsFile();
    void noDamagedFileIsOverwritten();
    void damageFoundWhileRunningStopsClaims();
    void damagedFileOfALiveProcessStays();
    void newerFileIsLeftAlone();
    void deletedFileIsNotWrittenTo();
};

namespace {

constexpr int Rows = 50;
constexpr qint64 PageSize = 4096;

QString journalIn(const QTemporaryDir &dir)
{
    return dir.filePath(u"journal.sqlite"_s);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

void fillJournal(const QTemporaryDir &dir, int bodySize = 5000)
{
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    Claim claim = sampleClaim();
    claim.body = QByteArray(bodySize, 'b');
    for (int i = 0; i < Rows; ++i) {
        claim.sendId = newId();
        (void)journal.claim(claim);
        journal.settle(claim.sendId, sampleReport());
    }
    QVERIFY(resultOf(journal.recover())); // after all others
    QCOMPARE(resultOf(journal.count()).value(), Rows);
}

QByteArray randomBytes(qsizetype size)
{
    QByteArray bytes(size, '\0');
    QRandomGenerator generator(1);
    for (char &byte : bytes)
        byte = static_cast<char>(generator.bounded(256));
    return bytes;
}

/// Runs @p sql on a database of its own at @p path.
void execute(const QString &path, const QStringList &statements)
{
    {
        auto db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        db.setDatabaseName(path);
        QVERIFY(db.open());
        for (const QString &sql : statements)
            QVERIFY2(QSqlQuery(db).exec(sql), qPrintable(sql));
    }
    QSqlDatabase::removeDatabase(u"other"_s);
}

/// Zeroes everything but the first pages, behind the back of whoever has it open.
void destroyPages(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    constexpr qint64 Kept = 20;
    QVERIFY(file.size() > 2 * Kept * PageSize);
    QVERIFY(file.seek(Kept * PageSize));
    QVERIFY(file.write(QByteArray(file.size() - Kept * PageSize, '\0')) > 0);
}

} // namespace

void TestJournalDamage::damagedFileIsSetAside_data()
{
    QTest::addColumn<QString>("damage");
    for (const char *damage :
         {"random", "random tail", "short text", "one byte", "half", "half a page", "zeroed page",
          "zeroed header", "table gone", "other program"})
        QTest::newRow(damage) << QString::fromLatin1(damage);
}

void TestJournalDamage::damagedFileIsSetAside()
{
    QFETCH(const QString, damage);
    const QTemporaryDir dir;
    fillJournal(dir);
    const QString path = journalIn(dir);
    QByteArray content = contentOf(path);
    QVERIFY(content.size() > 20 * PageSize);
    if (damage == u"random"_s)
        content = randomBytes(content.size());
    else if (damage == u"random tail"_s)
        content = content.first(2 * PageSize) + randomBytes(content.size() - 2 * PageSize);
    else if (damage == u"short text"_s)
        content = "dear diary";
    else if (damage == u"one byte"_s)
        content = "x";
    else if (damage == u"half"_s)
        content.truncate(content.size() / PageSize / 2 * PageSize);
    else if (damage == u"half a page"_s)
        content.truncate(PageSize / 2);
    else if (damage == u"zeroed page"_s)
        content.replace(10 * PageSize, PageSize, QByteArray(PageSize, '\0'));
    else if (damage == u"zeroed header"_s)
        content.replace(0, 100, QByteArray(100, '\0'));
    else if (damage == u"other program"_s)
        QFile::remove(path);
    if (damage == u"table gone"_s)
        execute(path, {u"DROP TABLE event"_s});
    else if (damage == u"other program"_s)
        execute(path, {u"CREATE TABLE send (id INTEGER)"_s});
    else
        overwrite(path, content);
    content = contentOf(path);

    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
    QVERIFY(opened->setAside);
    QVERIFY(QFileInfo(*opened->setAside).fileName().startsWith(u"journal-damaged-2"_s));
    QVERIFY(opened->setAside->endsWith(u"Z.sqlite"_s));
    QCOMPARE(contentOf(*opened->setAside), content);
    QCOMPARE(resultOf(journal.count()).value(), 0);
    QVERIFY(resultOf(journal.claim(sampleClaim())));
}

void TestJournalDamage::emptyFileIsANewJournal()
{
    const QTemporaryDir dir;
    overwrite(journalIn(dir), {});
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened);
    QVERIFY(!opened->setAside);
    QVERIFY(resultOf(journal.claim(sampleClaim())));
}

void TestJournalDamage::writeAheadLogGoesWithItsFile()
{
    const QTemporaryDir dir;
    overwrite(journalIn(dir), "not a database, but long enough to be looked at");
    overwrite(journalIn(dir) + u"-wal"_s, "the log");
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened && opened->setAside);
    QCOMPARE(contentOf(*opened->setAside + u"-wal"_s), QByteArray("the log"));
    QVERIFY(resultOf(journal.claim(sampleClaim())));
}

void TestJournalDamage::noDamagedFileIsOverwritten()
{
    const QTemporaryDir dir;
    QStringList names;
    for (int i = 0; i < 4; ++i) { // within one second
        overwrite(journalIn(dir), "broken " + QByteArray::number(i));
        Journal journal(dir.path());
        const auto opened = resultOf(journal.open());
        QVERIFY(opened && opened->setAside);
        names.append(*opened->setAside);
    }
    for (int i = 0; i < 4; ++i)
        QCOMPARE(contentOf(names.at(i)), "broken " + QByteArray::number(i));
}

void TestJournalDamage::damageFoundWhileRunningStopsClaims()
{
    const QTemporaryDir dir;
    fillJournal(dir, 100'000);
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        QVERIFY(resultOf(journal.claim(sampleClaim())));
        destroyPages(journalIn(dir));
        LogFilter everything;
        everything.text = u"nowhere"_s;
        const auto search = resultOf(journal.rows(everything, 0, 10));
        QVERIFY(!search);
        QCOMPARE(search.error().kind, ErrorKind::StorageCorrupt);
        const auto claimed = resultOf(journal.claim(sampleClaim()));
        QVERIFY(!claimed);
        QCOMPARE(claimed.error().kind, ErrorKind::StorageCorrupt);
        // Opened again by the same process: starts afresh.
        const auto opened = resultOf(journal.open());
        QVERIFY(opened && opened->setAside);
        QVERIFY(resultOf(journal.claim(sampleClaim())));
        QCOMPARE(resultOf(journal.count()).value(), 1);
    }
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened && !opened->setAside);
    QCOMPARE(resultOf(journal.count()).value(), 1);
}

void TestJournalDamage::damagedFileOfALiveProcessStays()
{
    const QTemporaryDir dir;
    fillJournal(dir, 100'000);
    Journal other(dir.path());
    QVERIFY(resultOf(other.open()));
    destroyPages(journalIn(dir));
    LogFilter everything;
    everything.text = u"nowhere"_s;
    QVERIFY(!resultOf(other.rows(everything, 0, 10)));
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::StorageCorrupt);
    QVERIFY(QDir(dir.path()).entryList({u"journal-damaged-*"_s}).isEmpty());
    QVERIFY(QFile::exists(journalIn(dir)));
}

void TestJournalDamage::newerFileIsLeftAlone()
{
    const QTemporaryDir dir;
    fillJournal(dir);
    execute(journalIn(dir), {u"PRAGMA user_version = 99"_s, u"PRAGMA journal_mode = DELETE"_s});
    const QByteArray content = contentOf(journalIn(dir));
    {
        Journal journal(dir.path());
        const auto opened = resultOf(journal.open());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::StorageTooNew);
        QVERIFY(!resultOf(journal.claim(sampleClaim())));
    }
    QCOMPARE(contentOf(journalIn(dir)), content);
}

void TestJournalDamage::deletedFileIsNotWrittenTo()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QVERIFY(resultOf(journal.claim(sampleClaim())));
    QVERIFY(QFile::rename(journalIn(dir), dir.filePath(u"elsewhere"_s)));
    const auto claimed = resultOf(journal.claim(sampleClaim()));
    QVERIFY(!claimed);
    QCOMPARE(claimed.error().kind, ErrorKind::Storage);
    QVERIFY(!QFile::exists(journalIn(dir)));
}

QTEST_GUILESS_MAIN(TestJournalDamage)
#include "tst_journaldamage.moc"
