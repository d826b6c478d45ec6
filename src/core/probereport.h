#pragma once

#include "core/answer.h"

#include <QString>

#include <chrono>

namespace icebreaker {

/// What a probe through the public address found.
struct ProbeReport {
    enum class Verdict {
        Works, ///< It came back here, and whoever sent it saw 200.
        BadUrl, ///< Neither http nor https, or no host; nothing was sent.
        NameNotResolved,
        ConnectionRefused, ///< Also: unreachable.
        ProxyFailed, ///< The system's own proxy, on the way out.
        TlsFailed, ///< `detail` says what about the certificate or handshake.
        TimedOut, ///< No whole answer in time.
        NoAnswer, ///< Closed, or not HTTP.
        WrongStatus, ///< `status` instead of 200; 404 is another program or a wrong path.
        OtherMachine, ///< Answered 2xx, but it never came here.
        /// It came here, but our 200 did not get back (see `status` and `problem`):
        /// statuses would arrive again and again.
        AnswerLost,
        Cancelled, ///< Whoever asked went away.
    };
    Verdict verdict = Verdict::Cancelled;
    bool arrived = false;
    int status = 0; ///< HTTP status that was seen; 0 if none.
    TransportProblem problem = TransportProblem::None;
    QString detail; ///< Technical, English, without the address's secret.
    std::chrono::milliseconds took{0}; ///< Until the verdict.
};

} // namespace icebreaker
