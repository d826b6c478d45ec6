#pragma once

#include "core/error.h"
#include "core/sendrecord.h"
#include "store/batchreader.h"
#include "store/deliveryreader.h"
#include "store/historyreader.h"
#include "store/journalfile.h"
#include "store/journalwriter.h"
#include "store/ownerlock.h"
#include "store/searchindexview.h"
#include "store/sqlite.h"

#include <functional>
#include <optional>
#include <type_traits>

namespace icebreaker {

/// One send as far as its lane is concerned.
struct LaneStart {
    QDateTime at; ///< When it was claimed, just before it left; UTC.
    std::optional<Outcome> outcome; ///< Absent while in flight.
};

/// What anybody wrote between two looks.
struct JournalChanges {
    QList<qint64> rows; ///< Of the log.
    QList<qint64> batches; ///< Also those whose sends changed.
    bool unmatched = false; ///< Events that are tied to no send came, or went.
    bool removed = false; ///< Sends were deleted.
};

/// The reading half of a journal. Every function runs on the journal's read thread; the
/// meaning of each is that of its namesake in Journal.
class JournalReader
{
public:
    JournalReader(const QString &folder, JournalState &state);
    void close();

    /// @param isCancelled  asked now and then; the result does not matter once it is true
    [[nodiscard]] Result<QList<qint64>> rows(const LogFilter &filter, qint64 before, int limit,
                                             const std::function<bool()> &isCancelled);
    [[nodiscard]] Result<QList<SendRecord>> records(const QList<qint64> &rows);
    [[nodiscard]] Result<QList<SendRecord>> wholeRecords(const QList<qint64> &rows);
    [[nodiscard]] Result<QList<qint64>> matching(const LogFilter &filter,
                                                 const QList<qint64> &rows);
    [[nodiscard]] Result<std::optional<SendRecord>> record(qint64 row);
    [[nodiscard]] Result<QList<KeptEvent>> events(const QString &sendId);
    [[nodiscard]] Result<qint64> count();
    [[nodiscard]] Result<QList<LaneStart>> laneActivity(const QString &lane,
                                                        const QDateTime &since);
    [[nodiscard]] Result<Funnel> funnel(const LogFilter &filter,
                                        const std::function<bool()> &isCancelled);
    /// What anybody changed since the last call, or since the journal was opened.
    [[nodiscard]] Result<JournalChanges> changes();

    /// Runs Result<...> work(const BatchReader &).
    template <typename Work>
    [[nodiscard]] auto readBatches(Work work) -> std::invoke_result_t<Work, const BatchReader &>
    {
        return read([&] { return work(BatchReader(m_connection, m_owners, m_state.ownerId())); });
    }

    /// Runs Result<...> work(const DeliveryReader &).
    template <typename Work>
    [[nodiscard]] auto readDeliveries(Work work)
        -> std::invoke_result_t<Work, const DeliveryReader &>
    {
        return read([&] { return work(DeliveryReader(m_connection)); });
    }

    /// Runs Result<...> work(HistoryReader &).
    template <typename Work>
    [[nodiscard]] auto readHistory(Work work) -> std::invoke_result_t<Work, HistoryReader &>
    {
        return read([&] {
            HistoryReader reader(m_connection, m_index);
            return work(reader);
        });
    }

private:
    /// Runs @p work with the connection open, and remembers it if the file is damaged.
    template <typename Work>
    [[nodiscard]] auto read(Work work) -> decltype(work())
    {
        auto result = connect().and_then(work);
        if (!result)
            note(result.error());
        return result;
    }
    void note(const Error &error);
    [[nodiscard]] Result<void> connect();
    /// What changes() asked for, out of its @p query.
    [[nodiscard]] Result<void> takeChanges(QSqlQuery &query, JournalChanges &changes);
    [[nodiscard]] Result<void> readBodies(SendRecord &record) const;

    JournalFile m_file;
    OwnerLock m_owners; ///< Tells who is dead; never taken.
    JournalState &m_state;
    SqliteConnection m_connection;
    SearchIndexView m_index;
    int m_generation = 0; ///< Of JournalState, when this half connected.
    qint64 m_dataVersion = 0; ///< SQLite's word for "somebody wrote".
    qint64 m_seenChange = 0;
    qint64 m_seenUnmatched = 0; ///< Version of the list of unmatched events.
    qint64 m_seenDeletions = 0;
};

} // namespace icebreaker
