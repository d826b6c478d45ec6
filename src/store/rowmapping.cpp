#include "store/rowmapping.h"

#include "core/json.h"
#include "store/columnreader.h"
#include "store/eventcolumns.h"
#include "store/sqlite.h"

#include <chrono>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

std::optional<Outcome> outcomeOf(std::optional<qint64> number)
{
    return number ? std::optional(static_cast<Outcome>(*number)) : std::nullopt;
}

} // namespace

Statement insertClaim(const Claim &claim, const QString &owner, qint64 change)
{
    const QVariantList values{
        change,
        owner,
        notNull(claim.sendId),
        toColumn(claim.claimedAt),
        notNull(claim.profile),
        notNull(claim.region),
        QString::fromLatin1(claim.url.toEncoded()),
        notNull(claim.lane),
        notNull(claim.to),
        notNull(claim.agentId),
        notNull(claim.templateName),
        notNull(claim.locale),
        notNull(claim.channel),
        claim.batchRow ? QVariant(claim.batchRow->batch) : QVariant(),
        claim.batchRow ? QVariant(claim.batchRow->row) : QVariant(),
    };
    // No number is given twice, not even that of a send that was deleted.
    return {u"INSERT INTO send (id, change, owner, send_id, claimed_at, profile, region, url,"
            " lane, recipient, agent, template, locale, channel, batch, batch_row)"
            " VALUES ((SELECT max(ifnull((SELECT max(id) FROM send), 0), last_row) + 1"
            " FROM history), "_s
                + placeholders(values.size()) + u')',
            values};
}

Statement updateSettled(const QString &sendId, const SendReport &report, const QString &note,
                        const QDateTime &settledAt, qint64 change)
{
    const Answer &answer = report.answer;
    const Timing &timing = answer.timing;
    return {u"UPDATE send SET outcome = ?, note = ?, settled_at = ?, change = ?,"
            " status = ?, reason = ?, body_capped = ?, problem = ?, problem_detail = ?,"
            " connecting_us = ?, encrypted_us = ?, request_sent_us = ?, headers_us = ?,"
            " total_us = ?, reused_connection = ?, retry_after_ms = ?"
            " WHERE send_id = ? AND (outcome IS NULL OR note = 'crashed')"_s,
            {static_cast<int>(report.outcome), notNull(note), toColumn(settledAt), change,
             answer.status, notNull(answer.reason), answer.bodyCapped,
             static_cast<int>(answer.problem), notNull(answer.problemDetail),
             toColumn(timing.connecting), toColumn(timing.encrypted), toColumn(timing.requestSent),
             toColumn(timing.headers), static_cast<qlonglong>(timing.total.count()),
             timing.reusedConnection, toColumn(answer.retryAfter), sendId}};
}

QString summaryColumns()
{
    return u"s.id, s.send_id, s.claimed_at, s.profile, s.region, s.url, s.lane, s.recipient,"
           " s.agent, s.template, s.locale, s.channel, s.outcome, s.settled_at, s.note, s.status, "
           "s.reason, s.body_capped, s.problem, s.problem_detail,"
           " s.connecting_us, s.encrypted_us, s.request_sent_us, s.headers_us, s.total_us,"
           " s.reused_connection, s.retry_after_ms, s.batch, s.batch_row,"
           " "_s
        + deliveryColumns();
}

SendRecord readSummary(const QSqlQuery &query, int first)
{
    using std::chrono::microseconds;
    ColumnReader column(query, first);
    SendRecord record;
    record.row = column.number();
    record.claim.sendId = column.text();
    record.claim.claimedAt = column.time();
    record.claim.profile = column.text();
    record.claim.region = column.text();
    record.claim.url = QUrl::fromEncoded(column.text().toLatin1());
    record.claim.lane = column.text();
    record.claim.to = column.text();
    record.claim.agentId = column.text();
    record.claim.templateName = column.text();
    record.claim.locale = column.text();
    record.claim.channel = column.text();
    record.outcome = outcomeOf(column.optionalNumber());
    record.settledAt = column.time();
    record.note = column.text();
    record.answer.status = column.integer();
    record.answer.reason = column.bytes();
    record.answer.bodyCapped = column.flag();
    record.answer.problem = static_cast<TransportProblem>(column.integer());
    record.answer.problemDetail = column.text();
    record.answer.timing.connecting = column.duration<microseconds>();
    record.answer.timing.encrypted = column.duration<microseconds>();
    record.answer.timing.requestSent = column.duration<microseconds>();
    record.answer.timing.headers = column.duration<microseconds>();
    record.answer.timing.total = microseconds(column.number());
    record.answer.timing.reusedConnection = column.flag();
    record.answer.retryAfter = column.duration<std::chrono::milliseconds>();
    const auto batch = column.optionalNumber();
    const qint64 batchRow = column.number();
    if (batch)
        record.claim.batchRow = {*batch, batchRow};
    setDelivery(record, readDelivery(query, column.position()));
    return record;
}

QByteArray toBytes(const HttpHeaders &headers)
{
    JsonArray list;
    for (const HttpHeader &header : headers) {
        list.emplace_back(
            JsonArray{QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
    }
    return toJson(list, JsonStyle::Compact);
}

HttpHeaders headersFromBytes(const QByteArray &bytes)
{
    HttpHeaders headers;
    const auto value = parseJson(bytes);
    const JsonArray *list = value ? value->array() : nullptr;
    if (list == nullptr)
        return headers;
    for (const JsonValue &entry : *list) {
        const JsonArray *pair = entry.array();
        if (pair == nullptr || pair->size() != 2)
            continue;
        const QString *name = pair->front().string();
        const QString *text = pair->back().string();
        if (name != nullptr && text != nullptr)
            headers.append({name->toLatin1(), text->toLatin1()});
    }
    return headers;
}

} // namespace icebreaker
