#pragma once

#include "core/error.h"
#include "store/sqlite.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace icebreaker {

/// The full-text index of a journal, in a file of its own beside it: `FOLDER/search.sqlite`
/// (0600). It can be made again at any time from the journal, and writing it never holds
/// the journal's lock, so that no claim ever waits for it.
///
/// One FTS5 table for each SearchStep rows, without their text (content=''). A send that
/// changes is added again under its number; what it lost stays in its table until that is
/// made again, which is harmless, because whatever is found is compared with the send.
/// Deleted sends are another matter: their table is dropped, overwritten, and made again.
namespace searchindex {

[[nodiscard]] QString path(const QString &folder);
/// Grows with every change of the file's form; another one is made afresh.
inline constexpr int Version = 1;
[[nodiscard]] QString table(qint64 shard);
/// The part of the index that @p row is in.
[[nodiscard]] qint64 shardOf(qint64 row);

} // namespace searchindex

/// Writes the index: in steps, each of which is one short transaction. Several processes
/// may do so; they take turns. Everything on one thread.
class SearchIndexer
{
public:
    explicit SearchIndexer(const QString &folder);
    void close();

    enum class Progress {
        Done, ///< Everything is indexed.
        More, ///< Call again.
    };
    /// @param isCancelled  asked for each send; nothing of this step is kept once it is true
    [[nodiscard]] Result<Progress> step(const std::function<bool()> &isCancelled);
    /// Drops what holds deleted sends and overwrites it on the disk; step() makes the rest
    /// again. Fails with StorageLocked if somebody else writes or reads for long.
    [[nodiscard]] Result<void> purge();

private:
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> openJournal();
    [[nodiscard]] Result<void> openIndex();
    [[nodiscard]] Result<void> create();
    [[nodiscard]] Result<void> dropOld();
    [[nodiscard]] Result<void> fill(const QVariant &identity);
    /// Throws a damaged index away.
    [[nodiscard]] Error noted(const Error &error);
    [[nodiscard]] Result<Progress> stepInTransaction(const std::function<bool()> &isCancelled);
    [[nodiscard]] Result<void> dropPurged();
    [[nodiscard]] Result<int> addChanged(const std::function<bool()> &isCancelled);
    [[nodiscard]] Result<int> addMissing(const std::function<bool()> &isCancelled);
    [[nodiscard]] Result<void> add(qint64 row);
    [[nodiscard]] Result<void> ensureTable(qint64 shard);

    const QString m_journalPath;
    const QString m_path;
    SqliteConnection m_journal;
    SqliteConnection m_index;
    QByteArray m_journalIdentity; ///< Of the files that are open.
    QByteArray m_indexIdentity;
};

} // namespace icebreaker
