#include "store/batches.h"
#include "store/journal.h"

#include "support/batchsamples.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestBatchReading : public QObject
{
    Q_OBJECT

private slots:
    void deliveriesAreCounted();
    void waitingRowsComeInFileOrder();
    void rowNumbersAreThoseOfTheirStates();
    void batchIsAWordOfTheLog();
    void everyChangeIsReportedOnce();
    void twentyThousandRowsAreQuick();
};

void TestBatchReading::deliveriesAreCounted()
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

void TestBatchReading::waitingRowsComeInFileOrder()
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

void TestBatchReading::rowNumbersAreThoseOfTheirStates()
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

void TestBatchReading::batchIsAWordOfTheLog()
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

void TestBatchReading::everyChangeIsReportedOnce()
{
    const QTemporaryDir dir;
    qint64 batch = 0;
    qint64 other = 0;
    {
        Store earlier(dir);
        batch = makeBatch(earlier.batches, 3);
        other = makeBatch(earlier.batches, 3);
    }
    Store store(dir);
    QSignalSpy changed(&store.batches, &Batches::changed);
    const auto onlyBatch = [&](qint64 id) {
        const bool heard = QTest::qWaitFor([&] { return !changed.isEmpty(); });
        QList<qint64> ids;
        while (!changed.isEmpty())
            ids += changed.takeFirst().front().value<QList<qint64>>();
        return heard && ids == QList<qint64>{id};
    };
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

void TestBatchReading::twentyThousandRowsAreQuick()
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

QTEST_GUILESS_MAIN(TestBatchReading)
#include "tst_batchreading.moc"
