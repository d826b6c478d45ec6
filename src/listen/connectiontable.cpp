#include "listen/connectiontable.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

namespace {

/// How late a limit may strike. The sweeper sleeps while no connection is open.
constexpr std::chrono::milliseconds SweepInterval{100};

constexpr int BothDirections = 2; // SHUT_RDWR in POSIX, SD_BOTH in Windows

/// Closed or half-closed by the other side. The socket is non-blocking.
bool peerLeft(MHD_socket socket)
{
    char byte = 0;
    return ::recv(socket, &byte, 1, MSG_PEEK) == 0;
}

} // namespace

ConnectionTable::ConnectionTable(ListenLimits limits)
    : m_limits(limits)
{ }

void ConnectionTable::startSweeping()
{
    m_sweeper = std::thread([this] { sweepWhileOpen(); });
}

void ConnectionTable::shutDown()
{
    {
        const std::lock_guard lock(m_mutex);
        m_shutDown = true;
        for (auto &[connection, slot] : m_slots) {
            if (slot.phase != Slot::Phase::Suspended)
                continue;
            slot.exchange->decision = {Decision::Kind::Close, {}, 0};
            resume(slot);
        }
    }
    m_changed.notify_all();
    if (m_sweeper.joinable())
        m_sweeper.join();
}

void ConnectionTable::opened(MHD_Connection *connection, MHD_socket socket)
{
    {
        const std::lock_guard lock(m_mutex);
        m_slots[connection] = {socket, Slot::Phase::Receiving, Clock::now(), nullptr};
    }
    m_changed.notify_all();
}

void ConnectionTable::closed(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    m_slots.erase(connection);
}

std::shared_ptr<ServedRequest> ConnectionTable::beginRequest(MHD_Connection *connection)
{
    auto exchange = std::make_shared<ServedRequest>();
    exchange->table = weak_from_this();
    exchange->connection = connection;
    const std::lock_guard lock(m_mutex);
    m_slots[connection].exchange = exchange;
    return exchange;
}

void ConnectionTable::endRequest(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    Slot &slot = m_slots[connection];
    if (slot.exchange)
        slot.exchange->connection = nullptr;
    slot.exchange.reset();
    slot.phase = Slot::Phase::Receiving;
    slot.since = Clock::now();
}

void ConnectionTable::requestComplete(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    m_slots[connection].phase = Slot::Phase::Busy;
}

Decision ConnectionTable::takeDecisionOrSuspend(ServedRequest &exchange)
{
    const std::lock_guard lock(m_mutex);
    const Decision::Kind kind = exchange.decision.kind;
    if (kind != Decision::Kind::None && kind != Decision::Kind::Stall)
        return exchange.decision;
    if (m_shutDown)
        return {Decision::Kind::Close, {}, 0};
    Slot &slot = m_slots[exchange.connection];
    slot.phase = Slot::Phase::Suspended;
    slot.since = Clock::now();
    MHD_suspend_connection(exchange.connection);
    return {};
}

void ConnectionTable::decide(ServedRequest &exchange, Decision decision)
{
    const std::lock_guard lock(m_mutex);
    if (exchange.connection == nullptr || exchange.decision.kind != Decision::Kind::None)
        return;
    exchange.decision = std::move(decision);
    const auto found = m_slots.find(exchange.connection);
    if (found != m_slots.end() && found->second.phase == Slot::Phase::Suspended
        && exchange.decision.kind != Decision::Kind::Stall)
        resume(found->second);
}

void ConnectionTable::sweepWhileOpen()
{
    std::unique_lock lock(m_mutex);
    while (!m_shutDown) {
        if (m_slots.empty())
            m_changed.wait(lock, [this] { return m_shutDown || !m_slots.empty(); });
        else
            m_changed.wait_for(lock, SweepInterval, [this] { return m_shutDown; });
        if (!m_shutDown)
            sweep(Clock::now());
    }
}

/// With the mutex held, which also keeps closed() from letting a socket's number be
/// used again for something else.
void ConnectionTable::sweep(Clock::time_point now)
{
    const auto wholeRequest = timeForARequest();
    for (auto &[connection, slot] : m_slots) {
        const auto age = now - slot.since;
        if (slot.phase == Slot::Phase::Receiving && age > wholeRequest)
            ::shutdown(slot.socket, BothDirections);
        if (slot.phase != Slot::Phase::Suspended)
            continue;
        // A half-closed client may still read its answer, but not one that never comes.
        const bool stalled = slot.exchange->decision.kind == Decision::Kind::Stall;
        if (age > m_limits.answer || (stalled && peerLeft(slot.socket))) {
            slot.exchange->decision = {Decision::Kind::Close, {}, 0};
            resume(slot);
        }
    }
}

std::chrono::milliseconds ConnectionTable::timeForARequest() const
{
    const bool crowded = m_slots.size() * 4 >= std::size_t{m_limits.connections} * 3;
    return crowded ? std::min(m_limits.wholeRequest, m_limits.wholeRequestWhenCrowded)
                   : m_limits.wholeRequest;
}

void ConnectionTable::resume(Slot &slot)
{
    slot.phase = Slot::Phase::Busy;
    MHD_resume_connection(slot.exchange->connection);
}

} // namespace icebreaker
