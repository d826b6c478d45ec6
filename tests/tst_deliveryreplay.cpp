#include "core/deliverystate.h"

#include "support/batchsamples.h"
#include "support/deliverysamples.h"
#include "support/sanitized.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <random>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// The same callbacks in any order, and some of them twice, end in the same states.
class TestDeliveryReplay : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void statesDoNotDependOnTheOrder_data();
    void statesDoNotDependOnTheOrder();
    void funnelAgreesWithANaiveOne();
    void guessesAreNoneOfIt();

private:
    static constexpr int Sends = 2000;
    static constexpr int Callbacks = 10'000;
    static constexpr int OfABatch = 600;

    void makeCallbacks(int send);
    void addFailures(int send);
    [[nodiscard]] QString idOf(int send) const;
    void fill(DeliveryStore &store) const;
    void replay(DeliveryStore &store, const QList<StatusEvent> &events) const;
    /// Everything about the deliveries, one line for each send.
    [[nodiscard]] QStringList statesOf(DeliveryStore &store) const;

    QRandomGenerator m_random{4711};
    QList<StatusEvent> m_events; ///< In order, each once.
    QStringList m_expected;
    BatchCounts m_expectedCounts;
    QTemporaryDir m_dir; ///< With the journal that had them in order.
};

QString TestDeliveryReplay::idOf(int send) const
{
    return u"00000000-0000-4000-8000-%1"_s.arg(send, 12, 10, QChar(u'0'));
}

/// A send's own way: as far as it gets, some of it without a path.
void TestDeliveryReplay::makeCallbacks(int send)
{
    const QString uuid = u"message-%1"_s.arg(send);
    const QStringList words{u"submitted"_s, u"sent"_s, u"delivered"_s, u"read"_s};
    const int last = m_random.bounded(5);
    int seconds = send;
    for (int i = 0; i < last; ++i) {
        seconds += m_random.bounded(1, 4000);
        const bool hasPath = m_random.bounded(5) > 0;
        m_events.append(callback(hasPath ? idOf(send) : QString(), words.at(i), uuid, seconds));
    }
    if (m_random.bounded(8) == 0)
        addFailures(send);
    if (send % 100 == 0) // two sends that claim one message
        m_events.append(callback(idOf(send + 1), u"submitted"_s, uuid, seconds));
    if (m_random.bounded(20) == 0)
        m_events.append(callback(idOf(send), u"a new word"_s, uuid, seconds));
}

/// Several that contradict each other, with and without an error.
void TestDeliveryReplay::addFailures(int send)
{
    for (const auto &word : {u"failed"_s, u"rejected"_s, u"undeliverable"_s, u"rejected"_s}) {
        if (m_random.bounded(3) == 0)
            continue;
        const QByteArray code = QByteArray::number(1000 + m_random.bounded(3) * 10);
        const QByteArray error =
            m_random.bounded(3) == 0 ? QByteArray() : R"(,"error":{"title":")" + code + R"("})";
        m_events.append(callback(idOf(send), word, u"message-%1"_s.arg(send),
                                 send + m_random.bounded(4000), error));
    }
}

void TestDeliveryReplay::fill(DeliveryStore &store) const
{
    const qint64 batch = makeBatch(store.batches, OfABatch);
    QFuture<Result<void>> last;
    for (int send = 0; send < Sends; ++send) {
        Claim claim = sampleClaim(idOf(send));
        claim.claimedAt = claim.claimedAt.addSecs(send);
        if (send < OfABatch)
            claim.batchRow = {batch, send + 1};
        (void)store.journal.claim(claim);
        const bool isUnknown = send % 10 == 0;
        const bool isRefused = send % 10 == 1;
        SendReport report = sampleReport(isUnknown       ? Outcome::Unknown
                                             : isRefused ? Outcome::Refused
                                                         : Outcome::Accepted);
        last = store.journal.settle(claim.sendId, report);
    }
    QVERIFY(resultOf(last));
}

void TestDeliveryReplay::replay(DeliveryStore &store, const QList<StatusEvent> &events) const
{
    QList<QFuture<Result<EventMatch>>> taken;
    // The latest of all callbacks happens before the first arrives.
    QDateTime arrival = claimedAt().addDays(1);
    for (StatusEvent event : events) {
        arrival = arrival.addMSecs(1);
        event.arrivedAt = arrival;
        taken.append(store.deliveries.take(event, EventSource::Listener));
    }
    for (const auto &each : std::as_const(taken))
        QVERIFY(resultOf(each));
}

QStringList TestDeliveryReplay::statesOf(DeliveryStore &store) const
{
    const QList<qint64> rows = resultOf(store.journal.rows({}, 0, Sends)).value();
    const QList<SendRecord> records = resultOf(store.journal.records(rows)).value();
    QStringList states;
    for (const SendRecord &record : records) {
        states.append(u"%1 %2 %3 %4 %5 %6 %7 %8"_s.arg(record.claim.sendId)
                          .arg(static_cast<int>(record.delivery))
                          .arg(static_cast<int>(record.deliveryMatch))
                          .arg(record.submittedAt.toMSecsSinceEpoch())
                          .arg(record.deliveredAt.toMSecsSinceEpoch())
                          .arg(record.readAt.toMSecsSinceEpoch())
                          .arg(record.deliveryError, record.deliveryMeta));
    }
    std::sort(states.begin(), states.end());
    return states;
}

void TestDeliveryReplay::initTestCase()
{
    for (int send = 0; send < Sends; ++send)
        makeCallbacks(send);
    std::stable_sort(m_events.begin(), m_events.end(), [](const auto &one, const auto &other) {
        return one.eventAt < other.eventAt;
    });
    DeliveryStore store(m_dir);
    fill(store);
    replay(store, m_events);
    m_expected = statesOf(store);
    QCOMPARE(m_expected.size(), Sends);
    m_expectedCounts = resultOf(store.batches.counts(1)).value();
    // Otherwise it shows nothing.
    for (const DeliveryStatus status :
         {DeliveryStatus::None, DeliveryStatus::Submitted, DeliveryStatus::Delivered,
          DeliveryStatus::Read, DeliveryStatus::Rejected, DeliveryStatus::Undeliverable,
          DeliveryStatus::Failed}) {
        LogFilter filter;
        filter.deliveries = {status};
        QVERIFY(resultOf(store.journal.rows(filter, 0, Sends)).value().size() > 2);
    }
    QVERIFY(m_expectedCounts.delivered > 10 && m_expectedCounts.failed > 10);
}

void TestDeliveryReplay::statesDoNotDependOnTheOrder_data()
{
    QTest::addColumn<quint32>("seed");
    const QList<quint32> seeds = IsSanitized ? QList{1U} : QList{1U, 2U, 3U};
    for (const quint32 seed : seeds)
        QTest::addRow("seed %u", seed) << seed;
}

void TestDeliveryReplay::statesDoNotDependOnTheOrder()
{
    QFETCH(const quint32, seed);
    std::mt19937 random(seed);
    QList<StatusEvent> events = m_events;
    while (events.size() * 10 < m_events.size() * 13 || events.size() < Callbacks)
        events.append(m_events.at(static_cast<qsizetype>(random()) % m_events.size()));
    std::shuffle(events.begin(), events.end(), random);
    QVERIFY(events.size() >= Callbacks);

    const QTemporaryDir dir;
    DeliveryStore store(dir);
    fill(store);
    replay(store, events);
    const QStringList states = statesOf(store);
    for (int i = 0; i < Sends; ++i)
        QCOMPARE(states.at(i), m_expected.at(i));
    compareCounts(resultOf(store.batches.counts(1)).value(), m_expectedCounts);
    // Every one of them is there.
    qsizetype kept = store.unmatched().size();
    for (int send = 0; send < Sends; ++send)
        kept += store.events(idOf(send)).size();
    QCOMPARE(kept, events.size());
}

void TestDeliveryReplay::funnelAgreesWithANaiveOne()
{
    DeliveryStore store(m_dir);
    for (const auto &text : {u""_s, u"batch:1"_s, u"outcome:unknown"_s, u"delivery:read,failed"_s,
                             u"\"Grüße\""_s, u"to:12345"_s}) {
        const LogFilter filter = *parseLogFilter(text);
        const QList<qint64> rows = resultOf(store.journal.rows(filter, 0, Sends)).value();
        const auto records = resultOf(store.journal.records(rows)).value();
        Funnel naive;
        QList<qint64> times; // until delivered
        for (const SendRecord &record : records) {
            const bool isAccepted = record.outcome == Outcome::Accepted;
            const bool isUnknown = record.outcome == Outcome::Unknown;
            const auto state = isAccepted || isUnknown ? record.delivery : DeliveryStatus::None;
            const bool isSubmitted =
                state >= DeliveryStatus::Submitted && state <= DeliveryStatus::Read;
            const bool isDelivered = isSubmitted && state != DeliveryStatus::Submitted;
            naive.accepted += isAccepted ? 1 : 0;
            naive.unknown += isUnknown ? 1 : 0;
            naive.unknownReached += isUnknown && isSubmitted ? 1 : 0;
            naive.submitted.count += isSubmitted ? 1 : 0;
            naive.delivered.count += isDelivered ? 1 : 0;
            naive.read.count += state == DeliveryStatus::Read ? 1 : 0;
            naive.failed += isFailure(state) ? 1 : 0;
            naive.silent += isAccepted && state == DeliveryStatus::None ? 1 : 0;
            if (isAccepted && isDelivered && record.deliveredAt.isValid())
                times.append(std::max(0LL, record.settledAt.msecsTo(record.deliveredAt)));
        }
        std::sort(times.begin(), times.end());
        const Funnel funnel = resultOf(store.deliveries.funnel(filter)).value();
        QCOMPARE(funnel.sends, rows.size());
        QCOMPARE(funnel.accepted, naive.accepted);
        QCOMPARE(funnel.unknown, naive.unknown);
        QCOMPARE(funnel.unknownReached, naive.unknownReached);
        QCOMPARE(funnel.submitted.count, naive.submitted.count);
        QCOMPARE(funnel.delivered.count, naive.delivered.count);
        QCOMPARE(funnel.read.count, naive.read.count);
        QCOMPARE(funnel.failed, naive.failed);
        QCOMPARE(funnel.silent, naive.silent);
        QCOMPARE(funnel.guessed, 0);
        QCOMPARE(funnel.delivered.timed, times.size());
        QCOMPARE(funnel.delivered.median.has_value(), !times.isEmpty());
        if (times.isEmpty())
            continue;
        // Nearest rank: the first value that so many do not exceed.
        QCOMPARE(funnel.delivered.median->count(), times.at((times.size() + 1) / 2 - 1));
        QCOMPARE(funnel.delivered.p95->count(), times.at((times.size() * 95 + 99) / 100 - 1));
    }
}

void TestDeliveryReplay::guessesAreNoneOfIt()
{
    const QTemporaryDir dir;
    DeliveryStore store(dir);
    const QString one = store.send(Outcome::Accepted, u"447900000009"_s);
    (void)store.send(Outcome::Accepted, u"447900000008"_s);
    QCOMPARE(store.take(callback({}, u"read"_s, {}, 1, toNumber("447900000009"))),
             EventMatch::NumberAndTime);
    const Funnel funnel = resultOf(store.deliveries.funnel({})).value();
    QCOMPARE(funnel.silent, 2);
    QCOMPARE(funnel.guessed, 1);
    QCOMPARE(funnel.read.count, 0);
    QVERIFY(!funnel.read.median);
}

QTEST_GUILESS_MAIN(TestDeliveryReplay)
#include "tst_deliveryreplay.moc"
