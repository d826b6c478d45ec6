#include "interop/sendsjson.h"

#include "core/deliverystate.h"
#include "core/jsonmembers.h"

#include <algorithm>
#include <array>
#include <limits>

namespace icebreaker {

using namespace Qt::StringLiterals;
using std::chrono::microseconds;

namespace {

constexpr std::array Deliveries{DeliveryStatus::Submitted,     DeliveryStatus::Delivered,
                                DeliveryStatus::Read,          DeliveryStatus::Rejected,
                                DeliveryStatus::Undeliverable, DeliveryStatus::Failed,
                                DeliveryStatus::Other};
constexpr std::array Matches{std::pair{EventMatch::None, "none"_L1},
                             std::pair{EventMatch::Path, "path"_L1},
                             std::pair{EventMatch::MessageUuid, "message_uuid"_L1},
                             std::pair{EventMatch::NumberAndTime, "number_and_time"_L1},
                             std::pair{EventMatch::ByHand, "by_hand"_L1}};
constexpr std::array Sources{std::pair{EventSource::Unknown, "unknown"_L1},
                             std::pair{EventSource::Listener, "listener"_L1},
                             std::pair{EventSource::WebhookSite, "webhook_site"_L1},
                             std::pair{EventSource::Imported, "imported"_L1}};
constexpr std::array Problems{
    std::pair{TransportProblem::NameNotResolved, "name_not_resolved"_L1},
    std::pair{TransportProblem::ConnectionRefused, "connection_refused"_L1},
    std::pair{TransportProblem::ProxyFailed, "proxy_failed"_L1},
    std::pair{TransportProblem::TlsFailed, "tls_failed"_L1},
    std::pair{TransportProblem::ClosedUnanswered, "closed_unanswered"_L1},
    std::pair{TransportProblem::AnswerCut, "answer_cut"_L1},
    std::pair{TransportProblem::NotHttp, "not_http"_L1},
    std::pair{TransportProblem::TotalTimeout, "total_timeout"_L1},
    std::pair{TransportProblem::InactivityTimeout, "inactivity_timeout"_L1},
    std::pair{TransportProblem::Aborted, "aborted"_L1},
    std::pair{TransportProblem::KeyNotForHost, "key_not_for_host"_L1},
    std::pair{TransportProblem::Other, "other"_L1}};

template <typename Table, typename Key>
QString nameIn(const Table &table, Key key)
{
    const auto *found = std::find_if(table.begin(), table.end(),
                                     [key](const auto &entry) { return entry.first == key; });
    return found == table.end() ? QString() : QString(found->second);
}

template <typename Key, typename Table>
Key keyIn(const Table &table, const QString &name, Key fallback)
{
    const auto *found = std::find_if(table.begin(), table.end(),
                                     [&name](const auto &entry) { return name == entry.second; });
    return found == table.end() ? fallback : found->first;
}

JsonValue orNull(const QString &text)
{
    return text.isEmpty() ? JsonValue() : JsonValue(text);
}

JsonValue orNull(const QDateTime &time)
{
    return time.isValid() ? JsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : JsonValue();
}

/// JSON as itself, so that it can be looked into; anything else as a text.
JsonValue bodyValue(const QByteArray &body)
{
    if (body.isEmpty())
        return {};
    const auto parsed = parseJson(body);
    const bool isContainer = parsed && (parsed->object() != nullptr || parsed->array() != nullptr);
    return isContainer ? *parsed : JsonValue(QString::fromUtf8(body));
}

qint64 numberAt(const JsonObject &object, QStringView name)
{
    bool isNumber = false;
    const qint64 value = memberString(object, name).toLongLong(&isNumber);
    return isNumber ? value : 0;
}

/// @p value within what a duration or a status can be.
qint64 sane(qint64 value, qint64 most)
{
    return std::clamp<qint64>(value, 0, most);
}

QDateTime timeAt(const JsonObject &object, QStringView name)
{
    return QDateTime::fromString(memberString(object, name), Qt::ISODateWithMs).toUTC();
}

bool isTrue(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

QByteArray bodyAt(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    if (value == nullptr || value->isNull())
        return {};
    if (const QString *text = value->string())
        return text->toUtf8();
    return toJson(*value, JsonStyle::Compact);
}

JsonValue headersValue(const HttpHeaders &headers)
{
    JsonArray list;
    for (const HttpHeader &header : headers)
        list.emplace_back(JsonObject{{{u"name"_s, QString::fromUtf8(header.name)},
                                      {u"value"_s, QString::fromUtf8(header.value)}}});
    return list;
}

HttpHeaders headersAt(const JsonObject &object)
{
    HttpHeaders headers;
    const JsonValue *value = object.find(u"answer_headers");
    const JsonArray *list = value == nullptr ? nullptr : value->array();
    if (list == nullptr)
        return headers;
    for (const JsonValue &each : *list) {
        if (const JsonObject *header = each.object())
            headers.append({memberString(*header, u"name").toUtf8(),
                            memberString(*header, u"value").toUtf8()});
    }
    return headers;
}

JsonValue moment(const Timing::Moment &moment)
{
    return moment ? JsonValue::number(moment->count()) : JsonValue();
}

JsonValue timingValue(const Timing &timing)
{
    return JsonObject{{{u"connecting_us"_s, moment(timing.connecting)},
                       {u"encrypted_us"_s, moment(timing.encrypted)},
                       {u"request_sent_us"_s, moment(timing.requestSent)},
                       {u"headers_us"_s, moment(timing.headers)},
                       {u"total_us"_s, JsonValue::number(timing.total.count())},
                       {u"reused_connection"_s, timing.reusedConnection}}};
}

constexpr qint64 LongestMicroseconds = 86'400'000'000; // a day

Timing timingAt(const JsonObject &object)
{
    Timing timing;
    const JsonValue *value = object.find(u"timing");
    const JsonObject *fields = value == nullptr ? nullptr : value->object();
    if (fields == nullptr)
        return timing;
    const auto at = [fields](QStringView name) -> Timing::Moment {
        const JsonValue *found = fields->find(name);
        if (found == nullptr || found->number() == nullptr)
            return std::nullopt;
        return microseconds(sane(numberAt(*fields, name), LongestMicroseconds));
    };
    timing.connecting = at(u"connecting_us");
    timing.encrypted = at(u"encrypted_us");
    timing.requestSent = at(u"request_sent_us");
    timing.headers = at(u"headers_us");
    timing.total = at(u"total_us").value_or(microseconds(0));
    timing.reusedConnection = isTrue(*fields, u"reused_connection");
    return timing;
}

DeliveryStatus deliveryFromName(const QString &name)
{
    for (const DeliveryStatus status : Deliveries) {
        if (deliveryStatusName(status) == name)
            return status;
    }
    return DeliveryStatus::None;
}

void addAnswer(JsonObject &object, const Answer &answer)
{
    object.set(u"reason"_s, orNull(QString::fromUtf8(answer.reason)));
    object.set(u"answer_headers"_s, headersValue(answer.headers));
    object.set(u"answer"_s, bodyValue(answer.body));
    if (answer.bodyCapped)
        object.set(u"answer_capped"_s, true);
    object.set(u"problem"_s, orNull(nameIn(Problems, answer.problem)));
    object.set(u"problem_detail"_s, orNull(answer.problemDetail));
    object.set(u"timing"_s, timingValue(answer.timing));
    if (answer.retryAfter)
        object.set(u"retry_after_ms"_s, JsonValue::number(answer.retryAfter->count()));
}

Answer answerAt(const JsonObject &object)
{
    constexpr qint64 highestStatus = 999;
    constexpr qint64 longestWait = 31'536'000'000; // a year in milliseconds
    Answer answer;
    answer.status = static_cast<int>(sane(numberAt(object, u"status"), highestStatus));
    answer.reason = memberString(object, u"reason").toUtf8();
    answer.headers = headersAt(object);
    answer.body = bodyAt(object, u"answer");
    answer.bodyCapped = isTrue(object, u"answer_capped");
    answer.problem = keyIn(Problems, memberString(object, u"problem"), TransportProblem::None);
    answer.problemDetail = memberString(object, u"problem_detail");
    answer.timing = timingAt(object);
    if (object.find(u"retry_after_ms") != nullptr)
        answer.retryAfter =
            std::chrono::milliseconds(sane(numberAt(object, u"retry_after_ms"), longestWait));
    return answer;
}

} // namespace

JsonObject sendObject(const SendRecord &record)
{
    const Claim &claim = record.claim;
    const Answer &answer = record.answer;
    const auto took = std::chrono::round<std::chrono::milliseconds>(answer.timing.total);
    const QString outcome = record.outcome ? QString(outcomeName(*record.outcome)) : QString();
    JsonObject object;
    object.members = {
        {u"id"_s, claim.sendId},
        {u"at"_s, orNull(claim.claimedAt)},
        {u"to"_s, claim.to},
        {u"outcome"_s, orNull(outcome)},
        {u"status"_s, answer.status > 0 ? JsonValue::number(answer.status) : JsonValue()},
        {u"took_ms"_s, JsonValue::number(took.count())},
        {u"settled_at"_s, orNull(record.settledAt)},
        {u"batch"_s, claim.batchRow ? JsonValue::number(claim.batchRow->batch) : JsonValue()},
        {u"row"_s, claim.batchRow ? JsonValue::number(claim.batchRow->row) : JsonValue()},
        {u"profile"_s, orNull(claim.profile)},
        {u"region"_s, claim.region},
        {u"url"_s, claim.url.toString(QUrl::FullyEncoded)},
        {u"agent_id"_s, claim.agentId},
        {u"template"_s, orNull(claim.templateName)},
        {u"locale"_s, orNull(claim.locale)},
        {u"channel"_s, orNull(claim.channel)}};
    const QString delivery = deliveryStatusName(record.delivery);
    object.set(u"delivery"_s, isGuess(record) ? JsonValue() : orNull(delivery));
    if (isGuess(record)) // another name, so that nobody takes it for a fact
        object.set(u"delivery_guess"_s, delivery);
    object.set(u"delivery_match"_s, nameIn(Matches, record.deliveryMatch));
    object.set(u"delivery_error"_s, orNull(record.deliveryError));
    object.set(u"delivery_meta"_s, orNull(record.deliveryMeta));
    object.set(u"submitted_at"_s, orNull(record.submittedAt));
    object.set(u"delivered_at"_s, orNull(record.deliveredAt));
    object.set(u"read_at"_s, orNull(record.readAt));
    object.set(u"note"_s, orNull(record.note));
    object.set(u"request"_s, bodyValue(claim.body));
    addAnswer(object, answer);
    return object;
}

std::optional<SendRecord> sendFromObject(const JsonObject &object)
{
    SendRecord record;
    Claim &claim = record.claim;
    claim.sendId = memberString(object, u"id");
    if (claim.sendId.isEmpty())
        return std::nullopt;
    claim.claimedAt = timeAt(object, u"at");
    claim.to = memberString(object, u"to");
    claim.profile = memberString(object, u"profile");
    claim.region = memberString(object, u"region");
    claim.url = QUrl(memberString(object, u"url"));
    claim.agentId = memberString(object, u"agent_id");
    claim.templateName = memberString(object, u"template");
    claim.locale = memberString(object, u"locale");
    claim.channel = memberString(object, u"channel");
    claim.body = bodyAt(object, u"request");
    if (const qint64 batch = numberAt(object, u"batch"); batch > 0)
        claim.batchRow = BatchRowRef{batch, numberAt(object, u"row")};
    record.outcome = outcomeFromName(memberString(object, u"outcome"));
    record.settledAt = timeAt(object, u"settled_at");
    record.answer = answerAt(object);
    record.note = memberString(object, u"note");
    const QString guess = memberString(object, u"delivery_guess");
    record.delivery = deliveryFromName(guess.isEmpty() ? memberString(object, u"delivery") : guess);
    record.deliveryMatch =
        keyIn(Matches, memberString(object, u"delivery_match"), EventMatch::None);
    if (!guess.isEmpty())
        record.deliveryMatch = EventMatch::NumberAndTime;
    record.deliveryError = memberString(object, u"delivery_error");
    record.deliveryMeta = memberString(object, u"delivery_meta");
    record.submittedAt = timeAt(object, u"submitted_at");
    record.deliveredAt = timeAt(object, u"delivered_at");
    record.readAt = timeAt(object, u"read_at");
    return record;
}

JsonObject eventObject(const KeptEvent &event)
{
    const StatusEvent &status = event.event;
    JsonObject object;
    object.members = {{u"send"_s, orNull(status.sendId)},
                      {u"number"_s, JsonValue::number(event.number)},
                      {u"arrived_at"_s, orNull(status.arrivedAt)},
                      {u"match"_s, nameIn(Matches, event.match)},
                      {u"source"_s, nameIn(Sources, event.source)},
                      {u"status"_s, orNull(deliveryStatusName(status.status))},
                      {u"to"_s, orNull(status.to)},
                      {u"from"_s, orNull(status.from)},
                      {u"raw"_s, bodyValue(status.raw)}};
    return object;
}

std::optional<KeptEvent> eventFromObject(const JsonObject &object)
{
    if (object.find(u"raw") == nullptr) // it may be null: somebody posted nothing
        return std::nullopt;
    KeptEvent event;
    event.event = parseStatusEvent(bodyAt(object, u"raw"));
    event.event.raw = bodyAt(object, u"raw");
    event.event.sendId = memberString(object, u"send");
    event.event.arrivedAt = timeAt(object, u"arrived_at");
    event.number = numberAt(object, u"number");
    event.match = keyIn(Matches, memberString(object, u"match"), EventMatch::None);
    event.source = keyIn(Sources, memberString(object, u"source"), EventSource::Unknown);
    return event;
}

} // namespace icebreaker
