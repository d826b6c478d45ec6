#pragma once

#include "core/error.h"
#include "listen/httplistener.h"
#include "listen/sandboxrules.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <mutex>

namespace icebreaker {

/// A stand-in for AI Studio on this computer: POST /messaging/conversation answers as
/// SandboxRules says, every other request 404. Nothing ever leaves this computer:
/// callbacks go to loopback addresses only.
///
/// Answers come from the listener's thread, however busy this object's thread is.
class Sandbox : public QObject
{
    Q_OBJECT

public:
    /// Posts @p body to @p statusUrl (http on loopback) once and forgets it. Runs in the
    /// sandbox's thread.
    using Post = std::function<void(const QUrl &statusUrl, const QByteArray &body)>;

    explicit Sandbox(Post post, QObject *parent = nullptr);
    ~Sandbox() override;
    Q_DISABLE_COPY_MOVE(Sandbox)

    /// The base URL, `http://127.0.0.1:PORT`. A running sandbox stays as it is if
    /// @p port is 0 or its own, and moves to another port otherwise. Fails with Network
    /// and is stopped then.
    Result<QUrl> start(quint16 port = 0);
    /// Ends stalled requests and drops callbacks that are not due yet.
    void stop();

    /// Empty while stopped.
    [[nodiscard]] QUrl baseUrl() const;

    /// See SandboxRules; both also apply to a running sandbox, from the next request on.
    void setLimit(int perSecond);
    void setCallbackSpeed(double factor);

signals:
    /// @param status  of the answer; 0 if there was none
    void requestSeen(int status);
    /// The message was accepted, but its Status URL is not http on this computer.
    void callbackSkipped(const QUrl &statusUrl);

private:
    void receive(const HttpRequest &request, const Responder &responder);
    void schedule(const SandboxReply &reply);

    const Post m_post;
    std::mutex m_rulesMutex;
    SandboxRules m_rules;
    std::unique_ptr<QObject> m_run; // context of everything that stop() drops
    HttpListener m_listener; // last: its thread uses the members above
};

} // namespace icebreaker
