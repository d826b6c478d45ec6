#pragma once

#include "store/collection.h"
#include "store/worker.h"

#include <QFileSystemWatcher>
#include <QFuture>
#include <QObject>
#include <QTimer>

namespace icebreaker {

/// A collection that is open: read on a thread of its own, again whenever something in its
/// folder changes.
class CollectionWatch : public QObject
{
    Q_OBJECT

public:
    explicit CollectionWatch(QString root, QObject *parent = nullptr);
    /// Stops reading.
    ~CollectionWatch() override;

    [[nodiscard]] const QString &root() const { return m_root; }
    /// As it was last read; empty before wasRead().
    [[nodiscard]] const Collection &collection() const { return m_collection; }
    /// Reads it again, also what no signal of the system tells of.
    void refresh();

signals:
    /// collection() is as the folder was a moment ago.
    void wasRead();

private:
    void read();
    void take(const Collection &collection);
    void watchMore();

    const QString m_root;
    Collection m_collection;
    QFileSystemWatcher m_watcher;
    QStringList m_toWatch; ///< Not watched yet.
    QTimer m_soon; ///< Many changes, one reading.
    QTimer m_watching;
    QFuture<Collection> m_reading;
    bool m_isAgain = false; ///< It changed while it was read.
    Worker m_worker;
};

} // namespace icebreaker
