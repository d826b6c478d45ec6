#pragma once

#include <QFile>
#include <QHostAddress>
#include <QQueue>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>
#include <QUrl>

#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace icebreaker::test {

/// What a ScriptedServer does with one request.
struct Script {
    enum class End {
        KeepOpen, ///< Wait for the next request on the same connection.
        Close, ///< FIN, after everything was written.
        Reset, ///< RST.
    };

    QByteArray bytes; ///< Written as they are; may be empty.
    End end = End::KeepOpen;
    qint64 readAtMost = -1; ///< Act after so many bytes of the body; -1 means after all of it.
    std::chrono::milliseconds drip{0}; ///< Pause after each byte that is written.
    qint64 flood = 0; ///< So many more bytes ('x') after `bytes`.
    bool startTls = false; ///< Speak TLS from here on, like a proxy after CONNECT.

    /// A complete answer.
    /// @param status   e.g. "429 Too Many Requests"
    /// @param headers  further ones, each ended by "\r\n"
    static Script answer(const QByteArray &status, const QByteArray &body = "{}",
                         const QByteArray &headers = "Content-Type: application/json\r\n")
    {
        return {"HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size())
                + "\r\n" + headers + "\r\n" + body};
    }
    static Script raw(const QByteArray &bytes, End end) { return {bytes, end}; }
    static Script closeUnanswered() { return {{}, End::Close}; }
    static Script resetUnanswered() { return {{}, End::Reset}; }
    static Script stall() { return {}; }
};

/// One request as it arrived.
struct SeenRequest {
    QByteArray method;
    QByteArray target;
    QByteArray head; ///< Request line and headers, with the empty line.
    QByteArray body; ///< As far as it was read.
    int connection = 0; ///< From 0, in the order of their arrival.
    std::chrono::steady_clock::time_point arrived = std::chrono::steady_clock::now();

    /// Values of all headers called @p name (lower case).
    [[nodiscard]] QByteArrayList values(const QByteArray &name) const
    {
        QByteArrayList found;
        for (const QByteArray &line : head.split('\n')) {
            const auto colon = line.indexOf(':');
            if (colon > 0 && line.first(colon).toLower() == name)
                found.append(line.sliced(colon + 1).trimmed());
        }
        return found;
    }
};

/// A raw HTTP/1.1 server on a free loopback port, in the thread that made it, over TCP
/// or TLS. Each request gets the next script, or a plain 200 when none is left. It
/// counts what arrives, also what an ordinary server would hide.
class ScriptedServer : public QTcpServer
{
public:
    enum class Transport { Tcp, Tls };

    explicit ScriptedServer(Transport transport = Transport::Tcp)
        : m_transport(transport)
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("ScriptedServer: %ls", qUtf16Printable(errorString()));
    }

    ~ScriptedServer() override
    {
        close();
        qDeleteAll(std::exchange(m_connections, {})); // they say goodbye to this object
    }
    Q_DISABLE_COPY_MOVE(ScriptedServer)

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/messaging/conversation")) const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                        .arg(m_transport == Transport::Tls ? QStringLiteral("https")
                                                           : QStringLiteral("http"))
                        .arg(serverPort())
                        .arg(path));
    }

    /// The throw-away certificate for 127.0.0.1, localhost and agent.test that the build
    /// made; trust it as a certificate authority.
    static QList<QSslCertificate> certificates()
    {
        return QSslCertificate::fromPath(tlsFile("server.crt"));
    }

    void willDo(const Script &script) { m_scripts.enqueue(script); }
    /// Accepts connections and says nothing on them: no TLS handshake, no answer.
    void setMute(bool mute) { m_mute = mute; }
    /// Says on every connection that nothing more will come. openConnections() falls
    /// when the other side has understood.
    void hangUp()
    {
        for (Connection *connection : std::as_const(m_connections))
            shutdown(static_cast<int>(connection->socket.socketDescriptor()), SHUT_WR);
    }

    QList<SeenRequest>
        requests; ///< All with a complete head, in order; clear it only between requests.
    int connections = 0; ///< Accepted so far.
    qint64 bytesWritten = 0; ///< Given to the kernel so far.

    [[nodiscard]] int posts() const
    {
        return static_cast<int>(
            std::count_if(requests.begin(), requests.end(),
                          [](const SeenRequest &request) { return request.method == "POST"; }));
    }
    [[nodiscard]] qsizetype openConnections() const { return m_connections.size(); }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *connection = new Connection(this, connections++);
        connection->socket.setSocketDescriptor(descriptor);
        m_connections.append(connection);
        connection->start();
    }

private:
    static QString tlsFile(const char *name)
    {
        return QStringLiteral(ICEBREAKER_TEST_TLS_DIR "/") + QString::fromLatin1(name);
    }

    class Connection : public QObject
    {
    public:
        Connection(ScriptedServer *server, int number)
            : QObject(server)
            , m_server(server)
            , m_number(number)
        { }

        void start()
        {
            // Small, so that what is not read stays in the kernel and stops the sender.
            socket.setReadBufferSize(ReadBuffer);
            connect(&socket, &QAbstractSocket::disconnected, this, [this] {
                m_server->m_connections.removeOne(this);
                deleteLater();
            });
            if (m_server->m_mute)
                return;
            connect(&socket, &QIODevice::readyRead, this, [this] { read(); });
            connect(&socket, &QIODevice::bytesWritten, this, [this](qint64 count) {
                m_server->bytesWritten += count;
                flood();
            });
            m_drip.setTimerType(Qt::PreciseTimer);
            connect(&m_drip, &QTimer::timeout, this, [this] { writeSome(1); });
            if (m_server->m_transport == Transport::Tls)
                startTls();
        }

        QSslSocket socket;

    private:
        static constexpr qint64 ReadBuffer = 65'536;

        void startTls()
        {
            QFile key(tlsFile("server.key"));
            if (!key.open(QIODevice::ReadOnly))
                qFatal("ScriptedServer: no key");
            socket.setLocalCertificateChain(certificates());
            socket.setPrivateKey(QSslKey(&key, QSsl::Ec));
            socket.startServerEncryption();
        }

        void read()
        {
            if (m_inBody && m_done)
                return; // not a byte more than the script wants
            m_input += socket.readAll();
            if (!m_inBody) {
                const auto end = m_input.indexOf("\r\n\r\n");
                if (end < 0)
                    return;
                beginRequest(m_input.first(end + 4));
                m_input.remove(0, end + 4);
            }
            QByteArray &body = m_server->requests[m_request].body;
            const qint64 wanted =
                m_script.readAtMost < 0 ? m_length : std::min(m_script.readAtMost, m_length);
            const auto taken = std::min<qsizetype>(wanted - body.size(), m_input.size());
            body += m_input.first(taken);
            m_input.remove(0, taken);
            if (body.size() >= wanted && !m_done)
                act();
        }

        void beginRequest(const QByteArray &head)
        {
            const QByteArrayList words = head.first(head.indexOf('\r')).split(' ');
            SeenRequest request{words.value(0), words.value(1), head, {}, m_number};
            m_length = request.values("content-length").value(0).toLongLong();
            m_request = m_server->requests.size();
            m_server->requests.append(request);
            m_script = m_server->m_scripts.isEmpty() ? Script::answer("200 OK")
                                                     : m_server->m_scripts.dequeue();
            m_inBody = true;
            m_done = false;
        }

        void act()
        {
            m_done = true;
            m_output = m_script.bytes;
            m_flood = m_script.flood;
            if (m_script.drip.count() > 0 && !m_output.isEmpty())
                m_drip.start(m_script.drip);
            else
                writeSome(m_output.size());
        }

        void writeSome(qsizetype count)
        {
            socket.write(m_output.first(count));
            m_output.remove(0, count);
            if (!m_output.isEmpty())
                return;
            m_drip.stop();
            flood();
            if (m_flood == 0)
                finish();
        }

        void flood()
        {
            constexpr qint64 piece = 65'536;
            while (m_flood > 0 && socket.bytesToWrite() < piece) {
                const qint64 count = std::min(m_flood, piece);
                m_flood -= count;
                socket.write(QByteArray(count, 'x'));
                if (m_flood == 0)
                    finish();
            }
        }

        void finish()
        {
            if (m_script.end == Script::End::Close) {
                socket.disconnectFromHost();
            } else if (m_script.end == Script::End::Reset) {
                socket.flush();
                const linger noLinger{1, 0};
                setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER,
                           &noLinger, sizeof noLinger);
                socket.abort();
            } else if (!m_script.bytes.isEmpty()) {
                m_inBody = false; // the next request, please
                if (m_script.startTls) {
                    socket.flush();
                    startTls();
                }
            }
        }

        ScriptedServer *m_server;
        int m_number;
        Script m_script;
        QByteArray m_input;
        QByteArray m_output;
        QTimer m_drip;
        qint64 m_flood = 0;
        qint64 m_length = 0;
        qsizetype m_request = 0;
        bool m_inBody = false;
        bool m_done = false;
    };

    Transport m_transport;
    QQueue<Script> m_scripts;
    QList<Connection *> m_connections;
    bool m_mute = false;
};

} // namespace icebreaker::test
