#pragma once

#include "support/sanitized.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <memory>
#include <thread>
#include <vector>

namespace icebreaker::test {

/// Of memory, while a flood lasts.
constexpr qint64 MostGrowth = qint64(IsSanitized ? 300 : 8) * 1024 * 1024;

/// Bytes of memory that this process has.
inline qint64 residentMemory()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

/// A blocking socket to the inbox, for threads without an event loop.
class PlainSocket
{
public:
    explicit PlainSocket(quint16 port)
        : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected =
            ::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    ~PlainSocket() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(PlainSocket)

    /// False when the other side has closed.
    bool send(const QByteArray &bytes)
    {
        return m_connected
            && ::send(m_socket, bytes.constData(), static_cast<std::size_t>(bytes.size()),
                      MSG_NOSIGNAL)
            == bytes.size();
    }
    /// The status of the answer; 0 if it is closed unanswered or 5 s pass.
    int readStatus()
    {
        QByteArray received;
        pollfd readable{m_socket, POLLIN, 0};
        while (received.size() < 12 && ::poll(&readable, 1, 5000) > 0) {
            char buffer[512];
            const auto count = ::recv(m_socket, buffer, sizeof buffer, 0);
            if (count <= 0)
                break;
            received.append(buffer, count);
        }
        return received.mid(9, 3).toInt();
    }

private:
    int m_socket;
    bool m_connected = false;
};

/// Clients that send a header byte by byte, for ever, and come again when they are cut off.
inline void beSlow(quint16 port, int clients, const std::atomic<bool> &stop,
                   std::atomic<int> &cutOff)
{
    std::vector<std::unique_ptr<PlainSocket>> sockets(static_cast<std::size_t>(clients));
    while (!stop) {
        for (auto &socket : sockets) {
            if (socket && socket->send("x"))
                continue;
            cutOff += socket ? 1 : 0;
            socket = std::make_unique<PlainSocket>(port);
            socket->send("POST / HTTP/1.1\r\nHost: h\r\nX-");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

/// One of the hostile requests: whole, in one go.
inline QByteArray hostileRequest(int number, const QByteArray &secretPath)
{
    const auto post = [](const QByteArray &path, const QByteArray &body) {
        return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    };
    switch (number % 10) {
    case 0: return post("/", "{}");
    case 1: return post("/AAAAAAAAAAAAAAAAAAAAAA/s/0f8fad5b-d9cb-469f-a165-70867728950e", "{}");
    case 2: return post(secretPath + "/s/" + QByteArray::number(number), "{}");
    case 3: return post(secretPath + "/s/../../" + QByteArray(200, '/'), "{}");
    case 4: return "GET /health HTTP/1.1\r\nHost: h\r\n\r\n";
    case 5: return post(secretPath, QByteArray(70'000, 'x'));
    case 6: return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ten\r\n\r\n";
    case 7: return "\x16\x03\x01\x02\x01 TLS?\r\n\r\n";
    case 8: return "GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + QByteArray(40'000, 'y') + "\r\n\r\n";
    default: return "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    }
}

struct Statuses {
    std::atomic<int> refused = 0; ///< 4xx, or closed unanswered.
    std::atomic<int> other = 0;
};

inline void sendHostile(quint16 port, int from, int count, const QByteArray &secretPath,
                        Statuses &statuses)
{
    for (int i = from; i < from + count; ++i) {
        PlainSocket socket(port);
        socket.send(hostileRequest(i, secretPath));
        const int status = socket.readStatus();
        ++(status == 0 || (status >= 400 && status < 500) ? statuses.refused : statuses.other);
    }
}

/// What this thread computes, in milliseconds.
inline qint64 threadTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

/// The longest that the event loop of this thread was kept from its timers.
class LoopWatch
{
public:
    LoopWatch()
    {
        m_clock.start();
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            const qint64 computed = threadTime();
            longestGap = std::max(longestGap, m_clock.restart());
            longestWork = std::max(longestWork, computed - m_computed);
            m_computed = computed;
        });
        m_timer.start(1);
    }

    qint64 longestGap = 0; ///< Milliseconds on the wall.
    qint64 longestWork = 0; ///< Milliseconds of computing.

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_computed = threadTime();
};

/// How long this computer, with all else it has to do, lets a thread wait that only
/// wants to look at the clock.
class Bystander
{
public:
    Bystander()
        : m_thread([this] {
            QElapsedTimer clock;
            clock.start();
            while (!m_stop) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                longestGap = std::max<qint64>(longestGap, clock.restart());
            }
        })
    { }
    ~Bystander()
    {
        m_stop = true;
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Bystander)

    std::atomic<qint64> longestGap = 0; ///< Milliseconds.

private:
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

} // namespace icebreaker::test
