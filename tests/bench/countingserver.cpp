#include "bench/countingserver.h"

#include <QTcpSocket>
#include <QTimer>

namespace icebreaker::bench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Micros Window = 1s;

Micros steadyNow()
{
    return std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch());
}

/// Decides about arrivals, which must come in order.
class Gate
{
public:
    explicit Gate(const ServerRules &rules)
        : m_rules(rules)
    { }

    bool admit(Micros at)
    {
        while (!m_accepted.empty() && isForgotten(m_accepted.front(), at))
            m_accepted.pop_front();
        const auto most = m_rules.limiter == Limiter::Spaced ? 1 : m_rules.limit;
        if (m_rules.limiter != Limiter::None && m_accepted.size() >= static_cast<std::size_t>(most))
            return false;
        m_accepted.push_back(at);
        return true;
    }

private:
    [[nodiscard]] bool isForgotten(Micros accepted, Micros at) const
    {
        switch (m_rules.limiter) {
        case Limiter::None: return true;
        case Limiter::Sliding: return at - accepted >= Window;
        case Limiter::Fixed: return at / Window != accepted / Window;
        case Limiter::Spaced: return at - accepted >= Window / m_rules.limit;
        }
        return true;
    }

    ServerRules m_rules;
    std::deque<Micros> m_accepted; ///< Those that still count.
};

} // namespace

class CountingServer::Listener : public QTcpServer
{
public:
    Listener(const ServerRules &rules, QList<Arrival> &arrivals)
        : m_rules(rules)
        , m_gate(rules)
        , m_arrivals(arrivals)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                serve(socket);
        });
    }

private:
    void serve(QTcpSocket *socket)
    {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QIODevice::readyRead, this,
                [this, socket, input = QByteArray()]() mutable {
                    const Micros now = steadyNow();
                    input += socket->readAll();
                    const auto head = input.indexOf("\r\n\r\n");
                    if (head < 0 || input.size() < head + 4 + contentLength(input.first(head)))
                        return;
                    input.clear(); // nobody pipelines
                    handle(socket, now);
                });
    }

    static qsizetype contentLength(const QByteArray &head)
    {
        const QByteArray name = "\r\ncontent-length:";
        const auto found = head.toLower().indexOf(name);
        const auto start = found + name.size();
        return found < 0 ? 0
                         : head.sliced(start, head.indexOf('\r', start) - start).trimmed().toInt();
    }

    void handle(QTcpSocket *socket, Micros now)
    {
        std::uniform_int_distribution<Micros::rep> delay(0, m_rules.jitter.count());
        const Micros late(delay(m_random)); // far below the interval: nobody overtakes
        const bool isAccepted = m_gate.admit(now + late);
        m_arrivals.append({now + late, isAccepted});
        const QByteArray answer = isAccepted
            ? QByteArray("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                         "Content-Length: 2\r\n\r\n{}")
            : QByteArray("HTTP/1.1 429 Too Many Requests\r\n"
                         "Content-Type: application/json\r\n"
                         "Content-Length: 2\r\n\r\n{}");
        if (m_rules.answerAfter + late < 1ms) {
            socket->write(answer);
            return;
        }
        QTimer::singleShot(
            std::chrono::round<std::chrono::milliseconds>(m_rules.answerAfter + late),
            Qt::PreciseTimer, socket, [socket, answer] { socket->write(answer); });
    }

    ServerRules m_rules;
    Gate m_gate;
    QList<Arrival> &m_arrivals;
    std::mt19937 m_random{std::random_device{}()};
};

CountingServer::CountingServer(const ServerRules &rules)
    : m_listener(new Listener(rules, m_arrivals))
{
    if (!m_listener->listen(QHostAddress::LocalHost))
        qFatal("CountingServer: %ls", qUtf16Printable(m_listener->errorString()));
    m_port = m_listener->serverPort();
    m_listener->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
    m_thread.start();
}

CountingServer::~CountingServer()
{
    m_thread.quit();
    m_thread.wait();
}

QUrl CountingServer::base() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port));
}

QList<Arrival> CountingServer::stop()
{
    m_thread.quit();
    m_thread.wait();
    return m_arrivals;
}

} // namespace icebreaker::bench
