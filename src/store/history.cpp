#include "store/history.h"

#include "store/journal.h"
#include "store/searchkeeper.h"

#include <QFileInfo>

namespace icebreaker {

History::History(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_threads(journal.m_threads)
{ }

QFuture<Result<LogGroups>> History::groups(const LogFilter &filter, LogGrouping grouping,
                                           qint64 before)
{
    return m_threads.read([=](JournalReader &reader) {
        return reader.readHistory(
            [&](HistoryReader &history) { return history.groups(filter, grouping, before); });
    });
}

QFuture<Result<OverviewStep>> History::overview(const LogFilter &filter, qint64 before,
                                                std::chrono::seconds slot, int utcOffset)
{
    return m_threads.read([=](JournalReader &reader) {
        return reader.readHistory([&](HistoryReader &history) {
            return history.overview(filter, before, slot, utcOffset);
        });
    });
}

QFuture<Result<SeenValues>> History::seenValues()
{
    return m_threads.read([](JournalReader &reader) {
        return reader.readHistory([](HistoryReader &history) { return history.seenValues(); });
    });
}

QFuture<Result<RemovableSends>> History::removable(const LogFilter &filter)
{
    return m_threads.readCancellable([filter](JournalReader &reader, const auto &isCancelled) {
        return reader.readHistory([&](HistoryReader &history) {
            return history.removable(filter, QDateTime::currentDateTimeUtc(), isCancelled);
        });
    });
}

QFuture<Result<SendsRemoved>> History::remove(const QList<qint64> &rows)
{
    return m_threads.write([rows](JournalWriter &writer) {
        return writer.history().remove(rows, QDateTime::currentDateTimeUtc());
    });
}

QFuture<Result<int>> History::removeRemains(const QDateTime &moment)
{
    return m_threads.write(
        [moment](JournalWriter &writer) { return writer.history().removeRemains(moment); });
}

QFuture<Result<bool>> History::scrub(qint64 largestFile)
{
    return m_threads.write(
        [largestFile](JournalWriter &writer) { return writer.scrub(largestFile); },
        WriteQueue::Sharing::Alone);
}

QFuture<Result<void>> History::purgeIndex()
{
    if (m_journal.m_index != nullptr)
        return m_journal.m_index->purge();
    // Nobody keeps it here: once, on the read thread, which has nothing better to do.
    return m_threads.read([folder = m_journal.m_folder](JournalReader & /*reader*/) {
        return QFileInfo::exists(searchindex::path(folder)) ? SearchIndexer(folder).purge()
                                                            : Result<void>();
    });
}

void History::setIndexPaused(bool paused)
{
    if (m_journal.m_index != nullptr)
        m_journal.m_index->setPaused(paused);
}

} // namespace icebreaker
