#pragma once

#include "core/connectionfacts.h"
#include "core/outcome.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace icebreaker {

struct HttpHeader {
    QByteArray name; ///< As received.
    QByteArray value;
};
using HttpHeaders = QList<HttpHeader>;

/// The first header called @p name (case-insensitive), or an empty array.
[[nodiscard]] inline QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name)
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

/// What ended an exchange early. The numbers are stored in the journal: only add.
enum class TransportProblem {
    None = 0,
    NameNotResolved = 1,
    ConnectionRefused = 2, ///< Also: host or network unreachable.
    ProxyFailed = 3,
    TlsFailed = 4, ///< Handshake failed or the certificate is not trusted.
    ClosedUnanswered = 5, ///< Closed or reset before complete headers were read.
    AnswerCut = 6, ///< Headers complete, body cut.
    NotHttp = 7, ///< The answer could not be read as HTTP.
    TotalTimeout = 8,
    InactivityTimeout = 9,
    Aborted = 10, ///< By the user or at shutdown.
    KeyNotForHost = 11, ///< The key is bound to another host; nothing was sent.
    Other = 12,
};

/// Moments of one exchange, in time since the request was handed to the network.
/// Qt gives no moment for "TCP connected": it lies between connecting and encrypted (or
/// requestSent without TLS). The name, or the proxy's, is looked up before connecting
/// (measured, Qt 6.4.2).
struct Timing {
    using Moment = std::optional<std::chrono::microseconds>;
    Moment connecting; ///< Absent on a reused connection.
    Moment encrypted; ///< TLS only; absent on a reused connection.
    Moment requestSent; ///< Last byte handed to the socket.
    Moment headers; ///< Complete answer headers received.
    std::chrono::microseconds total{0};
    bool reusedConnection = false;
};

/// What came back, or did not.
struct Answer {
    int status = 0; ///< HTTP status; 0 if none was read.
    QByteArray reason; ///< Reason phrase.
    HttpHeaders headers;
    QByteArray body; ///< At most the cap given to the client (8 MiB by default).
    bool bodyCapped = false; ///< More came than the cap; the rest was dropped.
    TransportProblem problem = TransportProblem::None;
    QString problemDetail; ///< Technical, English, without secrets.
    Timing timing;
    std::optional<std::chrono::milliseconds> retryAfter; ///< From Retry-After or RateLimit fields.
    std::optional<ConnectionFacts> connection; ///< With TLS, as far as that got.
};

/// The end of one send.
struct SendReport {
    Outcome outcome = Outcome::Unknown;
    Answer answer;
};

} // namespace icebreaker
