#pragma once

#include "net/networkfactory.h"

#include <QFuture>
#include <QUrl>

#include <chrono>

namespace icebreaker {

/// Posts the sandbox's callbacks to a listener on this computer. Not for anything else:
/// it refuses every other host, and tells no more than whether it was heard.
class CallbackPoster : public QObject
{
    Q_OBJECT

public:
    /// @param firstPause  of deliver(); each further one is twice as long
    explicit CallbackPoster(QObject *parent = nullptr,
                            std::chrono::milliseconds firstPause = std::chrono::seconds(1));

    /// Posts @p json once. The future always finishes, with the HTTP status, or with 0
    /// if @p url is not http on loopback, nobody answered within 10 s, or the poster
    /// was deleted before.
    [[nodiscard]] QFuture<int> post(const QUrl &url, const QByteArray &json);

    /// Posts @p json until the answer is 200, as the real sender does; but not for 24 hours:
    /// six times at most. A listener that keeps duplicates apart gets each callback.
    void deliver(const QUrl &url, const QByteArray &json);

private:
    void deliver(const QUrl &url, const QByteArray &json, int attempt);

    const std::chrono::milliseconds m_firstPause;
    std::unique_ptr<QNetworkAccessManager> m_network;
};

} // namespace icebreaker
