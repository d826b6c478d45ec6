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

/// What was taken goes out, and comes back. One request in one format at a time: many small
/// inputs find more than few that take long.
inline void exportOne(const RequestImport &found, size_t chosen)
{
    if (found.requests.isEmpty())
        return;
    const auto formats = codeFormats();
    const CodeFormat format = formats.at(static_cast<qsizetype>(chosen) % formats.size());
    const QUrl url(QStringLiteral("https://studio-api-eu.ai.vonage.com/messaging/conversation"));
    const QByteArray body = found.requests.last().request.toJson();
    const QByteArray text = codeText(format, {url, body, {}, false}).toUtf8();
    if (format == CodeFormat::Python || format == CodeFormat::JavaScript)
        return;
    const RequestImport again = importRequests(text);
    require(again.requests.size() == 1);
    require(again.requests.first().request.toJson() == body);
}

} // namespace icebreaker::fuzz
