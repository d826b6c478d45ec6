#pragma once

#include "core/codeformat.h"
#include "interop/codeexport.h"
#include "interop/requestimporter.h"

#include <cstdlib>

/// What must hold for whatever was read. A violation ends the program, as fuzzers want it.
namespace icebreaker::fuzz {

inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

inline RequestImport import(const uint8_t *data, size_t size, RequestFormat format)
{
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    ImportHint hint;
    hint.format = format;
    RequestImport found = importRequests(text, hint);
    require(!found.requests.isEmpty() || !found.refused.isEmpty());
    require(found.requests.size() <= ImportMaxRequests);
    require(found.refused.size() <= ImportMaxRefused);
    for (const ImportedRequest &taken : std::as_const(found.requests)) {
        require(taken.key < found.keys.size());
        const QByteArray body = taken.request.toJson();
        const auto again = OutboundRequest::fromJson(body);
        require(again && again->toJson() == body);
    }
    for (const ApiKey &key : std::as_const(found.keys))
        require(!key.bytes.isEmpty());
    (void)importRequests(text); // as whatever it looks like
    return found;
}

/// What was taken goes out in every format, and comes back.
inline void exportAll(const RequestImport &found)
{
    for (const ImportedRequest &taken : found.requests) {
        const QUrl url(QStringLiteral("https://studio-api-eu.ai.vonage.com/messaging/conversation"));
        const QByteArray body = taken.request.toJson();
        for (const CodeFormat format : codeFormats()) {
            const QByteArray text = codeText(format, {url, body, {}, false}).toUtf8();
            if (format == CodeFormat::Python || format == CodeFormat::JavaScript)
                continue;
            const RequestImport again = importRequests(text);
            require(again.requests.size() == 1);
            require(again.requests.first().request.toJson() == body);
        }
    }
}

} // namespace icebreaker::fuzz
