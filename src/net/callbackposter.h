#pragma once

#include "net/networkfactory.h"

#include <QFuture>
#include <QUrl>

namespace icebreaker {

/// Posts the sandbox's callbacks to a listener on this computer. Not for anything else:
/// it refuses every other host, and tells no more than whether it was heard.
class CallbackPoster : public QObject
{
    Q_OBJECT

public:
    explicit CallbackPoster(QObject *parent = nullptr);

    /// Posts @p json once. The future always finishes, with the HTTP status, or with 0
    /// if @p url is not http on loopback, nobody answered within 10 s, or the poster
    /// was deleted before.
    [[nodiscard]] QFuture<int> post(const QUrl &url, const QByteArray &json);

private:
    std::unique_ptr<QNetworkAccessManager> m_network;
};

} // namespace icebreaker
