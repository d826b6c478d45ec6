#pragma once

#include "core/answer.h"

#include <QNetworkReply>

namespace icebreaker {

/// How far an exchange had come when it ended.
struct ConnectionState {
    bool established = false; ///< The connection was ready for the request, TLS included.
    bool headersComplete = false; ///< Status line and all headers of the answer were read.
    bool throughProxy = false;
};

/// What ended an exchange, from Qt's words for it. Time-outs and aborts all look the
/// same to Qt (OperationCanceledError): the caller knows which of them it was.
[[nodiscard]] TransportProblem transportProblem(QNetworkReply::NetworkError error,
                                                const ConnectionState &state);

} // namespace icebreaker
