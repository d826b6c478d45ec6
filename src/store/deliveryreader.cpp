#include "store/deliveryreader.h"

#include "core/funnelcounter.h"
#include "store/columnreader.h"
#include "store/eventcolumns.h"
#include "store/eventties.h"
#include "store/filtersql.h"
#include "store/sqlite.h"

#include <limits>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// How long before an event its send is looked for when a person will choose.
constexpr qint64 CandidateWindowMs = 7LL * 24 * 3600 * 1000;

constexpr auto FunnelColumns = ", s.outcome, s.delivery, s.guess, s.settled_at, s.submitted_at,"
                               " s.delivered_at, s.read_at"_L1;

FunnelSend readFunnelSend(const QSqlQuery &query, int first)
{
    ColumnReader column(query, first);
    FunnelSend send;
    if (const auto outcome = column.optionalNumber())
        send.outcome = static_cast<Outcome>(*outcome);
    send.delivery = static_cast<DeliveryStatus>(column.integer());
    send.isGuessed = column.integer() > 0 && send.delivery == DeliveryStatus::None;
    send.answeredAt = column.optionalNumber();
    send.submittedAt = column.optionalNumber();
    send.deliveredAt = column.optionalNumber();
    send.readAt = column.optionalNumber();
    return send;
}

} // namespace

DeliveryReader::DeliveryReader(const SqliteConnection &connection)
    : m_connection(connection)
{ }

Result<QList<KeptEvent>> DeliveryReader::unmatched(qint64 before, int limit) const
{
    const qint64 end = before > 0 ? before : std::numeric_limits<qint64>::max();
    return collectRows(m_connection.run("SELECT "_L1 + eventColumns()
                                            + " FROM event WHERE tied_by = 0 AND id < ?"
                                              " ORDER BY id DESC LIMIT ?"_L1,
                                        {end, limit}),
                       readEvent);
}

Result<qint64> DeliveryReader::unmatchedCount() const
{
    return m_connection.value(u"SELECT unmatched FROM event_count"_s)
        .map([](const QVariant &count) { return count.toLongLong(); });
}

Result<QList<SendRecord>> DeliveryReader::candidates(qint64 event, int limit) const
{
    const auto found = collectRows(
        m_connection.run("SELECT "_L1 + eventColumns() + " FROM event WHERE id = ?"_L1, {event}),
        readEvent);
    if (!found)
        return tl::unexpected(found.error());
    if (found->isEmpty())
        return failure(ErrorKind::InvalidInput, u"no such event"_s);
    const KeptEvent &kept = found->front();
    const QString number = comparedNumber(kept.event.to);
    const auto latest = latestClaim(kept.event, kept.source);
    if (number.isEmpty() || !latest)
        return QList<SendRecord>();
    return collectRows(m_connection.run("SELECT "_L1 + summaryColumns() + " FROM send s WHERE "_L1
                                            + numberExpression()
                                            + " = ? AND claimed_at BETWEEN ? AND ?"
                                              " AND (outcome IS NULL OR outcome IN (?, ?))"
                                              " ORDER BY claimed_at DESC, id DESC LIMIT ?"_L1,
                                        {number, *latest - CandidateWindowMs, *latest,
                                         static_cast<int>(Outcome::Accepted),
                                         static_cast<int>(Outcome::Unknown), limit}),
                       [](const QSqlQuery &query) { return readSummary(query); });
}

Result<std::optional<KeptConversation>> DeliveryReader::conversation(qint64 row) const
{
    return m_connection.value(u"SELECT kept FROM conversation WHERE id = ?"_s, {row})
        .map([](const QVariant &kept) { return keptConversationFromJson(kept.toByteArray()); });
}

Result<Funnel> DeliveryReader::funnel(const LogFilter &filter,
                                      const std::function<bool()> &isCancelled) const
{
    const auto newest = m_connection.value(u"SELECT max(id) FROM send"_s);
    if (!newest)
        return tl::unexpected(newest.error());
    const QStringList words = filterWords(filter.text);
    FunnelCounter counter;
    for (qint64 end = newest->toLongLong() + 1; end > 1 && !isCancelled();) {
        const qint64 first = std::max<qint64>(1, end - SearchStep);
        const auto done = count(rangeQuery(filter, first, end, FunnelColumns), words, counter);
        if (!done)
            return tl::unexpected(done.error());
        end = first;
    }
    return counter.funnel();
}

Result<void> DeliveryReader::count(const FilterQuery &filtered, const QStringList &words,
                                   FunnelCounter &counter) const
{
    auto query = m_connection.run(filtered.sql, filtered.values);
    if (!query)
        return tl::unexpected(query.error());
    const int first = filtered.verify ? 1 + SearchedColumns : 1;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query)) {
        if (!filtered.verify || containsWords(searchedFields(*query), words))
            counter.add(readFunnelSend(*query, first));
    }
    return more.map([](bool) {});
}

} // namespace icebreaker
