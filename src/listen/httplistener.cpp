#include "listen/httplistener.h"

#include "listen/connectiontable.h"
#include "listen/socketaddress.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include <microhttpd.h>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Mebibyte = qsizetype(1024) * 1024;
constexpr int BadRequest = 400;
constexpr int PayloadTooLarge = 413;
/// A body that is too long is read and dropped up to here, because a client that is
/// still sending when the connection closes never reads its 413; a longer one is cut off.
constexpr qsizetype DrainLimit = 32 * Mebibyte;

struct ResponseDeleter {
    void operator()(MHD_Response *response) const { MHD_destroy_response(response); }
};
using Response = std::unique_ptr<MHD_Response, ResponseDeleter>;

constexpr std::size_t CutBlock = 4096; // bytes

/// A body that ends early, as MHD_ContentReaderCallback wants it.
struct CutBody {
    QByteArray body;
    qsizetype end = 0;
};

ssize_t readCutBody(void *cut, uint64_t position, char *buffer, std::size_t size)
{
    const auto *self = static_cast<const CutBody *>(cut);
    const auto left = static_cast<std::size_t>(self->end) - position;
    if (left == 0)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    const std::size_t count = std::min(left, size);
    std::memcpy(buffer, self->body.constData() + position, count);
    return static_cast<ssize_t>(count);
}

void freeCutBody(void *cut)
{
    const std::unique_ptr<CutBody> owner(static_cast<CutBody *>(cut));
}

Response makeResponse(const Decision &decision)
{
    const QByteArray &body = decision.reply.body;
    const auto size = static_cast<std::size_t>(body.size());
    if (decision.kind == Decision::Kind::Cut) {
        auto cut = std::make_unique<CutBody>();
        cut->body = body;
        cut->end = std::clamp<qsizetype>(decision.bodyBytes, 0, body.size());
        Response response(MHD_create_response_from_callback(size, CutBlock, &readCutBody, cut.get(),
                                                            &freeCutBody));
        if (response)
            static_cast<void>(cut.release()); // freed by freeCutBody
        return response;
    }
    // Copied, so the cast hands nothing out that could be written to.
    return Response(MHD_create_response_from_buffer(size, const_cast<char *>(body.constData()),
                                                    MHD_RESPMEM_MUST_COPY));
}

/// MHD_NO closes the connection unanswered.
MHD_Result carryOut(const Decision &decision, MHD_Connection *connection)
{
    if (decision.kind == Decision::Kind::None) // suspended
        return MHD_YES;
    if (decision.kind == Decision::Kind::Close)
        return MHD_NO;
    const Response response = makeResponse(decision);
    if (!response)
        return MHD_NO;
    for (const HttpHeader &header : decision.reply.headers) {
        if (MHD_add_response_header(response.get(), header.name.constData(),
                                    header.value.constData())
            != MHD_YES)
            return MHD_NO;
    }
    return MHD_queue_response(connection, static_cast<unsigned int>(decision.reply.status),
                              response.get());
}

/// Says twice where its body ends (RFC 9112, 6.3): somebody before us may have believed
/// the other one. libmicrohttpd 0.9.75 takes the first.
bool isAmbiguous(const HttpHeaders &headers)
{
    const auto count = [&headers](const char *name) {
        return std::count_if(headers.begin(), headers.end(), [name](const HttpHeader &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    return count("Content-Length") + count("Transfer-Encoding") > 1;
}

MHD_Result takeHeader(void *headers, MHD_ValueKind, const char *name, const char *value)
{
    static_cast<HttpHeaders *>(headers)->append(HttpHeader{name, value});
    return MHD_YES;
}

} // namespace

/// The last copy of a Responder going away is a decision too.
struct Responder::Ticket {
    explicit Ticket(std::shared_ptr<ServedRequest> decided)
        : exchange(std::move(decided))
    { }
    ~Ticket() { decide({Decision::Kind::Close, {}, 0}); }
    Q_DISABLE_COPY_MOVE(Ticket)

    void decide(Decision decision) const
    {
        if (const auto table = exchange->table.lock())
            table->decide(*exchange, std::move(decision));
    }

    const std::shared_ptr<ServedRequest> exchange;
};

Responder::Responder(const std::shared_ptr<ServedRequest> &exchange)
    : m_ticket(std::make_shared<Ticket>(exchange))
{ }

void Responder::answer(const HttpReply &reply) const
{
    m_ticket->decide({Decision::Kind::Answer, reply, 0});
}

void Responder::answerCut(const HttpReply &reply, qsizetype bodyBytes) const
{
    m_ticket->decide({Decision::Kind::Cut, reply, bodyBytes});
}

void Responder::closeUnanswered() const
{
    m_ticket->decide({Decision::Kind::Close, {}, 0});
}

void Responder::stall() const
{
    m_ticket->decide({Decision::Kind::Stall, {}, 0});
}

/// One run, from start to stop. A Responder that outlives it finds its table gone.
class HttpListener::Running
{
public:
    Running(const Handler &handler, const ListenLimits &limits)
        : m_handler(handler)
        , m_limits(limits)
        , m_table(std::make_shared<ConnectionTable>(limits))
    { }

    ~Running()
    {
        m_table->shutDown();
        if (m_daemon != nullptr)
            MHD_stop_daemon(m_daemon);
    }
    Q_DISABLE_COPY_MOVE(Running)

    [[nodiscard]] Result<void> start(const ListenPlace &place);
    [[nodiscard]] quint16 port() const
    {
        return MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    }

private:
    // Called by libmicrohttpd in its thread.
    static void connectionChanged(void *self, MHD_Connection *connection, void **,
                                  MHD_ConnectionNotificationCode code);
    static void *requestLine(void *self, const char *uri, MHD_Connection *connection);
    static MHD_Result requestPart(void *self, MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  std::size_t *size, void **exchange);
    static void requestEnded(void *self, MHD_Connection *connection, void **exchange,
                             MHD_RequestTerminationCode code);

    [[nodiscard]] bool launch(const SocketAddress &address, bool dualStack);
    MHD_Result headersComplete(ServedRequest &exchange, const char *method) const;
    MHD_Result bodyPart(ServedRequest &exchange, const char *data, std::size_t size) const;
    void handle(ServedRequest &exchange) const;

    const Handler &m_handler;
    const ListenLimits m_limits;
    std::shared_ptr<ConnectionTable> m_table;
    MHD_Daemon *m_daemon = nullptr;
};

Result<void> HttpListener::Running::start(const ListenPlace &place)
{
    const bool everywhere = place.address == ListenPlace::AllInterfaces;
    const auto address = socketAddress(everywhere ? u"::"_s : place.address, place.port);
    if (!address)
        return failure(ErrorKind::InvalidInput, u"not a numeric address"_s);
    if (launch(*address, everywhere))
        return {};
    const int reason = errno;
    if (const auto ipv4 = socketAddress(u"0.0.0.0"_s, place.port);
        everywhere && reason != EADDRINUSE && ipv4 && launch(*ipv4, false))
        return {}; // a computer without IPv6
    const std::error_code code(reason, std::generic_category());
    return failure(ErrorKind::Network,
                   u"cannot listen on port %1: %2"_s.arg(place.port)
                       .arg(QString::fromStdString(code.message())));
}

bool HttpListener::Running::launch(const SocketAddress &address, bool dualStack)
{
    unsigned int flags = MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (address.isIpv6())
        flags |= dualStack ? MHD_USE_DUAL_STACK : MHD_USE_IPv6;
    m_daemon = MHD_start_daemon(
        flags, 0, nullptr, nullptr, &Running::requestPart, this,
        // Options: a name, then its values.
        MHD_OPTION_SOCK_ADDR, address.get(), MHD_OPTION_CONNECTION_LIMIT, m_limits.connections,
        MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned int>(m_limits.inactivity.count()),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, m_limits.connectionMemory, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_NOTIFY_CONNECTION, &Running::connectionChanged, this,
        MHD_OPTION_URI_LOG_CALLBACK, &Running::requestLine, this, MHD_OPTION_NOTIFY_COMPLETED,
        &Running::requestEnded, this, MHD_OPTION_END);
    if (m_daemon == nullptr)
        return false;
    m_table->startSweeping();
    return true;
}

void HttpListener::Running::connectionChanged(void *self, MHD_Connection *connection, void **,
                                              MHD_ConnectionNotificationCode code)
{
    ConnectionTable &table = *static_cast<Running *>(self)->m_table;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        table.closed(connection);
        return;
    }
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    table.opened(connection, info->connect_fd);
}

void *HttpListener::Running::requestLine(void *self, const char *uri, MHD_Connection *connection)
{
    const auto exchange = static_cast<Running *>(self)->m_table->beginRequest(connection);
    const QByteArray target(uri);
    const qsizetype mark = target.indexOf('?');
    exchange->request.path = mark < 0 ? target : target.left(mark);
    exchange->request.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    return exchange.get(); // the table keeps it until requestEnded()
}

MHD_Result HttpListener::Running::requestPart(void *self, MHD_Connection *connection, const char *,
                                              const char *method, const char *, const char *data,
                                              std::size_t *size, void **exchange)
{
    const auto *running = static_cast<const Running *>(self);
    ServedRequest &current = *static_cast<ServedRequest *>(*exchange);
    if (!current.begun)
        return running->headersComplete(current, method);
    if (*size > 0)
        return running->bodyPart(current, data, std::exchange(*size, 0));
    if (!current.handled)
        running->handle(current);
    return carryOut(running->m_table->takeDecisionOrSuspend(current), connection);
}

void HttpListener::Running::requestEnded(void *self, MHD_Connection *connection, void **exchange,
                                         MHD_RequestTerminationCode)
{
    *exchange = nullptr;
    static_cast<Running *>(self)->m_table->endRequest(connection);
}

MHD_Result HttpListener::Running::headersComplete(ServedRequest &exchange, const char *method) const
{
    exchange.begun = true;
    exchange.request.method = method;
    MHD_get_connection_values(exchange.connection, MHD_HEADER_KIND, &takeHeader,
                              &exchange.request.headers);
    if (isAmbiguous(exchange.request.headers))
        return carryOut({Decision::Kind::Answer, {BadRequest, {}, {}}, 0}, exchange.connection);
    // A length that is no number was answered 400 by libmicrohttpd.
    const qulonglong length = headerValue(exchange.request.headers, "Content-Length").toULongLong();
    if (length > static_cast<qulonglong>(DrainLimit))
        return carryOut({Decision::Kind::Answer, {PayloadTooLarge, {}, {}}, 0},
                        exchange.connection);
    return MHD_YES;
}

MHD_Result HttpListener::Running::bodyPart(ServedRequest &exchange, const char *data,
                                           std::size_t size) const
{
    exchange.received += static_cast<qsizetype>(size);
    if (exchange.received > DrainLimit)
        return MHD_NO;
    if (exchange.received <= m_limits.body)
        exchange.request.body.append(data, static_cast<qsizetype>(size));
    return MHD_YES;
}

void HttpListener::Running::handle(ServedRequest &exchange) const
{
    exchange.handled = true;
    m_table->requestComplete(exchange.connection);
    if (exchange.received > m_limits.body) {
        m_table->decide(exchange, {Decision::Kind::Answer, {PayloadTooLarge, {}, {}}, 0});
        return;
    }
    const HttpRequest request = std::move(exchange.request);
    m_handler(request, Responder(exchange.shared_from_this()));
}

HttpListener::HttpListener(Handler handler, ListenLimits limits)
    : m_handler(std::move(handler))
    , m_limits(limits)
{ }

HttpListener::~HttpListener() = default;

Result<void> HttpListener::start(quint16 port)
{
    ListenPlace place;
    place.port = port;
    return start(place);
}

Result<void> HttpListener::start(const ListenPlace &place)
{
    if (m_running)
        return {};
    auto running = std::make_unique<Running>(m_handler, m_limits);
    if (auto started = running->start(place); !started)
        return started;
    m_running = std::move(running);
    return {};
}

void HttpListener::stop()
{
    m_running.reset();
}

quint16 HttpListener::port() const
{
    return m_running ? m_running->port() : quint16(0);
}

} // namespace icebreaker
