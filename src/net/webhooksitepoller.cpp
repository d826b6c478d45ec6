#include "net/webhooksitepoller.h"

#include "core/whendone.h"

#include <algorithm>

namespace icebreaker {

using Kind = WebhookSiteProblem::Kind;

namespace {

/// An address takes 10,000 requests at most (docs.webhook.site/api/tokens.html, 2026-11).
constexpr qsizetype MostInARound = 10'000;
constexpr qsizetype MostBytesInARound = qsizetype(64) * 1024 * 1024;
constexpr int LastPage = 10'000;

constexpr qsizetype MostKnown = 2 * MostInARound;

/// The answer to asking too often, if the site does not say how long to wait: its limits
/// are per minute.
constexpr std::chrono::milliseconds AfterTooMany{60'000};

} // namespace

WebhookSitePoller::WebhookSitePoller(WebhookSite &site, QObject *parent)
    : QObject(parent)
    , m_site(site)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &WebhookSitePoller::askForPage);
}

void WebhookSitePoller::start(const QString &token, const QString &since)
{
    stop();
    m_token = token;
    m_since = since;
    m_failures = 0;
    m_known.clear();
    m_knownOrder.clear();
    beginRound(WebhookSite::MostPerPage);
    m_next.start(0);
}

void WebhookSitePoller::stop()
{
    ++m_polling;
    m_token.clear();
    m_next.stop();
}

void WebhookSitePoller::beginRound(int perPage)
{
    m_round.clear();
    m_inRound.clear();
    m_roundBytes = 0;
    m_page = 1;
    m_perPage = perPage;
}

void WebhookSitePoller::askForPage()
{
    if (!isPolling())
        return;
    if (const auto wait = m_site.nextListIn(); wait.count() > 0) {
        m_next.start(wait);
        return;
    }
    whenDone(m_site.requests(m_token, m_page, m_perPage), this,
             [this, polling = m_polling](const WebhookSiteResult<WebhookPage> &result) {
                 if (polling != m_polling)
                     return; // stopped, or about another address by now
                 if (result)
                     takePage(*result);
                 else
                     takeProblem(result.error());
             });
}

void WebhookSitePoller::takePage(const WebhookPage &page)
{
    const bool reached = addToRound(page);
    const bool end = reached || page.last;
    const bool full =
        m_round.size() >= MostInARound || m_roundBytes >= MostBytesInARound || m_page >= LastPage;
    if (end || full) {
        endRound(end);
        return;
    }
    ++m_page;
    askForPage();
}

bool WebhookSitePoller::addToRound(const WebhookPage &page)
{
    bool reached = false;
    QDateTime sinceAt;
    for (const WebhookRequest &request : page.requests) {
        if (!m_since.isEmpty() && request.uuid == m_since) {
            sinceAt = request.arrivedAt;
            reached = true;
            remember({request});
        } else if (m_known.contains(request.uuid)) {
            // Not the end of the page: those of one second come in any order.
            reached = true;
        } else if (reached && !m_since.isEmpty() && request.arrivedAt != sinceAt) {
            remember({request}); // older than what was kept in an earlier polling
        } else if (!m_inRound.contains(request.uuid)) { // pages shift while more comes in
            m_inRound.insert(request.uuid);
            m_round.append(request);
            m_roundBytes += request.body.size();
        }
    }
    return reached;
}

/// An answer that is too large is asked for in smaller parts, down to single requests; one
/// that is too large by itself is passed over.
void WebhookSitePoller::takeProblem(const WebhookSiteProblem &problem)
{
    if (problem.kind == Kind::TooSoon) {
        m_next.start(problem.retryAfter.value_or(m_pace.every));
    } else if (problem.kind == Kind::TooLarge && m_perPage > 1) {
        beginRound(std::max(1, m_perPage / 10));
        askForPage();
    } else if (problem.kind == Kind::TooLarge && m_page < LastPage) {
        ++m_page;
        askForPage();
    } else {
        fail(problem);
    }
}

void WebhookSitePoller::endRound(bool complete)
{
    QList<WebhookRequest> requests = m_round;
    std::reverse(requests.begin(), requests.end());
    remember(requests);
    m_since.clear();
    m_failures = 0;
    beginRound(WebhookSite::MostPerPage);
    m_next.start(m_pace.every);
    const quint64 polling = m_polling;
    if (!requests.isEmpty())
        emit received(requests);
    if (polling != m_polling)
        return; // stopped by who received
    if (complete) {
        emit polled();
        return;
    }
    WebhookSiteProblem problem;
    problem.kind = Kind::TooLarge;
    emit pollFailed(problem);
}

void WebhookSitePoller::fail(const WebhookSiteProblem &problem)
{
    beginRound(WebhookSite::MostPerPage);
    if (isFinal(problem.kind)) {
        stop();
    } else {
        auto wait = m_pace.backOff;
        for (int i = 0; i < m_failures && wait < WebhookSitePace::LongestBackOff; ++i)
            wait *= 2;
        ++m_failures;
        wait = std::min(wait, WebhookSitePace::LongestBackOff);
        if (problem.kind == Kind::TooMany)
            wait = std::max(wait, AfterTooMany);
        m_next.start(problem.retryAfter.value_or(wait));
    }
    emit pollFailed(problem);
}

void WebhookSitePoller::remember(const QList<WebhookRequest> &requests)
{
    for (const WebhookRequest &request : requests) {
        m_known.insert(request.uuid);
        m_knownOrder.append(request.uuid);
    }
    while (m_knownOrder.size() > MostKnown)
        m_known.remove(m_knownOrder.takeFirst());
}

} // namespace icebreaker
