#pragma once

#include "core/error.h"
#include "core/statusevent.h"
#include "listen/httplistener.h"

#include <QObject>
#include <QUrl>

#include <atomic>
#include <functional>

namespace icebreaker {

/// Where statuses come in.
struct InboxOptions {
    ListenPlace place; ///< Loopback by default, which is right behind a tunnel or proxy.
    /// The first part of every address that is given out: who knows it can make statuses
    /// up. 16 to 128 letters, digits, "-" and "_"; a random one if empty. Give the same
    /// one again after a restart, or statuses of earlier sends are answered 404.
    QString secret;
    /// What the world calls this inbox: the user's tunnel or reverse proxy, as
    /// parsePublicBase() gives it. Empty if nobody outside needs to reach it.
    QUrl publicBase;

    friend bool operator==(const InboxOptions &, const InboxOptions &) = default;
};

/// What became of all requests since an inbox was made.
struct InboxCounts {
    int kept = 0; ///< Durable and answered 200.
    int notKept = 0; ///< Answered 503.
    int wrongPath = 0; ///< Answered 404: not our secret, or no send.
    int wrongMethod = 0; ///< Answered 405: our secret and a send, but no POST.
    int glances = 0; ///< GET and HEAD elsewhere, like a proxy's health checks; answered 404.
    int probes = 0;
};

/// A public address that a person typed: http or https with a host, a path if need be, and
/// neither user name, query nor fragment. Comes back without slashes at its end. Fails
/// with InvalidInput.
[[nodiscard]] Result<QUrl> parsePublicBase(const QString &text);

/// Receives delivery statuses over HTTP on this computer, one address per send, and
/// confirms each only when it is durable: whoever sends statuses keeps what was not
/// answered 200 and tries again (developer.vonage.com/en/messages/concepts/message-status).
/// It keeps every copy of a status that comes twice, and confirms it.
///
/// The cloud reaches it through a tunnel or reverse proxy of the user's, whose address is
/// InboxOptions::publicBase. Proxies pass paths on with or without what stands before the
/// secret, and with doubled slashes: all of them are understood.
///
/// A flood costs a bounded amount of memory (256 connections, 64 KiB for a body) and does
/// not disturb the thread that the inbox lives in: that one sees only what has a right path.
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

    /// Stops first if it is running, so that @p options hold when this succeeds; fails
    /// with InvalidInput, leaving all as it was, or with Network, and is stopped then.
    /// What was being kept during the change is not confirmed, and so comes again.
    [[nodiscard]] Result<void> start(const InboxOptions &options);
    /// With the options as they are, but for the port. Does nothing if it is running
    /// already; fails with Network. See HttpListener::start().
    [[nodiscard]] Result<void> start(quint16 port = 0);
    void stop();
    [[nodiscard]] bool isRunning() const { return m_listener.isRunning(); }

    /// As they hold now: `secret` is never empty.
    [[nodiscard]] const InboxOptions &options() const { return m_options; }
    /// 128 random bits in 22 characters that a URL needs not escape.
    [[nodiscard]] static QString makeSecret();

    /// `PUBLIC/SECRET`, or localBase() without a public address; empty while stopped.
    /// Other programs that were not told an address cannot make statuses up.
    [[nodiscard]] QUrl base() const;
    /// `http://ADDRESS:PORT/SECRET`, with 127.0.0.1 for all interfaces; empty while stopped.
    [[nodiscard]] QUrl localBase() const;
    /// The Status URL of one send: `base()/s/SENDID`.
    /// @param sendId  a UUID in lower case without braces; others are answered 404
    [[nodiscard]] QUrl urlFor(const QString &sendId) const;
    /// `base()/probe/TOKEN`: a POST there is answered 200 after probeArrived() was emitted.
    /// @param token  16 to 64 letters, digits, "-" and "_"; others are answered 404
    [[nodiscard]] QUrl probeUrlFor(const QString &token) const;

    [[nodiscard]] InboxCounts counts() const;
    /// Requests with a wrong path or method, glances not included.
    [[nodiscard]] int rejectedCount() const { return m_wrongPath + m_wrongMethod; }

signals:
    /// After @p event became durable.
    void eventKept(const icebreaker::StatusEvent &event);
    /// Before its POST is answered.
    void probeArrived(const QString &token);

private:
    [[nodiscard]] QUrl under(const QString &path) const;
    void receive(const HttpRequest &request, const Responder &responder);
    void receiveEvent(const QString &sendId, const QByteArray &body, const Responder &responder);
    void receiveProbe(const QString &token, const Responder &responder);
    void keep(const StatusEvent &event, const Responder &responder);

    const Keep m_keep;
    InboxOptions m_options; ///< Changed only while the listener is stopped.
    std::atomic<int> m_kept = 0;
    std::atomic<int> m_notKept = 0;
    std::atomic<int> m_wrongPath = 0;
    std::atomic<int> m_wrongMethod = 0;
    std::atomic<int> m_glances = 0;
    std::atomic<int> m_probes = 0;
    HttpListener m_listener; // last: its thread uses the members above
};

} // namespace icebreaker
