#include "net/insightsfetch.h"

#include "core/endpoint.h"
#include "net/networkfactory.h"

#include <algorithm>
#include <tuple>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr char KeyHeader[] = "X-Vgai-Key";

constexpr int Unauthorized = 401;
constexpr int Forbidden = 403;
constexpr int NotFound = 404;
constexpr int RequestTimeout = 408;
constexpr int TooManyRequests = 429;

/// Visible ASCII: anything else could end the header or change on the way.
bool fitsIntoHeader(const QByteArray &key)
{
    return !key.isEmpty()
        && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool isPageForPeople(const Answer &answer)
{
    const QByteArray type = headerValue(answer.headers, "Content-Type").trimmed().toLower();
    // No JSON begins like this, whatever the header says.
    return type.startsWith("text/html") || type.startsWith("application/xhtml+xml")
        || answer.body.trimmed().startsWith('<');
}

FetchEnd ofSuccess(const Answer &answer)
{
    if (isPageForPeople(answer))
        return FetchEnd::WebPage;
    if (answer.bodyCapped)
        return FetchEnd::TooLarge;
    if (answer.problem != TransportProblem::None)
        return FetchEnd::NoAnswer; // cut
    return answer.body.trimmed().isEmpty() ? FetchEnd::NotFound : FetchEnd::Found;
}

/// What @p answer means before anybody looked at its JSON; Found if there is something
/// to look at.
FetchEnd meaning(const Answer &answer)
{
    switch (answer.status) {
    case 0: return FetchEnd::NoAnswer;
    case Unauthorized:
    case Forbidden: return FetchEnd::Unauthorized;
    case NotFound: return FetchEnd::NotFound;
    case RequestTimeout: return FetchEnd::ServerFailed;
    case TooManyRequests: return FetchEnd::RateLimited;
    default: break;
    }
    switch (answer.status / 100) {
    case 2: return ofSuccess(answer);
    case 3: return FetchEnd::Redirected;
    case 4: return FetchEnd::BadRequest;
    case 5: return FetchEnd::ServerFailed;
    default: return FetchEnd::OddAnswer;
    }
}

/// Asking the same again may bring something else.
bool mayPass(FetchEnd trouble, const Answer &answer)
{
    switch (trouble) {
    case FetchEnd::NotFound:
    case FetchEnd::Incomplete:
    case FetchEnd::OddAnswer:
    case FetchEnd::ServerFailed:
    case FetchEnd::RateLimited: return true;
    case FetchEnd::NoAnswer: return answer.problem != TransportProblem::TlsFailed;
    default: return false;
    }
}

/// There is no point in asking at the next address now.
bool endsTry(FetchEnd trouble)
{
    return trouble == FetchEnd::NoAnswer || trouble == FetchEnd::RateLimited;
}

auto richness(const Conversation &conversation)
{
    return std::tuple(conversation.turns.size(), conversation.steps.size(),
                      conversation.parameters.size() + conversation.channelData.size());
}

} // namespace

InsightsFetch::InsightsFetch(QUrl base, ApiKey key, SessionQuery query, InsightsLimits limits,
                             QObject *parent)
    : QObject(parent)
    , m_base(std::move(base))
    , m_key(std::move(key))
    , m_query(std::move(query))
    , m_limits(std::move(limits))
    , m_searches(m_query.sessionId.isEmpty())
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &InsightsFetch::beginTry);
    QMetaObject::invokeMethod(this, &InsightsFetch::start, Qt::QueuedConnection);
}

InsightsFetch::~InsightsFetch()
{
    delete m_get; // its reply belongs to m_network, which goes before our children do
}

void InsightsFetch::cancel()
{
    if (m_finished)
        return;
    delete std::exchange(m_get, nullptr);
    m_pause.stop();
    finish(FetchEnd::Cancelled);
}

void InsightsFetch::start()
{
    if (m_finished)
        return;
    if (refuses())
        finish(FetchEnd::NotAsked);
    else
        beginTry();
}

bool InsightsFetch::refuses()
{
    const bool secure = m_base.scheme() == "https"_L1;
    const bool local = m_base.scheme() == "http"_L1 && isLoopback(m_base);
    const bool known = m_searches ? isSearchable(m_query) : isUsableSessionId(m_query.sessionId);
    Answer &answer = m_report.answer;
    answer.problem = TransportProblem::Other;
    if (!m_base.isValid() || m_base.host().isEmpty() || !m_base.userInfo().isEmpty()
        || !(secure || local)) {
        answer.problemDetail = u"not an https URL, nor http on loopback"_s;
    } else if (m_key.origin != origin(m_base)) {
        answer.problem = TransportProblem::KeyNotForHost;
        answer.problemDetail = u"the key is bound to another origin"_s;
    } else if (!fitsIntoHeader(m_key.bytes)) {
        answer.problemDetail = u"the key is empty or not visible ASCII"_s;
    } else if (!known) {
        answer.problemDetail = u"neither a usable session ID nor enough to search with"_s;
    } else {
        answer.problem = TransportProblem::None;
    }
    return answer.problem != TransportProblem::None;
}

void InsightsFetch::beginTry()
{
    ++m_report.tries;
    m_hopeful = false;
    m_trouble = FetchEnd::Found;
    m_network = makeNetwork(routeFor(m_base));
    if (!m_query.sessionId.isEmpty()) {
        beginReading();
        return;
    }
    m_found.clear();
    m_page = 0;
    search();
}

void InsightsFetch::get(FetchPlace place, const QUrl &url, Take take)
{
    emit asking(place, m_report.tries);
    if (m_finished) // cancelled by who was told
        return;
    QNetworkRequest request = makeRequest(url);
    request.setRawHeader(KeyHeader, m_key.bytes);
    request.setTransferTimeout(static_cast<int>(m_limits.get.inactivity.count()));
    m_get = new InsightsGet(*m_network, request, m_limits.get, m_key.bytes, this);
    connect(m_get, &InsightsGet::answered, this, [this, take](const Answer &answer) {
        std::exchange(m_get, nullptr)->deleteLater();
        (this->*take)(answer);
    });
}

void InsightsFetch::search()
{
    get(FetchPlace::Search, sessionSearchUrl(m_base, m_query, m_page), &InsightsFetch::takeSearch);
}

void InsightsFetch::takeSearch(const Answer &answer)
{
    FetchEnd found = meaning(answer);
    if (found == FetchEnd::Found) {
        if (const auto page = parseSessionList(answer.body)) {
            takeSessions(*page, answer);
            return;
        }
        found = FetchEnd::OddAnswer;
    }
    note(found, answer);
    endTry();
}

void InsightsFetch::takeSessions(const QList<SessionSummary> &page, const Answer &answer)
{
    const auto before = m_found.size();
    for (const SessionSummary &session : page) {
        const bool isNew = std::none_of(m_found.begin(), m_found.end(),
                                        [&](const auto &known) { return known.id == session.id; });
        if (isNew)
            m_found.append(session);
    }
    const bool mayBeMore = page.size() >= SearchPageSize;
    if (mayBeMore && m_found.size() > before && ++m_page < SearchMaxPages) {
        search();
        return;
    }
    const SessionChoice choice = chooseSession(m_found, m_query);
    m_report.candidates = choice.candidates;
    m_report.answer = answer;
    // What was not listed may fit as well: then nothing is the only one.
    if (choice.nearby > 1 || (mayBeMore && choice.nearby > 0)) {
        finish(FetchEnd::Ambiguous);
    } else if (choice.chosen) {
        m_query.sessionId = choice.chosen->id;
        m_query.sessionStart = choice.chosen->startedAt;
        m_report.candidates.clear();
        (void)keepSession(choice.chosen->document); // in case that nothing else tells more
        beginReading();
    } else {
        note(FetchEnd::NotFound, answer);
        endTry();
    }
}

void InsightsFetch::beginReading()
{
    m_forms.clear();
    for (const QDate &day : sessionDays(m_query)) {
        if (day.isValid())
            m_forms.append({SessionPath::Parameters, day, !m_forms.isEmpty()});
    }
    m_forms.append({SessionPath::Session, {}});
    m_forms.append({SessionPath::Search, {}});
    readNextForm();
}

void InsightsFetch::readNextForm()
{
    if (m_forms.isEmpty()) {
        endTry();
        return;
    }
    const Form &form = m_forms.first();
    get(FetchPlace::Session, sessionUrl(m_base, form.path, m_query.sessionId, form.day),
        &InsightsFetch::takeSession);
}

void InsightsFetch::takeSession(const Answer &answer)
{
    FetchEnd found = meaning(answer);
    if (found == FetchEnd::Found)
        found = keepSession(answer.body);
    if (found == FetchEnd::Found) {
        m_report.answer = answer;
        finish(FetchEnd::Found);
        return;
    }
    note(found, answer);
    m_forms.removeFirst();
    if (found != FetchEnd::NotFound && !m_forms.isEmpty() && m_forms.first().ifDayWasWrong)
        m_forms.removeFirst();
    if (endsTry(found))
        endTry();
    else
        readNextForm();
}

FetchEnd InsightsFetch::keepSession(const QByteArray &raw)
{
    const auto conversation = parseConversation(raw);
    if (!conversation)
        return FetchEnd::OddAnswer;
    // Somebody else's conversation is worse than none.
    if (!conversation->sessionId.isEmpty()
        && conversation->sessionId.compare(m_query.sessionId, Qt::CaseInsensitive) != 0)
        return FetchEnd::OddAnswer;
    std::optional<KeptConversation> &kept = m_report.kept;
    if (!kept || richness(*conversation) >= richness(kept->conversation)) {
        const FoundBy searched = m_searches ? FoundBy::Search : FoundBy::Answer;
        kept = KeptConversation{*conversation, QDateTime::currentDateTimeUtc(),
                                m_query.chosen ? FoundBy::Choice : searched};
    }
    return conversation->complete ? FetchEnd::Found : FetchEnd::Incomplete;
}

// FetchEnd is ordered by how much it tells.
void InsightsFetch::note(FetchEnd trouble, const Answer &answer)
{
    m_hopeful = m_hopeful || mayPass(trouble, answer);
    if (m_trouble != FetchEnd::Found && trouble <= m_trouble)
        return;
    m_trouble = trouble;
    m_report.answer = answer;
}

void InsightsFetch::endTry()
{
    const bool complete = m_report.kept && m_report.kept->conversation.complete;
    const qsizetype triesLeft = m_limits.waits.size() + 1 - m_report.tries;
    if (complete || !m_hopeful || triesLeft <= 0) {
        giveUp();
        return;
    }
    auto pause = m_limits.waits.at(m_report.tries - 1);
    if (m_report.answer.retryAfter)
        pause = std::max(pause, *m_report.answer.retryAfter);
    if (pause > m_limits.longestWait) {
        giveUp();
        return;
    }
    m_pause.start(pause);
    emit waiting(QDateTime::currentDateTimeUtc().addMSecs(pause.count()),
                 static_cast<int>(triesLeft));
}

void InsightsFetch::giveUp()
{
    if (m_report.kept)
        finish(m_report.kept->conversation.complete ? FetchEnd::Found : FetchEnd::Incomplete);
    else if (!m_report.candidates.isEmpty())
        finish(FetchEnd::Ambiguous);
    else
        finish(m_trouble);
}

void InsightsFetch::finish(FetchEnd end)
{
    m_finished = true;
    m_report.end = end;
    emit finished(m_report);
    deleteLater();
}

} // namespace icebreaker
