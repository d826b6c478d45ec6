#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace icebreaker {

/// Calls @p act with the future's result in the thread of @p context, from its event
/// loop; never if @p context is gone by then.
///
/// In place of QFuture::then(context, ...), which in Qt 6.4 takes for granted that the
/// context outlives the future: deleted in the meantime it ends in an assertion, and
/// deleted just then by another thread in a race.
template <typename T, typename Act>
void whenDone(const QFuture<T> &future, QObject *context, Act act)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, act = std::move(act)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0) // none if it was cancelled
                             act(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace icebreaker
