#include "store/batchcolumns.h"

#include "core/json.h"
#include "store/columnreader.h"
#include "store/sqlite.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Texts as a JSON array: short, and readable with any SQLite tool.
QByteArray toBytes(const QStringList &texts)
{
    JsonArray list;
    list.reserve(static_cast<std::size_t>(texts.size()));
    for (const QString &text : texts)
        list.emplace_back(text);
    return toJson(list, JsonStyle::Compact);
}

QStringList textsFromBytes(const QByteArray &bytes)
{
    QStringList texts;
    const auto value = parseJson(bytes);
    const JsonArray *list = value ? value->array() : nullptr;
    if (list == nullptr)
        return texts;
    texts.reserve(static_cast<qsizetype>(list->size()));
    for (const JsonValue &entry : *list)
        texts.append(entry.string() != nullptr ? *entry.string() : QString());
    return texts;
}

} // namespace

Statement insertBatch(const BatchPlan &plan, const QDateTime &createdAt, const QString &owner,
                      qint64 change)
{
    const QVariantList values{
        change,
        owner,
        toColumn(createdAt),
        static_cast<int>(BatchState::Building),
        notNull(plan.name),
        notNull(plan.request),
        QString::fromUtf8(toBytes(plan.columns)),
        notNull(plan.profileId),
        notNull(plan.profile),
        notNull(plan.region),
        notNull(plan.base),
        notNull(plan.lane),
        plan.limit,
        plan.ignoreLimit,
        plan.builtInInbox,
        toColumn(std::optional(plan.deliveryWait)),
    };
    return {u"INSERT INTO batch (change, owner, created_at, state, name, request, column_names,"
            " profile_id, profile, region, base, lane, per_second, ignore_limit, built_in_inbox,"
            " delivery_wait_ms)"
            " VALUES ("_s
                + placeholders(values.size()) + u')',
            values};
}

QString batchColumns()
{
    return u"owner, id, created_at, ended_at, state, pause, row_count, name, request,"
           " column_names, profile_id, profile, region, base, lane, per_second, ignore_limit,"
           " built_in_inbox, delivery_wait_ms, delivery_ended_at, delivery_end"_s;
}

BatchRecord readBatch(const QSqlQuery &query)
{
    ColumnReader column(query, 1);
    BatchRecord record;
    record.id = column.number();
    record.createdAt = column.time();
    record.endedAt = column.time();
    record.state = static_cast<BatchState>(column.integer());
    record.pause = static_cast<BatchPause>(column.integer());
    record.rows = column.number();
    record.plan.name = column.text();
    record.plan.request = column.bytes();
    record.plan.columns = textsFromBytes(column.bytes());
    record.plan.profileId = column.text();
    record.plan.profile = column.text();
    record.plan.region = column.text();
    record.plan.base = column.text();
    record.plan.lane = column.text();
    record.plan.limit = column.integer();
    record.plan.ignoreLimit = column.flag();
    record.plan.builtInInbox = column.flag();
    record.plan.deliveryWait = std::chrono::milliseconds(column.number());
    record.deliveryEndedAt = column.time();
    record.deliveryEnd = static_cast<DeliveryEnd>(column.integer());
    return record;
}

QString readOwner(const QSqlQuery &query)
{
    return query.value(0).toString();
}

QString insertBatchRow()
{
    return u"INSERT INTO batch_row (batch, row, state, cells, excluded, reason)"
           " VALUES (?, ?, ?, ?, ?, ?)"_s;
}

QVariantList batchRowValues(qint64 batch, const BatchRowInput &row)
{
    const auto state = row.excluded.isEmpty() ? RowState::Waiting : RowState::Excluded;
    return {batch,
            row.row,
            static_cast<int>(state),
            toBytes(row.cells),
            notNull(row.excluded),
            notNull(row.reason)};
}

QString batchRowColumns()
{
    return u"b.row, b.state, b.attempts, b.cells, b.excluded, b.reason"_s;
}

BatchRow readBatchRow(const QSqlQuery &query)
{
    ColumnReader column(query);
    BatchRow row;
    row.input.row = column.number();
    row.state = static_cast<RowState>(column.integer());
    row.attempts = column.integer();
    row.input.cells = textsFromBytes(column.bytes());
    row.input.excluded = column.text();
    row.input.reason = column.text();
    return row;
}

QString countColumns()
{
    return u"waiting, in_flight, accepted, refused, unknown, excluded, rate_limited, submitted,"
           " delivered, read, failed"_s;
}

BatchCounts readCounts(const QSqlQuery &query)
{
    ColumnReader column(query);
    BatchCounts counts;
    counts.waiting = column.number();
    counts.inFlight = column.number();
    counts.accepted = column.number();
    counts.refused = column.number();
    counts.unknown = column.number();
    counts.excluded = column.number();
    counts.rateLimited = column.number();
    counts.submitted = column.number();
    counts.delivered = column.number();
    counts.read = column.number();
    counts.failed = column.number();
    return counts;
}

} // namespace icebreaker
