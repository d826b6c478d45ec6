#include "store/batches.h"
#include "store/journal.h"
#include "store/sqlite.h"

#include "support/batchsamples.h"
#include "support/storehindrances.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Batches that several processes see: crashes, and who runs what. A second Journal is as
/// good as a second process; one that is gone is as good as one that crashed.
class TestBatchOwners : public QObject
{
    Q_OBJECT

private slots:
    void rowsInFlightOfADeadProcessAreUnknown();
    void realReportMovesTheRowOnceMore_data();
    void realReportMovesTheRowOnceMore();
    void rowsInFlightOfALiveProcessAreLeftAlone();
    void batchOfADeadProcessCanBeResumed();
    void batchOfALiveProcessCannotBeTaken();
    void releasedBatchIsForAnybody();
    void whatADeadProcessWasBuildingIsGone();
    void whatALiveProcessIsBuildingStays();
    void reopenedJournalKeepsItsBatches();
    void changesOfOtherProcessesAreReported();
    void fullDiskPartsNoRowFromItsSend();
};

namespace {

struct Process {
    explicit Process(const QTemporaryDir &dir)
        : journal(dir.path())
    {
        const auto opened = resultOf(journal.open());
        if (!opened)
            qFatal("cannot open");
        recovered = opened->recovered;
    }
    Journal journal;
    Batches batches{journal};
    int recovered = 0;

    [[nodiscard]] BatchRecord record(qint64 batch)
    {
        const auto found = resultOf(batches.batch(batch));
        return found && *found ? **found : BatchRecord();
    }
};

qint64 numberIn(const QTemporaryDir &dir, const QString &sql)
{
    SqliteConnection connection;
    if (!connection.open(dir.filePath(u"journal.sqlite"_s)))
        return -1;
    return connection.value(sql)->toLongLong();
}

} // namespace

void TestBatchOwners::rowsInFlightOfADeadProcessAreUnknown()
{
    const QTemporaryDir dir;
    qint64 batch = 0;
    {
        Process dead(dir);
        batch = makeBatch(dead.batches, 5);
        const Claim done = claimOf(batch, 1);
        QVERIFY(resultOf(dead.journal.claim(done)));
        QVERIFY(resultOf(dead.journal.settle(done.sendId, sampleReport())));
        QVERIFY(resultOf(dead.journal.claim(claimOf(batch, 2))));
        QVERIFY(resultOf(dead.journal.claim(claimOf(batch, 3))));
        QVERIFY(resultOf(dead.journal.claim(sampleClaim())));
    }
    Process process(dir);
    QCOMPARE(process.recovered, 3);
    const QList<RowState> expected{RowState::Accepted, RowState::Unknown, RowState::Unknown,
                                   RowState::Waiting, RowState::Waiting};
    for (qint64 row = 1; row <= 5; ++row)
        QCOMPARE(stateOf(process.batches, batch, row), expected.at(row - 1));
    const auto counts = resultOf(process.batches.counts(batch)).value();
    QCOMPARE(counts.inFlight, 0);
    QCOMPARE(counts.unknown, 2);
    QCOMPARE(counts.waiting, 2);
    const auto row = resultOf(process.batches.rows(batch, {2})).value().front();
    QCOMPARE(row.last->note, u"crashed"_s);
    // Never again.
    QVERIFY(!resultOf(process.journal.claim(claimOf(batch, 2))));
    QCOMPARE(resultOf(process.batches.retryRefused(batch, {2})).value(), 0);
    QVERIFY(!resultOf(process.journal.claim(claimOf(batch, 2))));
}

void TestBatchOwners::realReportMovesTheRowOnceMore_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<RowState>("state");
    QTest::newRow("accepted") << Outcome::Accepted << RowState::Accepted;
    QTest::newRow("refused") << Outcome::Refused << RowState::Refused;
    QTest::newRow("unknown") << Outcome::Unknown << RowState::Unknown;
    QTest::newRow("rate limited") << Outcome::RateLimited << RowState::Waiting;
}

void TestBatchOwners::realReportMovesTheRowOnceMore()
{
    QFETCH(const Outcome, outcome);
    QFETCH(const RowState, state);
    const QTemporaryDir dir;
    qint64 batch = 0;
    Claim claim;
    {
        Process dead(dir);
        batch = makeBatch(dead.batches, 1);
        claim = claimOf(batch, 1);
        QVERIFY(resultOf(dead.journal.claim(claim)));
    }
    Process process(dir);
    QCOMPARE(stateOf(process.batches, batch, 1), RowState::Unknown);
    QVERIFY(resultOf(process.journal.settle(claim.sendId, sampleReport(outcome))));
    QCOMPARE(stateOf(process.batches, batch, 1), state);
    QVERIFY(!resultOf(process.journal.settle(claim.sendId, sampleReport())));
    QCOMPARE(stateOf(process.batches, batch, 1), state);
    QCOMPARE(resultOf(process.batches.counts(batch)).value().total(), 1);
}

void TestBatchOwners::rowsInFlightOfALiveProcessAreLeftAlone()
{
    const QTemporaryDir dir;
    Process live(dir);
    const qint64 batch = makeBatch(live.batches, 1);
    const Claim claim = claimOf(batch, 1);
    QVERIFY(resultOf(live.journal.claim(claim)));
    Process process(dir);
    QCOMPARE(process.recovered, 0);
    QCOMPARE(resultOf(process.journal.recover()).value(), 0);
    QCOMPARE(stateOf(process.batches, batch, 1), RowState::InFlight);
    QVERIFY(!resultOf(process.journal.claim(claimOf(batch, 1))));
    QVERIFY(resultOf(live.journal.settle(claim.sendId, sampleReport())));
    QCOMPARE(stateOf(process.batches, batch, 1), RowState::Accepted);
}

void TestBatchOwners::batchOfADeadProcessCanBeResumed()
{
    const QTemporaryDir dir;
    qint64 batch = 0;
    {
        Process dead(dir);
        batch = makeBatch(dead.batches, 2);
    }
    Process process(dir);
    QCOMPARE(process.record(batch).state, BatchState::Running);
    QVERIFY(!process.record(batch).here);
    QVERIFY(!process.record(batch).elsewhere);
    const auto taken = resultOf(process.batches.take(batch));
    QVERIFY(taken);
    QCOMPARE(taken->id, batch);
    QVERIFY(taken->here);
    QVERIFY(!taken->elsewhere);
    QCOMPARE(taken->state, BatchState::Running);
    QCOMPARE(taken->plan.request, samplePlan().request);
    QVERIFY(process.record(batch).here);
    QVERIFY(resultOf(process.batches.take(batch))); // again is no harm
    QVERIFY(resultOf(process.journal.claim(claimOf(batch, 1))));
}

void TestBatchOwners::batchOfALiveProcessCannotBeTaken()
{
    const QTemporaryDir dir;
    Process live(dir);
    const qint64 batch = makeBatch(live.batches, 1);
    Process process(dir);
    QVERIFY(process.record(batch).elsewhere);
    QVERIFY(!process.record(batch).here);
    QVERIFY(live.record(batch).here);
    QVERIFY(!live.record(batch).elsewhere);
    QCOMPARE(resultOf(process.batches.take(batch)).error().kind, ErrorKind::StorageLocked);
    QCOMPARE(resultOf(process.batches.retryRefused(batch)).error().kind, ErrorKind::StorageLocked);
    for (const auto &refused :
         {resultOf(process.batches.setState(batch, BatchState::Paused)),
          resultOf(process.batches.setLimit(batch, 1)), resultOf(process.batches.release(batch)),
          resultOf(process.batches.discard(batch))})
        QVERIFY(!refused && refused.error().kind == ErrorKind::StorageLocked);
    QCOMPARE(live.record(batch).state, BatchState::Running);
    QCOMPARE(live.record(batch).plan.limit, samplePlan().limit);
}

void TestBatchOwners::releasedBatchIsForAnybody()
{
    const QTemporaryDir dir;
    Process first(dir);
    Process second(dir);
    const qint64 batch = makeBatch(first.batches, 1);
    QVERIFY(resultOf(first.batches.setState(batch, BatchState::Stopped)));
    QVERIFY(resultOf(first.batches.release(batch)));
    QVERIFY(!first.record(batch).here);
    QVERIFY(!second.record(batch).elsewhere);
    QVERIFY(resultOf(second.batches.take(batch)));
    QVERIFY(second.record(batch).here);
    QVERIFY(first.record(batch).elsewhere);
    QCOMPARE(resultOf(first.batches.take(batch)).error().kind, ErrorKind::StorageLocked);
}

void TestBatchOwners::whatADeadProcessWasBuildingIsGone()
{
    const QTemporaryDir dir;
    Process process(dir);
    const qint64 whole = makeBatch(process.batches, 3);
    qint64 half = 0;
    {
        Process dead(dir);
        half = resultOf(dead.batches.create(samplePlan())).value();
        QVERIFY(resultOf(dead.batches.addRows(half, sampleRows(1, 7))));
        QCOMPARE(resultOf(process.batches.list()).value().size(), 2);
    }
    const auto list = resultOf(process.batches.list()).value();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.front().id, whole);
    QVERIFY(!resultOf(process.batches.batch(half)).value());
    QCOMPARE(resultOf(process.batches.take(half)).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(numberIn(dir, u"SELECT count(*) FROM batch_row"_s), 10);
    QVERIFY(resultOf(process.journal.recover()));
    QCOMPARE(numberIn(dir, u"SELECT count(*) FROM batch_row"_s), 3);
    QCOMPARE(numberIn(dir, u"SELECT count(*) FROM batch"_s), 1);
    QCOMPARE(numberIn(dir, u"SELECT count(*) FROM batch_count"_s), 1);
}

void TestBatchOwners::whatALiveProcessIsBuildingStays()
{
    const QTemporaryDir dir;
    Process live(dir);
    const qint64 batch = resultOf(live.batches.create(samplePlan())).value();
    QVERIFY(resultOf(live.batches.addRows(batch, sampleRows(1, 7))));
    Process process(dir); // recovers
    QVERIFY(process.record(batch).elsewhere);
    QCOMPARE(process.record(batch).state, BatchState::Building);
    QCOMPARE(resultOf(process.batches.addRows(batch, sampleRows(8, 1))).error().kind,
             ErrorKind::StorageLocked);
    QVERIFY(resultOf(live.batches.addRows(batch, sampleRows(8, 1))));
    QVERIFY(resultOf(live.batches.setState(batch, BatchState::Paused)));
    QCOMPARE(process.record(batch).rows, 8);
}

void TestBatchOwners::reopenedJournalKeepsItsBatches()
{
    const QTemporaryDir dir;
    Process process(dir);
    const qint64 batch = makeBatch(process.batches, 1);
    const qint64 building = resultOf(process.batches.create(samplePlan())).value();
    // Somebody copies the file and puts the copy in its place.
    numberIn(dir, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    const QString path = dir.filePath(u"journal.sqlite"_s);
    QVERIFY(QFile::copy(path, dir.filePath(u"copy"_s)));
    QVERIFY(QFile::rename(path, dir.filePath(u"original"_s)));
    QVERIFY(QFile::rename(dir.filePath(u"copy"_s), path));
    QVERIFY(!resultOf(process.batches.setLimit(batch, 1)));
    QVERIFY(resultOf(process.journal.open()));
    QVERIFY(process.record(batch).here);
    QVERIFY(process.record(building).here);
    QVERIFY(resultOf(process.batches.addRows(building, sampleRows(1, 1))));
    Process other(dir);
    QVERIFY(other.record(batch).elsewhere);
}

void TestBatchOwners::changesOfOtherProcessesAreReported()
{
    const QTemporaryDir dir;
    Process process(dir);
    Process other(dir);
    QSignalSpy changed(&process.batches, &Batches::changed);
    const auto heardOf = [&](qint64 batch) {
        return QTest::qWaitFor([&] {
            return !changed.isEmpty()
                && changed.takeFirst().front().value<QList<qint64>>().contains(batch);
        });
    };
    const qint64 batch = makeBatch(other.batches, 1);
    QVERIFY(heardOf(batch));
    const Claim claim = claimOf(batch, 1);
    QVERIFY(resultOf(other.journal.claim(claim)));
    QVERIFY(heardOf(batch));
    QVERIFY(resultOf(other.batches.setState(batch, BatchState::Paused)));
    QVERIFY(heardOf(batch));
    const qint64 building = resultOf(other.batches.create(samplePlan())).value();
    QVERIFY(heardOf(building));
    QVERIFY(resultOf(other.batches.discard(building)));
    QVERIFY(heardOf(building));
}

void TestBatchOwners::fullDiskPartsNoRowFromItsSend()
{
    constexpr int Rows = 2000;
    const QTemporaryDir dir;
    Process process(dir);
    const qint64 batch = makeBatch(process.batches, Rows);
    QList<QFuture<Result<qint64>>> claims;
    {
        const FileSizeLimit limit(QFileInfo(dir.filePath(u"journal.sqlite-wal"_s)).size()
                                  + 300'000);
        for (int row = 1; row <= Rows; ++row)
            claims.append(process.journal.claim(claimOf(batch, row)));
        for (const auto &claim : std::as_const(claims))
            (void)resultOf(claim);
    }
    QList<qint64> claimed;
    for (int row = 1; row <= Rows; ++row) {
        const auto result = resultOf(claims.at(row - 1));
        if (result)
            claimed.append(row);
        else
            QCOMPARE(result.error().kind, ErrorKind::StorageFull);
    }
    QVERIFY(!claimed.isEmpty());
    QVERIFY(claimed.size() < Rows);
    QCOMPARE(resultOf(process.batches.rowNumbers(batch, {RowState::InFlight})).value(), claimed);
    const auto counts = resultOf(process.batches.counts(batch)).value();
    QCOMPARE(counts.inFlight, claimed.size());
    QCOMPARE(counts.waiting, Rows - claimed.size());
    QCOMPARE(resultOf(process.journal.count()).value(), claimed.size());
    QVERIFY(resultOf(process.journal.claim(claimOf(batch, Rows)))); // room again
}

QTEST_GUILESS_MAIN(TestBatchOwners)
#include "tst_batchowners.moc"
