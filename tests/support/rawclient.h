#pragma once

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

#include <sys/socket.h>

namespace icebreaker::test {

/// Speaks HTTP byte by byte, wrongly if asked to, and keeps every byte that comes back.
class RawClient
{
public:
    explicit RawClient(quint16 port, const QHostAddress &host = QHostAddress::LocalHost)
    {
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket,
                         [this] { received += m_socket.readAll(); });
        m_socket.connectToHost(host, port);
    }

    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    void post(const QByteArray &path, const QByteArray &body, const QByteArray &headers = {})
    {
        send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
             + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body);
    }
    /// Says that nothing more will come, and goes on reading.
    void halfClose() { ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR); }
    /// Leaves without a word.
    void abort() { m_socket.abort(); }

    [[nodiscard]] bool waitForSent()
    {
        return QTest::qWaitFor([this] { return isConnected() && unsent() == 0; });
    }
    /// Complete headers and as much body as they promise.
    [[nodiscard]] bool waitForAnswer(int timeout = 5000)
    {
        return QTest::qWaitFor([this] { return isComplete(); }, timeout);
    }
    [[nodiscard]] bool waitForClose(int timeout = 5000)
    {
        return QTest::qWaitFor([this] { return isClosed(); }, timeout);
    }

    [[nodiscard]] bool isConnected() const
    {
        return m_socket.state() == QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] bool isClosed() const
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }
    [[nodiscard]] qint64 unsent() const { return m_socket.bytesToWrite(); }
    [[nodiscard]] int status() const { return received.mid(9, 3).toInt(); }
    [[nodiscard]] QByteArray body() const { return received.mid(headEnd() + 4); }
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const QByteArray &line : received.left(headEnd()).split('\n')) {
            if (line.toLower().startsWith(name.toLower() + ':'))
                return line.mid(name.size() + 1).trimmed();
        }
        return {};
    }

    QByteArray received;

private:
    [[nodiscard]] qsizetype headEnd() const { return received.indexOf("\r\n\r\n"); }
    [[nodiscard]] bool isComplete() const
    {
        return headEnd() >= 0 && body().size() >= header("Content-Length").toLongLong();
    }

    QTcpSocket m_socket;
};

} // namespace icebreaker::test
