#include "listen/sandbox.h"

#include "core/endpoint.h"
#include "core/json.h"

#include <QTimer>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Longer than any client waits: a stall is there to be noticed by its time-out.
ListenLimits sandboxLimits()
{
    ListenLimits limits;
    limits.answer = std::chrono::minutes(10);
    return limits;
}

HttpReply notFound(const HttpRequest &request)
{
    JsonObject object;
    object.members = {{u"statusCode"_s, JsonValue::number(404)},
                      {u"message"_s,
                       u"Cannot %1 %2"_s.arg(QString::fromLatin1(request.method),
                                             QString::fromLatin1(request.path))},
                      {u"error"_s, u"Not Found"_s}};
    return {404,
            {{"Content-Type", "application/json; charset=utf-8"}},
            toJson(object, JsonStyle::Compact)};
}

/// Answers; the status that the client sees, 0 for none.
int carryOut(const SandboxReply &reply, const Responder &responder)
{
    switch (reply.manner) {
    case SandboxReply::Manner::Answer: responder.answer(reply.reply); return reply.reply.status;
    case SandboxReply::Manner::HalfAnswer:
        responder.answerCut(reply.reply, reply.reply.body.size() / 2);
        return reply.reply.status;
    case SandboxReply::Manner::CloseUnanswered: responder.closeUnanswered(); break;
    case SandboxReply::Manner::Stall: responder.stall(); break;
    }
    return 0;
}

/// Names below .localhost are loopback by RFC 6761, but not every resolver knows it.
bool staysHere(const QUrl &url)
{
    return url.scheme() == "http"_L1 && isLoopback(url) && !url.host().endsWith(".localhost"_L1);
}

} // namespace

Sandbox::Sandbox(Post post, QObject *parent)
    : QObject(parent)
    , m_post(std::move(post))
    , m_listener([this](const HttpRequest &request,
                        const Responder &responder) { receive(request, responder); },
                 sandboxLimits())
{ }

Sandbox::~Sandbox()
{
    stop(); // while everything that receive() uses is alive
}

Result<QUrl> Sandbox::start(quint16 port)
{
    if (m_listener.isRunning() && port != 0 && port != m_listener.port())
        stop();
    if (!m_listener.isRunning()) {
        m_run = std::make_unique<QObject>();
        if (auto started = m_listener.start(port); !started)
            return tl::unexpected(started.error());
    }
    return baseUrl();
}

void Sandbox::stop()
{
    m_listener.stop();
    m_run.reset();
}

QUrl Sandbox::baseUrl() const
{
    if (!m_listener.isRunning())
        return {};
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_listener.port()));
}

void Sandbox::setLimit(int perSecond)
{
    const std::lock_guard lock(m_rulesMutex);
    m_rules.setLimit(perSecond);
}

void Sandbox::setCallbackSpeed(double factor)
{
    const std::lock_guard lock(m_rulesMutex);
    m_rules.setCallbackSpeed(factor);
}

/// In the listener's thread.
void Sandbox::receive(const HttpRequest &request, const Responder &responder)
{
    SandboxReply reply;
    if (request.method != "POST" || request.path != "/messaging/conversation") {
        reply.reply = notFound(request);
    } else {
        const std::lock_guard lock(m_rulesMutex);
        reply = m_rules.reply({headerValue(request.headers, "X-Vgai-Key"), request.body,
                               std::chrono::steady_clock::now(), QDateTime::currentDateTimeUtc()});
    }
    const int status = carryOut(reply, responder);
    QMetaObject::invokeMethod(
        m_run.get(),
        [this, status, reply = std::move(reply)] {
            emit requestSeen(status);
            schedule(reply);
        },
        Qt::QueuedConnection);
}

void Sandbox::schedule(const SandboxReply &reply)
{
    if (reply.callbacks.isEmpty())
        return;
    if (!staysHere(reply.statusUrl)) {
        emit callbackSkipped(reply.statusUrl);
        return;
    }
    for (const SandboxCallback &callback : reply.callbacks) {
        // Precise, because coarse timers may swap two callbacks that are close together.
        QTimer::singleShot(
            callback.delay, Qt::PreciseTimer, m_run.get(),
            [this, url = reply.statusUrl, body = callback.body] { m_post(url, body); });
    }
}

} // namespace icebreaker
