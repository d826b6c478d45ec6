#include "net/mediafetch.h"

#include "net/networkfactory.h"
#include "net/transportproblem.h"

#include <QNetworkReply>
#include <QPointer>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 30s; // for the whole of it

} // namespace

MediaFetcher::MediaFetcher(QObject *parent)
    : QObject(parent)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(Patience);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail({MediaProblem::Kind::Unreachable, 0, TransportProblem::TotalTimeout});
    });
}

MediaFetcher::~MediaFetcher()
{
    if (m_promise != nullptr)
        fail({MediaProblem::Kind::Cancelled, 0, {}});
}

QFuture<MediaFetcher::Fetched> MediaFetcher::fetch(const QUrl &link, Wanted wanted)
{
    if (m_promise != nullptr)
        fail({MediaProblem::Kind::Cancelled, 0, {}});
    m_promise = std::make_unique<QPromise<Fetched>>();
    m_promise->start();
    auto future = m_promise->future();
    m_wanted = wanted;
    const bool isWeb = link.scheme() == "https"_L1 || link.scheme() == "http"_L1;
    if (!link.isValid() || link.host().isEmpty() || !isWeb) {
        fail({MediaProblem::Kind::NoLink, 0, {}});
        return future;
    }
    if (m_network != nullptr)
        m_network.release()->deleteLater(); // this may be called from one of its replies
    m_network = makeNetwork(routeFor(link));
    QNetworkRequest request = makeRequest(link);
    request.setRawHeader("Accept", "*/*");
    m_reply = m_network->get(request);
    // Queued: a reply that is aborted while it tells of an error trips over itself.
    connect(
        m_reply, &QNetworkReply::metaDataChanged, this,
        [this, reply = QPointer(m_reply)] {
            if (reply != nullptr && reply == m_reply)
                takeHeaders();
        },
        Qt::QueuedConnection);
    connect(m_reply, &QNetworkReply::finished, this, &MediaFetcher::takeAll);
    connect(m_reply, &QNetworkReply::downloadProgress, this, [this](qint64 received) {
        if (received > Most)
            fail({MediaProblem::Kind::TooLarge, 0, {}});
    });
    m_deadline.start();
    return future;
}

FetchedMedia MediaFetcher::facts() const
{
    FetchedMedia media;
    media.type = m_reply->header(QNetworkRequest::ContentTypeHeader)
                     .toString()
                     .section(u';', 0, 0)
                     .trimmed()
                     .toLower();
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    media.size = length.isValid() ? length.toLongLong() : -1;
    return media;
}

std::optional<MediaProblem> MediaFetcher::refusal() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300 && status < 400)
        return MediaProblem{MediaProblem::Kind::LeadsOn, status, {}};
    if (status != 0 && (status < 200 || status >= 300))
        return MediaProblem{MediaProblem::Kind::Refused, status, {}};
    if (facts().size > Most && m_wanted == Wanted::Everything)
        return MediaProblem{MediaProblem::Kind::TooLarge, status, {}};
    return std::nullopt;
}

void MediaFetcher::takeHeaders()
{
    const auto problem = refusal();
    if (problem && problem->kind == MediaProblem::Kind::Refused)
        return; // the reply is about to tell of its error, and must not be aborted before
    if (problem)
        fail(*problem);
    else if (m_wanted == Wanted::Facts)
        finish(facts());
}

void MediaFetcher::takeAll()
{
    if (const auto problem = refusal()) {
        fail(*problem);
        return;
    }
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool answered = status != 0;
    const auto transport = transportProblem(m_reply->error(), {answered, answered, false});
    if (transport != TransportProblem::None || !answered) {
        fail({MediaProblem::Kind::Unreachable, status, transport});
        return;
    }
    FetchedMedia media = facts();
    media.bytes = m_reply->readAll();
    media.size = media.bytes.size();
    finish(media);
}

void MediaFetcher::fail(const MediaProblem &problem)
{
    finish(tl::unexpected(problem));
}

void MediaFetcher::finish(const Fetched &result)
{
    m_deadline.stop();
    if (m_reply != nullptr) {
        QNetworkReply *reply = std::exchange(m_reply, nullptr);
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
    const auto promise = std::move(m_promise); // whoever waits may fetch again at once
    promise->addResult(result);
    promise->finish();
}

} // namespace icebreaker
