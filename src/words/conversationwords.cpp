#include "words/conversationwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace icebreaker {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Conversations)
};

constexpr int Forbidden = 403;

/// Whatever a fetch failed with: it asked about the send, and changed nothing.
QString saysNothing()
{
    return Words::tr("This says nothing about the message: it may have arrived, and may not.");
}

QString started(const FetchReport &report)
{
    switch (report.kept ? report.kept->foundBy : FoundBy::Search) {
    case FoundBy::Answer:
        return Words::tr("AI Studio did start this conversation. Do not send the request again.");
    case FoundBy::Choice:
        return Words::tr("If this is the message's session, AI Studio did start the conversation: "
                         "do not send the request again.");
    case FoundBy::Search: break;
    }
    return Words::tr("A session with this number began when the message was sent, so it very "
                     "likely did reach AI Studio. Read it before you decide to send again.");
}

QString tryAgain()
{
    return Words::tr("Your move: fetch the conversation again in a few minutes. That is safe: "
                     "nothing is sent.");
}

Gist found(const FetchReport &report)
{
    Gist text;
    text.headline = Words::tr("Here is the conversation.");
    if (report.kept) {
        text.meaning = foundByText(report.kept->foundBy) + QLatin1Char('.');
        if (!report.kept->conversation.turnsInOrder)
            text.meaning += QLatin1Char(' ')
                + Words::tr("It lists what each side said, but not in which order.");
    }
    text.reached = started(report);
    text.next = Words::tr("Nothing to do. If the customer is still writing, fetch it again later.");
    return text;
}

Gist incomplete(const FetchReport &report)
{
    return {Words::tr("There is a session, but no transcription yet."),
            Words::tr("AI Studio writes the transcription some time after the conversation, and "
                      "there may be none as long as nobody has answered."),
            started(report), tryAgain(), false};
}

Gist ambiguous(const FetchReport &report)
{
    const auto count = static_cast<int>(report.candidates.size());
    return {Words::tr("It is not certain which session belongs to this message."),
            count == 1
                ? Words::tr("One session may be it, but its time or number does not show that it "
                            "is. Icebreaker does not guess.")
                : Words::tr("%n sessions may be it, and none of them alone fits the time of the "
                            "send. Icebreaker does not guess.",
                            nullptr, count),
            saysNothing(),
            Words::tr("Your move: compare the times in the list and choose the session to read."),
            false};
}

Gist notFound()
{
    return {Words::tr("No session was found."),
            Words::tr("AI Studio knows no session of this number and agent around this time, or "
                      "does not show it yet. Sessions appear late, and it is not documented how "
                      "late."),
            saysNothing(),
            Words::tr("Your move: fetch again in a few minutes, and check that the region is the "
                      "agent's. Nothing is sent by that."),
            false};
}

Gist unauthorized(const Answer &answer)
{
    Gist text;
    text.headline = Words::tr("%1: AI Studio did not accept the question.").arg(answer.status);
    text.meaning = answer.status == Forbidden
        ? Words::tr("The API key may not read sessions.")
        : Words::tr("Either the API key is wrong, or the parameters are: AI Studio documents 401 "
                    "for invalid parameters, too.");
    text.reached = saysNothing();
    text.next = Words::tr("Your move: if sending with the same key works, the key is right and the "
                          "question was at fault: read the answer. Otherwise generate a new key on "
                          "the AI Studio canvas, and check that the region is the agent's.");
    return text;
}

Gist rateLimited(const Answer &answer)
{
    Gist text;
    text.headline = Words::tr("Too many requests.");
    text.meaning = Words::tr("AI Studio limits how often sessions may be read; the limit is not "
                             "documented.");
    text.reached = saysNothing();
    text.next = answer.retryAfter ? Words::tr("Your move: fetch again in %1, as the server asks.")
                                        .arg(durationText(*answer.retryAfter))
                                  : tryAgain();
    return text;
}

Gist notAsked(const Answer &answer)
{
    Gist text;
    text.headline = Words::tr("Nothing was asked.");
    text.meaning = answer.problem == TransportProblem::KeyNotForHost
        ? problemText(answer.problem)
        : Words::tr("The address or the key cannot be used, or the message has neither number nor "
                    "agent to look for.");
    text.reached = saysNothing();
    text.next = Words::tr("Your move: check the profile's endpoint and key.");
    return text;
}

/// What can come back in place of an answer.
Gist unusable(const FetchReport &report)
{
    Gist text;
    text.reached = saysNothing();
    text.next = tryAgain();
    switch (report.end) {
    case FetchEnd::Redirected:
        text.headline = Words::tr("The server sent the question elsewhere.");
        text.meaning = Words::tr("Icebreaker never follows: the key would go to a host that nobody "
                                 "approved.");
        text.next = Words::tr("Your move: check the endpoint's address, or ask your network's "
                              "administrator which proxy answers here.");
        break;
    case FetchEnd::WebPage:
        text.headline = Words::tr("A web page came back instead of data.");
        text.meaning = Words::tr("Some proxy or a log-in page of your network may have answered.");
        text.next = Words::tr("Your move: open any page in a browser to see whether your network "
                              "asks for a log-in, then fetch again.");
        break;
    case FetchEnd::TooLarge:
        text.headline = Words::tr("The answer is too large.");
        text.meaning = Words::tr("More came than Icebreaker reads, so the rest was left out and "
                                 "nothing can be shown.");
        text.next = Words::tr("Your move: look for the conversation in AI Studio's reports.");
        break;
    case FetchEnd::ServerFailed:
        text.headline = Words::tr("AI Studio failed to answer.");
        text.meaning = Words::tr("It reported an error of its own (%1).").arg(report.answer.status);
        break;
    default:
        text.headline = Words::tr("The answer cannot be understood.");
        text.meaning = Words::tr("What came back is not the data of this session. Nothing is shown "
                                 "rather than something wrong.");
        text.next = Words::tr("Your move: read the raw answer, or look for the conversation in AI "
                              "Studio's reports.");
        break;
    }
    return text;
}

} // namespace

QString speakerText(Speaker speaker)
{
    switch (speaker) {
    case Speaker::Unknown: return Words::tr("Not said");
    case Speaker::Agent: return Words::tr("Agent");
    case Speaker::Customer: return Words::tr("Customer");
    }
    return {};
}

QString flowStepText(const FlowStep &step)
{
    QString text = step.type.trimmed().toLower();
    text.replace(QLatin1Char('_'), QLatin1Char(' '));
    text.replace(QLatin1Char('-'), QLatin1Char(' '));
    if (text.isEmpty())
        return Words::tr("Step");
    if (text == QLatin1StringView("webhook"))
        return Words::tr("Webhook");
    text.front() = text.front().toUpper();
    return text;
}

QString foundByText(FoundBy foundBy)
{
    switch (foundBy) {
    case FoundBy::Answer:
        return Words::tr("AI Studio named this session when it accepted the send");
    case FoundBy::Search:
        return Words::tr("The only session of this number and agent at the time of the send");
    case FoundBy::Choice: return Words::tr("Chosen by you from several sessions");
    }
    return {};
}

QString fetchPlaceText(FetchPlace place)
{
    return place == FetchPlace::Search ? Words::tr("Looking for the session…")
                                       : Words::tr("Reading the session…");
}

QString fetchWaitingText(std::chrono::milliseconds remaining, int triesLeft)
{
    const auto seconds =
        std::max<qint64>(0, std::chrono::ceil<std::chrono::seconds>(remaining).count());
    return Words::tr("Not there yet. Next try in %1 s; tries left: %2.")
        .arg(seconds)
        .arg(triesLeft);
}

Gist explain(const FetchReport &report)
{
    switch (report.end) {
    case FetchEnd::Found: return found(report);
    case FetchEnd::Incomplete: return incomplete(report);
    case FetchEnd::Ambiguous: return ambiguous(report);
    case FetchEnd::NotFound: return notFound();
    case FetchEnd::Unauthorized: return unauthorized(report.answer);
    case FetchEnd::RateLimited: return rateLimited(report.answer);
    case FetchEnd::NotAsked: return notAsked(report.answer);
    case FetchEnd::NoAnswer:
        return {Words::tr("AI Studio could not be asked."), problemText(report.answer.problem),
                saysNothing(), tryAgain(), false};
    case FetchEnd::BadRequest:
        return {Words::tr("%1: AI Studio refused the question.").arg(report.answer.status),
                Words::tr("It does not accept the question as it was asked."), saysNothing(),
                Words::tr("Your move: read the raw answer, or look for the conversation in AI "
                          "Studio's reports."),
                false};
    case FetchEnd::Cancelled:
        return {Words::tr("Stopped."), Words::tr("You stopped the search."), saysNothing(),
                Words::tr("Nothing to do. Fetch again when you like."), false};
    case FetchEnd::Redirected:
    case FetchEnd::WebPage:
    case FetchEnd::TooLarge:
    case FetchEnd::ServerFailed:
    case FetchEnd::OddAnswer: return unusable(report);
    }
    return {};
}

} // namespace icebreaker
