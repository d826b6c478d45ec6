#pragma once

#include "core/conversation.h"
#include "core/error.h"
#include "core/funnel.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QList>

#include <functional>
#include <optional>

namespace icebreaker {

class LogSearch;
class SqliteConnection;
struct LogFilter;

/// What is read of status events and conversations. The meaning of each function is that of
/// its namesake in Deliveries.
class DeliveryReader
{
public:
    explicit DeliveryReader(const SqliteConnection &connection);

    [[nodiscard]] Result<QList<KeptEvent>> unmatched(qint64 before, int limit) const;
    [[nodiscard]] Result<qint64> unmatchedCount() const;
    [[nodiscard]] Result<QList<SendRecord>> candidates(qint64 event, int limit) const;
    [[nodiscard]] Result<std::optional<KeptConversation>> conversation(qint64 row) const;
    [[nodiscard]] Result<std::optional<qint64>>
    lastGood(qint64 row, const std::function<bool()> &isCancelled) const;
    /// @param isCancelled  asked now and then; the result does not matter once it is true
    /// @param search  for the same filter
    [[nodiscard]] Result<Funnel> funnel(const LogFilter &filter, LogSearch &search,
                                        const std::function<bool()> &isCancelled) const;

private:
    /// The newest row below @p row that is like it and matches @p condition.
    [[nodiscard]] Result<std::optional<qint64>>
    lastLike(qint64 row, QLatin1StringView condition,
             const std::function<bool()> &isCancelled) const;

    const SqliteConnection &m_connection;
};

} // namespace icebreaker
