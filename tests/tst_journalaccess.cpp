#include "store/journal.h"

#include "support/storehindrances.h"
#include "support/storesamples.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestJournalAccess : public QObject
{
    Q_OBJECT

private slots:
    void fullDiskRefusesClaimsAndLosesNothing();
    void readOnlyFolderIsToldApart();
    void readOnlyFileIsToldApart();
    void folderThatCannotBeMadeIsToldApart();
    void lockedFileIsToldApart();
    void lockedFileIsNotSetAside();
    void othersCannotReadTheFiles();
    void looseModesAreTightened();
};

namespace {

/// File modes do not stop root: be nobody until it goes away.
class NotRoot
{
public:
    /// @param folder  is given to nobody
    explicit NotRoot(const QString &folder)
    {
        constexpr uid_t Nobody = 65534;
        if (geteuid() != 0)
            return;
        m_wasRoot = chown(QFile::encodeName(folder).constData(), Nobody, Nobody) == 0
            && seteuid(Nobody) == 0;
    }
    ~NotRoot()
    {
        if (m_wasRoot && seteuid(0) != 0)
            qFatal("cannot become root again");
    }
    Q_DISABLE_COPY_MOVE(NotRoot)

private:
    bool m_wasRoot = false;
};

uint modeOf(const QString &path)
{
    struct stat info = {};
    return stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 0777U : 0;
}

void setMode(const QString &path, mode_t mode)
{
    QCOMPARE(chmod(QFile::encodeName(path).constData(), mode), 0);
}

} // namespace

void TestJournalAccess::fullDiskRefusesClaimsAndLosesNothing()
{
    const QTemporaryDir dir;
    QStringList ids;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        const QSignalSpy failed(&journal, &Journal::failed);
        {
            const FileSizeLimit limit(262'144);
            Result<qint64> claimed = 0;
            while (claimed) {
                const Claim claim = sampleClaim();
                claimed = resultOf(journal.claim(claim));
                if (claimed)
                    ids.append(claim.sendId);
                QVERIFY(ids.size() < 10'000);
            }
            QCOMPARE(claimed.error().kind, ErrorKind::StorageFull);
            QVERIFY(!claimed.error().detail.contains(u"4479"_s));
            QTRY_COMPARE(failed.size(), 1);
            QCOMPARE(failed.front().front().value<Error>().kind, ErrorKind::StorageFull);
        }
        QVERIFY(!ids.isEmpty());
        // Room again: goes on without a restart.
        const Claim claim = sampleClaim();
        QVERIFY(resultOf(journal.claim(claim)));
        ids.append(claim.sendId);
    }
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened && !opened->setAside);
    QCOMPARE(resultOf(journal.count()).value(), ids.size());
}

void TestJournalAccess::readOnlyFolderIsToldApart()
{
    const QTemporaryDir dir;
    const NotRoot guard(dir.path());
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
    }
    setMode(dir.path(), 0500);
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    setMode(dir.path(), 0700);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::StorageReadOnly);
    QVERIFY(!resultOf(journal.claim(sampleClaim())));
    QVERIFY(resultOf(journal.open())); // once it can be written again
    QVERIFY(resultOf(journal.claim(sampleClaim())));
}

void TestJournalAccess::readOnlyFileIsToldApart()
{
    const QTemporaryDir dir;
    const NotRoot guard(dir.path());
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
    }
    setMode(dir.filePath(u"journal.sqlite"_s), 0400);
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::StorageReadOnly);
}

void TestJournalAccess::folderThatCannotBeMadeIsToldApart()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Journal journal(file.fileName() + u"/data"_s);
    const auto opened = resultOf(journal.open());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::StorageReadOnly);
}

void TestJournalAccess::lockedFileIsToldApart()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QVERIFY(resultOf(journal.claim(sampleClaim())));
    {
        const Intruder intruder(dir.path());
        const auto claimed = resultOf(journal.claim(sampleClaim()));
        QVERIFY(!claimed);
        QCOMPARE(claimed.error().kind, ErrorKind::StorageLocked);
        QCOMPARE(resultOf(journal.count()).value(), 1); // the log can still be read
    }
    QVERIFY(resultOf(journal.claim(sampleClaim())));
}

void TestJournalAccess::lockedFileIsNotSetAside()
{
    const QTemporaryDir dir;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        QVERIFY(resultOf(journal.claim(sampleClaim())));
    }
    Journal journal(dir.path());
    {
        const Intruder intruder(dir.path());
        const auto opened = resultOf(journal.open());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::StorageLocked);
    }
    const auto opened = resultOf(journal.open());
    QVERIFY(opened && !opened->setAside);
    QCOMPARE(resultOf(journal.count()).value(), 1);
}

void TestJournalAccess::othersCannotReadTheFiles()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"new/data"_s);
    const mode_t before = umask(0); // nothing but us keeps others out
    Journal journal(folder);
    const auto opened = resultOf(journal.open());
    const auto claimed = resultOf(journal.claim(sampleClaim()));
    umask(before);
    QVERIFY(opened && claimed);
    QCOMPARE(modeOf(folder), 0700U);
    QCOMPARE(modeOf(folder + u"/owners"_s), 0700U);
    for (const auto *name : {"/journal.sqlite", "/journal.sqlite-wal", "/journal.sqlite-shm"})
        QCOMPARE(modeOf(folder + QString::fromLatin1(name)), 0600U);
    const QDir owners(folder + u"/owners"_s);
    const auto locks = owners.entryInfoList(QDir::Files);
    QCOMPARE(locks.size(), 1);
    QCOMPARE(modeOf(locks.front().filePath()), 0600U);
}

void TestJournalAccess::looseModesAreTightened()
{
    const QTemporaryDir dir;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
    }
    setMode(dir.path(), 0755);
    setMode(dir.filePath(u"journal.sqlite"_s), 0664);
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QCOMPARE(modeOf(dir.path()), 0700U);
    for (const auto &name : {u"journal.sqlite"_s, u"journal.sqlite-wal"_s, u"journal.sqlite-shm"_s})
        QCOMPARE(modeOf(dir.filePath(name)), 0600U);
}

QTEST_GUILESS_MAIN(TestJournalAccess)
#include "tst_journalaccess.moc"
