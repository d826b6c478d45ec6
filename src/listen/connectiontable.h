#pragma once

#include "listen/httplistener.h"

#include <QtGlobal>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include <microhttpd.h>

namespace icebreaker {

class ConnectionTable;

/// What a Responder, the sweeper or stop() decided about a request.
struct Decision {
    enum class Kind {
        None,
        Answer,
        Cut, ///< Headers and the first `bodyBytes` of the body.
        Close,
        Stall,
    };
    Kind kind = Kind::None;
    HttpReply reply;
    qsizetype bodyBytes = 0;
};

/// One request from its first line to the end of its answer. The listener's thread
/// alone uses the fields above the line. The table's mutex guards those below, which
/// that thread may read without it where it alone writes.
struct ServedRequest : std::enable_shared_from_this<ServedRequest> {
    HttpRequest request;
    qsizetype received = 0; ///< Bytes of body, those beyond the cap included.
    bool begun = false; ///< Headers were taken.
    bool handled = false; ///< The handler ran.
    // ---
    std::weak_ptr<ConnectionTable> table;
    /// Null once the exchange is over. Written by the listener's thread alone.
    MHD_Connection *connection = nullptr;
    Decision decision;
};

/// The open connections of one run of a listener. It owns the answer to "may this
/// connection be suspended, resumed or shut down now?": libmicrohttpd neither times out
/// suspended connections nor notices that their clients left, and must not be stopped
/// while there are any.
///
/// Every function may be called from any thread unless it says otherwise. Its mutex is
/// taken before libmicrohttpd's own, never the other way round.
class ConnectionTable : public std::enable_shared_from_this<ConnectionTable>
{
public:
    explicit ConnectionTable(ListenLimits limits);
    ~ConnectionTable() = default;
    Q_DISABLE_COPY_MOVE(ConnectionTable)

    void startSweeping();
    /// Resumes every suspended connection so that it closes, and lets none be suspended
    /// from now on: after this the daemon may be stopped.
    void shutDown();

    // The next five: in libmicrohttpd's thread only.
    void opened(MHD_Connection *connection, MHD_socket socket);
    void closed(MHD_Connection *connection);
    [[nodiscard]] std::shared_ptr<ServedRequest> beginRequest(MHD_Connection *connection);
    void endRequest(MHD_Connection *connection);
    /// The decision to carry out now, or one of kind None after suspending the
    /// connection until there is one.
    [[nodiscard]] Decision takeDecisionOrSuspend(ServedRequest &exchange);

    /// The exchange's request is complete: `wholeRequest` no longer applies.
    void requestComplete(MHD_Connection *connection);
    void decide(ServedRequest &exchange, Decision decision);

private:
    using Clock = std::chrono::steady_clock;

    struct Slot {
        enum class Phase {
            Receiving,
            Busy, ///< In the handler, or being answered.
            Suspended,
        };
        MHD_socket socket = MHD_INVALID_SOCKET;
        Phase phase = Phase::Receiving;
        Clock::time_point since; ///< When the phase began.
        std::shared_ptr<ServedRequest> exchange; ///< Null between requests.
    };

    void sweepWhileOpen();
    void sweep(Clock::time_point now);
    void resume(Slot &slot);
    [[nodiscard]] std::chrono::milliseconds timeForARequest() const;

    const ListenLimits m_limits;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::unordered_map<MHD_Connection *, Slot> m_slots;
    bool m_shutDown = false;
    std::thread m_sweeper;
};

} // namespace icebreaker
