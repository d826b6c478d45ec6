#include "core/insightsquery.h"

#include "core/json.h"
#include "core/recipient.h"

#include <QUrlQuery>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestSessionId = 200;

QString isoUtc(const QDateTime &moment)
{
    return moment.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s);
}

JsonValue term(const QString &field, const QString &value)
{
    JsonObject inner;
    inner.set(field, value);
    JsonObject outer;
    outer.set(u"term"_s, inner);
    return outer;
}

/// How the index spells numbers is not documented; callbacks have no plus.
JsonArray numberTerms(const QString &to)
{
    JsonArray terms;
    const QString digits = readRecipient(to).digits;
    if (digits.isEmpty())
        return terms;
    for (const QString &field : {u"source"_s, u"destination"_s}) {
        terms.push_back(term(field, digits));
        terms.push_back(term(field, u'+' + digits));
    }
    return terms;
}

QByteArray filterFor(const SessionQuery &query)
{
    JsonArray must;
    if (!query.agentId.isEmpty())
        must.push_back(term(u"agent_information.id"_s, query.agentId));
    if (!query.channel.isEmpty())
        must.push_back(term(u"channel"_s, query.channel));
    JsonObject filter;
    if (!must.empty())
        filter.set(u"must"_s, must);
    if (const JsonArray should = numberTerms(query.to); !should.empty())
        filter.set(u"should"_s, should);
    return toJson(JsonValue(filter), JsonStyle::Compact);
}

/// Encoded by us and taken as it is: QUrl would decode some characters again.
QUrl under(const QUrl &base, const QByteArray &encodedPath, const QByteArray &encodedQuery = {})
{
    QByteArray address = base.toEncoded(QUrl::StripTrailingSlash) + "/insights/sessions";
    address += encodedPath;
    if (!encodedQuery.isEmpty())
        address += '?' + encodedQuery;
    return QUrl::fromEncoded(address, QUrl::StrictMode);
}

QDateTime beginning(const SessionQuery &query)
{
    return (query.sessionStart.isValid() ? query.sessionStart : query.claimedAt).toUTC();
}

bool hasNumber(const SessionSummary &session, const QString &digits)
{
    return readRecipient(session.source).digits == digits
        || readRecipient(session.destination).digits == digits;
}

/// Says nothing that speaks against being the query's.
bool mayBe(const SessionSummary &session, const SessionQuery &query, const QString &digits)
{
    if (!session.agentId.isEmpty() && !query.agentId.isEmpty() && session.agentId != query.agentId)
        return false;
    const bool saysNumber = !session.source.isEmpty() || !session.destination.isEmpty();
    if (saysNumber && !digits.isEmpty() && !hasNumber(session, digits))
        return false;
    return !session.startedAt.isValid()
        || (session.startedAt
                >= query.claimedAt.addSecs(-std::chrono::seconds(SearchBefore).count())
            && session.startedAt
                <= query.claimedAt.addSecs(std::chrono::seconds(SearchAfter).count()));
}

bool isNear(const SessionSummary &session, const SessionQuery &query)
{
    const QDateTime last = std::max(query.claimedAt, query.settledAt); // invalid ones come first
    return session.startedAt.isValid()
        && session.startedAt >= query.claimedAt.addSecs(-NearBefore.count())
        && session.startedAt <= last.addSecs(NearAfter.count());
}

} // namespace

SessionQuery sessionQuery(const SendRecord &record)
{
    SessionQuery query;
    query.sessionId = sessionIdInAnswer(record.answer.body);
    query.claimedAt = record.claim.claimedAt;
    if (record.answer.status != 0) // a send that crashed was settled at the next start
        query.settledAt = record.settledAt;
    query.to = record.claim.to;
    query.agentId = record.claim.agentId;
    return query;
}

SessionQuery withSession(SessionQuery query, const SessionSummary &chosen)
{
    query.sessionId = chosen.id;
    query.sessionStart = chosen.startedAt;
    query.chosen = true;
    return query;
}

QString sessionIdInAnswer(const QByteArray &body)
{
    const auto root = parseJson(body);
    const JsonObject *object = root ? root->object() : nullptr;
    while (object != nullptr) {
        for (const QString &name : {u"session_id"_s, u"sessionId"_s}) {
            const JsonValue *id = object->find(name);
            if (id != nullptr && id->string() != nullptr && isUsableSessionId(*id->string()))
                return *id->string();
        }
        const JsonValue *data = object->find(u"data");
        object = data != nullptr ? data->object() : nullptr;
    }
    return {};
}

bool isSearchable(const SessionQuery &query)
{
    return query.claimedAt.isValid()
        && (!query.agentId.isEmpty() || !readRecipient(query.to).digits.isEmpty());
}

QUrl sessionSearchUrl(const QUrl &base, const SessionQuery &query, int page)
{
    const auto from = query.claimedAt.addSecs(-std::chrono::seconds(SearchBefore).count());
    const auto to = query.claimedAt.addSecs(std::chrono::seconds(SearchAfter).count());
    const std::pair<const char *, QByteArray> items[] = {
        {"from_date", isoUtc(from).toLatin1()},
        {"to_date", isoUtc(to).toLatin1()},
        {"page_number", QByteArray::number(page)},
        {"page_size", QByteArray::number(SearchPageSize)},
        // Oldest first: the send's own session is then on the first page.
        {"sort_by", "session_start_time:asc"},
        {"filter_by", filterFor(query)},
    };
    QByteArrayList parts;
    for (const auto &[name, value] : items)
        parts.append(name + ('=' + value.toPercentEncoding()));
    return under(base, {}, parts.join('&'));
}

QUrl sessionUrl(const QUrl &base, SessionPath path, const QString &id, const QDate &day)
{
    const QByteArray encoded = QUrl::toPercentEncoding(id);
    switch (path) {
    case SessionPath::Parameters:
        return under(base, '/' + encoded + "/parameters",
                     "session_start_time=" + day.toString(Qt::ISODate).toLatin1());
    case SessionPath::Session: return under(base, '/' + encoded);
    case SessionPath::Search: return under(base, "/search/" + encoded);
    }
    return {};
}

bool isUsableSessionId(const QString &id)
{
    return !id.isEmpty() && id.size() <= LongestSessionId && id != "."_L1 && id != ".."_L1
        && std::all_of(id.begin(), id.end(),
                       [](QChar c) { return c.isPrint() && !c.isSpace() && !c.isSurrogate(); });
}

QList<QDate> sessionDays(const SessionQuery &query)
{
    constexpr int noon = 12;
    const QDateTime start = beginning(query);
    const QDate day = start.date();
    return {day, day.addDays(start.time().hour() >= noon ? 1 : -1)};
}

SessionChoice chooseSession(const QList<SessionSummary> &sessions, const SessionQuery &query)
{
    const QString digits = readRecipient(query.to).digits;
    SessionChoice choice;
    for (const SessionSummary &session : sessions) {
        if (mayBe(session, query, digits))
            choice.candidates.append(session);
    }
    const auto distance = [&query](const SessionSummary &session) {
        return session.startedAt.isValid() ? std::abs(query.claimedAt.msecsTo(session.startedAt))
                                           : std::numeric_limits<qint64>::max();
    };
    std::stable_sort(choice.candidates.begin(), choice.candidates.end(),
                     [&distance](const SessionSummary &left, const SessionSummary &right) {
                         return distance(left) < distance(right);
                     });
    // One without a time may be near as well, so that it stands in the way of a choice.
    const auto maybeNear = [&query](const SessionSummary &session) {
        return !session.startedAt.isValid() || isNear(session, query);
    };
    choice.nearby = static_cast<int>(
        std::count_if(choice.candidates.begin(), choice.candidates.end(), maybeNear));
    if (choice.nearby != 1 || digits.isEmpty())
        return choice;
    const SessionSummary &nearest = choice.candidates.first();
    if (isNear(nearest, query) && hasNumber(nearest, digits) && isUsableSessionId(nearest.id))
        choice.chosen = nearest;
    return choice;
}

} // namespace icebreaker
