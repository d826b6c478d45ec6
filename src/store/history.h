#pragma once

#include "core/error.h"
#include "store/historyreader.h"
#include "store/historywriter.h"
#include "store/logfilter.h"

#include <QFuture>
#include <QObject>

namespace icebreaker {

class Journal;
class JournalThreads;
class SearchKeeper;

/// Many sends of a journal at once: what they have in common, and their end.
///
/// Same threads, errors and rules as Journal, which must outlive it and be open.
class History : public QObject
{
    Q_OBJECT

public:
    explicit History(Journal &journal, QObject *parent = nullptr);

    /// One step of counting those that match @p filter, from the newest; for the next one
    /// pass LogGroups::next.
    [[nodiscard]] QFuture<Result<LogGroups>> groups(const LogFilter &filter, LogGrouping grouping,
                                                    qint64 before);
    /// The same for an overview. @param slot  length of the groups' slots of time
    /// @param utcOffset  where these begin, in seconds east of UTC
    [[nodiscard]] QFuture<Result<OverviewStep>> overview(const LogFilter &filter, qint64 before,
                                                         std::chrono::seconds slot, int utcOffset);
    [[nodiscard]] QFuture<Result<SeenValues>> seenValues();
    /// How many of those that match would be deleted. Stops when its future is cancelled.
    [[nodiscard]] QFuture<Result<RemovableSends>> removable(const LogFilter &filter);

    /// Deletes some of @p rows, see HistoryWriter; HistoryEraser does all.
    QFuture<Result<SendsRemoved>> remove(const QList<qint64> &rows);
    QFuture<Result<int>> removeRemains(const QDateTime &moment);
    /// Overwrites what is left of deleted sends in the search index, if there is one, and in
    /// the journal's file: HistoryWriter::scrub(), with a rewrite if the file has at most
    /// @p largestFile bytes. Nothing can be claimed meanwhile, some 10 ms per megabyte.
    [[nodiscard]] QFuture<Result<bool>> scrub(qint64 largestFile);
    [[nodiscard]] QFuture<Result<void>> purgeIndex();
    /// The index rests while many sends are deleted.
    void setIndexPaused(bool paused);

    [[nodiscard]] Journal &journal() { return m_journal; }

private:
    Journal &m_journal;
    JournalThreads &m_threads;
};

} // namespace icebreaker
