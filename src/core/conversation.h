#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// A name and its value as text: strings as they are, numbers as written, anything
/// nested as compact JSON.
struct NamedValue {
    QString name;
    QString value;
    friend bool operator==(const NamedValue &, const NamedValue &) = default;
};

enum class Speaker {
    Unknown, ///< The answer does not say in words that we know.
    Agent, ///< The virtual agent, or a person who took over.
    Customer,
};

/// One thing that was said.
struct Turn {
    Speaker speaker = Speaker::Unknown;
    QString text; ///< Not empty.
    QDateTime at; ///< UTC; invalid if the answer does not say.
    friend bool operator==(const Turn &, const Turn &) = default;
};

/// One node of the agent's flow as it was run.
struct FlowStep {
    QString type; ///< AI Studio's own word, e.g. "webhook".
    QString nodeId;
    QString requestId;
    QString executionTime; ///< As written; the unit is not documented.
    QStringList tags;
    // A webhook's request and answer.
    QString verb;
    QString url;
    QString requestPayload;
    QString responseCode;
    QString responsePayload;
    // The step's context.
    QString userInput;
    QString output;
    QString statusCode;
    QString statusMessage;
    QList<NamedValue> parameters; ///< The values that the step filled or used.
    friend bool operator==(const FlowStep &, const FlowStep &) = default;
};

/// What one session of an agent says about itself. Every field may be empty: hardly any
/// is promised (api.support.vonage.com 7081193249684, "Models", 2026-11). What is not
/// understood is in `raw` only.
struct Conversation {
    QString sessionId;
    QDateTime startedAt; ///< UTC; times without a zone are taken as UTC.
    QString source; ///< One of source and destination is the customer's number.
    QString destination;
    QString agentId;
    QString channel;
    QList<NamedValue> parameters;
    QList<Turn> turns;
    /// False where the answer lists what each side said, but not in which order.
    bool turnsInOrder = true;
    QList<FlowStep> steps;
    QList<NamedValue> channelData; ///< E.g. duration, audio_url.
    /// There is a transcription. It comes later than the rest (public code waits up to
    /// 80 s), and grows while the session is open.
    bool complete = false;
    QByteArray raw; ///< The answer that all this was read from, but for a byte order mark.
    friend bool operator==(const Conversation &, const Conversation &) = default;
};

/// Reads the answer to a request for one session: the session itself, or the only one
/// in a list or a usual wrapper. Nothing if it is not JSON or shows no sign of a session.
[[nodiscard]] std::optional<Conversation> parseConversation(const QByteArray &raw);

/// A session as a search finds it.
struct SessionSummary {
    QString id; ///< Not empty.
    QDateTime startedAt; ///< UTC; invalid if not said.
    QString source;
    QString destination;
    QString agentId;
    QString channel;
    QByteArray document; ///< All that the search said about it, as JSON for parseConversation().
    friend bool operator==(const SessionSummary &, const SessionSummary &) = default;
};

/// Reads the answer to a search; its form is not documented, so a list is looked for
/// where lists usually are. Empty for null, {} and []; sessions without an ID are left
/// out. Nothing if it is not JSON, or is JSON without a list.
[[nodiscard]] std::optional<QList<SessionSummary>> parseSessionList(const QByteArray &raw);

/// How a conversation was come by.
enum class FoundBy {
    Answer, ///< The send's own answer named the session.
    Search, ///< The only session that fits the send's number, agent and time.
    Choice, ///< Somebody chose it from a list of candidates.
};

/// A conversation to be kept with its send. Written as JSON with the raw answer inside,
/// so that a later version can read more out of it.
struct KeptConversation {
    Conversation conversation;
    QDateTime fetchedAt; ///< UTC, milliseconds.
    FoundBy foundBy = FoundBy::Search;
    friend bool operator==(const KeptConversation &, const KeptConversation &) = default;
};
[[nodiscard]] QByteArray toJson(const KeptConversation &kept);
/// Nothing if @p json was not written by toJson().
[[nodiscard]] std::optional<KeptConversation> keptConversationFromJson(const QByteArray &json);

} // namespace icebreaker
