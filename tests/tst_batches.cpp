#include "store/batches.h"
#include "store/journal.h"

#include "support/batchsamples.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

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
    void deliveriesAreCounted();
    void stateChangesAreKept();
    void onlyABatchBeingBuiltCanBeDiscarded();
    void waitingRowsComeInFileOrder();
    void rowNumbersAreThoseOfTheirStates();
    void batchIsAWordOfTheLog();
    void whatMakesNoSenseIsRefused();
    void ownChangesAreReportedAtOnce();
    void twentyThousandRowsAreQuick();
};

namespace {

struct Store {
    explicit Store(const QTemporaryDir &dir)
        : journal(dir.path())
    {
        if (!resultOf(journal.open()))
            qFatal("cannot open");
    }
    Journal journal;
    Batches batches{journal};

    void settle(const Claim &claim, Outcome outcome)
    {
        QVERIFY(resultOf(journal.settle(claim.sendId, sampleReport(outcome))));
    }
    /// Claims a row and settles it.
    Claim send(qint64 batch, qint64 row, Outcome outcome)
    {
        const Claim claim = claimOf(batch, row);
        if (!resultOf(journal.claim(claim)))
            qFatal("cannot claim");
        settle(claim, outcome);
        return claim;
    }
};

void compareCounts(const BatchCounts &actual, const BatchCounts &expected)
{
    QCOMPARE(actual.waiting, expected.waiting);
    QCOMPARE(actual.inFlight, expected.inFlight);
    QCOMPARE(actual.accepted, expected.accepted);
    QCOMPARE(actual.refused, expected.refused);
    QCOMPARE(actual.unknown, expected.unknown);
    QCOMPARE(actual.excluded, expected.excluded);
    QCOMPARE(actual.rateLimited, expected.rateLimited);
    QCOMPARE(actual.submitted, expected.submitted);
    QCOMPARE(actual.delivered, expected.delivered);
    QCOMPARE(actual.read, expected.read);
    QCOMPARE(actual.failed, expected.failed);
}

} // namespace

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

void TestBatches::deliveriesAreCounted()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 20);
    qint64 row = 0;
    const auto sendAndHear = [&](Outcome outcome, const QList<DeliveryStatus> &statuses) {
        const Claim claim = store.send(batch, ++row, outcome);
        for (const DeliveryStatus status : statuses)
            QVERIFY(resultOf(store.journal.append(sampleEvent(claim.sendId, status))));
    };
    using enum DeliveryStatus;
    sendAndHear(Outcome::Accepted, {});
    sendAndHear(Outcome::Accepted, {Submitted});
    sendAndHear(Outcome::Accepted, {Submitted, Submitted, Delivered});
    sendAndHear(Outcome::Accepted, {Read, Delivered});
    sendAndHear(Outcome::Unknown, {Submitted, Delivered, Read});
    sendAndHear(Outcome::Accepted, {Submitted, Undeliverable});
    sendAndHear(Outcome::Unknown, {Rejected});
    sendAndHear(Outcome::Accepted, {Failed});
    sendAndHear(Outcome::Accepted, {Other});
    sendAndHear(Outcome::Refused, {Submitted}); // somebody lies
    sendAndHear(Outcome::RateLimited, {});
    // The answer comes after the first callbacks.
    const Claim early = claimOf(batch, ++row);
    QVERIFY(resultOf(store.journal.claim(early)));
    QVERIFY(resultOf(store.journal.append(sampleEvent(early.sendId, Delivered))));
    QCOMPARE(resultOf(store.batches.counts(batch)).value().delivered, 3);
    store.settle(early, Outcome::Accepted);

    BatchCounts expected;
    expected.waiting = 9;
    expected.accepted = 8;
    expected.refused = 1;
    expected.unknown = 2;
    expected.rateLimited = 1;
    expected.submitted = 5;
    expected.delivered = 4;
    expected.read = 2;
    expected.failed = 3;
    compareCounts(resultOf(store.batches.counts(batch)).value(), expected);
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

void TestBatches::waitingRowsComeInFileOrder()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 10);
    const qint64 other = makeBatch(store.batches, 10);
    store.send(other, 5, Outcome::Accepted);
    store.send(batch, 4, Outcome::Accepted);
    store.send(batch, 6, Outcome::RateLimited);
    const auto numbers = [&](qint64 after, int limit) {
        QList<qint64> list;
        const auto rows = resultOf(store.batches.waiting(batch, after, limit)).value();
        for (const BatchRow &row : rows) {
            list.append(row.input.row);
            if (row.state != RowState::Waiting || row.last)
                qFatal("not as documented");
        }
        return list;
    };
    QCOMPARE(numbers(0, 4), (QList<qint64>{1, 2, 3, 5}));
    QCOMPARE(numbers(5, 3), (QList<qint64>{6, 7, 8}));
    QCOMPARE(numbers(9, 100), (QList<qint64>{10}));
    QCOMPARE(numbers(10, 100), QList<qint64>());
}

void TestBatches::rowNumbersAreThoseOfTheirStates()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 5);
    store.send(batch, 5, Outcome::Accepted);
    store.send(batch, 1, Outcome::Unknown);
    store.send(batch, 3, Outcome::Refused);
    QCOMPARE(resultOf(store.batches.rowNumbers(batch, {})).value(), (QList<qint64>{1, 2, 3, 4, 5}));
    QCOMPARE(
        resultOf(store.batches.rowNumbers(batch, {RowState::Accepted, RowState::Unknown})).value(),
        (QList<qint64>{1, 5}));
    QCOMPARE(resultOf(store.batches.rowNumbers(batch, {RowState::Excluded})).value(),
             QList<qint64>());
}

void TestBatches::batchIsAWordOfTheLog()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 first = makeBatch(store.batches, 3);
    const qint64 second = makeBatch(store.batches, 3);
    const qint64 single = recordSend(store.journal, sampleClaim(), sampleReport());
    store.send(first, 1, Outcome::Accepted);
    store.send(second, 1, Outcome::Accepted);
    store.send(first, 2, Outcome::Refused);
    const auto found = [&](const QString &text) {
        const auto filter = parseLogFilter(text);
        return filter ? resultOf(store.journal.rows(*filter, 0, 10)).value() : QList<qint64>{-1};
    };
    QCOMPARE(found(u"batch:%1"_s.arg(first)), (QList<qint64>{single + 3, single + 1}));
    QCOMPARE(found(u"batch:%1 outcome:refused"_s.arg(first)), (QList<qint64>{single + 3}));
    QCOMPARE(found(u"batch:%1"_s.arg(second)), (QList<qint64>{single + 2}));
    QCOMPARE(found(u"batch:99"_s), QList<qint64>());
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

void TestBatches::ownChangesAreReportedAtOnce()
{
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = makeBatch(store.batches, 3);
    const qint64 other = makeBatch(store.batches, 3);
    QSignalSpy changed(&store.batches, &Batches::changed);
    const auto onlyBatch = [&](qint64 id) {
        QElapsedTimer clock;
        clock.start();
        // The look-out for other processes' writes comes once a second.
        const bool heard = QTest::qWaitFor([&] { return !changed.isEmpty(); }, 5000);
        QList<qint64> ids;
        while (!changed.isEmpty())
            ids += changed.takeFirst().front().value<QList<qint64>>();
        return heard && clock.elapsed() < 900 && ids == QList<qint64>{id};
    };
    QTRY_VERIFY(!changed.isEmpty()); // what was written before
    changed.clear();
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Paused)));
    QVERIFY(onlyBatch(batch));
    const Claim claim = claimOf(other, 1);
    QVERIFY(resultOf(store.journal.claim(claim)));
    QVERIFY(onlyBatch(other));
    store.settle(claim, Outcome::Refused);
    QVERIFY(onlyBatch(other));
    QVERIFY(resultOf(store.journal.append(sampleEvent(claim.sendId, DeliveryStatus::Read))));
    QVERIFY(onlyBatch(other));
    QVERIFY(resultOf(store.batches.retryRefused(other)));
    QVERIFY(onlyBatch(other));
}

void TestBatches::twentyThousandRowsAreQuick()
{
    constexpr int Chunks = 4;
    constexpr qint64 ChunkSize = 5000;
    const QTemporaryDir dir;
    Store store(dir);
    const qint64 batch = resultOf(store.batches.create(samplePlan())).value();
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < Chunks; ++i)
        store.batches.addRows(batch, sampleRows(1 + i * ChunkSize, ChunkSize));
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Running)));
    qInfo("20,000 rows written in %lld ms", static_cast<long long>(clock.elapsed()));
    QVERIFY(clock.elapsed() < 10'000); // some 200 ms on an idle machine
    QCOMPARE(resultOf(store.batches.counts(batch)).value().waiting, Chunks * ChunkSize);
    QCOMPARE(resultOf(store.batches.waiting(batch, 19'000, 5000)).value().size(), 1000);
    QCOMPARE(resultOf(store.batches.rowNumbers(batch, {})).value().size(), Chunks * ChunkSize);
}

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
