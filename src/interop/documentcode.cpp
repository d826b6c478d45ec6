#include "interop/documentcode.h"

#include "core/outboundrequest.h"

#include <QDateTime>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

JsonValue codePair(const QString &nameOfName, const QString &name, const QString &value)
{
    return JsonObject{{{nameOfName, name}, {u"value"_s, value}}};
}

QString keyOr(const CodeRequest &request, const QString &variable)
{
    return request.key.isEmpty() ? variable : QString::fromLatin1(request.key);
}

/// What a person would call it in a list.
QString nameOf(const CodeRequest &request)
{
    const auto parsed = OutboundRequest::fromJson(request.body);
    const QString name = parsed ? parsed->text(Field::Template) : QString();
    return name.isEmpty() ? u"Start a conversation"_s : name;
}

JsonArray textsOf(const QStringList &texts)
{
    JsonArray list;
    for (const QString &text : texts)
        list.emplace_back(text);
    return list;
}

JsonValue postmanUrl(const QUrl &url)
{
    JsonObject object{{{u"raw"_s, QString::fromUtf8(url.toEncoded())},
                       {u"protocol"_s, url.scheme()},
                       {u"host"_s, textsOf(url.host(QUrl::FullyEncoded).split(u'.'))}}};
    if (url.port() >= 0)
        object.set(u"port"_s, QString::number(url.port()));
    object.set(u"path"_s, textsOf(url.path(QUrl::FullyEncoded).split(u'/', Qt::SkipEmptyParts)));
    return object;
}

} // namespace

JsonObject toPostman(const CodeRequest &request)
{
    const JsonArray headers{codePair(u"key"_s, u"Content-Type"_s, u"application/json"_s),
                            codePair(u"key"_s, u"X-Vgai-Key"_s, keyOr(request, u"{{VGAI_KEY}}"_s))};
    const JsonObject language{{{u"raw"_s, JsonObject{{{u"language"_s, u"json"_s}}}}}};
    const JsonObject body{{{u"mode"_s, u"raw"_s},
                           {u"raw"_s, QString::fromUtf8(request.body)},
                           {u"options"_s, language}}};
    const QString name = nameOf(request);
    const JsonObject item{
        {{u"name"_s, name},
         {u"protocolProfileBehavior"_s, JsonObject{{{u"followRedirects"_s, false}}}},
         {u"request"_s,
          JsonObject{{{u"method"_s, u"POST"_s},
                      {u"header"_s, headers},
                      {u"body"_s, body},
                      {u"url"_s, postmanUrl(request.url)}}}},
         {u"response"_s, JsonArray()}}};
    const JsonObject info{
        {{u"name"_s, name},
         {u"schema"_s, u"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"_s}}};
    return JsonObject{{{u"info"_s, info}, {u"item"_s, JsonArray{item}}}};
}

JsonObject toHar(const CodeRequest &request)
{
    const JsonArray headers{codePair(u"name"_s, u"Content-Type"_s, u"application/json"_s),
                            codePair(u"name"_s, u"X-Vgai-Key"_s, keyOr(request, u"$VGAI_KEY"_s))};
    const JsonObject asked{{{u"method"_s, u"POST"_s},
                            {u"url"_s, QString::fromUtf8(request.url.toEncoded())},
                            {u"httpVersion"_s, u"HTTP/1.1"_s},
                            {u"cookies"_s, JsonArray()},
                            {u"headers"_s, headers},
                            {u"queryString"_s, JsonArray()},
                            {u"postData"_s,
                             JsonObject{{{u"mimeType"_s, u"application/json"_s},
                                         {u"text"_s, QString::fromUtf8(request.body)}}}},
                            {u"headersSize"_s, JsonValue::number(-1)},
                            {u"bodySize"_s, JsonValue::number(request.body.size())}}};
    // HAR has no request without an answer; 0 is how browsers write that none came.
    const JsonObject answer{
        {{u"status"_s, JsonValue::number(0)},
         {u"statusText"_s, QString()},
         {u"httpVersion"_s, u"unknown"_s},
         {u"cookies"_s, JsonArray()},
         {u"headers"_s, JsonArray()},
         {u"content"_s,
          JsonObject{{{u"size"_s, JsonValue::number(0)}, {u"mimeType"_s, u"x-unknown"_s}}}},
         {u"redirectURL"_s, QString()},
         {u"headersSize"_s, JsonValue::number(-1)},
         {u"bodySize"_s, JsonValue::number(-1)}}};
    const JsonObject timings{{{u"send"_s, JsonValue::number(0)},
                              {u"wait"_s, JsonValue::number(0)},
                              {u"receive"_s, JsonValue::number(0)}}};
    const JsonObject entry{
        {{u"startedDateTime"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
         {u"time"_s, JsonValue::number(0)},
         {u"request"_s, asked},
         {u"response"_s, answer},
         {u"cache"_s, JsonObject()},
         {u"timings"_s, timings}}};
    const JsonObject creator{
        {{u"name"_s, u"Icebreaker"_s}, {u"version"_s, u"" ICEBREAKER_VERSION ""_s}}};
    return JsonObject{{{u"log"_s,
                        JsonObject{{{u"version"_s, u"1.2"_s},
                                    {u"creator"_s, creator},
                                    {u"entries"_s, JsonArray{entry}}}}}}};
}

QString toHttp(const CodeRequest &request)
{
    QString host = request.url.host(QUrl::FullyEncoded);
    if (host.contains(u':'))
        host = u'[' + host + u']';
    if (request.url.port() >= 0)
        host += u':' + QString::number(request.url.port());
    return "POST "_L1 + request.url.path(QUrl::FullyEncoded) + " HTTP/1.1\r\nHost: "_L1 + host
        + "\r\nContent-Type: application/json\r\nX-Vgai-Key: "_L1 + keyOr(request, u"$VGAI_KEY"_s)
        + "\r\nContent-Length: "_L1 + QString::number(request.body.size()) + "\r\n\r\n"_L1
        + QString::fromUtf8(request.body);
}

} // namespace icebreaker
