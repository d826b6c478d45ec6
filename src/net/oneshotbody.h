#pragma once

#include <QByteArray>
#include <QIODevice>

#include <algorithm>

namespace icebreaker {

/// A request body that can be read once and never rewound, and that knows how far it
/// was read.
///
/// QNetworkAccessManager (measured with 6.4.2) silently posts a QByteArray again, up
/// to three more times, when the connection ends before a complete status line was
/// read. With this body it reports QNetworkReply::ContentReSendError instead.
///
/// It is read on the thread of the QNetworkReply, before the bytes go to the socket:
/// as long as wasReadToEnd() is false the request is incomplete for the server.
class OneShotBody : public QIODevice
{
public:
    explicit OneShotBody(QByteArray bytes, QObject *parent = nullptr)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(ReadOnly | Unbuffered);
    }

    /// Gives out no further byte. What is not on its way by now never will be.
    void seal() { m_sealed = true; }
    /// Nothing is left to give out; true from the start for an empty body.
    [[nodiscard]] bool wasReadToEnd() const { return m_read == m_bytes.size(); }

    // Not sequential: Qt would otherwise read all of it before it connects.
    bool isSequential() const override { return false; }
    qint64 size() const override { return m_bytes.size(); }
    bool atEnd() const override { return wasReadToEnd(); }
    bool reset() override { return false; }
    bool seek(qint64 /*position*/) override { return false; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 size = m_sealed ? 0 : std::min(maxSize, m_bytes.size() - m_read);
        if (size <= 0)
            return -1;
        std::copy_n(m_bytes.constData() + m_read, size, data);
        m_read += size;
        return size;
    }
    qint64 writeData(const char * /*data*/, qint64 /*size*/) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
    bool m_sealed = false;
};

} // namespace icebreaker
