#include "listen/sandboxrules.h"

#include "core/json.h"
#include "listen/sandboxcallbacks.h"
#include "listen/sandboxcheck.h"

#include <QUuid>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds LimitWindow{1};
constexpr int TooManyRequests = 429;

HttpReply json(int status, const JsonObject &object)
{
    return {status,
            {{"Content-Type", "application/json; charset=utf-8"}},
            toJson(object, JsonStyle::Compact)};
}

QString statusWords(int status)
{
    switch (status) {
    case 400: return u"Bad Request"_s;
    case 401: return u"Unauthorized"_s;
    case 404: return u"Not Found"_s;
    case 422: return u"Unprocessable Entity"_s;
    default: return u"Internal Server Error"_s;
    }
}

SandboxReply error(int status, const QStringList &messages)
{
    JsonArray list;
    for (const QString &message : messages)
        list.emplace_back(message);
    JsonObject object;
    object.members = {{u"statusCode"_s, JsonValue::number(status)},
                      {u"message"_s, std::move(list)},
                      {u"error"_s, statusWords(status)}};
    return {SandboxReply::Manner::Answer, json(status, object), {}, {}};
}

SandboxReply wrongKey()
{
    return error(401, {u"the key is missing or is not this sandbox's key"_s});
}

SandboxReply rateLimited()
{
    JsonObject object;
    object.members = {{u"message"_s,
                       u"Too many requests. To start more sessions per second, ask for a higher "
                       "limit for your agent."_s}};
    return {SandboxReply::Manner::Answer, json(TooManyRequests, object), {}, {}};
}

SandboxReply htmlPage()
{
    HttpReply page{200,
                   {{"Content-Type", "text/html; charset=utf-8"}},
                   "<!DOCTYPE html><html><head><title>Sign in</title></head>"
                   "<body><h1>Sign in to use this network</h1></body></html>"};
    return {SandboxReply::Manner::Answer, std::move(page), {}, {}};
}

SandboxReply redirect()
{
    const HttpReply elsewhere{
        302, {{"Location", "https://elsewhere.invalid/messaging/conversation"}}, {}};
    return {SandboxReply::Manner::Answer, elsewhere, {}, {}};
}

/// For behaviours of which isAccepted() is false.
SandboxReply refuse(SandboxBehaviour behaviour, const CheckedBody &body)
{
    switch (behaviour) {
    case SandboxBehaviour::WrongKey: return wrongKey();
    case SandboxBehaviour::UnpublishedAgent:
        return error(404, {u"agent %1 has no published version"_s.arg(body.agentId)});
    case SandboxBehaviour::Unprocessable:
        return error(422, {u"to cannot be reached on this channel"_s});
    case SandboxBehaviour::RateLimited: return rateLimited();
    case SandboxBehaviour::HtmlPage: return htmlPage();
    case SandboxBehaviour::Redirect: return redirect();
    case SandboxBehaviour::Stall: return {SandboxReply::Manner::Stall, {}, {}, {}};
    default: return error(500, {u"the sandbox failed on purpose"_s});
    }
}

} // namespace

void SandboxRules::setLimit(int perSecond)
{
    m_limit = perSecond;
    if (m_limit == 0)
        m_accepted.clear();
}

void SandboxRules::setCallbackSpeed(double factor)
{
    Q_ASSERT(factor > 0);
    m_speed = factor;
}

SandboxReply SandboxRules::reply(const SandboxRequest &request)
{
    if (request.key != SandboxKey)
        return wrongKey();
    const CheckedBody body = checkSandboxBody(request.body);
    if (body.status != 0)
        return error(body.status, body.problems);
    const SandboxBehaviour behaviour = sandboxBehaviour(body.to);
    if (!isAccepted(behaviour))
        return refuse(behaviour, body);
    if (!takeSlot(body.agentId, request.arrived))
        return rateLimited();
    return accept(body, behaviour, request.arrivedAt);
}

/// A request exactly one window after another does not count against it.
bool SandboxRules::takeSlot(const QString &agentId, TimePoint now)
{
    if (m_limit == 0)
        return true;
    // Of every agent, so that agents that are not heard of again take no memory.
    m_accepted.removeIf([now](auto agent) {
        std::deque<TimePoint> &times = agent.value();
        while (!times.empty() && now - times.front() >= LimitWindow)
            times.pop_front();
        return times.empty();
    });
    std::deque<TimePoint> &times = m_accepted[agentId];
    if (times.size() >= static_cast<std::size_t>(m_limit))
        return false;
    times.push_back(now);
    return true;
}

SandboxReply SandboxRules::accept(const CheckedBody &body, SandboxBehaviour behaviour,
                                  const QDateTime &now) const
{
    JsonObject object;
    object.members = {{u"session_id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)}};
    SandboxReply result{SandboxReply::Manner::Answer, json(200, object), body.statusUrl,
                        sandboxCallbacks({body.to, body.channel, now}, behaviour, m_speed)};
    if (behaviour == SandboxBehaviour::CloseUnanswered)
        result.manner = SandboxReply::Manner::CloseUnanswered;
    else if (behaviour == SandboxBehaviour::HalfAnswer)
        result.manner = SandboxReply::Manner::HalfAnswer;
    return result;
}

} // namespace icebreaker
