#include "store/collectionwatch.h"

#include "core/whendone.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

constexpr auto ReadDelay = 80ms; // a program that saves makes several changes
/// Each is a call to the system; more at once would hold up the window.
constexpr qsizetype WatchedAtOnce = 200;

} // namespace

CollectionWatch::CollectionWatch(QString root, QObject *parent)
    : QObject(parent)
    , m_root(std::move(root))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(ReadDelay);
    m_watching.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &CollectionWatch::read);
    connect(&m_watching, &QTimer::timeout, this, &CollectionWatch::watchMore);
    const auto soon = [this] { m_soon.start(); };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, soon);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, soon);
    read();
}

CollectionWatch::~CollectionWatch()
{
    m_reading.cancel();
}

void CollectionWatch::refresh()
{
    read();
}

void CollectionWatch::read()
{
    m_soon.stop();
    if (m_reading.isRunning()) {
        m_isAgain = true;
        return;
    }
    m_reading = m_worker.runCancellable([root = m_root](const auto &isCancelled) {
        return readCollection(root, [&isCancelled] { return isCancelled(); });
    });
    whenDone(m_reading, this, [this](const Collection &collection) { take(collection); });
}

void CollectionWatch::take(const Collection &collection)
{
    m_collection = collection;
    // A file that was replaced is another one, and is not watched any more.
    const QStringList files = m_watcher.files();
    const QStringList folders = m_watcher.directories();
    const QSet<QString> watched =
        QSet<QString>(files.begin(), files.end()) + QSet<QString>(folders.begin(), folders.end());
    m_toWatch.clear();
    for (const QString &path : collection.watched) {
        if (!watched.contains(path))
            m_toWatch.append(path);
    }
    watchMore();
    if (std::exchange(m_isAgain, false))
        m_soon.start();
    emit wasRead();
}

void CollectionWatch::watchMore()
{
    const qsizetype now = std::min(WatchedAtOnce, m_toWatch.size());
    QStringList paths = m_toWatch.first(now);
    m_toWatch.remove(0, now);
    paths.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    if (!paths.isEmpty())
        (void)m_watcher.addPaths(paths); // what the system refuses is seen at the next refresh()
    if (m_toWatch.isEmpty())
        m_watching.stop();
    else
        m_watching.start();
}

} // namespace icebreaker
