#include "store/deliverywriter.h"

#include "store/batchwriter.h"
#include "store/eventcolumns.h"
#include "store/schema.h"
#include "store/sqlite.h"

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

DeliveryWriter::DeliveryWriter(const SqliteConnection &connection, const BatchWriter &batches)
    : m_connection(connection)
    , m_batches(batches)
    , m_ties(connection)
{ }

Result<EventMatch> DeliveryWriter::take(const StatusEvent &event, EventSource source) const
{
    const auto tie = m_ties.find(event, source);
    if (!tie)
        return tl::unexpected(tie.error());
    KeptEvent kept{0, event, tie->match, source};
    if (tie->send > 0)
        kept.event.sendId = tie->sendId;
    const auto [sql, values] = insertEvent(kept, event.sendId);
    if (const auto inserted = m_connection.execute(sql, values); !inserted)
        return tl::unexpected(inserted.error());
    if (tie->send == 0)
        return tie->match; // kept all the same
    if (const auto done = advance(tie->send, kept); !done)
        return tl::unexpected(done.error());
    if (tie->match != EventMatch::Path)
        return tie->match;
    return m_ties.teach(EventTies::uuidsOf(event), tie->send)
        .and_then([this](const QSet<qint64> &sends) { return reckon(sends); })
        .map([&tie] { return tie->match; });
}

Result<EventsTaken> DeliveryWriter::takeAll(const QList<StatusEvent> &events, EventSource source,
                                            const QDateTime &now) const
{
    EventsTaken taken;
    for (StatusEvent event : events) {
        const auto known = isKnown(event);
        if (!known)
            return tl::unexpected(known.error());
        if (*known) {
            ++taken.known;
            continue;
        }
        if (!event.arrivedAt.isValid())
            event.arrivedAt = now;
        const auto match = take(event, source);
        if (!match)
            return tl::unexpected(match.error());
        if (isExact(*match))
            ++taken.tied;
        else
            ++(*match == EventMatch::NumberAndTime ? taken.guessed : taken.unmatched);
    }
    return taken;
}

Result<bool> DeliveryWriter::isKnown(const StatusEvent &event) const
{
    const auto anyRow = [this](const QString &sql, const QVariantList &values) {
        return m_connection.value(sql + " LIMIT 1"_L1, values).map([](const QVariant &found) {
            return !found.isNull();
        });
    };
    const QVariant path = notNull(event.sendId);
    const QVariant raw = notNull(event.raw);
    const QVariant uuid = notNull(event.messageUuid);
    if (!event.sendId.isEmpty()) {
        return anyRow(u"SELECT 1 FROM event WHERE send_id = ? AND path_id IS NULL AND raw = ?"
                      " UNION ALL SELECT 1 FROM event WHERE path_id = ? AND path_id > ''"
                      " AND raw = ?"_s,
                      {path, raw, path, raw});
    }
    // A message's own words are enough, wherever they were seen; others may come twice for
    // different sends.
    return anyRow(u"SELECT 1 FROM event WHERE path_id = '' AND message_uuid = ? AND raw = ?"
                  " UNION ALL SELECT 1 FROM message m JOIN send s ON s.id = m.send"
                  " JOIN event e ON e.send_id = s.send_id WHERE m.uuid = ? AND e.raw = ?"_s,
                  {uuid, raw, uuid, raw});
}

Result<void> DeliveryWriter::assign(const QList<qint64> &events, const QString &sendId) const
{
    const auto send =
        m_connection.value(u"SELECT id FROM send WHERE send_id = ?"_s, {notNull(sendId)});
    if (!send)
        return tl::unexpected(send.error());
    if (send->isNull())
        return failure(ErrorKind::InvalidInput, u"no such send"_s);
    QSet<qint64> affected;
    for (const qint64 event : events) {
        const auto moved = assignOne(event, send->toLongLong(), sendId);
        if (!moved)
            return tl::unexpected(moved.error());
        affected.unite(*moved);
    }
    return reckon(affected);
}

Result<void> DeliveryWriter::release(const QList<qint64> &events) const
{
    QSet<qint64> affected;
    for (const qint64 event : events) {
        const auto moved = releaseOne(event);
        if (!moved)
            return tl::unexpected(moved.error());
        affected.unite(*moved);
    }
    return reckon(affected);
}

Result<DeliveryWriter::Tied> DeliveryWriter::tied(qint64 event) const
{
    auto query = m_connection.run(
        u"SELECT CASE WHEN e.tied_by = 0 THEN 0 ELSE s.id END, e.tied_by, e.message_uuid,"
        " e.internal_uuid FROM event e LEFT JOIN send s ON s.send_id = e.send_id"
        " WHERE e.id = ?"_s,
        {event});
    if (!query)
        return tl::unexpected(query.error());
    const auto found = nextRow(*query);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return failure(ErrorKind::InvalidInput, u"no such event"_s);
    StatusEvent names;
    names.messageUuid = query->value(2).toString();
    names.internalMessageUuid = query->value(3).toString();
    return Tied{query->value(0).toLongLong(), static_cast<EventMatch>(query->value(1).toInt()),
                EventTies::uuidsOf(names)};
}

Result<QSet<qint64>> DeliveryWriter::assignOne(qint64 event, qint64 send,
                                               const QString &sendId) const
{
    const auto before = tied(event);
    if (!before)
        return tl::unexpected(before.error());
    if (before->match == EventMatch::Path && before->send == send)
        return QSet<qint64>();
    if (before->match == EventMatch::Path)
        return failure(ErrorKind::InvalidInput, u"it came to another send's own address"_s);
    const auto moved = m_connection.execute(
        u"UPDATE event SET path_id = ifnull(path_id, send_id), send_id = ?, tied_by = ?"
        " WHERE id = ?"_s,
        {sendId, static_cast<int>(EventMatch::ByHand), event});
    if (!moved)
        return tl::unexpected(moved.error());
    QSet<qint64> affected{send};
    if (before->send > 0)
        affected.insert(before->send);
    if (before->match == EventMatch::ByHand && before->send != send) {
        const auto forgotten = m_ties.forget(before->uuids, before->send);
        if (!forgotten)
            return tl::unexpected(forgotten.error());
        affected.unite(*forgotten);
    }
    return m_ties.teach(before->uuids, send).map([&affected](const QSet<qint64> &taught) {
        return affected.unite(taught);
    });
}

Result<QSet<qint64>> DeliveryWriter::releaseOne(qint64 event) const
{
    const auto before = tied(event);
    if (!before)
        return tl::unexpected(before.error());
    if (before->match == EventMatch::None)
        return QSet<qint64>();
    if (before->match != EventMatch::ByHand && before->match != EventMatch::NumberAndTime)
        return failure(ErrorKind::InvalidInput, u"that it belongs there is a fact"_s);
    const auto moved = m_connection.execute(
        u"UPDATE event SET send_id = path_id, path_id = CASE path_id WHEN '' THEN '' END,"
        " tied_by = 0 WHERE id = ?"_s,
        {event});
    if (!moved)
        return tl::unexpected(moved.error());
    QSet<qint64> affected{before->send};
    if (before->match == EventMatch::NumberAndTime)
        return affected;
    return m_ties.forget(before->uuids, before->send).map([&affected](const QSet<qint64> &others) {
        return affected.unite(others);
    });
}

Result<void> DeliveryWriter::advance(qint64 send, const KeptEvent &kept) const
{
    auto query = m_connection.run(u"SELECT ifnull(s.batch, 0), "_s + deliveryColumns()
                                      + " FROM send s WHERE s.id = ?"_L1,
                                  {send});
    if (!query)
        return tl::unexpected(query.error());
    const auto found = nextRow(*query);
    if (!found || !*found)
        return found.map([](bool) {});
    const qint64 batch = query->value(0).toLongLong();
    DeliveryState state = readDelivery(*query, 1);
    query->finish();
    state.add(kept);
    return setState(send, state, batch);
}

Result<void> DeliveryWriter::reckon(const QSet<qint64> &sends) const
{
    for (const qint64 send : sends) {
        if (auto done = reckon(send); !done)
            return done;
    }
    return {};
}

Result<void> DeliveryWriter::reckon(qint64 send) const
{
    const auto batch =
        m_connection.value(u"SELECT ifnull(batch, 0) FROM send WHERE id = ?"_s, {send});
    if (!batch)
        return tl::unexpected(batch.error());
    auto query = m_connection.run(
        "SELECT "_L1 + mentionColumns()
            + " FROM event WHERE send_id = (SELECT send_id FROM send WHERE id = ?)"_L1,
        {send});
    if (!query)
        return tl::unexpected(query.error());
    DeliveryState state;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query))
        state.add(readMention(*query));
    if (!more)
        return tl::unexpected(more.error());
    query->finish();
    return setState(send, state, batch->toLongLong());
}

Result<void> DeliveryWriter::setState(qint64 send, const DeliveryState &state, qint64 batch) const
{
    // The row changed even if its state did not: it has one more event, or one less.
    return nextChange(m_connection)
        .and_then([&](qint64 change) {
            const auto [sql, values] = updateDelivery(send, state, change);
            return m_connection.execute(sql, values);
        })
        .and_then([&] { return batch > 0 ? m_batches.endDelivery(batch) : Result<void>(); });
}

Result<void> DeliveryWriter::keepConversation(qint64 row, const KeptConversation &kept) const
{
    const auto change = nextChange(m_connection);
    if (!change)
        return tl::unexpected(change.error());
    const auto touched =
        m_connection.run(u"UPDATE send SET change = ? WHERE id = ?"_s, {*change, row});
    if (!touched)
        return tl::unexpected(touched.error());
    if (touched->numRowsAffected() != 1)
        return failure(ErrorKind::InvalidInput, u"no such row"_s);
    return m_connection.execute(u"INSERT OR REPLACE INTO conversation (id, kept) VALUES (?, ?)"_s,
                                {row, toJson(kept)});
}

Result<void> DeliveryWriter::forget(qint64 send, const QString &sendId) const
{
    const auto uuids =
        collectRows(m_connection.run(u"SELECT message_uuid FROM event WHERE send_id = ?"
                                     " UNION SELECT internal_uuid FROM event WHERE send_id = ?"_s,
                                     {notNull(sendId), notNull(sendId)}),
                    [](const QSqlQuery &query) { return query.value(0).toString(); });
    if (!uuids)
        return tl::unexpected(uuids.error());
    return m_connection.execute(u"DELETE FROM event WHERE send_id = ?"_s, {notNull(sendId)})
        .and_then([&] { return m_ties.forget(*uuids, send); })
        .and_then([&](QSet<qint64> affected) {
            affected.remove(send);
            return reckon(affected);
        })
        .and_then([&] {
            return m_connection.execute(u"DELETE FROM conversation WHERE id = ?"_s, {send});
        });
}

} // namespace icebreaker
