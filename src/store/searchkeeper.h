#pragma once

#include "core/error.h"
#include "store/searchindexer.h"
#include "store/worker.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <atomic>

namespace icebreaker {

/// Keeps the search index of a journal up to date on a thread of its own, some seconds
/// behind: most sends change several times within these, and what is not indexed yet is
/// searched all the same. An old journal is indexed in the background, newest sends first.
class SearchKeeper : public QObject
{
    Q_OBJECT

public:
    explicit SearchKeeper(const QString &folder, QObject *parent = nullptr);
    /// Waits for what is under way, at most some milliseconds.
    ~SearchKeeper() override;
    Q_DISABLE_COPY_MOVE(SearchKeeper)

    /// Something changed.
    void followSoon();
    /// Rests meanwhile, e.g. as long as many sends are being deleted.
    void setPaused(bool paused);
    /// SearchIndexer::purge(), also while it rests.
    [[nodiscard]] QFuture<Result<void>> purge();

signals:
    /// Everything is indexed.
    void caughtUp();

private:
    void step();

    SearchIndexer m_indexer; ///< Used on the thread only.
    std::atomic<bool> m_closing = false;
    bool m_isStepping = false;
    bool m_isPaused = false;
    QTimer m_timer;
    Worker m_thread;
};

} // namespace icebreaker
