#include "store/searchkeeper.h"

#include "core/whendone.h"

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

constexpr auto FollowDelay = 3s;
/// After a step that failed, e.g. because another process indexes.
constexpr auto RetryDelay = 10s;

} // namespace

SearchKeeper::SearchKeeper(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_indexer(folder)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SearchKeeper::step);
}

SearchKeeper::~SearchKeeper()
{
    m_closing = true;
    m_thread.finishWith([this] { m_indexer.close(); });
}

void SearchKeeper::followSoon()
{
    if (!m_timer.isActive() && !m_isStepping && !m_isPaused)
        m_timer.start(FollowDelay);
}

void SearchKeeper::setPaused(bool paused)
{
    m_isPaused = paused;
    if (paused)
        m_timer.stop();
    else
        followSoon();
}

QFuture<Result<void>> SearchKeeper::purge()
{
    return m_thread.run([this] { return m_indexer.purge(); });
}

void SearchKeeper::step()
{
    if (m_isPaused || m_isStepping)
        return;
    m_isStepping = true;
    const auto work = [this] { return m_indexer.step([this] { return m_closing.load(); }); };
    whenDone(m_thread.run(work), this, [this](const Result<SearchIndexer::Progress> &progress) {
        m_isStepping = false;
        if (m_isPaused)
            return;
        if (!progress) {
            m_timer.start(RetryDelay);
        } else if (*progress == SearchIndexer::Progress::More) {
            step();
        } else {
            emit caughtUp();
        }
    });
}

} // namespace icebreaker
