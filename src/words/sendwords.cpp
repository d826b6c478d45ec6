#include "words/sendwords.h"

#include "core/deliverystate.h"

#include <QCoreApplication>
#include <QLocale>

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Sends)
};

constexpr int Unauthorized = 401;
constexpr int Forbidden = 403;
constexpr int NotFound = 404;

QString nothingReached()
{
    return Words::tr("Nothing reached the recipient.");
}

bool mentionsPublished(const QByteArray &body)
{
    // Texts of the voice API for the same mistake; the status code is not documented.
    return body.contains("published version") || body.contains("not an ID to any agent");
}

QString refusedMeaning(const Answer &answer)
{
    if (mentionsPublished(answer.body))
        return Words::tr("AI Studio knows no published agent with this ID in this region.");
    if (answer.status / 100 == 3)
        return Words::tr("The server wants the request at another address. Icebreaker never "
                         "follows: the key would go to a host that nobody approved.");
    switch (answer.status) {
    case Unauthorized: return Words::tr("The API key was not accepted.");
    case Forbidden: return Words::tr("The API key may not do this.");
    case NotFound: return Words::tr("The server knows no such address or agent.");
    default: return Words::tr("AI Studio did not accept the request as it is.");
    }
}

QString refusedNext(const Answer &answer)
{
    if (mentionsPublished(answer.body))
        return Words::tr("Your move: check the agent ID and the region, and publish the agent.");
    if (answer.status / 100 == 3)
        return Words::tr("Your move: check the endpoint's address, or ask your network's "
                         "administrator which proxy answers here.");
    switch (answer.status) {
    case Unauthorized:
    case Forbidden:
        return Words::tr("Your move: on the AI Studio canvas, open the user icon at the top right, "
                         "choose Generate API Key, and enter the new key. Check that the region is "
                         "the agent's.");
    default:
        return Words::tr("Your move: read the answer below, mend the request, and send it then. "
                         "The same request would be refused again.");
    }
}

/// "Outcome unknown", and what was heard all the same.
QString unknownText(const SendRecord &record)
{
    if (didReach(record))
        return Words::tr("Outcome unknown, but it reached the recipient");
    if (didStart(record) && isFailure(record.delivery))
        return Words::tr("Outcome unknown, but WhatsApp refused it");
    if (didStart(record) && record.delivery == DeliveryStatus::Submitted)
        return Words::tr("Outcome unknown, but it was handed to WhatsApp");
    if (didStart(record))
        return Words::tr("Outcome unknown, but Vonage took it");
    if (!isGuess(record))
        return outcomeText(Outcome::Unknown);
    switch (record.delivery) {
    case DeliveryStatus::Delivered:
    case DeliveryStatus::Read:
        return Words::tr("Outcome unknown; perhaps it reached the recipient");
    case DeliveryStatus::Rejected:
    case DeliveryStatus::Undeliverable:
    case DeliveryStatus::Failed: return Words::tr("Outcome unknown; perhaps WhatsApp refused it");
    default: return Words::tr("Outcome unknown; perhaps it was handed to WhatsApp");
    }
}

QString reachedAfterAll(const SendRecord &record)
{
    const QString status = deliveryText(record);
    if (didReach(record))
        return Words::tr("A delivery status arrived (%1): it did reach the recipient.").arg(status);
    if (isFailure(record.delivery))
        return Words::tr("A delivery status arrived (%1): AI Studio did take the request, but the "
                         "message was not delivered.")
            .arg(status);
    return Words::tr("A delivery status arrived (%1): the request did reach AI Studio.")
        .arg(status);
}

QString findOutWhy()
{
    return Words::tr("Your move: find out why it was refused, before you write to this recipient "
                     "again.");
}

Gist explainUnknown(const SendRecord &record)
{
    Gist text;
    text.headline = Words::tr("Nobody knows whether this was sent.");
    if (record.note == QLatin1StringView("crashed"))
        text.meaning = Words::tr("Icebreaker ended before the answer was recorded.");
    else if (record.answer.problem != TransportProblem::None)
        text.meaning = problemText(record.answer.problem);
    else if (record.answer.status / 100 == 2)
        text.meaning = Words::tr("A web page came back instead of AI Studio's answer: some proxy "
                                 "may have spoken.");
    else
        text.meaning = Words::tr("The server answered with an error of its own after it had the "
                                 "whole request.");
    text.reached = Words::tr("It may have reached the recipient, and may not.");
    text.next = Words::tr("Your move: wait for a delivery status, or look for the conversation in "
                          "AI Studio's reports, before you decide to send again. Icebreaker never "
                          "does so by itself.");
    if (didStart(record)) {
        text.headline = unknownText(record);
        text.reached = reachedAfterAll(record);
        text.next = isFailure(record.delivery)
            ? findOutWhy()
            : Words::tr("Do not send it again: that would start a second conversation.");
    } else if (isGuess(record)) {
        text.reached = Words::tr("A delivery status for this number arrived (%1). It may belong to "
                                 "this send: that is a guess.")
                           .arg(deliveryStatusText(record.delivery));
    }
    return text;
}

Gist explainAccepted(const SendRecord &record)
{
    Gist text;
    text.headline = Words::tr("AI Studio accepted the request.");
    text.meaning =
        Words::tr("Accepted is not delivered: whether the message arrives is told by the "
                  "delivery statuses.");
    if (record.answer.problem != TransportProblem::None)
        text.meaning += QLatin1Char(' ')
            + Words::tr("The answer's end is missing; its beginning says that it was accepted.");
    text.reached = record.delivery == DeliveryStatus::None
        ? Words::tr("No delivery status has arrived yet.")
        : Words::tr("Last delivery status: %1.").arg(deliveryText(record));
    if (isGuess(record))
        text.reached = Words::tr("A delivery status for this number arrived (%1). It may belong to "
                                 "this send: that is a guess.")
                           .arg(deliveryStatusText(record.delivery));
    text.next = isFailure(record.delivery) && !isGuess(record)
        ? findOutWhy()
        : Words::tr("Nothing to do. Sending again would start a second conversation.");
    return text;
}

Gist explainRateLimited(const SendRecord &record)
{
    Gist text;
    text.headline = Words::tr("Over the agent's limit.");
    text.meaning = Words::tr("More sessions were started per second than this agent may start.");
    text.reached = Words::tr("Nothing reached the recipient, so it is safe to send again.");
    text.next = record.answer.retryAfter
        ? Words::tr("Your move: send it again in %1, as the server asks. Vonage raises the limit "
                    "to 3 or 5 per second on request.")
              .arg(durationText(*record.answer.retryAfter))
        : Words::tr("Your move: send it again in a moment. Vonage raises the limit to 3 or 5 per "
                    "second on request; publish the agent again afterwards and wait 5 minutes.");
    text.mayOfferAgain = true;
    return text;
}

Gist explainNotSent(const SendRecord &record)
{
    Gist text;
    text.headline = Words::tr("The request never left completely.");
    text.meaning = record.answer.problem == TransportProblem::None
        ? Words::tr("It could not be recorded or handed over.")
        : problemText(record.answer.problem);
    text.reached = nothingReached();
    text.next = Words::tr("Your move: mend the cause, then send it again. That is safe.");
    text.mayOfferAgain = true;
    return text;
}

} // namespace

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Accepted: return Words::tr("Accepted");
    case Outcome::RateLimited: return Words::tr("Too many requests");
    case Outcome::Refused: return Words::tr("Refused");
    case Outcome::NotSent: return Words::tr("Not sent");
    case Outcome::Unknown: return Words::tr("Outcome unknown");
    case Outcome::Cancelled: return Words::tr("Cancelled");
    }
    return {};
}

QString resultText(const SendRecord &record)
{
    if (!record.outcome)
        return Words::tr("Sending…");
    const int status = record.answer.status;
    if (*record.outcome == Outcome::Unknown)
        return status == 0 ? unknownText(record)
                           : Words::tr("%1 %2").arg(status).arg(unknownText(record));
    if (status == 0)
        return outcomeText(*record.outcome);
    if (*record.outcome != Outcome::Refused)
        return Words::tr("%1 %2").arg(status).arg(outcomeText(*record.outcome));
    switch (status) {
    case Unauthorized:
    case Forbidden: return Words::tr("%1 Key refused").arg(status);
    default: return Words::tr("%1 Refused").arg(status);
    }
}

QString deliveryStatusText(DeliveryStatus status)
{
    switch (status) {
    case DeliveryStatus::None: return QStringLiteral("—");
    case DeliveryStatus::Submitted: return Words::tr("submitted");
    case DeliveryStatus::Delivered: return Words::tr("delivered");
    case DeliveryStatus::Read: return Words::tr("read");
    case DeliveryStatus::Rejected: return Words::tr("rejected");
    case DeliveryStatus::Undeliverable: return Words::tr("undeliverable");
    case DeliveryStatus::Failed: return Words::tr("failed");
    case DeliveryStatus::Other: return Words::tr("other status");
    }
    return {};
}

QString deliveryText(const SendRecord &record)
{
    const QString text = deliveryStatusText(record.delivery);
    if (isGuess(record))
        return Words::tr("perhaps %1").arg(text);
    return record.deliveryError.isEmpty() ? text
                                          : Words::tr("%1 %2").arg(text, record.deliveryError);
}

QString durationText(std::chrono::microseconds duration)
{
    const double milliseconds = static_cast<double>(duration.count()) / 1000.0;
    if (duration < 10ms)
        return Words::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', 1));
    if (duration < 10s)
        return Words::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', 0));
    return Words::tr("%1 s").arg(QLocale().toString(milliseconds / 1000.0, 'f', 1));
}

Gist explain(const SendRecord &record)
{
    if (!record.outcome)
        return {Words::tr("Under way."),
                Words::tr("The send is written down and handed to the network."),
                {},
                Words::tr("Wait for the answer."),
                false};
    switch (*record.outcome) {
    case Outcome::Accepted: return explainAccepted(record);
    case Outcome::RateLimited: return explainRateLimited(record);
    case Outcome::Refused:
        return {resultText(record), refusedMeaning(record.answer), nothingReached(),
                refusedNext(record.answer), false};
    case Outcome::NotSent: return explainNotSent(record);
    case Outcome::Unknown: return explainUnknown(record);
    case Outcome::Cancelled:
        return {Words::tr("Cancelled before it left."),
                Words::tr("You stopped it while it waited for the agent's next free slot."),
                nothingReached(), Words::tr("Nothing to do."), true};
    }
    return {};
}

QString problemText(TransportProblem problem)
{
    switch (problem) {
    case TransportProblem::None: return {};
    case TransportProblem::NameNotResolved:
        return Words::tr("The server's name could not be resolved. Check the network and the "
                         "endpoint's name.");
    case TransportProblem::ConnectionRefused:
        return Words::tr("No connection to the server could be made.");
    case TransportProblem::ProxyFailed:
        return Words::tr("The proxy did not let the request through.");
    case TransportProblem::TlsFailed:
        return Words::tr("The server's certificate is not trusted, or no secure connection could "
                         "be made. A company proxy that inspects TLS does this, too.");
    case TransportProblem::ClosedUnanswered:
        return Words::tr("The connection was closed before an answer came.");
    case TransportProblem::AnswerCut: return Words::tr("The answer's end is missing.");
    case TransportProblem::NotHttp: return Words::tr("What came back cannot be read as HTTP.");
    case TransportProblem::TotalTimeout: return Words::tr("No complete answer came in time.");
    case TransportProblem::InactivityTimeout:
        return Words::tr("The server fell silent for too long.");
    case TransportProblem::Aborted: return Words::tr("It was stopped while under way.");
    case TransportProblem::KeyNotForHost:
        return Words::tr("The key belongs to another host, so it was not sent here.");
    case TransportProblem::Other: return Words::tr("The network failed.");
    }
    return {};
}

} // namespace icebreaker
