#include "core/deliverytimeline.h"

#include "core/deliverystate.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

namespace icebreaker {

namespace {

using Kind = TimelineStep::Kind;
using std::chrono::milliseconds;

constexpr std::array Ranks{DeliveryStatus::Submitted, DeliveryStatus::Delivered,
                           DeliveryStatus::Read};

bool isRank(DeliveryStatus status)
{
    return std::find(Ranks.begin(), Ranks.end(), status) != Ranks.end();
}

bool isCopy(const StatusEvent &a, const StatusEvent &b)
{
    const auto key = [](const StatusEvent &event) {
        return std::tie(event.status, event.statusText, event.messageUuid, event.eventAt,
                        event.errorCode, event.metaCode, event.errorDetail);
    };
    // Without a message or a time nothing says that it is the same event but its bytes.
    const bool isNamed = !a.messageUuid.isEmpty() && a.eventAt.isValid();
    return isNamed ? key(a) == key(b) : a.raw == b.raw;
}

TimelineStep heard(const KeptEvent &kept)
{
    TimelineStep step;
    step.kind = Kind::Heard;
    step.status = kept.event.status;
    const QDateTime moment = momentOf(kept);
    step.at = moment.isValid() ? moment : kept.event.arrivedAt;
    step.first = kept;
    step.numbers = {kept.number};
    // What was imported arrived when somebody pasted it.
    step.isLate = kept.source != EventSource::Imported && kept.event.eventAt.isValid()
        && milliseconds(kept.event.eventAt.msecsTo(kept.event.arrivedAt)) > LateAfter;
    return step;
}

QList<TimelineStep> folded(const QList<KeptEvent> &events)
{
    QList<TimelineStep> steps;
    for (const KeptEvent &kept : events) {
        const auto same = std::find_if(steps.begin(), steps.end(), [&](const TimelineStep &step) {
            return step.first.match == kept.match && isCopy(step.first.event, kept.event);
        });
        if (same != steps.end())
            same->numbers.append(kept.number);
        else
            steps.append(heard(kept));
    }
    return steps;
}

/// Submitted, delivered, read, what failed; in the order in which they can happen.
auto orderOf(const TimelineStep &step)
{
    const int rank = isRank(step.status) ? static_cast<int>(step.status)
        : isFailure(step.status)         ? static_cast<int>(DeliveryStatus::Rejected)
                                         : 0;
    return std::tuple(step.at.toSecsSinceEpoch(), rank, step.at.toMSecsSinceEpoch(),
                      step.first.number);
}

void noteOrder(QList<TimelineStep> &steps)
{
    qint64 earliestAfter = std::numeric_limits<qint64>::max();
    for (qsizetype i = steps.size() - 1; i >= 0; --i) {
        TimelineStep &step = steps[i];
        step.isOutOfOrder = step.first.number > earliestAfter;
        earliestAfter = std::min(earliestAfter, step.first.number);
    }
}

/// Our own clock tells fractions of a second, and fits both steps; but only what was on
/// its way equally long can be compared by it.
bool arrivalTellsGap(const TimelineStep &step)
{
    return !step.isLate && !step.isOutOfOrder && step.first.source != EventSource::Imported
        && step.first.event.arrivedAt.isValid();
}

void setGap(TimelineStep &step, const TimelineStep &before)
{
    if (before.kind == Kind::Sent) {
        const milliseconds gap(before.at.msecsTo(step.first.event.arrivedAt));
        if (arrivalTellsGap(step) && before.at.isValid() && gap >= milliseconds(0))
            step.gap = gap;
        return;
    }
    if (arrivalTellsGap(step) && arrivalTellsGap(before)) {
        step.gap = milliseconds(before.first.event.arrivedAt.msecsTo(step.first.event.arrivedAt));
    } else if (step.first.event.eventAt.isValid() && before.first.event.eventAt.isValid()) {
        step.gap = milliseconds(before.at.msecsTo(step.at));
        step.gapIsCoarse = step.at.time().msec() == 0 && before.at.time().msec() == 0;
    }
    if (step.gap && *step.gap < milliseconds(0))
        step.gap.reset();
}

TimelineStep without(Kind kind, DeliveryStatus status)
{
    TimelineStep step;
    step.kind = kind;
    step.status = status;
    return step;
}

bool hasHeard(const QList<TimelineStep> &steps, DeliveryStatus status)
{
    return std::any_of(steps.begin(), steps.end(),
                       [status](const TimelineStep &step) { return step.status == status; });
}

/// A guess neither ends the wait nor makes other events look as if they were lost.
bool isCertain(const TimelineStep &step)
{
    return step.kind == Kind::Heard && isExact(step.first.match);
}

DeliveryStatus highest(const QList<TimelineStep> &steps)
{
    DeliveryStatus most = DeliveryStatus::None;
    for (const TimelineStep &step : steps) {
        if (isCertain(step) && isRank(step.status))
            most = std::max(most, step.status);
    }
    return most;
}

void addMissed(QList<TimelineStep> &steps)
{
    const DeliveryStatus most = highest(steps);
    for (const DeliveryStatus status : Ranks) {
        if (status >= most || hasHeard(steps, status))
            continue;
        const auto later = std::find_if(steps.begin(), steps.end(), [&](const TimelineStep &step) {
            return isRank(step.status) && step.status > status;
        });
        steps.insert(later, without(Kind::Missed, status));
    }
}

void addAwaited(QList<TimelineStep> &steps, const SendRecord &record)
{
    const bool open = record.outcome
        && (*record.outcome == Outcome::Accepted || *record.outcome == Outcome::Unknown);
    const bool failed = std::any_of(steps.begin(), steps.end(), [](const TimelineStep &step) {
        return isCertain(step) && isFailure(step.status);
    });
    if (!open || failed)
        return;
    const DeliveryStatus most = highest(steps);
    for (const DeliveryStatus status : Ranks) {
        if (status > most)
            steps.append(without(Kind::Awaited, status));
    }
}

} // namespace

QList<TimelineStep> deliveryTimeline(const SendRecord &record, const QList<KeptEvent> &events)
{
    TimelineStep sent;
    sent.at = record.outcome ? record.settledAt : record.claim.claimedAt;
    QList<TimelineStep> steps = folded(events);
    std::stable_sort(steps.begin(), steps.end(), [](const TimelineStep &a, const TimelineStep &b) {
        return orderOf(a) < orderOf(b);
    });
    noteOrder(steps);
    const TimelineStep *before = &sent;
    for (TimelineStep &step : steps) {
        setGap(step, *before);
        before = &step;
    }
    addMissed(steps);
    addAwaited(steps, record);
    steps.prepend(sent);
    return steps;
}

} // namespace icebreaker
