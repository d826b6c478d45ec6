#include "store/journal.h"
#include "store/sqlite.h"

#include "support/batchsamples.h"
#include "support/storehindrances.h"
#include "support/walsyncs.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <memory>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Writes that wait at the same time share a transaction: what that must not change.
class TestJournalGroups : public QObject
{
    Q_OBJECT

private slots:
    void waitingWritesShareASync();
    void everyWriteIsOnTheDiskWhenItFinishes();
    void oneFailureTakesNoOtherWithIt();
    void writesStayInOrder();
    void openingStaysInOrder();
    void cancelledWriteIsNotDone();
    void bigClaimOnAFullDiskTakesNoOtherWithIt();
    void failedCommitFailsEveryWrite();
    void whatWaitsForALockFailsTogether();
    void everythingAskedForIsWrittenBeforeTheEnd();
    void rowsOfABatchAreClaimedOnceInAGroup();
};

namespace {

qint64 rowsOnDisk(const QString &folder, const QString &table = u"send"_s)
{
    SqliteConnection connection;
    if (!connection.open(folder + u"/journal.sqlite"_s))
        return -1;
    return connection.value(u"SELECT count(*) FROM "_s + table)->toLongLong();
}

using Claims = QList<QFuture<Result<qint64>>>;

qsizetype successes(const Claims &claims)
{
    return std::count_if(claims.begin(), claims.end(), [](const QFuture<Result<qint64>> &claim) {
        return resultOf(claim).has_value();
    });
}

} // namespace

void TestJournalGroups::waitingWritesShareASync()
{
    constexpr int Writes = 90; // fewer than one transaction takes at most
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QSignalSpy changed(&journal, &Journal::changed);
    Claims claims;
    const int before = walSyncs;
    {
        const Intruder intruder(dir.path()); // they wait until it lets go
        for (int i = 0; i < Writes; ++i)
            claims.append(journal.claim(sampleClaim()));
    }
    QCOMPARE(successes(claims), Writes);
    QVERIFY(walSyncs > before);
    // One, unless the computer is so slow that a transaction gets too old.
    QVERIFY2(walSyncs - before <= Writes / 3, qPrintable(QString::number(walSyncs - before)));
    QCOMPARE(rowsOnDisk(dir.path()), Writes);
    QCOMPARE(rowsOnDisk(dir.path(), u"request"_s), Writes);
    QSet<qint64> reported;
    const auto allReported = [&] {
        while (!changed.isEmpty()) {
            for (const qint64 row : changed.takeFirst().front().value<QList<qint64>>())
                reported.insert(row);
        }
        return reported.size() == Writes;
    };
    QTRY_VERIFY(allReported());
}

void TestJournalGroups::everyWriteIsOnTheDiskWhenItFinishes()
{
    constexpr int Writes = 50;
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    std::atomic<int> tooEarly = 0;
    std::atomic<int> looked = 0;
    QList<QFuture<void>> looks;
    const int before = walSyncs;
    {
        const Intruder intruder(dir.path());
        for (int i = 0; i < Writes; ++i) {
            // Runs on the write thread the moment the claim's future finishes.
            looks.append(journal.claim(sampleClaim()).then([&](const Result<qint64> &row) {
                ++looked;
                SqliteConnection other;
                const auto found = other.open(dir.filePath(u"journal.sqlite"_s)).and_then([&] {
                    return other.value(u"SELECT count(*) FROM send WHERE id = ?"_s, {*row});
                });
                if (walSyncs == before || !found || found->toInt() != 1)
                    ++tooEarly;
            }));
        }
    }
    for (auto &look : looks)
        look.waitForFinished();
    QCOMPARE(looked, Writes);
    QCOMPARE(tooEarly, 0);
}

void TestJournalGroups::oneFailureTakesNoOtherWithIt()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const QSignalSpy failed(&journal, &Journal::failed);
    const Claim twice = sampleClaim();
    const Claim once = sampleClaim();
    auto intruder = std::make_unique<Intruder>(dir.path());
    const auto first = journal.claim(twice);
    const auto again = journal.claim(twice);
    const auto nameless = journal.claim(sampleClaim(QString()));
    const auto nobodys = journal.settle(newId(), sampleReport());
    const auto settled = journal.settle(twice.sendId, sampleReport());
    const auto last = journal.claim(once);
    intruder.reset();
    QVERIFY(resultOf(first));
    QCOMPARE(resultOf(again).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(resultOf(nameless).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(resultOf(nobodys).error().kind, ErrorKind::InvalidInput);
    QVERIFY(resultOf(settled));
    QVERIFY(resultOf(last));
    QCOMPARE(rowsOnDisk(dir.path()), 2);
    QCOMPARE(rowsOnDisk(dir.path(), u"answer"_s), 1);
    QCoreApplication::sendPostedEvents();
    QVERIFY(failed.isEmpty()); // the caller's mistakes are not the journal's failures
}

void TestJournalGroups::writesStayInOrder()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    Claims claims;
    QList<QFuture<Result<void>>> settles;
    for (int i = 0; i < 250; ++i) { // more than one transaction takes
        const Claim claim = sampleClaim();
        claims.append(journal.claim(claim));
        settles.append(journal.settle(claim.sendId, sampleReport()));
    }
    qint64 before = 0;
    for (const auto &claim : std::as_const(claims)) {
        QVERIFY(resultOf(claim).value() > before);
        before = resultOf(claim).value();
    }
    for (const auto &settle : std::as_const(settles))
        QVERIFY(resultOf(settle));
}

void TestJournalGroups::openingStaysInOrder()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    const auto tooEarly = journal.claim(sampleClaim());
    const auto alsoTooEarly = journal.claim(sampleClaim());
    const auto opened = journal.open();
    const auto claimed = journal.claim(sampleClaim());
    const auto openedAgain = journal.open();
    const auto claimedToo = journal.claim(sampleClaim());
    QCOMPARE(resultOf(tooEarly).error().kind, ErrorKind::Storage);
    QCOMPARE(resultOf(alsoTooEarly).error().kind, ErrorKind::Storage);
    QVERIFY(resultOf(opened));
    QVERIFY(resultOf(claimed));
    QVERIFY(resultOf(openedAgain));
    QVERIFY(resultOf(claimedToo));
}

void TestJournalGroups::cancelledWriteIsNotDone()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    auto intruder = std::make_unique<Intruder>(dir.path());
    const auto first = journal.claim(sampleClaim());
    auto unwanted = journal.claim(sampleClaim());
    const auto last = journal.claim(sampleClaim());
    unwanted.cancel();
    intruder.reset();
    QVERIFY(resultOf(first));
    QVERIFY(resultOf(last));
    QCOMPARE(rowsOnDisk(dir.path()), 2);
}

void TestJournalGroups::bigClaimOnAFullDiskTakesNoOtherWithIt()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    Claim big = sampleClaim();
    big.body = QByteArray(20'000'000, 'x'); // more than SQLite keeps in memory
    auto intruder = std::make_unique<Intruder>(dir.path());
    const FileSizeLimit limit(2'000'000);
    const auto before = journal.claim(sampleClaim());
    const auto tooBig = journal.claim(big);
    const auto after = journal.claim(sampleClaim());
    intruder.reset();
    QVERIFY(resultOf(before));
    QVERIFY(!resultOf(tooBig));
    QCOMPARE(resultOf(tooBig).error().kind, ErrorKind::StorageFull);
    QVERIFY(resultOf(after));
    QCOMPARE(rowsOnDisk(dir.path()), 2);
    QCOMPARE(rowsOnDisk(dir.path(), u"request"_s), 2);
    QVERIFY(resultOf(journal.record(*resultOf(before))).value());
    QVERIFY(resultOf(journal.record(*resultOf(after))).value());
}

void TestJournalGroups::failedCommitFailsEveryWrite()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QVERIFY(resultOf(journal.claim(sampleClaim())));
    QSignalSpy failed(&journal, &Journal::failed);
    Claims claims;
    {
        auto intruder = std::make_unique<Intruder>(dir.path());
        const FileSizeLimit limit(QFileInfo(dir.filePath(u"journal.sqlite-wal"_s)).size());
        for (int i = 0; i < 10; ++i)
            claims.append(journal.claim(sampleClaim()));
        intruder.reset();
        for (const auto &claim : std::as_const(claims)) {
            QVERIFY(!resultOf(claim));
            QCOMPARE(resultOf(claim).error().kind, ErrorKind::StorageFull);
        }
    }
    QTRY_COMPARE(failed.size(), 10);
    QCOMPARE(rowsOnDisk(dir.path()), 1);
    QVERIFY(resultOf(journal.claim(sampleClaim()))); // room again
    QCOMPARE(rowsOnDisk(dir.path()), 2);
}

void TestJournalGroups::whatWaitsForALockFailsTogether()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const Intruder intruder(dir.path());
    QElapsedTimer clock;
    clock.start();
    Claims claims;
    for (int i = 0; i < 10; ++i)
        claims.append(journal.claim(sampleClaim()));
    for (const auto &claim : std::as_const(claims))
        QCOMPARE(resultOf(claim).error().kind, ErrorKind::StorageLocked);
    // Not 3 s each. The first may have started before the others were there.
    QVERIFY(clock.elapsed() < 20'000);
}

void TestJournalGroups::everythingAskedForIsWrittenBeforeTheEnd()
{
    const QTemporaryDir dir;
    {
        Journal journal(dir.path());
        (void)journal.open();
        for (int i = 0; i < 150; ++i)
            (void)journal.claim(sampleClaim());
    }
    QCOMPARE(rowsOnDisk(dir.path()), 150);
}

void TestJournalGroups::rowsOfABatchAreClaimedOnceInAGroup()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    Batches batches(journal);
    const qint64 batch = makeBatch(batches, 10);
    Claims claims;
    {
        const Intruder intruder(dir.path());
        for (int i = 0; i < 30; ++i)
            claims.append(journal.claim(claimOf(batch, 1 + i % 10)));
    }
    QCOMPARE(successes(claims), 10);
    for (int i = 0; i < 30; ++i)
        QCOMPARE(resultOf(claims.at(i)).has_value(), i < 10);
    QCOMPARE(resultOf(batches.counts(batch)).value().inFlight, 10);
    QCOMPARE(rowsOnDisk(dir.path()), 10);
}

QTEST_GUILESS_MAIN(TestJournalGroups)
#include "tst_journalgroups.moc"
