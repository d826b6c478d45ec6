#pragma once

#include <QList>
#include <QTcpServer>
#include <QThread>
#include <QUrl>

#include <chrono>
#include <deque>
#include <random>

namespace icebreaker::bench {

using Micros = std::chrono::microseconds;

/// How a server keeps a limit per second; only what it accepts counts.
enum class Limiter {
    None,
    Sliding, ///< At most so many within any second.
    Fixed, ///< At most so many within each second of its clock.
    Spaced, ///< Each at least 1/limit after the one before.
};

struct ServerRules {
    Limiter limiter = Limiter::None;
    int limit = 1;
    Micros answerAfter{0};
    Micros jitter{0}; ///< Every request arrives later by chance, by up to so much.
};

struct Arrival {
    Micros at{0};
    bool isAccepted = false;
};

/// A raw HTTP/1.1 server on a free loopback port, in a thread of its own so that nothing
/// but the kernel stands between an arrival and its time. Accepts, or answers 429.
class CountingServer
{
public:
    explicit CountingServer(const ServerRules &rules);
    ~CountingServer();
    Q_DISABLE_COPY_MOVE(CountingServer)

    [[nodiscard]] QUrl base() const;
    /// Ends the server. @return everything that arrived, in order
    [[nodiscard]] QList<Arrival> stop();

private:
    class Listener;

    QThread m_thread;
    Listener *m_listener; ///< Lives and dies in the thread.
    quint16 m_port = 0;
    QList<Arrival> m_arrivals; ///< The thread's until it has ended.
};

} // namespace icebreaker::bench
