#include "cli/batchprogress.h"

#include "cli/recordline.h"
#include "words/batchwords.h"

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Often enough to look alive, seldom enough to be read.
constexpr auto Refresh = 250ms;

} // namespace

BatchProgress::BatchProgress(bool json, Console &console)
    : m_json(json)
    , m_console(console)
{
    m_tick.setInterval(Refresh);
    connect(&m_tick, &QTimer::timeout, this, &BatchProgress::show);
}

void BatchProgress::begin(const BatchCounts &counts, const BatchPlan &plan)
{
    m_counts = counts;
    m_plan = plan;
    m_since.start();
    if (!m_json)
        m_tick.start();
}

void BatchProgress::add(const SendRecord &attempt)
{
    if (m_json)
        m_console.print(sendJson(attempt));
    qint64 *end = nullptr;
    switch (attempt.outcome.value_or(Outcome::NotSent)) {
    case Outcome::Accepted: end = &m_counts.accepted; break;
    case Outcome::Refused: end = &m_counts.refused; break;
    case Outcome::Unknown: end = &m_counts.unknown; break;
    case Outcome::RateLimited: ++m_counts.rateLimited; break;
    case Outcome::NotSent:
    case Outcome::Cancelled: break;
    }
    if (end != nullptr) {
        ++*end;
        --m_counts.waiting;
        ++m_ended;
    }
    if (!m_json && attempt.outcome != Outcome::Accepted) {
        m_console.clearStatus();
        m_console.print(QObject::tr("row %1: ").arg(attempt.claim.batchRow->row)
                        + sendLine(attempt));
    }
}

void BatchProgress::end()
{
    m_tick.stop();
    m_console.clearStatus();
}

void BatchProgress::show()
{
    m_console.showStatus(line());
}

QString BatchProgress::line() const
{
    QString text = countsText(m_counts);
    const auto spent = std::chrono::milliseconds(m_since.elapsed());
    if (m_ended == 0 || spent < 1s)
        return text;
    const double rate = double(m_ended) * 1000 / double(spent.count());
    text += u" — "_s + rateText(rate);
    const auto atLimit = m_plan.ignoreLimit ? 0ms : sendingTime(m_counts.waiting, m_plan.limit);
    const auto atRate = std::chrono::milliseconds(qint64(double(m_counts.waiting) / rate * 1000));
    return text + u" · "_s + doneText(QDateTime::currentDateTime(), std::max(atLimit, atRate));
}

} // namespace icebreaker
