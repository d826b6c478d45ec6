#include "net/callbackposter.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "net/oneshotbody.h"

#include <QNetworkReply>
#include <QPromise>
#include <QTimer>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds Patience{10'000};
constexpr int Heard = 200;
constexpr int MostAttempts = 6; // half a minute with the usual pause

/// Finishes with 0 unless it was given a status: also when nobody is left to give one.
class StatusPromise
{
public:
    StatusPromise() { m_promise.start(); }
    ~StatusPromise() { settle(0); }
    Q_DISABLE_COPY_MOVE(StatusPromise)

    [[nodiscard]] QFuture<int> future() const { return m_promise.future(); }
    void settle(int status)
    {
        if (std::exchange(m_settled, true))
            return;
        m_promise.addResult(status);
        m_promise.finish();
    }

private:
    QPromise<int> m_promise;
    bool m_settled = false;
};

} // namespace

CallbackPoster::CallbackPoster(QObject *parent, std::chrono::milliseconds firstPause)
    : QObject(parent)
    , m_firstPause(firstPause)
    , m_network(makeNetwork(Route::Loopback))
{ }

QFuture<int> CallbackPoster::post(const QUrl &url, const QByteArray &json)
{
    if (url.scheme() != "http"_L1 || !isLoopback(url))
        return QtFuture::makeReadyFuture(0);

    QNetworkRequest request = makeRequest(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_L1);
    request.setTransferTimeout(static_cast<int>(Patience.count()));
    auto *body = new OneShotBody(json);
    QNetworkReply *reply = m_network->post(request, body);
    body->setParent(reply);

    const auto promise = std::make_shared<StatusPromise>();
    connect(reply, &QNetworkReply::finished, this, [reply, promise] {
        reply->deleteLater();
        promise->settle(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt());
    });
    return promise->future();
}

void CallbackPoster::deliver(const QUrl &url, const QByteArray &json)
{
    deliver(url, json, 1);
}

void CallbackPoster::deliver(const QUrl &url, const QByteArray &json, int attempt)
{
    whenDone(post(url, json), this, [this, url, json, attempt](int status) {
        if (status == Heard || attempt == MostAttempts)
            return;
        QTimer::singleShot(m_firstPause * (1 << (attempt - 1)), this,
                           [this, url, json, attempt] { deliver(url, json, attempt + 1); });
    });
}

} // namespace icebreaker
