#include "net/transportproblem.h"

namespace icebreaker {

namespace {

/// Of the error that Qt uses for whatever has no other: networks without a route, and
/// most that a proxy can say no with (measured with 6.4.2: 403, 502, 407 with Negotiate).
TransportProblem unnamed(const ConnectionState &state)
{
    if (state.established)
        return TransportProblem::ClosedUnanswered; // a broken pipe while writing
    return state.throughProxy ? TransportProblem::ProxyFailed : TransportProblem::ConnectionRefused;
}

/// Of an error before an answer was complete.
TransportProblem early(QNetworkReply::NetworkError error, const ConnectionState &state)
{
    switch (error) {
    case QNetworkReply::UnknownNetworkError: return unnamed(state);
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError: return TransportProblem::ConnectionRefused;
    case QNetworkReply::HostNotFoundError: return TransportProblem::NameNotResolved;
    case QNetworkReply::SslHandshakeFailedError: return TransportProblem::TlsFailed;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError: return TransportProblem::ProxyFailed;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: return TransportProblem::ClosedUnanswered;
    case QNetworkReply::TimeoutError: return TransportProblem::InactivityTimeout;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError: return TransportProblem::NotHttp;
    case QNetworkReply::OperationCanceledError: return TransportProblem::Aborted;
    default: return TransportProblem::Other;
    }
}

/// Of an error after complete headers: Qt also reports every status of 400 and more as
/// an error, with numbers that are not the network's.
TransportProblem late(QNetworkReply::NetworkError error)
{
    const bool ofNetwork = error <= QNetworkReply::UnknownNetworkError
        || error == QNetworkReply::ProtocolFailure; // broken chunks
    return ofNetwork ? TransportProblem::AnswerCut : TransportProblem::None;
}

} // namespace

TransportProblem transportProblem(QNetworkReply::NetworkError error, const ConnectionState &state)
{
    if (error == QNetworkReply::NoError)
        return TransportProblem::None;
    return state.headersComplete ? late(error) : early(error, state);
}

} // namespace icebreaker
