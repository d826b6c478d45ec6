#include "words/deliverywords.h"

#include "core/deliverystate.h"
#include "words/batchwords.h"
#include "words/sendwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Deliveries)
};

using Kind = TimelineStep::Kind;

/// After that nobody tries to deliver a status any more: Vonage repeats for 24 h
/// (developer.vonage.com/en/messages/concepts/message-status, 2026-11).
constexpr auto StatusesCome = 24h;

constexpr qsizetype MostDetail = 1000; ///< Characters; known ones have at most 300.

constexpr auto WorthSaying = 1min; ///< Most messages are not read sooner.

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text.front() = text.front().toUpper();
    return text;
}

QString heardText(const StatusEvent &event)
{
    QString name =
        event.status == DeliveryStatus::Other ? event.statusText : deliveryStatusText(event.status);
    if (name.isEmpty())
        name = Words::tr("unreadable callback");
    if (!event.errorCode.isEmpty())
        name += u' ' + event.errorCode;
    return name;
}

QString copiesText(qsizetype count)
{
    return count < 2 ? QString() : Words::tr("came %n time(s)", nullptr, static_cast<int>(count));
}

QString arrivalText(const TimelineStep &step, const SendRecord &record)
{
    const StatusEvent &event = step.first.event;
    if (!event.eventAt.isValid())
        return Words::tr("gives no time: this is when it arrived");
    const QString arrived = momentText(event.arrivedAt, record.claim.claimedAt);
    if (step.first.source == EventSource::Imported)
        return Words::tr("imported %1").arg(arrived);
    if (step.isLate)
        return Words::tr("arrived late, %1 (%2 later)")
            .arg(arrived,
                 spanText(std::chrono::milliseconds(event.eventAt.msecsTo(event.arrivedAt))));
    return step.isOutOfOrder ? Words::tr("arrived %1, out of order").arg(arrived)
                             : Words::tr("arrived %1").arg(arrived);
}

/// A callback may be 64 KiB of one text; all of it is in the raw status.
QString shortened(const QString &text)
{
    return text.size() > MostDetail ? text.first(MostDetail) + u'…' : text;
}

QString metaText(const StatusEvent &event)
{
    return event.metaCode.isEmpty() || event.metaCode == event.errorCode
        ? QString()
        : Words::tr("Meta's code %1").arg(event.metaCode);
}

QString priceText(const StatusEvent &event)
{
    return event.price.isEmpty() ? QString()
                                 : Words::tr("price %1 %2").arg(event.price, event.currency);
}

QString originText(const StatusEvent &event)
{
    return event.conversationOrigin.isEmpty()
        ? QString()
        : Words::tr("%1 conversation").arg(event.conversationOrigin);
}

QString timeLine(const QString &name, const QDateTime &at, const SendRecord &record)
{
    return at.isValid()
        ? Words::tr("%1 %2").arg(capitalised(name), momentText(at, record.claim.claimedAt))
        : QString();
}

/// "14:02", "14:02 tomorrow", "14:02 on 24 Nov".
QString dayTime(const QDateTime &at, const QDateTime &now)
{
    const QDateTime local = at.toLocalTime();
    QString time = QLocale().toString(local.time(), QLocale::ShortFormat);
    const qint64 days = now.toLocalTime().date().daysTo(local.date());
    if (days == 0)
        return time;
    if (days == 1)
        return Words::tr("%1 tomorrow").arg(time);
    return days == -1
        ? Words::tr("%1 yesterday").arg(time)
        : Words::tr("%1 on %2").arg(time, QLocale().toString(local.date(), QLocale::ShortFormat));
}

} // namespace

QString momentText(const QDateTime &at, const QDateTime &reference)
{
    const QDateTime local = at.toLocalTime();
    const int milliseconds = local.time().msec();
    const QString time = local.toString(milliseconds == 0 ? u"HH:mm:ss"_s : u"HH:mm:ss.zzz"_s);
    return local.date() == reference.toLocalTime().date()
        ? time
        : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + time;
}

QString gapText(std::chrono::milliseconds gap)
{
    if (gap < 1s)
        return Words::tr("%1 ms").arg(gap.count());
    if (gap < 1min)
        return Words::tr("%1 s").arg(
            QLocale().toString(static_cast<double>(gap.count()) / 1000.0, 'f', 1));
    return spanText(gap);
}

QString matchText(EventMatch match)
{
    switch (match) {
    case EventMatch::None:
    case EventMatch::Path: return {};
    case EventMatch::MessageUuid: return Words::tr("tied by its message ID");
    case EventMatch::NumberAndTime: return Words::tr("a guess: same number, close in time");
    case EventMatch::ByHand: return Words::tr("tied by hand");
    }
    return {};
}

QString stepText(const TimelineStep &step, const SendRecord &record)
{
    switch (step.kind) {
    case Kind::Sent: return resultText(record);
    case Kind::Heard:
        return step.first.match == EventMatch::NumberAndTime
            ? capitalised(Words::tr("perhaps %1").arg(heardText(step.first.event)))
            : capitalised(heardText(step.first.event));
    case Kind::Missed:
    case Kind::Awaited: return capitalised(deliveryStatusText(step.status));
    }
    return {};
}

QString stepTime(const TimelineStep &step, const SendRecord &record, const QDateTime &now)
{
    switch (step.kind) {
    case Kind::Sent:
    case Kind::Heard: return momentText(step.at, record.claim.claimedAt);
    case Kind::Missed: return Words::tr("no status of it came");
    case Kind::Awaited:
        return record.claim.claimedAt.secsTo(now) > std::chrono::seconds(StatusesCome).count()
            ? Words::tr("nothing came so far")
            : Words::tr("waiting");
    }
    return {};
}

QString stepGap(const TimelineStep &step)
{
    if (!step.gap)
        return {};
    if (!step.gapIsCoarse)
        return Words::tr("+%1").arg(gapText(*step.gap));
    return *step.gap < 1s ? Words::tr("within a second")
                          : Words::tr("about +%1").arg(spanText(*step.gap));
}

QStringList stepDetails(const TimelineStep &step, const SendRecord &record)
{
    if (step.kind == Kind::Sent) {
        const bool took = record.outcome && record.answer.timing.total.count() > 0;
        return took
            ? QStringList{Words::tr("took %1").arg(durationText(record.answer.timing.total))}
            : QStringList();
    }
    if (step.kind != Kind::Heard)
        return {};
    const StatusEvent &event = step.first.event;
    QStringList lines{shortened(event.errorDetail), metaText(event), matchText(step.first.match)};
    QStringList rest{arrivalText(step, record), copiesText(step.numbers.size())};
    rest.removeAll(QString());
    lines << rest.join(u" · "_s);
    QStringList cost{priceText(event), originText(event)};
    cost.removeAll(QString());
    lines << cost.join(u" · "_s);
    lines.removeAll(QString());
    return lines;
}

QString deliverySummary(const SendRecord &record, const QDateTime &now)
{
    if (!record.outcome)
        return {};
    if (isGuess(record)
        || (*record.outcome == Outcome::Unknown && record.delivery != DeliveryStatus::None))
        return explain(record).reached;
    if (record.delivery != DeliveryStatus::Delivered || !record.deliveredAt.isValid())
        return {};
    const std::chrono::milliseconds unread(record.deliveredAt.msecsTo(now));
    if (unread < WorthSaying)
        return {};
    return Words::tr("Delivered, but not read for %1. Who has switched read receipts off is never "
                     "shown as read.")
        .arg(spanText(unread));
}

QString deliveryTimesText(const SendRecord &record)
{
    QStringList lines{
        timeLine(deliveryStatusText(DeliveryStatus::Submitted), record.submittedAt, record),
        timeLine(deliveryStatusText(DeliveryStatus::Delivered), record.deliveredAt, record),
        timeLine(deliveryStatusText(DeliveryStatus::Read), record.readAt, record)};
    if (isFailure(record.delivery))
        lines << capitalised(deliveryText(record));
    lines << (isGuess(record) ? capitalised(matchText(record.deliveryMatch)) : QString());
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString batchEndsText(const BatchRecord &record, const BatchCounts &counts, const QDateTime &now)
{
    const bool sent = record.state == BatchState::Finished || record.state == BatchState::Stopped;
    if (!sent || !record.endedAt.isValid() || counts.accepted + counts.unknown == 0)
        return {};
    const QString ended = record.state == BatchState::Finished
        ? Words::tr("All sent %1").arg(dayTime(record.endedAt, now))
        : Words::tr("Stopped %1").arg(dayTime(record.endedAt, now));
    const auto open = static_cast<int>(
        std::max<qint64>(0, counts.accepted + counts.unknown - counts.delivered - counts.failed));
    const QString messages = Words::tr("%n deliveries", nullptr, open);
    const QDateTime until = record.endedAt.addMSecs(record.plan.deliveryWait.count());
    switch (record.deliveryEnd) {
    case DeliveryEnd::AllHeard:
        return Words::tr("%1 · all delivered, read or failed %2")
            .arg(ended, dayTime(record.deliveryEndedAt, now));
    case DeliveryEnd::TimeOver:
        return open == 0 ? ended
                         : Words::tr("%1 · waited until %2, nothing heard of %3")
                               .arg(ended, dayTime(record.deliveryEndedAt, now), messages);
    case DeliveryEnd::None: break;
    }
    return open == 0
        ? ended
        : Words::tr("%1 · waiting for %2, until %3").arg(ended, messages, dayTime(until, now));
}

} // namespace icebreaker
