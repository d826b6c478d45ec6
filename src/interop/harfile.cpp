#include "interop/harfile.h"

#include "core/outboundrequest.h"
#include "interop/sendsjson.h"

#include <QUrlQuery>

#include <algorithm>
#include <chrono>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;
constexpr int HarFraction = 3; // digits: microseconds

JsonValue harMilliseconds(Milliseconds time)
{
    return JsonNumber{QByteArray::number(std::max(0.0, time.count()), 'f', HarFraction)};
}

JsonValue harBetween(const Timing::Moment &from, const Timing::Moment &to)
{
    if (!from || !to)
        return JsonValue::number(-1); // HAR's word for "does not apply"
    return harMilliseconds(*to - *from);
}

JsonValue harPair(const QString &name, const QString &value)
{
    return JsonObject{{{u"name"_s, name}, {u"value"_s, value}}};
}

/// Only characters that RFC 3986 allows: what was hidden is not written with such.
QString uriText(const QUrl &url)
{
    const QByteArray written = url.toString(QUrl::FullyEncoded).toUtf8();
    QByteArray clean;
    for (const char c : written) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9') || QByteArrayView("-._~:/?@!$&'()*+,;=%").contains(c);
        clean += isPlain ? QByteArray(1, c) : QByteArray(1, c).toPercentEncoding();
    }
    return QString::fromLatin1(clean);
}

JsonValue queryOf(const QUrl &url)
{
    JsonArray list;
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        list.push_back(harPair(name, value));
    return list;
}

JsonValue requestOf(const SendRecord &record)
{
    const Claim &claim = record.claim;
    const JsonArray headers{harPair(u"Content-Type"_s, u"application/json"_s),
                            harPair(u"X-Vgai-Key"_s, u"[key-hidden]"_s)};
    return JsonObject{{{u"method"_s, u"POST"_s},
                       {u"url"_s, uriText(claim.url)},
                       {u"httpVersion"_s, u"unknown"_s},
                       {u"cookies"_s, JsonArray()},
                       {u"headers"_s, headers},
                       {u"queryString"_s, queryOf(claim.url)},
                       {u"postData"_s,
                        JsonObject{{{u"mimeType"_s, u"application/json"_s},
                                    {u"text"_s, QString::fromUtf8(claim.body)}}}},
                       {u"headersSize"_s, JsonValue::number(-1)},
                       {u"bodySize"_s, JsonValue::number(claim.body.size())}}};
}

JsonValue responseOf(const Answer &answer)
{
    JsonArray headers;
    for (const HttpHeader &header : answer.headers)
        headers.push_back(harPair(QString::fromUtf8(header.name), QString::fromUtf8(header.value)));
    const QByteArray type = headerValue(answer.headers, "content-type");
    JsonObject content;
    content.members = {{u"size"_s, JsonValue::number(answer.body.size())},
                       {u"mimeType"_s, type.isEmpty() ? u"x-unknown"_s : QString::fromUtf8(type)},
                       {u"text"_s, QString::fromUtf8(answer.body)}};
    if (answer.bodyCapped)
        content.set(u"comment"_s, u"The answer was longer; the rest was dropped."_s);
    return JsonObject{
        {{u"status"_s, JsonValue::number(answer.status)},
         {u"statusText"_s, QString::fromUtf8(answer.reason)},
         {u"httpVersion"_s, u"unknown"_s},
         {u"cookies"_s, JsonArray()},
         {u"headers"_s, headers},
         {u"content"_s, content},
         {u"redirectURL"_s, QString::fromUtf8(headerValue(answer.headers, "location"))},
         {u"headersSize"_s, JsonValue::number(-1)},
         {u"bodySize"_s, JsonValue::number(answer.status > 0 ? answer.body.size() : -1)}}};
}

/// Qt tells fewer moments than HAR has phases: name look-up and TCP are in `connect`.
JsonValue timingsOf(const Timing &timing)
{
    const Timing::Moment start = std::chrono::microseconds(0);
    const Timing::Moment connected = timing.encrypted;
    const Timing::Moment begin = connected ? connected
        : timing.connecting                ? timing.connecting
                                           : start;
    const Timing::Moment sent = timing.requestSent ? timing.requestSent : timing.total;
    const Timing::Moment headers = timing.headers ? timing.headers : timing.total;
    return JsonObject{{{u"blocked"_s, harBetween(start, timing.connecting)},
                       {u"dns"_s, JsonValue::number(-1)},
                       {u"connect"_s, harBetween(timing.connecting, connected)},
                       {u"ssl"_s, JsonValue::number(-1)},
                       {u"send"_s, harBetween(begin, sent)},
                       {u"wait"_s, harBetween(sent, headers)},
                       {u"receive"_s, harBetween(headers, timing.total)}}};
}

QString harText(const JsonObject *object, QStringView name)
{
    const JsonValue *value = object == nullptr ? nullptr : object->find(name);
    const QString *text = value == nullptr ? nullptr : value->string();
    return text == nullptr ? QString() : *text;
}

const JsonObject *harObject(const JsonObject *object, QStringView name)
{
    const JsonValue *value = object == nullptr ? nullptr : object->find(name);
    return value == nullptr ? nullptr : value->object();
}

double harNumber(const JsonObject *object, QStringView name)
{
    const JsonValue *value = object == nullptr ? nullptr : object->find(name);
    const JsonNumber *number = value == nullptr ? nullptr : value->number();
    return number == nullptr ? 0 : number->text.toDouble();
}

HttpHeaders harHeaders(const JsonObject *object)
{
    HttpHeaders headers;
    const JsonValue *value = object == nullptr ? nullptr : object->find(u"headers");
    const JsonArray *list = value == nullptr ? nullptr : value->array();
    if (list == nullptr)
        return headers;
    for (const JsonValue &each : *list) {
        if (each.object() != nullptr)
            headers.append({harText(each.object(), u"name").toUtf8(),
                            harText(each.object(), u"value").toUtf8()});
    }
    return headers;
}

/// What another program's HAR tells of a send's request.
void takeRequest(Claim &claim, const JsonObject *request)
{
    claim.url = QUrl(harText(request, u"url"));
    claim.body = harText(harObject(request, u"postData"), u"text").toUtf8();
    claim.region = u"custom"_s;
    const auto parsed = OutboundRequest::fromJson(claim.body);
    if (!parsed)
        return;
    claim.to = parsed->text(Field::To);
    claim.agentId = parsed->text(Field::AgentId);
    claim.templateName = parsed->text(Field::Template);
    claim.locale = parsed->text(Field::Locale);
    claim.channel = parsed->text(Field::Channel);
}

void takeAnswer(Answer &answer, const JsonObject &entry)
{
    constexpr double mostStatus = 999;
    constexpr double mostTime = 86'400'000; // a day in milliseconds
    const JsonObject *response = harObject(&entry, u"response");
    answer.status = static_cast<int>(std::clamp(harNumber(response, u"status"), 0.0, mostStatus));
    answer.reason = harText(response, u"statusText").toUtf8();
    answer.headers = harHeaders(response);
    answer.body = harText(harObject(response, u"content"), u"text").toUtf8();
    if (harText(harObject(response, u"content"), u"encoding") == "base64"_L1)
        answer.body = QByteArray::fromBase64(answer.body);
    const Milliseconds time(std::clamp(harNumber(&entry, u"time"), 0.0, mostTime));
    answer.timing.total = std::chrono::duration_cast<std::chrono::microseconds>(time);
}

} // namespace

JsonObject harEntry(const SendRecord &record)
{
    JsonObject more = sendObject(record);
    for (const QStringView name : {u"request", u"answer", u"answer_headers", u"url", u"reason"})
        more.remove(name); // HAR has places for them
    return JsonObject{
        {{u"startedDateTime"_s, record.claim.claimedAt.toUTC().toString(Qt::ISODateWithMs)},
         {u"time"_s, harMilliseconds(record.answer.timing.total)},
         {u"request"_s, requestOf(record)},
         {u"response"_s, responseOf(record.answer)},
         {u"cache"_s, JsonObject()},
         {u"timings"_s, timingsOf(record.answer.timing)},
         {u"_icebreaker"_s, more}}};
}

QByteArray harBegin()
{
    return R"({"log":{"version":"1.2","creator":{"name":"Icebreaker","version":")" ICEBREAKER_VERSION
           "\"},\"entries\":[\n";
}

QByteArray harEnd()
{
    return "\n]}}\n";
}

std::optional<SendRecord> sendFromHarEntry(const JsonObject &entry)
{
    const JsonObject *request = harObject(&entry, u"request");
    if (harText(request, u"method").compare("POST"_L1, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    SendRecord record;
    const JsonObject *ours = harObject(&entry, u"_icebreaker");
    auto own = ours == nullptr ? std::nullopt : sendFromObject(*ours);
    if (own)
        record = std::move(*own);
    const Claim kept = record.claim;
    const Answer answer = record.answer;
    takeRequest(record.claim, request);
    takeAnswer(record.answer, entry);
    if (own) { // it knows better what is in it
        const QUrl url = record.claim.url;
        const QByteArray body = record.claim.body;
        record.claim = kept;
        record.claim.url = url;
        record.claim.body = body;
        record.answer.timing = answer.timing;
        record.answer.problem = answer.problem;
        record.answer.problemDetail = answer.problemDetail;
        record.answer.retryAfter = answer.retryAfter;
        record.answer.bodyCapped = answer.bodyCapped;
        return record;
    }
    record.claim.claimedAt =
        QDateTime::fromString(harText(&entry, u"startedDateTime"), Qt::ISODateWithMs).toUTC();
    const int status = record.answer.status;
    const QByteArray type = headerValue(record.answer.headers, "content-type").toLower();
    record.outcome = classify({true, status > 0, status, type.startsWith("text/html")});
    return record;
}

} // namespace icebreaker
