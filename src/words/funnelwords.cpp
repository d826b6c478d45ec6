#include "words/funnelwords.h"

#include "words/batchwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Funnels)
};

const FunnelStage *stageOf(const Funnel &funnel, FunnelPart part)
{
    switch (part) {
    case FunnelPart::Submitted: return &funnel.submitted;
    case FunnelPart::Delivered: return &funnel.delivered;
    case FunnelPart::Read: return &funnel.read;
    default: return nullptr;
    }
}

QString meaning(const Funnel &funnel, FunnelPart part)
{
    switch (part) {
    case FunnelPart::Sends: return Words::tr("Everything that the filter shows.");
    case FunnelPart::Accepted: return Words::tr("Accepted by AI Studio; that is not delivered.");
    case FunnelPart::Submitted: return Words::tr("Handed to WhatsApp, or more.");
    case FunnelPart::Delivered: return Words::tr("On the recipient's phone, or read.");
    case FunnelPart::Read:
        return Words::tr("Opened. Who has switched read receipts off is never shown as read.");
    case FunnelPart::Failed: return Words::tr("Rejected, undeliverable or failed.");
    case FunnelPart::Silent:
        return funnel.guessed == 0
            ? Words::tr("Accepted, and no status was heard.")
            : Words::tr("Accepted, and no status was heard; a status may belong to %n of them, but "
                        "that is a guess.",
                        nullptr, static_cast<int>(funnel.guessed));
    case FunnelPart::UnknownReached:
        return Words::tr("The outcome was unknown, and a status showed that it did reach the "
                         "recipient.");
    }
    return {};
}

QString secondsText(std::chrono::milliseconds time)
{
    return time < std::chrono::seconds(1)
        ? Words::tr("<1 s")
        : spanText(std::chrono::round<std::chrono::seconds>(time));
}

/// Whole percent, but never 0 for some and never 100 for not all.
QString percentText(qint64 count, qint64 whole)
{
    if (count > 0 && count * 200 < whole)
        return Words::tr("<1 %");
    if (count < whole && count * 200 > whole * 199)
        return Words::tr(">99 %");
    return Words::tr("%1 %").arg((count * 200 + whole) / (whole * 2));
}

} // namespace

const QList<FunnelPart> &funnelParts()
{
    using enum FunnelPart;
    static const QList<FunnelPart> parts{Sends, Accepted, Submitted, Delivered,
                                         Read,  Failed,   Silent,    UnknownReached};
    return parts;
}

qint64 funnelCount(const Funnel &funnel, FunnelPart part)
{
    switch (part) {
    case FunnelPart::Sends: return funnel.sends;
    case FunnelPart::Accepted: return funnel.accepted;
    case FunnelPart::Failed: return funnel.failed;
    case FunnelPart::Silent: return funnel.silent;
    case FunnelPart::UnknownReached: return funnel.unknownReached;
    default: return stageOf(funnel, part)->count;
    }
}

qint64 funnelWhole(const Funnel &funnel, FunnelPart part)
{
    switch (part) {
    case FunnelPart::Sends: return 0;
    case FunnelPart::Accepted: return funnel.sends;
    case FunnelPart::UnknownReached: return funnel.unknown;
    // An unknown one that was rejected is heard of, too, but did not reach anybody.
    default: return std::max(funnel.accepted + funnel.unknownReached, funnelCount(funnel, part));
    }
}

QString funnelPartText(FunnelPart part)
{
    switch (part) {
    case FunnelPart::Sends: return Words::tr("Sends");
    case FunnelPart::Accepted: return Words::tr("Accepted");
    case FunnelPart::Submitted: return Words::tr("Submitted");
    case FunnelPart::Delivered: return Words::tr("Delivered");
    case FunnelPart::Read: return Words::tr("Read");
    case FunnelPart::Failed: return Words::tr("Failed");
    case FunnelPart::Silent: return Words::tr("Nothing heard");
    case FunnelPart::UnknownReached: return Words::tr("Unknown, reached");
    }
    return {};
}

QString funnelCountText(const Funnel &funnel, FunnelPart part)
{
    const qint64 count = funnelCount(funnel, part);
    const qint64 whole = funnelWhole(funnel, part);
    const QString number = QLocale().toString(count);
    return whole == 0 ? number : Words::tr("%1 · %2").arg(number, percentText(count, whole));
}

QStringList funnelTimes(const Funnel &funnel, FunnelPart part)
{
    const FunnelStage *stage = stageOf(funnel, part);
    if (stage == nullptr || !stage->median || !stage->p95)
        return {};
    return {Words::tr("half in %1").arg(secondsText(*stage->median)),
            Words::tr("95 % in %1").arg(secondsText(*stage->p95))};
}

QString funnelSentence(const Funnel &funnel, FunnelPart part)
{
    QString text = Words::tr("%1: %2.").arg(funnelPartText(part), funnelCountText(funnel, part));
    const FunnelStage *stage = stageOf(funnel, part);
    if (stage != nullptr && stage->median && stage->p95)
        text += u' '
            + Words::tr("Half of them within %1 of the answer, 95 % within %2.")
                  .arg(secondsText(*stage->median), secondsText(*stage->p95));
    return text + u' ' + meaning(funnel, part);
}

QString funnelFilter(FunnelPart part)
{
    switch (part) {
    case FunnelPart::Sends: return {};
    case FunnelPart::Accepted: return u"outcome:accepted"_s;
    case FunnelPart::Submitted: return u"delivery:submitted,delivered,read"_s;
    case FunnelPart::Delivered: return u"delivery:delivered,read"_s;
    case FunnelPart::Read: return u"delivery:read"_s;
    case FunnelPart::Failed: return u"delivery:failed"_s;
    case FunnelPart::Silent: return u"outcome:accepted delivery:none,guessed"_s;
    case FunnelPart::UnknownReached: return u"outcome:unknown delivery:submitted,delivered,read"_s;
    }
    return {};
}

} // namespace icebreaker
