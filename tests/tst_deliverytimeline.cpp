#include "core/deliverytimeline.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Kind = TimelineStep::Kind;
using enum DeliveryStatus;

const QDateTime Start({2026, 11, 23}, {10, 0, 0}, Qt::UTC);

QDateTime after(std::chrono::milliseconds time)
{
    return Start.addMSecs(time.count());
}

SendRecord accepted()
{
    SendRecord record;
    record.row = 1;
    record.claim.claimedAt = Start;
    record.outcome = Outcome::Accepted;
    record.settledAt = after(200ms);
    return record;
}

/// An event as senders write them: its own time in whole seconds.
KeptEvent happened(qint64 number, DeliveryStatus status, std::chrono::milliseconds happened,
                   std::chrono::milliseconds arrived, EventMatch match = EventMatch::Path)
{
    KeptEvent kept;
    kept.number = number;
    kept.match = match;
    kept.source = EventSource::Listener;
    kept.event.status = status;
    kept.event.messageUuid = u"m-1"_s;
    kept.event.eventAt = after(std::chrono::floor<std::chrono::seconds>(happened));
    kept.event.arrivedAt = after(arrived);
    kept.event.raw = QByteArray::number(number);
    return kept;
}

/// "sent submitted delivered read?", with "!" for missed and "?" for awaited ones.
QString told(const QList<TimelineStep> &steps)
{
    QStringList words;
    for (const TimelineStep &step : steps) {
        static const QStringList names{u"sent"_s,   u"submitted"_s, u"delivered"_s,
                                       u"read"_s,   u"rejected"_s,  u"undeliverable"_s,
                                       u"failed"_s, u"other"_s};
        const QString mark = step.kind == Kind::Missed ? u"!"_s
            : step.kind == Kind::Awaited               ? u"?"_s
                                                       : QString();
        words.append(names.at(static_cast<int>(step.status)) + mark);
    }
    return words.join(u' ');
}

} // namespace

class TestDeliveryTimeline : public QObject
{
    Q_OBJECT

private slots:
    void statusesStandInTheOrderInWhichTheyHappened();
    void anEventThatArrivesAfterALaterOneSaysSo();
    void copiesAreOneStep();
    void eventsThatOnlyLookAlikeStayApart();
    void aSkippedStatusIsNamed();
    void whatIsNotHeardYetIsAwaited_data();
    void whatIsNotHeardYetIsAwaited();
    void aGuessNeitherEndsTheWaitNorMakesOthersMissed();
    void gapsAreOfOurOwnClockWhereItTells();
    void lateOnesAreComparedByTheSendersClock();
    void whatWasImportedIsNeverLate();
    void anyOrderOfArrivalGivesTheSameSteps();
};

void TestDeliveryTimeline::statusesStandInTheOrderInWhichTheyHappened()
{
    const auto steps =
        deliveryTimeline(accepted(),
                         {happened(1, Submitted, 500ms, 600ms), happened(2, Delivered, 2s, 2100ms),
                          happened(3, Read, 9s, 9s)});
    QCOMPARE(told(steps), u"sent submitted delivered read"_s);
    QCOMPARE(steps.first().at, after(200ms));
    QCOMPARE(steps.at(2).at, after(2s));
    QCOMPARE(steps.at(2).numbers, QList<qint64>{2});
}

void TestDeliveryTimeline::anEventThatArrivesAfterALaterOneSaysSo()
{
    // Both happened within one second: rank decides.
    const auto steps =
        deliveryTimeline(accepted(),
                         {happened(1, Submitted, 500ms, 600ms), happened(2, Read, 2s, 2100ms),
                          happened(3, Delivered, 2s, 4s)});
    QCOMPARE(told(steps), u"sent submitted delivered read"_s);
    QVERIFY(steps.at(2).isOutOfOrder);
    QVERIFY(!steps.at(1).isOutOfOrder);
    QVERIFY(!steps.at(3).isOutOfOrder);
}

void TestDeliveryTimeline::copiesAreOneStep()
{
    const auto steps =
        deliveryTimeline(accepted(),
                         {happened(1, Submitted, 0s, 1s), happened(2, Submitted, 0s, 2s),
                          happened(3, Delivered, 3s, 3s), happened(4, Submitted, 0s, 4s)});
    QCOMPARE(told(steps), u"sent submitted delivered read?"_s);
    QCOMPARE(steps.at(1).numbers, (QList<qint64>{1, 2, 4}));
    QCOMPARE(steps.at(1).first.number, 1);
}

void TestDeliveryTimeline::eventsThatOnlyLookAlikeStayApart()
{
    KeptEvent other = happened(2, Submitted, 0s, 2s);
    other.event.messageUuid = u"m-2"_s; // the agent's next message
    KeptEvent later = happened(3, Submitted, 5s, 5s);
    KeptEvent nameless = happened(4, Submitted, 0s, 6s);
    nameless.event.messageUuid.clear();
    KeptEvent namelessToo = happened(5, Submitted, 0s, 6s);
    namelessToo.event.messageUuid.clear();
    KeptEvent copy = namelessToo;
    copy.number = 6;
    const auto steps = deliveryTimeline(
        accepted(), {happened(1, Submitted, 0s, 1s), other, later, nameless, namelessToo, copy});
    QCOMPARE(told(steps),
             u"sent submitted submitted submitted submitted submitted delivered? read?"_s);
    QCOMPARE(steps.at(4).numbers, (QList<qint64>{5, 6}));
}

void TestDeliveryTimeline::aSkippedStatusIsNamed()
{
    QCOMPARE(told(deliveryTimeline(accepted(), {happened(1, Read, 1s, 1s)})),
             u"sent submitted! delivered! read"_s);
    QCOMPARE(told(deliveryTimeline(accepted(),
                                   {happened(1, Submitted, 0s, 1s), happened(2, Read, 2s, 2s)})),
             u"sent submitted delivered! read"_s);
    QCOMPARE(told(deliveryTimeline(accepted(), {happened(1, Rejected, 1s, 1s)})),
             u"sent rejected"_s);
}

void TestDeliveryTimeline::whatIsNotHeardYetIsAwaited_data()
{
    QTest::addColumn<std::optional<Outcome>>("outcome");
    QTest::addColumn<QString>("steps");
    const auto row = [](const char *name, std::optional<Outcome> outcome, const QString &steps) {
        QTest::newRow(name) << outcome << steps;
    };
    const QString all = u"sent submitted? delivered? read?"_s;
    row("accepted", Outcome::Accepted, all);
    row("unknown", Outcome::Unknown, all);
    row("under way", std::nullopt, u"sent"_s);
    row("refused", Outcome::Refused, u"sent"_s);
    row("rate limited", Outcome::RateLimited, u"sent"_s);
    row("not sent", Outcome::NotSent, u"sent"_s);
    row("cancelled", Outcome::Cancelled, u"sent"_s);
}

void TestDeliveryTimeline::whatIsNotHeardYetIsAwaited()
{
    QFETCH(const std::optional<Outcome>, outcome);
    QFETCH(const QString, steps);
    SendRecord record = accepted();
    record.outcome = outcome;
    QCOMPARE(told(deliveryTimeline(record, {})), steps);
}

void TestDeliveryTimeline::aGuessNeitherEndsTheWaitNorMakesOthersMissed()
{
    QCOMPARE(
        told(deliveryTimeline(accepted(), {happened(1, Read, 1s, 1s, EventMatch::NumberAndTime)})),
        u"sent read submitted? delivered? read?"_s);
    QCOMPARE(told(deliveryTimeline(accepted(),
                                   {happened(1, Rejected, 1s, 1s, EventMatch::NumberAndTime)})),
             u"sent rejected submitted? delivered? read?"_s);
    QCOMPARE(told(deliveryTimeline(accepted(), {happened(1, Read, 1s, 1s, EventMatch::ByHand)})),
             u"sent submitted! delivered! read"_s);
}

void TestDeliveryTimeline::gapsAreOfOurOwnClockWhereItTells()
{
    const auto steps = deliveryTimeline(
        accepted(), {happened(1, Submitted, 0s, 900ms), happened(2, Delivered, 2s, 2800ms)});
    QCOMPARE(steps.at(1).gap, 700ms);
    QCOMPARE(steps.at(2).gap, 1900ms);
    QVERIFY(!steps.at(2).gapIsCoarse);
    QVERIFY(!steps.at(3).gap.has_value()); // awaited
}

void TestDeliveryTimeline::lateOnesAreComparedByTheSendersClock()
{
    const auto steps = deliveryTimeline(
        accepted(), {happened(1, Submitted, 1s, 1s), happened(2, Delivered, 5s, 3605s)});
    QVERIFY(!steps.at(1).isLate);
    QVERIFY(steps.at(2).isLate);
    QCOMPARE(steps.at(2).gap, 4s);
    QVERIFY(steps.at(2).gapIsCoarse);
    // Two clocks are not compared.
    const auto late = deliveryTimeline(accepted(), {happened(1, Submitted, 1s, 3605s)});
    QVERIFY(!late.at(1).gap.has_value());
}

void TestDeliveryTimeline::whatWasImportedIsNeverLate()
{
    KeptEvent imported = happened(1, Submitted, 1s, 86'400s);
    imported.source = EventSource::Imported;
    const auto steps = deliveryTimeline(accepted(), {imported});
    QVERIFY(!steps.at(1).isLate);
    QVERIFY(!steps.at(1).gap.has_value());
    QCOMPARE(steps.at(1).at, after(1s));
}

void TestDeliveryTimeline::anyOrderOfArrivalGivesTheSameSteps()
{
    QList<DeliveryStatus> order{Submitted, Delivered, Read};
    do {
        QList<KeptEvent> events;
        for (const DeliveryStatus status : order)
            events.append(happened(events.size() + 1, status, std::chrono::seconds(int(status)),
                                   10s + std::chrono::seconds(events.size())));
        QCOMPARE(told(deliveryTimeline(accepted(), events)), u"sent submitted delivered read"_s);
    } while (std::next_permutation(order.begin(), order.end()));
}

QTEST_GUILESS_MAIN(TestDeliveryTimeline)
#include "tst_deliverytimeline.moc"
