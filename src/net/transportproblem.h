#pragma once

#include "core/answer.h"

#include <QNetworkReply>

namespace icebreaker {

/// What ended an exchange, from Qt's words for it. Time-outs and aborts all look the
/// same to Qt (OperationCanceledError): the caller knows which of them it was.
///
/// @param headersComplete  status line and all headers of the answer were read
[[nodiscard]] TransportProblem transportProblem(QNetworkReply::NetworkError error,
                                                bool headersComplete);

} // namespace icebreaker
