#include "store/sqlite.h"

#include "support/batchsamples.h"
#include "support/deliverysamples.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A batch's second end.
class TestBatchDelivery : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void endsWhenAllIsHeard_data();
    void endsWhenAllIsHeard();
    void endsAtOnceIfAllWasHeardBefore();
    void nothingToHearIsAllHeard();
    void guessEndsNothing();
    void handAndMessageCount();
    void whatIsInFlightIsWaitedFor();
    void refusedRowsAreNotWaitedFor();
    void endsWhenTheTimeIsOver();
    void restartFindsTheTimeThatWasOver();
    void lateNewsDoNotMoveTheEnd();
    void noWaitEndsAtOnce();
    void waitCanBeChanged();
    void waitThatMakesNoSenseIsRefused();
    void goingOnTakesTheEndBack();
    void otherProcessSeesTheEnd();

private:
    /// Writes the end of the batch's first half so long ago.
    void setEndedAgo(std::chrono::milliseconds time);
    [[nodiscard]] BatchRecord record();
    void hear(const QString &sendId, const QString &word)
    {
        (void)m_store->take(callback(sendId, word, sendId, 1));
    }
    void setState(BatchState state)
    {
        QVERIFY(resultOf(m_store->batches.setState(m_batch, state)));
    }
    /// Claims a row and settles it. @return its send ID
    QString send(qint64 row, Outcome outcome);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DeliveryStore> m_store;
    qint64 m_batch = 0;
};

void TestBatchDelivery::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<DeliveryStore>(*m_dir);
    m_batch = makeBatch(m_store->batches, 3);
}

void TestBatchDelivery::cleanup()
{
    m_store.reset();
    m_dir.reset();
}

BatchRecord TestBatchDelivery::record()
{
    return resultOf(m_store->batches.batch(m_batch)).value().value();
}

QString TestBatchDelivery::send(qint64 row, Outcome outcome)
{
    const Claim claim = claimOf(m_batch, row);
    recordSend(m_store->journal, claim, sampleReport(outcome));
    return claim.sendId;
}

void TestBatchDelivery::setEndedAgo(std::chrono::milliseconds time)
{
    SqliteConnection connection;
    QVERIFY(connection.open(m_dir->filePath(u"journal.sqlite"_s)));
    QVERIFY(connection.execute(u"UPDATE batch SET ended_at = ended_at - ? WHERE id = ?"_s,
                               {static_cast<qlonglong>(time.count()), m_batch}));
}

void TestBatchDelivery::endsWhenAllIsHeard_data()
{
    QTest::addColumn<QStringList>("first");
    QTest::addColumn<QStringList>("rest"); // the last of which ends it
    QTest::newRow("in order") << QStringList{u"submitted"_s, u"delivered"_s, u"read"_s}
                              << QStringList{u"submitted"_s, u"delivered"_s};
    QTest::newRow("read only") << QStringList{u"read"_s, u"submitted"_s} << QStringList{u"read"_s};
    QTest::newRow("rejected") << QStringList{u"delivered"_s} << QStringList{u"rejected"_s};
    QTest::newRow("undeliverable")
        << QStringList{u"failed"_s, u"delivered"_s} << QStringList{u"undeliverable"_s};
}

void TestBatchDelivery::endsWhenAllIsHeard()
{
    QFETCH(const QStringList, first);
    QFETCH(const QStringList, rest);
    const QString one = send(1, Outcome::Accepted);
    const QString two = send(2, Outcome::Unknown);
    for (const QString &word : first)
        hear(one, word);
    setState(BatchState::Stopped);
    QVERIFY(record().endedAt.isValid());
    for (const QString &word : rest) {
        QVERIFY(!record().deliveryEndedAt.isValid());
        QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
        hear(two, word);
    }
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
    QVERIFY(record().deliveryEndedAt >= record().endedAt);
    QVERIFY(record().deliveryEndedAt <= QDateTime::currentDateTimeUtc());
    // Copies and what comes behind change nothing.
    const QDateTime ended = record().deliveryEndedAt;
    hear(two, u"submitted"_s);
    hear(one, u"read"_s);
    QCOMPARE(record().deliveryEndedAt, ended);
}

void TestBatchDelivery::endsAtOnceIfAllWasHeardBefore()
{
    for (qint64 row = 1; row <= 3; ++row)
        hear(send(row, Outcome::Accepted), u"delivered"_s);
    QVERIFY(!record().deliveryEndedAt.isValid()); // it still runs
    setState(BatchState::Finished);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
}

void TestBatchDelivery::nothingToHearIsAllHeard()
{
    (void)send(1, Outcome::Refused);
    setState(BatchState::Stopped);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
}

void TestBatchDelivery::guessEndsNothing()
{
    const QString one = send(1, Outcome::Accepted);
    setState(BatchState::Stopped);
    QCOMPARE(m_store->take(callback({}, u"delivered"_s, u"m"_s, 1, toNumber("447900000001"))),
             EventMatch::NumberAndTime);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
    QCOMPARE(resultOf(m_store->batches.counts(m_batch)).value().delivered, 0);
    // Somebody who knows says so.
    const qint64 event = m_store->events(one).first().number;
    QVERIFY(resultOf(m_store->deliveries.assign({event}, one)));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
}

void TestBatchDelivery::handAndMessageCount()
{
    const QString one = send(1, Outcome::Accepted);
    setState(BatchState::Stopped);
    (void)m_store->take(callback({}, u"read"_s, u"m"_s, 2));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
    (void)m_store->take(callback(one, u"submitted"_s, u"m"_s, 1));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
}

void TestBatchDelivery::whatIsInFlightIsWaitedFor()
{
    const Claim claim = claimOf(m_batch, 1);
    QVERIFY(resultOf(m_store->journal.claim(claim)));
    setState(BatchState::Stopped);
    hear(claim.sendId, u"delivered"_s); // faster than the answer
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
    QVERIFY(resultOf(m_store->journal.settle(claim.sendId, sampleReport())));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
}

void TestBatchDelivery::refusedRowsAreNotWaitedFor()
{
    (void)send(1, Outcome::Refused);
    (void)send(2, Outcome::RateLimited); // its row waits; the batch is stopped
    hear(send(3, Outcome::Accepted), u"delivered"_s);
    setState(BatchState::Stopped);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
}

void TestBatchDelivery::endsWhenTheTimeIsOver()
{
    (void)send(1, Outcome::Accepted);
    setState(BatchState::Stopped);
    QVERIFY(record().plan.deliveryWait == 24h);
    setEndedAgo(23h);
    QVERIFY(resultOf(m_store->journal.recover()));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
    setEndedAgo(1h);
    QSignalSpy changed(&m_store->batches, &Batches::changed);
    QVERIFY(resultOf(m_store->journal.recover()));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::TimeOver);
    QCOMPARE(record().deliveryEndedAt, record().endedAt.addDays(1));
    QTRY_VERIFY(!changed.isEmpty());
}

void TestBatchDelivery::restartFindsTheTimeThatWasOver()
{
    const QString one = send(1, Outcome::Accepted);
    setState(BatchState::Finished);
    setEndedAgo(48h);
    m_store.reset();
    m_store = std::make_unique<DeliveryStore>(*m_dir);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::TimeOver);
    QCOMPARE(record().deliveryEndedAt, record().endedAt.addDays(1));
    hear(one, u"delivered"_s);
    QCOMPARE(resultOf(m_store->batches.counts(m_batch)).value().delivered, 1);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::TimeOver);
}

void TestBatchDelivery::lateNewsDoNotMoveTheEnd()
{
    const QString one = send(1, Outcome::Accepted);
    setState(BatchState::Finished);
    setEndedAgo(25h);
    hear(one, u"delivered"_s); // before anybody swept
    QCOMPARE(record().deliveryEnd, DeliveryEnd::TimeOver);
    QCOMPARE(record().deliveryEndedAt, record().endedAt.addDays(1));
}

void TestBatchDelivery::noWaitEndsAtOnce()
{
    (void)send(1, Outcome::Accepted);
    QVERIFY(resultOf(m_store->batches.setDeliveryWait(m_batch, 0ms)));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None); // it still runs
    setState(BatchState::Stopped);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::TimeOver);
    QCOMPARE(record().deliveryEndedAt, record().endedAt);
}

void TestBatchDelivery::waitCanBeChanged()
{
    const QString one = send(1, Outcome::Accepted);
    setState(BatchState::Stopped);
    setEndedAgo(3h);
    QVERIFY(resultOf(m_store->batches.setDeliveryWait(m_batch, 2h)));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::TimeOver);
    QVERIFY(record().plan.deliveryWait == 2h);
    QVERIFY(resultOf(m_store->batches.setDeliveryWait(m_batch, 4h)));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
    QVERIFY(!record().deliveryEndedAt.isValid());
    hear(one, u"read"_s);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
    QVERIFY(resultOf(m_store->batches.setDeliveryWait(m_batch, 1h)));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard); // all was heard nevertheless
}

void TestBatchDelivery::waitThatMakesNoSenseIsRefused()
{
    for (const std::chrono::milliseconds wait :
         {std::chrono::milliseconds(-1), std::chrono::milliseconds(24h * 400)}) {
        const auto done = resultOf(m_store->batches.setDeliveryWait(m_batch, wait));
        QVERIFY(!done && done.error().kind == ErrorKind::InvalidInput);
        BatchPlan plan = samplePlan();
        plan.deliveryWait = wait;
        QVERIFY(!resultOf(m_store->batches.create(plan)));
    }
    BatchPlan plan = samplePlan();
    plan.deliveryWait = 90min;
    const qint64 batch = resultOf(m_store->batches.create(plan)).value();
    QVERIFY(resultOf(m_store->batches.batch(batch)).value()->plan.deliveryWait == 90min);
}

void TestBatchDelivery::goingOnTakesTheEndBack()
{
    hear(send(1, Outcome::Accepted), u"delivered"_s);
    setState(BatchState::Stopped);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
    setState(BatchState::Running);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
    QVERIFY(!record().deliveryEndedAt.isValid());
    const QString two = send(2, Outcome::Accepted);
    setState(BatchState::Finished);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::None);
    hear(two, u"delivered"_s);
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
}

void TestBatchDelivery::otherProcessSeesTheEnd()
{
    const QString one = send(1, Outcome::Accepted);
    setState(BatchState::Finished);
    DeliveryStore other(*m_dir);
    QSignalSpy changed(&m_store->batches, &Batches::changed);
    // Whoever hears of it may end it: the batch's own process may be gone.
    (void)other.take(callback(one, u"read"_s, one, 1));
    QCOMPARE(record().deliveryEnd, DeliveryEnd::AllHeard);
    QTRY_VERIFY(!changed.isEmpty());
}

QTEST_GUILESS_MAIN(TestBatchDelivery)
#include "tst_batchdelivery.moc"
