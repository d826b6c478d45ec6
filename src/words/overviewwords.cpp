#include "words/overviewwords.h"

#include "words/sendwords.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Overviews)
};

QString numberText(qint64 number)
{
    return QLocale().toString(number);
}

QString timeText(std::chrono::milliseconds time)
{
    return durationText(time);
}

QDateTime endOf(const OverviewBar &bar, std::chrono::seconds step)
{
    return bar.from.addSecs(step.count()).toLocalTime();
}

QString filterTime(const QDateTime &time)
{
    return time.toString(u"yyyy-MM-ddTHH:mm:ss"_s);
}

} // namespace

QString overviewPartText(OverviewPart part)
{
    switch (part) {
    case OverviewPart::Accepted: return Words::tr("Accepted");
    case OverviewPart::RateLimited: return Words::tr("Too many requests (429)");
    case OverviewPart::Refused: return Words::tr("Refused");
    case OverviewPart::Unknown: return Words::tr("Outcome unknown");
    case OverviewPart::NotSent: return Words::tr("Not sent");
    case OverviewPart::InFlight: return Words::tr("On its way");
    }
    return {};
}

QString overviewPartFilter(OverviewPart part)
{
    switch (part) {
    case OverviewPart::Accepted: return u"outcome:accepted"_s;
    case OverviewPart::RateLimited: return u"outcome:rate_limited"_s;
    case OverviewPart::Refused: return u"outcome:refused"_s;
    case OverviewPart::Unknown: return u"outcome:unknown"_s;
    case OverviewPart::NotSent: return u"outcome:not_sent,cancelled"_s;
    case OverviewPart::InFlight: return u"outcome:in_flight"_s;
    }
    return {};
}

QString overviewCountsText(qint64 sends, const OverviewCounts &counts)
{
    QStringList parts;
    for (std::size_t part = 0; part < OverviewParts; ++part) {
        if (counts.at(part) > 0)
            parts.append(Words::tr("%1: %2").arg(overviewPartText(static_cast<OverviewPart>(part)),
                                                 numberText(counts.at(part))));
    }
    parts.prepend(Words::tr("Sends: %1").arg(numberText(sends)));
    return parts.join(u" · "_s);
}

QString overviewStepText(std::chrono::seconds step)
{
    if (step < 1min)
        return Words::tr("Each bar: %n second(s)", nullptr, static_cast<int>(step.count()));
    if (step < 1h)
        return Words::tr("Each bar: %n minute(s)", nullptr, static_cast<int>(step / 1min));
    if (step < 24h)
        return Words::tr("Each bar: %n hour(s)", nullptr, static_cast<int>(step / 1h));
    return Words::tr("Each bar: %n day(s)", nullptr, static_cast<int>(step / 24h));
}

QString overviewSpanText(const OverviewBar &bar, std::chrono::seconds step)
{
    const QLocale locale;
    const QDateTime from = bar.from.toLocalTime();
    if (step >= 24h) {
        const QString day = locale.toString(from.date(), QLocale::ShortFormat);
        return step == 24h
            ? day
            : Words::tr("%1 to %2")
                  .arg(day,
                       locale.toString(endOf(bar, step).date().addDays(-1), QLocale::ShortFormat));
    }
    const QString format = step < 1min ? u"HH:mm:ss"_s : u"HH:mm"_s;
    return Words::tr("%1, %2 to %3")
        .arg(locale.toString(from.date(), QLocale::ShortFormat),
             locale.toString(from.time(), format),
             locale.toString(endOf(bar, step).time(), format));
}

QString overviewSpanFilter(const OverviewBar &bar, std::chrono::seconds step)
{
    return u"since:%1 until:%2"_s.arg(filterTime(bar.from.toLocalTime()),
                                      filterTime(endOf(bar, step)));
}

QString overviewErrorText(const QString &token)
{
    const QString value = token.section(u':', 1);
    if (token.startsWith("status:"_L1))
        return Words::tr("HTTP status %1").arg(value);
    if (token.startsWith("code:"_L1))
        return Words::tr("Error code %1").arg(value);
    if (const auto outcome = outcomeFromName(value))
        return outcomeText(*outcome);
    if (value == "rejected"_L1)
        return deliveryStatusText(DeliveryStatus::Rejected);
    if (value == "undeliverable"_L1)
        return deliveryStatusText(DeliveryStatus::Undeliverable);
    return value == "failed"_L1 ? deliveryStatusText(DeliveryStatus::Failed) : token;
}

QString latencyBinText(const OverviewLatency &latency, qsizetype bin)
{
    const auto &most = latency.bins.at(bin).most;
    return most ? Words::tr("up to %1").arg(timeText(*most))
                : Words::tr("over %1").arg(timeText(latency.bins.at(bin - 1).most.value_or(0ms)));
}

QString latencyBinFilter(const OverviewLatency &latency, qsizetype bin)
{
    const auto milliseconds = [&latency](qsizetype at) {
        return latency.bins.at(at).most.value_or(0ms).count();
    };
    if (bin == 0)
        return u"took:<%1ms"_s.arg(milliseconds(0) + 1);
    if (!latency.bins.at(bin).most)
        return u"took:>=%1ms"_s.arg(milliseconds(bin - 1) + 1);
    // Times are cut to milliseconds here and are microseconds in the journal.
    return u"took:>=%1ms took:<%2ms"_s.arg(milliseconds(bin - 1) + 1).arg(milliseconds(bin) + 1);
}

QString latencyText(const OverviewLatency &latency)
{
    if (latency.timed == 0)
        return Words::tr("No answer yet.");
    return Words::tr("Half within %1, 90 % within %2, 95 % within %3, 99 % within %4; longest %5.")
        .arg(timeText(latency.median), timeText(latency.p90), timeText(latency.p95),
             timeText(latency.p99), timeText(latency.longest));
}

QString paceBinText(const PaceBin &bin)
{
    return bin.starts < MostPace ? Words::tr("%1 a second").arg(bin.starts)
                                 : Words::tr("%1 a second or more").arg(MostPace);
}

QString paceBinSentence(const PaceBin &bin)
{
    return Words::tr("%1 of %2 sends were answered with 429.")
        .arg(numberText(bin.rateLimited), numberText(bin.sends));
}

QString paceText(const Overview &overview)
{
    if (overview.pace.isEmpty())
        return Words::tr("Nothing was sent.");
    const auto limited = std::find_if(overview.pace.begin(), overview.pace.end(),
                                      [](const PaceBin &bin) { return bin.rateLimited > 0; });
    if (limited == overview.pace.end())
        return Words::tr("None was answered with 429. Most that one agent was sent at a time: %1.")
            .arg(paceBinText(overview.pace.last()));
    return Words::tr("429s began at %1. Who else used the agent is not counted here.")
        .arg(paceBinText(*limited));
}

} // namespace icebreaker
