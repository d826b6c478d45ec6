#pragma once

#include "core/answer.h"
#include "core/conversation.h"
#include "core/sendrecord.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>

namespace icebreaker {

/// What is known of one send, to find its session by.
struct SessionQuery {
    /// Known from the send's own answer, or chosen from candidates. Empty: it is searched.
    QString sessionId;
    /// Of the session, if it is known; else claimedAt says on which day it began.
    QDateTime sessionStart;
    bool chosen = false; ///< Somebody chose the session; for FoundBy.
    QDateTime claimedAt; ///< UTC, must be valid.
    QDateTime settledAt; ///< UTC; invalid if the send never got an answer.
    QString to; ///< The customer's number, in any form.
    QString agentId;
    /// Empty, or the channel as the index spells it: the comparison is exact, and an agent
    /// has one channel only, so that it adds nothing where agentId is known.
    QString channel;
};

/// The query of @p record: with the session ID if the send's answer had one.
[[nodiscard]] SessionQuery sessionQuery(const SendRecord &record);
/// @p query, for the session that somebody chose.
[[nodiscard]] SessionQuery withSession(SessionQuery query, const SessionSummary &chosen);

/// `session_id` (or `sessionId`) of a send's answer, at its root or in `data`; empty if
/// there is none. Whether AI Studio sends one is not documented.
[[nodiscard]] QString sessionIdInAnswer(const QByteArray &body);

// The search's range around the claim. At most 60 days may lie between its ends
// (studio.docs.ai.vonage.com/api-integration/vai-integration-guide, 2026-11).
inline constexpr std::chrono::minutes SearchBefore{15}; ///< For a wrong clock here.
inline constexpr std::chrono::hours SearchAfter{24}; ///< A customer may answer late.

// A session that a send started begins between the claim and the send's answer, give or
// take the clocks' difference.
inline constexpr std::chrono::seconds NearBefore{30}; ///< Before the claim.
inline constexpr std::chrono::seconds NearAfter{120}; ///< After the answer, or the claim.

inline constexpr int SearchPageSize = 20; ///< Whole sessions; most numbers have one or two.
inline constexpr int SearchMaxPages = 5;

/// Whether there is enough in @p query to search with: a claim time, and a number or an agent.
[[nodiscard]] bool isSearchable(const SessionQuery &query);

/// `GET BASE/insights/sessions?…`: the sessions of the query's agent with its number on
/// either side, which of them is the customer's not being documented. Times are UTC
/// without a zone, as in the documentation's example. Everything is percent-encoded,
/// curly braces too: without that the answer is empty (same page).
/// @param page  from 0
[[nodiscard]] QUrl sessionSearchUrl(const QUrl &base, const SessionQuery &query, int page = 0);

/// The addresses at which one session was documented or seen, in the order in which they
/// are tried.
enum class SessionPath {
    Parameters, ///< /insights/sessions/{id}/parameters?session_start_time=…; documented.
    Session, ///< /insights/sessions/{id}; in public code.
    Search, ///< /insights/sessions/search/{id}; in public code.
};

/// @param id   must be isUsableSessionId()
/// @param day  UTC; only the documented form says it, and finds nothing on another day
[[nodiscard]] QUrl sessionUrl(const QUrl &base, SessionPath path, const QString &id,
                              const QDate &day);
/// Not empty, at most 200 characters (ours; IDs seen have 36), no "." or "..", nothing
/// invisible: what comes from an answer goes into a path.
[[nodiscard]] bool isUsableSessionId(const QString &id);

/// The UTC days on which the session of @p query may have begun, likeliest first: its own,
/// then the neighbour that is nearer in time.
[[nodiscard]] QList<QDate> sessionDays(const SessionQuery &query);

/// Which of the sessions found is the send's.
struct SessionChoice {
    /// The only session near the send, with its number and no other agent: no guess.
    std::optional<SessionSummary> chosen;
    /// All that may be it, nearest to the claim first.
    QList<SessionSummary> candidates;
    int nearby = 0; ///< How many candidates began near the send, or do not say when.
};
[[nodiscard]] SessionChoice chooseSession(const QList<SessionSummary> &sessions,
                                          const SessionQuery &query);

/// How the fetching of a conversation ended.
enum class FetchEnd {
    Found, ///< With a transcription.
    Incomplete, ///< The session, still without a transcription when the last try was over.
    Ambiguous, ///< Several sessions may be it, or none began near the send.
    NotFound, ///< No session yet, or on no day tried.
    // What else can be in the way; the later, the more it tells.
    BadRequest, ///< 400 and other refusals.
    Redirected, ///< Never followed.
    WebPage, ///< HTML instead of JSON.
    TooLarge, ///< More than the cap.
    OddAnswer, ///< No JSON, or none that shows a session, or another session's.
    ServerFailed, ///< 5xx or 408.
    NoAnswer, ///< See answer.problem.
    RateLimited, ///< 429; answer.retryAfter says how long, if the server did.
    Unauthorized, ///< 401 or 403: the key, or parameters that the server does not like.
    NotAsked, ///< Nothing was sent: see answer.problem.
    Cancelled,
};

/// What a request of a fetch asks for.
enum class FetchPlace {
    Search, ///< Which session it is.
    Session, ///< What is in it.
};

/// What came of fetching one conversation.
struct FetchReport {
    FetchEnd end = FetchEnd::NotFound;
    /// With Found and Incomplete, and with Cancelled if there was something by then.
    std::optional<KeptConversation> kept;
    QList<SessionSummary> candidates; ///< With Ambiguous; nearest to the claim first.
    Answer answer; ///< The one that decided, without the key.
    int tries = 0;
};

} // namespace icebreaker
