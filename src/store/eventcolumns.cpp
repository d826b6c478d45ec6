#include "store/eventcolumns.h"

#include "store/columnreader.h"
#include "store/sqlite.h"

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Events that are in memory at the same time while a journal is migrated.
constexpr int Chunk = 2000;

/// NULL where the path is the one of the send that the event is tied to.
QVariant pathColumn(const KeptEvent &kept, const QString &path)
{
    return !path.isEmpty() && path == kept.event.sendId ? QVariant() : notNull(path);
}

struct OldEvent {
    qint64 number = 0;
    bool hasPath = false;
    QVariant eventAt;
    QByteArray raw;
};

Result<QList<OldEvent>> oldEvents(const SqliteConnection &connection, qint64 after)
{
    auto query = connection.run(u"SELECT id, send_id <> '', event_at, raw FROM event"
                                " WHERE id > ? ORDER BY id LIMIT ?"_s,
                                {after, Chunk});
    if (!query)
        return tl::unexpected(query.error());
    QList<OldEvent> events;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query)) {
        ColumnReader column(*query);
        events.append(
            {column.number(), column.flag(), query->value(2), query->value(3).toByteArray()});
    }
    return more.map([&events](bool) { return events; });
}

QVariantList readAgain(const OldEvent &old)
{
    const StatusEvent event = parseStatusEvent(old.raw);
    return {
        old.hasPath ? QVariant() : notNull(QString()),
        old.eventAt.isNull() ? toColumn(event.eventAt) : old.eventAt,
        notNull(event.to),
        notNull(event.from),
        notNull(event.channel),
        notNull(event.price),
        notNull(event.currency),
        notNull(event.conversationId),
        notNull(event.conversationOrigin),
        notNull(event.internalMessageUuid),
        notNull(event.metaCode),
        old.number,
    };
}

} // namespace

Statement insertEvent(const KeptEvent &kept, const QString &path)
{
    const StatusEvent &event = kept.event;
    const QVariantList values{
        notNull(event.sendId),
        pathColumn(kept, path),
        static_cast<int>(kept.match),
        static_cast<int>(kept.source),
        toColumn(event.arrivedAt),
        static_cast<int>(event.status),
        notNull(event.statusText),
        toColumn(event.eventAt),
        notNull(event.messageUuid),
        notNull(event.errorCode),
        notNull(event.errorDetail),
        notNull(event.raw),
        notNull(event.to),
        notNull(event.from),
        notNull(event.channel),
        notNull(event.price),
        notNull(event.currency),
        notNull(event.conversationId),
        notNull(event.conversationOrigin),
        notNull(event.internalMessageUuid),
        notNull(event.metaCode),
    };
    return {
        u"INSERT INTO event (send_id, path_id, tied_by, source, arrived_at, status, status_text,"
        " event_at, message_uuid, error_code, error_detail, raw, recipient, sender, channel,"
        " price, currency, conversation_id, conversation_origin, internal_uuid, meta_code)"
        " VALUES ("_s
            + placeholders(values.size()) + u')',
        values};
}

QString eventColumns()
{
    return u"id, send_id, tied_by, source, arrived_at, status, status_text, event_at,"
           " message_uuid, error_code, error_detail, raw, recipient, sender, channel, price,"
           " currency, conversation_id, conversation_origin, internal_uuid, meta_code"_s;
}

KeptEvent readEvent(const QSqlQuery &query)
{
    ColumnReader column(query);
    KeptEvent kept;
    StatusEvent &event = kept.event;
    kept.number = column.number();
    event.sendId = column.text();
    kept.match = static_cast<EventMatch>(column.integer());
    kept.source = static_cast<EventSource>(column.integer());
    event.arrivedAt = column.time();
    event.status = static_cast<DeliveryStatus>(column.integer());
    event.statusText = column.text();
    event.eventAt = column.time();
    event.messageUuid = column.text();
    event.errorCode = column.text();
    event.errorDetail = column.text();
    event.raw = column.bytes();
    event.to = column.text();
    event.from = column.text();
    event.channel = column.text();
    event.price = column.text();
    event.currency = column.text();
    event.conversationId = column.text();
    event.conversationOrigin = column.text();
    event.internalMessageUuid = column.text();
    event.metaCode = column.text();
    return kept;
}

QString mentionColumns()
{
    return u"tied_by, source, arrived_at, status, event_at, error_code, meta_code"_s;
}

KeptEvent readMention(const QSqlQuery &query)
{
    ColumnReader column(query);
    KeptEvent kept;
    kept.match = static_cast<EventMatch>(column.integer());
    kept.source = static_cast<EventSource>(column.integer());
    kept.event.arrivedAt = column.time();
    kept.event.status = static_cast<DeliveryStatus>(column.integer());
    kept.event.eventAt = column.time();
    kept.event.errorCode = column.text();
    kept.event.metaCode = column.text();
    return kept;
}

QString deliveryColumns()
{
    return u"s.delivery, s.delivery_match, s.submitted_at, s.delivered_at, s.read_at, s.failed_at,"
           " s.delivery_error, s.delivery_meta, s.guess"_s;
}

DeliveryState readDelivery(const QSqlQuery &query, int first)
{
    ColumnReader column(query, first);
    DeliveryState state;
    state.status = static_cast<DeliveryStatus>(column.integer());
    state.match = static_cast<EventMatch>(column.integer());
    state.submittedAt = column.time();
    state.deliveredAt = column.time();
    state.readAt = column.time();
    state.failedAt = column.time();
    state.error = column.text();
    state.metaCode = column.text();
    state.guess = static_cast<DeliveryStatus>(column.integer());
    return state;
}

Statement updateDelivery(qint64 send, const DeliveryState &state, qint64 change)
{
    return {u"UPDATE send SET change = ?, delivery = ?, delivery_match = ?, submitted_at = ?,"
            " delivered_at = ?, read_at = ?, failed_at = ?, delivery_error = ?, delivery_meta = ?,"
            " guess = ? WHERE id = ?"_s,
            {change, static_cast<int>(state.status), static_cast<int>(state.match),
             toColumn(state.submittedAt), toColumn(state.deliveredAt), toColumn(state.readAt),
             toColumn(state.failedAt), notNull(state.error), notNull(state.metaCode),
             static_cast<int>(state.guess), send}};
}

QString numberExpression()
{
    return u"ltrim(replace(replace(replace(replace(replace(replace(recipient,"
           " '+', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '0')"_s;
}

Result<void> readEventsAgain(const SqliteConnection &connection)
{
    const QString update =
        u"UPDATE event SET path_id = ?, tied_by = EXISTS"
        " (SELECT 1 FROM send s WHERE s.send_id = event.send_id), event_at = ?, recipient = ?,"
        " sender = ?, channel = ?, price = ?, currency = ?, conversation_id = ?,"
        " conversation_origin = ?, internal_uuid = ?, meta_code = ? WHERE id = ?"_s;
    qint64 last = 0;
    for (;;) {
        const auto events = oldEvents(connection, last);
        if (!events)
            return tl::unexpected(events.error());
        if (events->isEmpty())
            return {};
        QList<QVariantList> rows;
        rows.reserve(events->size());
        for (const OldEvent &event : std::as_const(*events))
            rows.append(readAgain(event));
        if (auto done = connection.executeEach(update, rows); !done)
            return done;
        last = events->last().number;
    }
}

} // namespace icebreaker
