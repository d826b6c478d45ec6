#include "interop/harimport.h"

#include "interop/importjson.h"

#include <QUrl>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const JsonArray *harEntriesOf(const JsonObject &document)
{
    return listIn(objectIn(&document, u"log"), u"entries");
}

WireRequest wireOf(const JsonObject &request)
{
    WireRequest wire;
    wire.method = textIn(&request, u"method").toUtf8();
    wire.url = textIn(&request, u"url").toUtf8();
    const JsonObject *body = objectIn(&request, u"postData");
    wire.body = textIn(body, u"text").toUtf8();
    // Queries may hold secrets, and a name is shown and kept.
    constexpr qsizetype longest = 120;
    const QUrl url(QString::fromUtf8(wire.url), QUrl::StrictMode);
    wire.name = (url.host() + url.path()).left(longest);
    if (const JsonArray *headers = listIn(&request, u"headers")) {
        for (const JsonValue &header : *headers) {
            const QByteArray name = textIn(header.object(), u"name").toUtf8();
            if (!name.startsWith(':')) // HTTP/2's own
                wire.headers.append({name, textIn(header.object(), u"value").toUtf8()});
        }
    }
    return wire;
}

} // namespace

bool isHar(const JsonObject &document)
{
    return harEntriesOf(document) != nullptr;
}

void takeHar(const JsonObject &document, ImportJudge &judge)
{
    for (const JsonValue &entry : *harEntriesOf(document)) {
        if (judge.isFull())
            return;
        if (const JsonObject *request = objectIn(entry.object(), u"request"))
            judge.take(wireOf(*request));
        else
            judge.refuse({{}, ImportRefusal::NotThisFormat, {}, 0, 0, {}});
    }
}

} // namespace icebreaker
