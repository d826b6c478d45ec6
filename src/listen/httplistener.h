#pragma once

#include "core/answer.h"
#include "core/error.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace icebreaker {

/// Where a listener listens.
struct ListenPlace {
    /// A numeric IPv4 or IPv6 address of this computer ("192.168.1.5", "fe80::1%eth0"), or
    /// AllInterfaces.
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0; ///< 0 for a free one.

    /// Every interface: IPv4 and IPv6, or IPv4 alone where this computer has no IPv6.
    static constexpr QChar AllInterfaces = u'*';

    friend bool operator==(const ListenPlace &, const ListenPlace &) = default;
};

/// What one listener spends on its clients at most. The first four defaults are what
/// libmicrohttpd 0.9.75 was measured with: 200 slow-loris connections hold it up until
/// `inactivity` has passed, in 6 MB of memory, and then it serves again by itself.
struct ListenLimits {
    unsigned int connections = 64; ///< At a time, at least 1; more wait in the system's queue.
    std::chrono::seconds inactivity{5}; ///< Without a byte from or to a client.
    std::size_t connectionMemory = 32'768; ///< Bytes; longer headers are answered 431.
    qsizetype body = 65'536; ///< Bytes of a request's body; longer ones are answered 413.
    /// For one whole request, idle time before it included: ends a client that sends a
    /// byte now and then to stay within `inactivity`. Longer than `inactivity`.
    std::chrono::milliseconds wholeRequest{15'000};
    /// The same while three quarters of the connections are taken: makes room soon when
    /// many clients are slow at a time. Enough for an honest one, which needs a few round
    /// trips; not longer than `wholeRequest`.
    std::chrono::milliseconds wholeRequestWhenCrowded{1'000};
    /// Until a Responder decides; then the connection is closed unanswered.
    std::chrono::milliseconds answer{120'000};
};

struct HttpRequest {
    QByteArray method; ///< As received.
    QByteArray path; ///< As received: percent-encoding kept, without the query.
    QByteArray query; ///< As received, without the question mark.
    HttpHeaders headers;
    QByteArray body; ///< Complete.
};

struct HttpReply {
    int status = 200; ///< 200 to 599.
    /// Date, Content-Length and Connection come by themselves. A header that HTTP does
    /// not allow (a line break in it) closes the connection unanswered.
    HttpHeaders headers;
    QByteArray body;
};

struct ServedRequest;

/// Decides what becomes of one request: now or later, from any thread. Copies decide
/// about the same request; the first decision counts and later ones do nothing, as does
/// any decision after the client has gone or the listener has stopped. When the last
/// copy goes away undecided, the connection is closed unanswered.
class Responder
{
public:
    explicit Responder(const std::shared_ptr<ServedRequest> &exchange);

    void answer(const HttpReply &reply) const;
    /// Sends the headers of the whole @p reply but only @p bodyBytes (0 to its body's
    /// size) of its body, then closes.
    void answerCut(const HttpReply &reply, qsizetype bodyBytes) const;
    void closeUnanswered() const;
    /// Keeps the connection open and silent until the client leaves, the limit
    /// `answer` has passed, or the listener stops.
    void stall() const;

private:
    struct Ticket;
    std::shared_ptr<Ticket> m_ticket;
};

/// A small HTTP/1.1 server that stands up to broken and hostile clients. It listens on
/// loopback unless it is told otherwise. Requests whose length can be read in two ways
/// are answered 400: behind a reverse proxy they could swallow somebody else's.
///
/// Start, stop and destroy it in one thread. Its own thread reads all requests and runs
/// the handler.
class HttpListener
{
public:
    /// Runs in the listener's thread, one call at a time, so it must return soon: copy
    /// what it needs and decide later if that takes time. It must not throw, wait for
    /// the thread that owns the listener, or stop the listener.
    using Handler = std::function<void(const HttpRequest &request, Responder responder)>;

    explicit HttpListener(Handler handler, ListenLimits limits = {});
    /// Stops.
    ~HttpListener();
    Q_DISABLE_COPY_MOVE(HttpListener)

    /// Does nothing if it is running already. Fails with InvalidInput if the address is
    /// none, and with Network, for example because another program has the port.
    [[nodiscard]] Result<void> start(const ListenPlace &place);
    /// On 127.0.0.1.
    /// @param port 0 for a free one
    [[nodiscard]] Result<void> start(quint16 port = 0);
    /// Closes every connection at once, waits for a running handler, and may be
    /// followed by another start.
    void stop();

    [[nodiscard]] bool isRunning() const { return m_running != nullptr; }
    /// 0 while stopped.
    [[nodiscard]] quint16 port() const;

private:
    class Running;

    Handler m_handler;
    ListenLimits m_limits;
    std::unique_ptr<Running> m_running;
};

} // namespace icebreaker
