#pragma once

#include "core/error.h"

#include <QDateTime>
#include <QList>

#include <chrono>

namespace icebreaker {

class DeliveryWriter;
class SqliteConnection;

/// How far a deletion got with the rows it was given.
struct SendsRemoved {
    qsizetype seen = 0; ///< So many of them, from the first.
    qint64 removed = 0;
    qint64 kept = 0; ///< They may not go yet; see HistoryWriter.
};

/// A send younger than that stays: the question before the same message goes out twice looks
/// back so long, and the longest exchange takes no longer.
inline constexpr std::chrono::minutes YoungestRemoved{10};

/// Deletes sends with everything that was kept of them. What is in flight stays, what is of
/// a batch that is not over, including its wait for statuses, and what is too young.
///
/// A batch keeps its counts. Of its rows, what stood in the spreadsheet goes with the send;
/// those that were never sent keep it as long as the batch can be resumed.
/// On the journal's write thread.
class HistoryWriter
{
public:
    HistoryWriter(const SqliteConnection &connection, const DeliveryWriter &deliveries);

    /// Within a transaction. Deletes for a few milliseconds, which is what a claim then
    /// waits for, and no longer.
    [[nodiscard]] Result<SendsRemoved> remove(const QList<qint64> &rows,
                                              const QDateTime &now) const;
    /// Within a transaction: deletes some of the statuses that match no send and came before
    /// @p moment, and what is left of batches that ended before it. @return how many things;
    /// call it again until 0
    [[nodiscard]] Result<int> removeRemains(const QDateTime &moment) const;
    /// Outside of a transaction. Moves the write-ahead log into the file, and if @p rewrite,
    /// rewrites the file if it may hold bytes of what was deleted: pages that were divided
    /// keep them. Nothing can be written meanwhile.
    /// @return whether nothing is left; false if somebody reads, or without @p rewrite
    [[nodiscard]] Result<bool> scrub(bool rewrite) const;

private:
    struct Candidate;
    [[nodiscard]] Result<QList<Candidate>> candidates(const QList<qint64> &rows,
                                                      const QDateTime &now) const;
    [[nodiscard]] Result<void> removeOne(const Candidate &send) const;
    [[nodiscard]] Result<void> note(const QList<qint64> &removed) const;
    [[nodiscard]] Result<bool> checkpoint() const;

    const SqliteConnection &m_connection;
    const DeliveryWriter &m_deliveries;
};

/// Condition on `send` (alias s) for those that may be deleted; one placeholder: the latest
/// moment of a claim.
[[nodiscard]] QString removableCondition();

} // namespace icebreaker
