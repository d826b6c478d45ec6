#include "store/batches.h"
#include "store/journal.h"

#include "support/batchsamples.h"

#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestBatches : public QObject
{
    Q_OBJECT

private slots:
    void everyFieldOfABatchRoundTrips();
    void everyFieldOfARowRoundTrips();
    void outcomesPutTheRowWhereItBelongs_data();
    void outcomesPutTheRowWhereItBelongs();
    void rowThatDoesNotWaitCannotBeClaimed_data();
    void rowThatDoesNotWaitCannotBeClaimed();
    void nothingIsSentWhileBuilding();
    void failedClaimLeavesTheRowWaiting();
    void onlyRefusedRowsAreRetried();
    void namedRefusedRowsAreRetried();
    void stateChangesAreKept();
    void onlyABatchBeingBuiltCanBeDiscarded();
    void whatMakesNoSenseIsRefused();
};

void TestBatches::everyFieldOfABatchRoundTrips()
{
    const QTemporaryDir dir;
    Store store(dir);
    BatchPlan plan = samplePlan();
    plan.name = nastyText();
    plan.request = nastyBytes();
    plan.columns = {nastyText(), QString(), u"[\"\\"_s};
    const auto batch = resultOf(store.batches.create(plan));
    QVERIFY(batch);
    const auto record = resultOf(store.batches.batch(*batch)).value();
    QVERIFY(record);
    QCOMPARE(record->id, *batch);
    QCOMPARE(record->plan.name, plan.name);
    QCOMPARE(record->plan.request, plan.request);
    QCOMPARE(record->plan.columns, plan.columns);
    QCOMPARE(record->plan.profileId, plan.profileId);
    QCOMPARE(record->plan.profile, plan.profile);
    QCOMPARE(record->plan.region, plan.region);
    QCOMPARE(record->plan.base, plan.base);
    QCOMPARE(record->plan.lane, plan.lane);
    QCOMPARE(record->plan.limit, plan.limit);
    QCOMPARE(record->plan.ignoreLimit, plan.ignoreLimit);
    QCOMPARE(record->plan.builtInInbox, plan.builtInInbox);
    QVERIFY(qAbs(record->createdAt.msecsTo(QDateTime::currentDateTimeUtc())) < 60'000);
    QVERIFY(!record->endedAt.isValid());
    QCOMPARE(record->state, BatchState::Building);
    QCOMPARE(record->pause, BatchPause::None);
    QCOMPARE(record->rows, 0);
    QVERIFY(record->here);
    QVERIFY(!record->elsewhere);
}

void TestBatches::everyFieldOfARowRoundTrips()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = resultOf(store.batches.create(samplePlan())).value();
    const QList<BatchRowInput> rows{
        {1, {nastyText(), QString()}, {}, {}},
        {7, {u"1"_s, u"a,\"b\"\n"_s}, u"do_not_message"_s, nastyText()},
    };
    QVERIFY(resultOf(store.batches.addRows(batch, rows)));
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Running)));
    const auto read = resultOf(store.batches.rows(batch, {7, 99, 1})).value();
    QCOMPARE(read.size(), 2);
    for (int i = 0; i < 2; ++i) {
        const BatchRowInput &expected = rows.at(1 - i);
        QCOMPARE(read.at(i).input.row, expected.row);
        QCOMPARE(read.at(i).input.cells, expected.cells);
        QCOMPARE(read.at(i).input.excluded, expected.excluded);
        QCOMPARE(read.at(i).input.reason, expected.reason);
        QCOMPARE(read.at(i).attempts, 0);
        QVERIFY(!read.at(i).last);
    }
    QCOMPARE(read.at(0).state, RowState::Excluded);
    QCOMPARE(read.at(1).state, RowState::Waiting);
    QCOMPARE(resultOf(store.batches.batch(batch)).value()->rows, 2);

    const Claim claim = store.send(batch, 1, Outcome::Refused);
    const auto sent = resultOf(store.batches.rows(batch, {1})).value().front();
    QCOMPARE(sent.attempts, 1);
    QVERIFY(sent.last && sent.last->outcome == Outcome::Refused);
    QCOMPARE(sent.last->claim.sendId, claim.sendId);
    QCOMPARE(sent.last->claim.batchRow, claim.batchRow);
    QCOMPARE(sent.last->answer.status, 200);
    const auto record = resultOf(store.journal.record(sent.last->row)).value();
    QCOMPARE(record->claim.batchRow, claim.batchRow);
    const auto single = recordSend(store.journal, sampleClaim(), sampleReport());
    QVERIFY(!resultOf(store.journal.records({single})).value().front().claim.batchRow);
}

void TestBatches::outcomesPutTheRowWhereItBelongs_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<RowState>("state");
    QTest::newRow("accepted") << Outcome::Accepted << RowState::Accepted;
    QTest::newRow("refused") << Outcome::Refused << RowState::Refused;
    QTest::newRow("unknown") << Outcome::Unknown << RowState::Unknown;
    QTest::newRow("rate limited") << Outcome::RateLimited << RowState::Waiting;
    QTest::newRow("not sent") << Outcome::NotSent << RowState::Waiting;
    QTest::newRow("cancelled") << Outcome::Cancelled << RowState::Waiting;
}

void TestBatches::outcomesPutTheRowWhereItBelongs()
{
    QFETCH(const Outcome, outcome);
    QFETCH(const RowState, state);
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 3);
    const Claim claim = claimOf(batch, 2);
    QVERIFY(resultOf(store.journal.claim(claim)));
    QCOMPARE(stateOf(store.batches, batch, 2), RowState::InFlight);
    BatchCounts expected;
    expected.waiting = 2;
    expected.inFlight = 1;
    compareCounts(resultOf(store.batches.counts(batch)).value(), expected);

    store.settle(claim, outcome);
    QCOMPARE(stateOf(store.batches, batch, 2), state);
    expected.inFlight = 0;
    expected.waiting += state == RowState::Waiting ? 1 : 0;
    expected.accepted = state == RowState::Accepted ? 1 : 0;
    expected.refused = state == RowState::Refused ? 1 : 0;
    expected.unknown = state == RowState::Unknown ? 1 : 0;
    expected.rateLimited = outcome == Outcome::RateLimited ? 1 : 0;
    compareCounts(resultOf(store.batches.counts(batch)).value(), expected);
    QCOMPARE(expected.total(), 3);
    if (state != RowState::Waiting)
        return;
    // Another attempt, another end; the first one's report does not come again.
    store.send(batch, 2, Outcome::Accepted);
    QCOMPARE(stateOf(store.batches, batch, 2), RowState::Accepted);
    QCOMPARE(resultOf(store.batches.rows(batch, {2})).value().front().attempts, 2);
    QVERIFY(!resultOf(store.journal.settle(claim.sendId, sampleReport(Outcome::Refused))));
    QCOMPARE(stateOf(store.batches, batch, 2), RowState::Accepted);
}

void TestBatches::rowThatDoesNotWaitCannotBeClaimed_data()
{
    QTest::addColumn<QString>("row");
    for (const char *row :
         {"in flight", "accepted", "refused", "unknown", "excluded", "absent row", "absent batch"})
        QTest::newRow(row) << QString::fromLatin1(row);
}

void TestBatches::rowThatDoesNotWaitCannotBeClaimed()
{
    QFETCH(const QString, row);
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = resultOf(store.batches.create(samplePlan())).value();
    QList<BatchRowInput> rows = sampleRows(1, 1);
    if (row == u"excluded"_s)
        rows.front().excluded = u"check"_s;
    QVERIFY(resultOf(store.batches.addRows(batch, rows)));
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Running)));
    Claim claim = claimOf(batch, 1);
    if (row == u"in flight"_s)
        QVERIFY(resultOf(store.journal.claim(claimOf(batch, 1))));
    else if (row == u"accepted"_s)
        store.send(batch, 1, Outcome::Accepted);
    else if (row == u"refused"_s)
        store.send(batch, 1, Outcome::Refused);
    else if (row == u"unknown"_s)
        store.send(batch, 1, Outcome::Unknown);
    else if (row == u"absent row"_s)
        claim.batchRow->row = 2;
    else if (row == u"absent batch"_s)
        claim.batchRow->batch = 99;

    const auto state = stateOf(store.batches, batch, 1);
    const auto sends = resultOf(store.journal.count()).value();
    const auto claimed = resultOf(store.journal.claim(claim));
    QVERIFY(!claimed);
    QCOMPARE(claimed.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(resultOf(store.journal.count()).value(), sends);
    QCOMPARE(stateOf(store.batches, batch, 1), state);
    QVERIFY(!resultOf(store.journal.settle(claim.sendId, sampleReport())));
}

void TestBatches::nothingIsSentWhileBuilding()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = resultOf(store.batches.create(samplePlan())).value();
    QVERIFY(resultOf(store.batches.addRows(batch, sampleRows(1, 2))));
    const auto claimed = resultOf(store.journal.claim(claimOf(batch, 1)));
    QVERIFY(!claimed);
    QCOMPARE(claimed.error().kind, ErrorKind::InvalidInput);
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Paused)));
    QVERIFY(resultOf(store.journal.claim(claimOf(batch, 1)))); // one row now
    QCOMPARE(resultOf(store.batches.addRows(batch, sampleRows(3, 1))).error().kind,
             ErrorKind::InvalidInput);
}

void TestBatches::failedClaimLeavesTheRowWaiting()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 1);
    const Claim single = sampleClaim();
    QVERIFY(resultOf(store.journal.claim(single)));
    Claim claim = claimOf(batch, 1);
    claim.sendId = single.sendId; // was claimed before
    QVERIFY(!resultOf(store.journal.claim(claim)));
    QCOMPARE(stateOf(store.batches, batch, 1), RowState::Waiting);
    QVERIFY(resultOf(store.journal.claim(claimOf(batch, 1))));
}

void TestBatches::onlyRefusedRowsAreRetried()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 6);
    store.send(batch, 1, Outcome::Accepted);
    store.send(batch, 2, Outcome::Unknown);
    store.send(batch, 3, Outcome::Refused);
    store.send(batch, 4, Outcome::Refused);
    QVERIFY(resultOf(store.journal.claim(claimOf(batch, 5))));
    // Neither by name nor as part of all.
    QCOMPARE(resultOf(store.batches.retryRefused(batch, {1, 2, 5, 6})).value(), 0);
    QCOMPARE(resultOf(store.batches.retryRefused(batch)).value(), 2);
    QCOMPARE(resultOf(store.batches.retryRefused(batch)).value(), 0);
    const QList<RowState> expected{RowState::Accepted, RowState::Unknown,  RowState::Waiting,
                                   RowState::Waiting,  RowState::InFlight, RowState::Waiting};
    for (qint64 row = 1; row <= 6; ++row)
        QCOMPARE(stateOf(store.batches, batch, row), expected.at(row - 1));
    store.send(batch, 3, Outcome::Accepted);
    QCOMPARE(resultOf(store.batches.counts(batch)).value().accepted, 2);
    QCOMPARE(resultOf(store.batches.counts(batch)).value().refused, 0);
}

void TestBatches::namedRefusedRowsAreRetried()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 3);
    const qint64 other = makeBatch(store.batches, 3);
    for (qint64 row = 1; row <= 3; ++row) {
        store.send(batch, row, Outcome::Refused);
        store.send(other, row, Outcome::Refused);
    }
    QCOMPARE(resultOf(store.batches.retryRefused(batch, {1, 3})).value(), 2);
    QCOMPARE(resultOf(store.batches.rowNumbers(batch, {RowState::Waiting})).value(),
             (QList<qint64>{1, 3}));
    QCOMPARE(resultOf(store.batches.rowNumbers(batch, {RowState::Refused})).value(),
             (QList<qint64>{2}));
    QCOMPARE(resultOf(store.batches.counts(other)).value().refused, 3);
}

void TestBatches::stateChangesAreKept()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 1);
    const auto record = [&] { return resultOf(store.batches.batch(batch)).value().value(); };
    QCOMPARE(record().state, BatchState::Running);
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Paused, BatchPause::KeyRefused)));
    QCOMPARE(record().state, BatchState::Paused);
    QCOMPARE(record().pause, BatchPause::KeyRefused);
    QVERIFY(!record().endedAt.isValid());
    for (const auto state : {BatchState::Stopped, BatchState::Finished}) {
        QVERIFY(resultOf(store.batches.setState(batch, state)));
        QCOMPARE(record().state, state);
        QCOMPARE(record().pause, BatchPause::None);
        QVERIFY(qAbs(record().endedAt.msecsTo(QDateTime::currentDateTimeUtc())) < 60'000);
    }
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Running)));
    QVERIFY(!record().endedAt.isValid());
    QVERIFY(resultOf(store.batches.setLimit(batch, 3)));
    QCOMPARE(record().plan.limit, 3);
}

void TestBatches::onlyABatchBeingBuiltCanBeDiscarded()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 kept = makeBatch(store.batches, 1);
    QCOMPARE(resultOf(store.batches.discard(kept)).error().kind, ErrorKind::InvalidInput);
    const qint64 batch = resultOf(store.batches.create(samplePlan())).value();
    QVERIFY(resultOf(store.batches.addRows(batch, sampleRows(1, 10))));
    QCOMPARE(resultOf(store.batches.list()).value().size(), 2);
    QVERIFY(resultOf(store.batches.discard(batch)));
    QVERIFY(!resultOf(store.batches.batch(batch)).value());
    QVERIFY(resultOf(store.batches.rowNumbers(batch, {})).value().isEmpty());
    const auto list = resultOf(store.batches.list()).value();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.front().id, kept);
    for (const auto &refused : {resultOf(store.batches.addRows(batch, sampleRows(1, 1))),
                                resultOf(store.batches.setState(batch, BatchState::Running)),
                                resultOf(store.batches.discard(batch))})
        QVERIFY(!refused && refused.error().kind == ErrorKind::InvalidInput);
    QVERIFY(resultOf(store.journal.recover()));
    QVERIFY(!resultOf(store.batches.batch(batch)).value());
}

void TestBatches::whatMakesNoSenseIsRefused()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = resultOf(store.batches.create(samplePlan())).value();
    QVERIFY(resultOf(store.batches.addRows(batch, sampleRows(1, 3))));
    for (const auto &refused :
         {resultOf(store.batches.addRows(batch, sampleRows(3, 2))), // 3 again
          resultOf(store.batches.addRows(batch, sampleRows(0, 1))),
          resultOf(store.batches.addRows(99, sampleRows(1, 1))),
          resultOf(store.batches.setState(batch, BatchState::Building)),
          resultOf(store.batches.setState(99, BatchState::Running)),
          resultOf(store.batches.setLimit(batch, 0)), resultOf(store.batches.setLimit(99, 1)),
          resultOf(store.batches.release(99)), resultOf(store.batches.discard(99))})
        QVERIFY(!refused && refused.error().kind == ErrorKind::InvalidInput);
    QCOMPARE(resultOf(store.batches.take(batch)).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(resultOf(store.batches.take(99)).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(resultOf(store.batches.retryRefused(99)).error().kind, ErrorKind::InvalidInput);
    QVERIFY(!resultOf(store.batches.batch(99)).value());
    // Half a chunk is no chunk.
    QCOMPARE(resultOf(store.batches.rowNumbers(batch, {})).value().size(), 3);
    QCOMPARE(resultOf(store.batches.batch(batch)).value()->rows, 3);
    QCOMPARE(resultOf(store.batches.counts(batch)).value().waiting, 3);
}

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
