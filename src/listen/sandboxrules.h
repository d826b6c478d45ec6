#pragma once

#include "listen/httplistener.h"
#include "listen/sandboxrecipients.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <deque>

namespace icebreaker {

struct CheckedBody;

/// The only key that the sandbox accepts.
inline constexpr QByteArrayView SandboxKey = "sandbox";

// When the callbacks of an accepted message arrive, counted from its answer. Chosen to
// feel like a phone at hand: the documentation promises no times.
inline constexpr std::chrono::milliseconds SandboxSubmittedAfter{300};
inline constexpr std::chrono::milliseconds SandboxDeliveredAfter{1200};
inline constexpr std::chrono::milliseconds SandboxReadAfter{3000};

/// One POST to /messaging/conversation, and when it came by both clocks.
struct SandboxRequest {
    QByteArray key; ///< X-Vgai-Key
    QByteArray body;
    std::chrono::steady_clock::time_point arrived; ///< For the limit.
    QDateTime arrivedAt; ///< UTC, for time stamps.
};

struct SandboxCallback {
    std::chrono::milliseconds delay{0}; ///< After the answer.
    QByteArray body; ///< JSON.
};

/// What the sandbox does with one request.
struct SandboxReply {
    enum class Manner {
        Answer,
        HalfAnswer, ///< All headers, half of the body, then closed.
        CloseUnanswered,
        Stall,
    };
    Manner manner = Manner::Answer;
    HttpReply reply; ///< For the first two.
    QUrl statusUrl; ///< Where the callbacks go.
    QList<SandboxCallback> callbacks; ///< In the order in which they arrive.
};

/// Behaves like the AI Studio service, as far as its behaviour is documented: checks
/// the key and the body, keeps the limit, and tells what becomes of the message. Errors
/// have the form {statusCode, message: [...], error}; a 429 has `message` alone and no
/// Retry-After, like the one that was seen in public.
///
/// It does no input or output and reads no clock. Not thread-safe.
class SandboxRules
{
public:
    /// Accepted requests per agent in any span of one second, 0 for no limit.
    void setLimit(int perSecond);
    /// @param factor  greater than 0; 2 is twice as fast
    void setCallbackSpeed(double factor);

    [[nodiscard]] SandboxReply reply(const SandboxRequest &request);

private:
    using TimePoint = std::chrono::steady_clock::time_point;

    [[nodiscard]] bool takeSlot(const QString &agentId, TimePoint now);
    [[nodiscard]] SandboxReply accept(const CheckedBody &body, SandboxBehaviour behaviour,
                                      const QDateTime &now) const;

    int m_limit = 1; // a new agent's, studio.docs.ai.vonage.com, 2026-11
    double m_speed = 1.0;
    QHash<QString, std::deque<TimePoint>> m_accepted; // of the last second, oldest first
};

} // namespace icebreaker
