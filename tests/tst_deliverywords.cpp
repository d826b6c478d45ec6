#include "words/deliverywords.h"
#include "words/funnelwords.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QDateTime Noon({2026, 11, 23}, {12, 0, 0}, Qt::LocalTime);

SendRecord delivered(Outcome outcome = Outcome::Accepted)
{
    SendRecord record;
    record.claim.claimedAt = Noon.toUTC();
    record.outcome = outcome;
    record.settledAt = record.claim.claimedAt;
    record.delivery = DeliveryStatus::Delivered;
    record.deliveryMatch = EventMatch::Path;
    record.deliveredAt = record.claim.claimedAt.addSecs(2);
    return record;
}

TimelineStep heard()
{
    TimelineStep step;
    step.kind = TimelineStep::Kind::Heard;
    step.status = DeliveryStatus::Rejected;
    step.at = Noon.toUTC();
    step.numbers = {1, 2, 3};
    step.first.match = EventMatch::Path;
    StatusEvent &event = step.first.event;
    event.status = step.status;
    event.eventAt = step.at;
    event.arrivedAt = step.at.addMSecs(123);
    event.errorCode = u"1022"_s;
    event.errorDetail = u"<b>Bad</b> template"_s;
    event.metaCode = u"132001"_s;
    event.price = u"0.0421"_s;
    event.currency = u"EUR"_s;
    event.conversationOrigin = u"utility"_s;
    return step;
}

BatchRecord finished()
{
    BatchRecord record;
    record.id = 1;
    record.state = BatchState::Finished;
    record.endedAt = Noon.toUTC();
    return record;
}

BatchCounts counts()
{
    BatchCounts counts;
    counts.accepted = 10;
    counts.unknown = 3;
    counts.delivered = 4;
    counts.failed = 1;
    return counts;
}

} // namespace

class TestDeliveryWords : public QObject
{
    Q_OBJECT

private slots:
    void everythingAboutAStatusIsSaid();
    void howAStatusWasTiedIsSaid();
    void howLongItIsUnreadIsSaid();
    void anUnknownSendThatReachedSaysSo();
    void aGuessIsNeverWordedAsAFact();
    void aTooltipHasAllTimes();
    void aBatchTellsItsTwoEnds();
    void sharesAreNeverRoundedAway();
    void aFunnelTellsItsTimes();
};

void TestDeliveryWords::everythingAboutAStatusIsSaid()
{
    const SendRecord record = delivered();
    const TimelineStep step = heard();
    QCOMPARE(stepText(step, record), u"Rejected 1022"_s);
    QCOMPARE(stepTime(step, record, Noon), u"12:00:00"_s);
    const QString details = stepDetails(step, record).join(u'\n');
    for (const QString &part :
         {u"<b>Bad</b> template"_s, u"Meta's code 132001"_s, u"arrived 12:00:00.123"_s,
          u"price 0.0421 EUR"_s, u"utility conversation"_s, u"came 3 time"_s})
        QVERIFY2(details.contains(part), qPrintable(details));
    QVERIFY(!details.contains(u"arrived late"_s));

    TimelineStep late = step;
    late.isLate = true;
    late.first.event.arrivedAt = step.at.addSecs(7200);
    QVERIFY(stepDetails(late, record).join(u'\n').contains(u"arrived late, 14:00:00 (2 h"_s));
    TimelineStep turned = step;
    turned.isOutOfOrder = true;
    QVERIFY(stepDetails(turned, record).join(u'\n').contains(u"out of order"_s));
    TimelineStep timeless = step;
    timeless.first.event.eventAt = {};
    QVERIFY(stepDetails(timeless, record).join(u'\n').contains(u"gives no time"_s));

    TimelineStep gap = step;
    gap.gap = 1900ms;
    QCOMPARE(stepGap(gap), u"+1.9 s"_s);
    gap.gapIsCoarse = true;
    gap.gap = 2s;
    QCOMPARE(stepGap(gap), u"about +2 s"_s);
    gap.gap = 0s;
    QCOMPARE(stepGap(gap), u"within a second"_s);
    TimelineStep awaited;
    awaited.kind = TimelineStep::Kind::Awaited;
    awaited.status = DeliveryStatus::Read;
    QCOMPARE(stepTime(awaited, record, Noon.addSecs(60)), u"waiting"_s);
    QCOMPARE(stepTime(awaited, record, Noon.addDays(2)), u"nothing came so far"_s);
}

void TestDeliveryWords::howAStatusWasTiedIsSaid()
{
    QCOMPARE(matchText(EventMatch::Path), QString());
    QCOMPARE(matchText(EventMatch::MessageUuid), u"tied by its message ID"_s);
    QCOMPARE(matchText(EventMatch::NumberAndTime), u"a guess: same number, close in time"_s);
    QCOMPARE(matchText(EventMatch::ByHand), u"tied by hand"_s);
    TimelineStep step = heard();
    step.first.match = EventMatch::NumberAndTime;
    QCOMPARE(stepText(step, delivered()), u"Perhaps rejected 1022"_s);
    QVERIFY(stepDetails(step, delivered()).contains(u"a guess: same number, close in time"_s));
}

void TestDeliveryWords::howLongItIsUnreadIsSaid()
{
    SendRecord record = delivered();
    QVERIFY(deliverySummary(record, record.deliveredAt.addSecs(3 * 3600 + 5 * 60))
                .startsWith(u"Delivered, but not read for 3 h 5 min."_s));
    QVERIFY(deliverySummary(record, record.deliveredAt.addSecs(10)).isEmpty());
    record.delivery = DeliveryStatus::Read;
    QVERIFY(deliverySummary(record, record.deliveredAt.addDays(1)).isEmpty());
}

void TestDeliveryWords::anUnknownSendThatReachedSaysSo()
{
    const SendRecord record = delivered(Outcome::Unknown);
    QVERIFY(deliverySummary(record, Noon).contains(u"it did reach the recipient"_s));
    SendRecord silent = record;
    silent.delivery = DeliveryStatus::None;
    QVERIFY(deliverySummary(silent, Noon).isEmpty());
}

void TestDeliveryWords::aGuessIsNeverWordedAsAFact()
{
    for (const Outcome outcome : {Outcome::Accepted, Outcome::Unknown}) {
        SendRecord record = delivered(outcome);
        record.deliveryMatch = EventMatch::NumberAndTime;
        record.deliveredAt = {};
        const QString summary = deliverySummary(record, Noon);
        QVERIFY2(summary.contains(u"guess"_s), qPrintable(summary));
        QVERIFY(!summary.contains(u"did reach"_s));
        QVERIFY(deliveryTimesText(record).contains(u"guess"_s));
    }
}

void TestDeliveryWords::aTooltipHasAllTimes()
{
    SendRecord record = delivered();
    record.submittedAt = record.claim.claimedAt.addSecs(1);
    QCOMPARE(deliveryTimesText(record), u"Submitted 12:00:01\nDelivered 12:00:02"_s);
    record.delivery = DeliveryStatus::Rejected;
    record.deliveryError = u"1022"_s;
    QVERIFY(deliveryTimesText(record).endsWith(u"Rejected 1022"_s));
}

void TestDeliveryWords::aBatchTellsItsTwoEnds()
{
    BatchRecord record = finished();
    const QString time = QLocale().toString(QTime(12, 0), QLocale::ShortFormat);
    const QString waiting = batchEndsText(record, counts(), Noon.addSecs(60).toUTC());
    QVERIFY2(waiting.startsWith(u"All sent "_s + time), qPrintable(waiting));
    QVERIFY2(waiting.contains(u"waiting for 8 "_s), qPrintable(waiting));
    QVERIFY2(waiting.endsWith(time + u" tomorrow"_s), qPrintable(waiting));

    record.deliveryEnd = DeliveryEnd::TimeOver;
    record.deliveryEndedAt = Noon.addDays(1).toUTC();
    QVERIFY(batchEndsText(record, counts(), Noon.addDays(1).toUTC())
                .contains(u"nothing heard of 8 "_s));
    record.deliveryEnd = DeliveryEnd::AllHeard;
    BatchCounts heard = counts();
    heard.delivered = 12;
    QVERIFY(batchEndsText(record, heard, Noon.addDays(1).toUTC())
                .contains(u"all delivered, read or failed "_s + time));
    record.state = BatchState::Running;
    record.endedAt = {};
    QVERIFY(batchEndsText(record, counts(), Noon.toUTC()).isEmpty());
}

void TestDeliveryWords::sharesAreNeverRoundedAway()
{
    Funnel funnel;
    funnel.sends = 100'000;
    funnel.accepted = 99'999;
    QVERIFY(funnelCountText(funnel, FunnelPart::Accepted).endsWith(u">99 %"_s));
    funnel.failed = 1;
    QVERIFY(funnelCountText(funnel, FunnelPart::Failed).endsWith(u"<1 %"_s));
    funnel.failed = 0;
    QVERIFY(funnelCountText(funnel, FunnelPart::Failed).endsWith(u" 0 %"_s));
    funnel.accepted = funnel.sends;
    QVERIFY(funnelCountText(funnel, FunnelPart::Accepted).endsWith(u"100 %"_s));
    QVERIFY(!funnelCountText({}, FunnelPart::Read).contains(u'%')); // of nothing
}

void TestDeliveryWords::aFunnelTellsItsTimes()
{
    Funnel funnel;
    funnel.sends = funnel.accepted = 10;
    funnel.delivered = {9, 9, 1900ms, 74'000ms};
    QCOMPARE(funnelTimes(funnel, FunnelPart::Delivered),
             (QStringList{u"half in 2 s"_s, u"95 % in 1 min 14 s"_s}));
    const QString sentence = funnelSentence(funnel, FunnelPart::Delivered);
    QVERIFY2(sentence.startsWith(u"Delivered: 9 · 90 %."_s), qPrintable(sentence));
    QVERIFY(sentence.contains(u"Half of them within 2 s of the answer"_s));
    QVERIFY(funnelTimes(funnel, FunnelPart::Read).isEmpty());
    funnel.delivered.median = 0ms; // the senders' clocks tick in seconds
    QCOMPARE(funnelTimes(funnel, FunnelPart::Delivered).first(), u"half in <1 s"_s);
    for (const FunnelPart part : funnelParts())
        QVERIFY(!funnelPartText(part).isEmpty());
}

QTEST_GUILESS_MAIN(TestDeliveryWords)
#include "tst_deliverywords.moc"
