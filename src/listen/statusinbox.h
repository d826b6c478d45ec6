#pragma once

#include "core/error.h"
#include "core/statusevent.h"
#include "listen/httplistener.h"

#include <QObject>
#include <QUrl>

#include <atomic>
#include <functional>

namespace icebreaker {

/// Receives delivery statuses over HTTP on this computer, one address per send, and
/// confirms each only when it is durable: whoever sends statuses keeps what was not
/// answered 200 and tries again (developer.vonage.com/en/messages/concepts/message-status).
///
/// It is for the sandbox and for tools on this computer: the cloud cannot reach it.
class StatusInbox : public QObject
{
    Q_OBJECT

public:
    /// Runs in the inbox's thread. Calls @p done once in the same thread, now or later;
    /// false answers 503, and never calling it closes the connection unanswered.
    using Keep = std::function<void(const StatusEvent &event, std::function<void(bool)> done)>;

    explicit StatusInbox(Keep keep, QObject *parent = nullptr);
    ~StatusInbox() override;
    Q_DISABLE_COPY_MOVE(StatusInbox)

    /// Fails with Network. See HttpListener::start().
    [[nodiscard]] Result<void> start(quint16 port = 0);
    void stop();

    /// `http://127.0.0.1:PORT/SECRET`, empty while stopped. The secret is 128 random
    /// bits, one per inbox: other programs of this computer that were not told an
    /// address cannot make statuses up.
    [[nodiscard]] QUrl base() const;
    /// The Status URL of one send: `base()/s/SENDID`.
    /// @param sendId  a UUID in lower case without braces; others are answered 404
    [[nodiscard]] QUrl urlFor(const QString &sendId) const;

    /// Requests that were answered 404 or 405 since the inbox was made.
    [[nodiscard]] int rejectedCount() const { return m_rejectedCount; }

signals:
    /// After @p event became durable.
    void eventKept(const icebreaker::StatusEvent &event);

private:
    void receive(const HttpRequest &request, const Responder &responder);
    void keep(const StatusEvent &event, const Responder &responder);

    const Keep m_keep;
    const QString m_secret;
    std::atomic<int> m_rejectedCount = 0;
    HttpListener m_listener; // last: its thread uses the members above
};

} // namespace icebreaker
