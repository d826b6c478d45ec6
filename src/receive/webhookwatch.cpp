#include "receive/webhookwatch.h"

#include "core/whendone.h"

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

/// Until a journal that refused an event is asked again.
constexpr auto AfterLoss = 10s;

/// Of one second, far more than 120 requests per minute can bring.
constexpr qsizetype MostSeen = 200;

} // namespace

WebhookWatch::WebhookWatch(EventKeeper keeper, QObject *parent)
    : QObject(parent)
    , m_keeper(std::move(keeper))
    , m_poller(m_site)
{
    m_again.setSingleShot(true);
    m_again.setInterval(AfterLoss);
    connect(&m_again, &QTimer::timeout, this, [this] { start(m_place); });
    connect(&m_poller, &WebhookSitePoller::received, this, &WebhookWatch::receive);
    connect(&m_poller, &WebhookSitePoller::polled, this, [this] {
        m_state.lastPolled = QDateTime::currentDateTimeUtc();
        m_state.problem.reset();
        emit stateChanged();
    });
    connect(&m_poller, &WebhookSitePoller::pollFailed, this,
            [this](const WebhookSiteProblem &problem) {
                m_state.problem = problem;
                emit stateChanged();
            });
}

void WebhookWatch::start(const WebhookPlace &place)
{
    stop();
    m_place = place;
    if (!place.token.isEmpty())
        m_poller.start(place.token, place.since);
    emit stateChanged();
}

void WebhookWatch::stop()
{
    ++m_round;
    m_again.stop();
    m_poller.stop();
    m_waiting.clear();
    m_isKeeping = false;
    m_second = {};
    m_state.problem.reset();
}

WebhookWatch::State WebhookWatch::state() const
{
    State state = m_state;
    state.polling = m_poller.isPolling();
    return state;
}

void WebhookWatch::receive(const QList<WebhookRequest> &requests)
{
    m_waiting.append(requests);
    if (!m_isKeeping)
        keepNext();
}

void WebhookWatch::keepNext()
{
    while (!m_waiting.isEmpty()) {
        const WebhookRequest request = m_waiting.dequeue();
        // A look with a browser is a GET, and no status.
        if (request.method != "POST" || m_place.seen.contains(request.uuid)) {
            noteKept(request);
            continue;
        }
        StatusEvent event = parseStatusEvent(request.body);
        event.sendId = sendIdInPath(request.path);
        event.arrivedAt =
            request.arrivedAt.isValid() ? request.arrivedAt : QDateTime::currentDateTimeUtc();
        m_isKeeping = true;
        whenDone(m_keeper.keep(event, EventSource::WebhookSite), this,
                 [this, request, event, round = m_round](const Result<void> &done) {
                     if (round != m_round)
                         return;
                     m_isKeeping = false;
                     if (!done) {
                         handleLoss(done.error());
                         return;
                     }
                     m_state.notKept.reset();
                     ++m_state.kept;
                     noteKept(request);
                     emit kept(event);
                     keepNext();
                 });
        return;
    }
    emit advanced(m_place.since, m_place.seen);
    emit stateChanged();
}

void WebhookWatch::noteKept(const WebhookRequest &request)
{
    if (request.arrivedAt != m_second && !m_place.seen.contains(request.uuid))
        m_place.seen.clear();
    m_second = request.arrivedAt;
    m_place.since = request.uuid;
    if (!m_place.seen.contains(request.uuid) && m_place.seen.size() < MostSeen)
        m_place.seen.append(request.uuid);
}

/// The site still has it: asked again from the last one that was kept.
void WebhookWatch::handleLoss(const Error &error)
{
    stop();
    m_state.notKept = error;
    m_again.start();
    emit stateChanged();
}

} // namespace icebreaker
