#include "store/journal.h"

#include "support/storesamples.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <cstdio>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// How often anything in this process forced the write-ahead log to the disk.
static std::atomic<int> walSyncs = 0;

static void countSync(int fd)
{
    const QString target = QFile::symLinkTarget(u"/proc/self/fd/%1"_s.arg(fd));
    if (target.endsWith(u"journal.sqlite-wal"_s))
        ++walSyncs;
}

// SQLite calls these instead of the C library's.
extern "C" int fsync(int fd)
{
    countSync(fd);
    return static_cast<int>(syscall(SYS_fsync, fd));
}

extern "C" int fdatasync(int fd)
{
    countSync(fd);
    return static_cast<int>(syscall(SYS_fdatasync, fd));
}

class TestJournalSafety : public QObject
{
    Q_OBJECT

private slots:
    void claimIsOnTheDiskWhenItFinishes();
    void claimsSurviveAKill();
    void claimsOfLiveProcessesAreLeftAlone();
    void realReportReplacesThePresumption();
    void fullDiskRefusesClaimsAndLosesNothing();
    void readOnlyFolderIsToldApart();
    void readOnlyFileIsToldApart();
    void folderThatCannotBeMadeIsToldApart();
    void lockedFileIsToldApart();
    void lockedFileIsNotSetAside();
    void othersCannotReadTheFiles();
    void looseModesAreTightened();
    void searchDoesNotHoldUpClaims();
};

namespace {

/// This program again, as another process on the same folder: claims as fast as it can and
/// prints each id once the claim has finished.
class ClaimingChild : public QProcess
{
public:
    ClaimingChild(const QString &folder, int claims)
    {
        setProcessChannelMode(QProcess::ForwardedErrorChannel);
        start(QCoreApplication::applicationFilePath(),
              {u"--claim"_s, folder, QString::number(claims)});
    }
    /// The next id.
    QString readId()
    {
        while (!canReadLine()) {
            if (!waitForReadyRead())
                return {};
        }
        return QString::fromLatin1(readLine().trimmed());
    }
    void killNow()
    {
        kill();
        waitForFinished();
    }
};

/// Forbids writes beyond @p bytes of any file, like a full disk, until it goes away.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN); // the write then fails with EFBIG
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{static_cast<rlim_t>(bytes), m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_before = {};
};

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

/// Holds the write lock of the journal, as another program might.
class Intruder
{
public:
    explicit Intruder(const QString &folder)
    {
        m_db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"intruder"_s);
        m_db.setDatabaseName(folder + u"/journal.sqlite"_s);
        QVERIFY(m_db.open());
        QVERIFY(QSqlQuery(m_db).exec(u"BEGIN EXCLUSIVE"_s));
    }
    ~Intruder()
    {
        m_db = {};
        QSqlDatabase::removeDatabase(u"intruder"_s);
    }
    Q_DISABLE_COPY_MOVE(Intruder)

private:
    QSqlDatabase m_db;
};

int claimForEver(const QString &folder, int claims)
{
    Journal journal(folder);
    if (!resultOf(journal.open()))
        return 1;
    for (int i = 0; i < claims; ++i) {
        const Claim claim = sampleClaim();
        if (!resultOf(journal.claim(claim)))
            return 2;
        std::puts(qPrintable(claim.sendId));
        std::fflush(stdout);
    }
    for (;;)
        pause(); // alive, with claims in flight, until it is killed
}

} // namespace

void TestJournalSafety::claimIsOnTheDiskWhenItFinishes()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    for (int i = 0; i < 10; ++i) {
        const Claim claim = sampleClaim();
        int before = walSyncs;
        QVERIFY(resultOf(journal.claim(claim)));
        QVERIFY(walSyncs > before);
        before = walSyncs;
        QVERIFY(resultOf(journal.settle(claim.sendId, sampleReport())));
        QVERIFY(walSyncs > before);
    }
}

void TestJournalSafety::claimsSurviveAKill()
{
    const QTemporaryDir dir;
    QStringList ids;
    constexpr int Kills = 5;
    for (int i = 0; i < Kills; ++i) {
        ClaimingChild child(dir.path(), 100'000);
        for (int claim = 0; claim < 7 + i; ++claim)
            ids.append(child.readId());
        child.killNow();
        const auto rest = QString::fromLatin1(child.readAll()).split(u'\n', Qt::SkipEmptyParts);
        for (const QString &id : rest) {
            if (id.size() == newId().size())
                ids.append(id);
        }
    }
    QVERIFY(!ids.contains(QString()));

    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened);
    QVERIFY(!opened->setAside);
    const auto rows = resultOf(journal.rows({}, 0, 1'000'000));
    QVERIFY(rows);
    const auto records = resultOf(journal.records(*rows));
    QVERIFY(records);
    QStringList recorded;
    for (const SendRecord &record : *records) {
        recorded.append(record.claim.sendId);
        QVERIFY(record.outcome == Outcome::Unknown);
        QCOMPARE(record.note, u"crashed"_s);
        QVERIFY(record.settledAt.isValid());
    }
    for (const QString &id : std::as_const(ids))
        QVERIFY2(recorded.contains(id), qPrintable(id));
    // Each kill may have hit between the commit and the printing.
    QVERIFY(recorded.size() <= ids.size() + Kills);
    QVERIFY(opened->recovered > 0); // by the last child's end; the others' by the next child
}

void TestJournalSafety::claimsOfLiveProcessesAreLeftAlone()
{
    const QTemporaryDir dir;
    ClaimingChild child(dir.path(), 3);
    QStringList ids;
    for (int i = 0; i < 3; ++i)
        ids.append(child.readId());

    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened);
    QCOMPARE(opened->recovered, 0);
    QCOMPARE(resultOf(journal.recover()).value(), 0);
    const Claim mine = sampleClaim();
    QVERIFY(resultOf(journal.claim(mine)));
    LogFilter inFlight;
    inFlight.inFlight = true;
    QCOMPARE(resultOf(journal.rows(inFlight, 0, 10)).value().size(), 4);

    child.killNow();
    QCOMPARE(resultOf(journal.recover()).value(), 3);
    QCOMPARE(resultOf(journal.recover()).value(), 0);
    const auto left = resultOf(journal.rows(inFlight, 0, 10)).value();
    QCOMPARE(left.size(), 1);
    QCOMPARE(resultOf(journal.record(left.front())).value()->claim.sendId, mine.sendId);
}

void TestJournalSafety::realReportReplacesThePresumption()
{
    const QTemporaryDir dir;
    const Claim claim = sampleClaim();
    qint64 row = 0;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        row = resultOf(journal.claim(claim)).value();
    }
    Journal journal(dir.path());
    QCOMPARE(resultOf(journal.open()).value().recovered, 1);
    QVERIFY(resultOf(journal.record(row)).value()->outcome == Outcome::Unknown);
    QVERIFY(resultOf(journal.settle(claim.sendId, sampleReport())));
    const auto record = resultOf(journal.record(row)).value();
    QVERIFY(record->outcome == Outcome::Accepted);
    QCOMPARE(record->note, QString());
}

void TestJournalSafety::fullDiskRefusesClaimsAndLosesNothing()
{
    const QTemporaryDir dir;
    QStringList ids;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        const QSignalSpy failed(&journal, &Journal::failed);
        {
            const FileSizeLimit limit(256 * 1024);
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

void TestJournalSafety::readOnlyFolderIsToldApart()
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

void TestJournalSafety::readOnlyFileIsToldApart()
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

void TestJournalSafety::folderThatCannotBeMadeIsToldApart()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Journal journal(file.fileName() + u"/data"_s);
    const auto opened = resultOf(journal.open());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::StorageReadOnly);
}

void TestJournalSafety::lockedFileIsToldApart()
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

void TestJournalSafety::lockedFileIsNotSetAside()
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

void TestJournalSafety::othersCannotReadTheFiles()
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

void TestJournalSafety::looseModesAreTightened()
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

void TestJournalSafety::searchDoesNotHoldUpClaims()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    Claim claim = sampleClaim();
    claim.body = QByteArray(8 * 1024 * 1024, 'x');
    for (int i = 0; i < 4; ++i) {
        claim.sendId = newId();
        QVERIFY(resultOf(journal.claim(claim)));
    }
    LogFilter absent;
    absent.text = u"xxxxxxxxxxxxxxxxxxxxxxxxxy \u00e4"_s;
    QList<QFuture<Result<QList<qint64>>>> searches;
    for (int i = 0; i < 20; ++i)
        searches.append(journal.rows(absent, 0, 10));
    QVERIFY(resultOf(journal.claim(sampleClaim())));
    QVERIFY(!searches.back().isFinished());
    for (auto &search : searches)
        search.cancel();
}

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments.at(1) == u"--claim"_s)
        return claimForEver(arguments.at(2), arguments.at(3).toInt());
    TestJournalSafety test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_journalsafety.moc"
