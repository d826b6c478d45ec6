#include "words/batchwords.h"

#include "core/outboundrequest.h"
#include "core/pace.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Batches)
};

/// For Qt's plural forms, which count in int.
int plural(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

QString moment(const QDateTime &at)
{
    return at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString requestLine(const BatchPlan &plan)
{
    const auto request = OutboundRequest::fromJson(plan.request);
    if (!request)
        return {};
    const QString agent = Words::tr("agent %1").arg(request->text(Field::AgentId));
    const QString message = request->text(Field::Template);
    return message.isEmpty()
        ? agent
        : Words::tr("%1, template %2 · %3").arg(agent, message, request->text(Field::Locale));
}

QString timesLine(const BatchRecord &record)
{
    if (!record.endedAt.isValid())
        return Words::tr("Started %1").arg(moment(record.createdAt));
    const std::chrono::milliseconds took(record.createdAt.msecsTo(record.endedAt));
    return Words::tr("Started %1, ended %2 (%3)")
        .arg(moment(record.createdAt), moment(record.endedAt), spanText(took));
}

QStringList deliveryLines(const BatchCounts &counts)
{
    if (counts.accepted + counts.unknown == 0)
        return {};
    QStringList lines{{}, Words::tr("Delivery, as far as it was heard")};
    lines << Words::tr("  %1 delivered").arg(counts.delivered);
    lines << Words::tr("  %1 read").arg(counts.read);
    lines << Words::tr("  %1 rejected, undeliverable or failed").arg(counts.failed);
    return lines;
}

} // namespace

QString batchStateText(const BatchRecord &record)
{
    const bool alive = record.here || record.elsewhere;
    switch (record.state) {
    case BatchState::Building: return Words::tr("being written down");
    case BatchState::Running: return alive ? Words::tr("running") : Words::tr("interrupted");
    case BatchState::Paused: return alive ? Words::tr("paused") : Words::tr("interrupted");
    case BatchState::Stopped: return Words::tr("stopped");
    case BatchState::Finished: return Words::tr("finished");
    }
    return {};
}

QString rowStateText(RowState state)
{
    switch (state) {
    case RowState::Waiting: return Words::tr("waiting");
    case RowState::InFlight: return Words::tr("sending");
    case RowState::Accepted: return Words::tr("accepted");
    case RowState::Refused: return Words::tr("refused");
    case RowState::Unknown: return Words::tr("unknown");
    case RowState::Excluded: return Words::tr("not sent");
    }
    return {};
}

QString pauseText(BatchPause pause)
{
    switch (pause) {
    case BatchPause::None:
    case BatchPause::User: return {};
    case BatchPause::Limited:
        return Words::tr("Paused: the server answered 429 (too many requests) again and again. "
                         "Probably the agent is approved for fewer sessions per second than the "
                         "limit here says: lower the limit, or publish the agent after an "
                         "approval and wait 5 minutes. Or somebody else uses the same agent at "
                         "the moment. Nothing is lost: these rows wait.");
    case BatchPause::KeyRefused:
        return Words::tr("Paused: the API key was refused, and every further row would be refused "
                         "as well. Check the key and the region, then resume and retry the "
                         "refused rows.");
    case BatchPause::NotRecorded:
        return Words::tr("Paused: the journal cannot be written, and what cannot be recorded is "
                         "not sent. Free some space or check the data folder, then resume.");
    case BatchPause::KeyMissing:
        return Words::tr("Paused: there is no API key for this profile. Enter it, then resume.");
    case BatchPause::CannotSend:
        return Words::tr("Paused: nothing leaves this computer, for a reason that waiting does "
                         "not mend. The log explains the last send; then resume.");
    }
    return {};
}

QString unreachableText(std::optional<std::chrono::milliseconds> rest)
{
    const QString text = Words::tr("The host cannot be reached. No row is lost; the batch goes on "
                                   "by itself when it can be reached again.");
    return rest ? Words::tr("%1 Next try in %2.").arg(text, spanText(*rest)) : text;
}

QString restText(std::optional<std::chrono::milliseconds> rest, qint64 count)
{
    const QString text = Words::tr("%n answer(s) with 429 so far; those rows are sent again, "
                                   "first of all.",
                                   nullptr, plural(count));
    return rest ? Words::tr("%1 Goes on in %2.").arg(text, spanText(*rest)) : text;
}

QString unknownRowsText(qint64 count)
{
    return Words::tr("Nobody knows whether %n row(s) were sent, and they are never sent again by "
                     "themselves. To find out: a delivery status in the Delivery column proves "
                     "that the message went out; otherwise look for the number in AI Studio's "
                     "conversation reports.",
                     nullptr, plural(count));
}

QString spanText(std::chrono::milliseconds span)
{
    using days = std::chrono::duration<qint64, std::ratio<86'400>>;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(std::max(span, 0ms));
    if (seconds < 60s)
        return Words::tr("%1 s").arg(seconds.count());
    if (seconds < 1h)
        return Words::tr("%1 min %2 s").arg(seconds.count() / 60).arg(seconds.count() % 60);
    const auto minutes = std::chrono::round<std::chrono::minutes>(seconds);
    if (minutes < 24h)
        return Words::tr("%1 h %2 min").arg(minutes.count() / 60).arg(minutes.count() % 60);
    const auto hours = std::chrono::round<std::chrono::hours>(seconds);
    return Words::tr("%n day(s) %1 h", nullptr, plural(std::chrono::floor<days>(hours).count()))
        .arg(hours.count() % 24);
}

QString rateText(double perSecond)
{
    return Words::tr("%1/s").arg(QLocale().toString(perSecond, 'f', perSecond < 10 ? 2 : 0));
}

QString countsText(const BatchCounts &counts)
{
    QStringList parts{Words::tr("%1 accepted").arg(counts.accepted)};
    const auto add = [&parts](qint64 count, const QString &text) {
        if (count > 0)
            parts << text.arg(count);
    };
    add(counts.refused, Words::tr("%1 refused"));
    add(counts.unknown, Words::tr("%1 unknown"));
    add(counts.inFlight, Words::tr("%1 under way"));
    add(counts.waiting, Words::tr("%1 waiting"));
    add(counts.excluded, Words::tr("%1 left out"));
    return parts.join(u" · "_s);
}

QString doneText(const QDateTime &now, std::chrono::milliseconds left)
{
    const QDateTime end = now.toLocalTime().addMSecs(left.count());
    const QString clock = end.date() == now.toLocalTime().date()
        ? end.toString(u"HH:mm:ss"_s)
        : QLocale().toString(end, QLocale::ShortFormat);
    return Words::tr("done at %1 (%2 left)").arg(clock, spanText(left));
}

std::chrono::milliseconds sendingTime(qint64 sends, int limit)
{
    return std::chrono::ceil<std::chrono::milliseconds>(sends * paceInterval(std::max(1, limit)));
}

QString batchSummary(const BatchRecord &record, const BatchCounts &counts)
{
    const BatchPlan &plan = record.plan;
    QStringList lines;
    lines << Words::tr("%1: %2").arg(plan.name, batchStateText(record));
    lines << timesLine(record);
    lines
        << Words::tr("Profile %1, region %2, %3").arg(plan.profile, plan.region, requestLine(plan));
    lines << Words::tr("At most %n session(s) per second", nullptr, plan.limit);
    lines << QString() << Words::tr("%n row(s)", nullptr, plural(counts.total()));
    lines << Words::tr("  %1 accepted").arg(counts.accepted);
    lines << Words::tr("  %1 refused").arg(counts.refused);
    lines << Words::tr("  %1 unknown").arg(counts.unknown);
    lines << Words::tr("  %1 waiting").arg(counts.waiting + counts.inFlight);
    lines << Words::tr("  %1 left out by the checks").arg(counts.excluded);
    if (counts.rateLimited > 0)
        lines << Words::tr("%n answer(s) with 429; their rows were put back and sent again.",
                           nullptr, plural(counts.rateLimited));
    lines << deliveryLines(counts);
    if (const QString why = pauseText(record.pause); !why.isEmpty())
        lines << QString() << why;
    if (counts.unknown > 0)
        lines << QString() << unknownRowsText(counts.unknown);
    return lines.join(u'\n') + u'\n';
}

} // namespace icebreaker
