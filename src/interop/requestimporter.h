#pragma once

#include "core/requestimport.h"

#include <QByteArray>
#include <QHash>
#include <QUrl>

#include <optional>

namespace icebreaker {

/// What is known about a text before it is read.
struct ImportHint {
    std::optional<RequestFormat> format; ///< Nothing: it is found out.
    QByteArray environment; ///< A Postman environment as JSON; may be empty.
    /// Contents of the files that commands name (`--data @NAME`), by that name.
    QHash<QString, QByteArray> files;
    QList<QUrl> bases; ///< Custom endpoints that are known here, besides the documented two.
};

/// Reads the requests for `POST /messaging/conversation` that a text of another program
/// holds: a cURL command (or several), a Postman collection, a HAR, a raw HTTP request, or
/// the JSON body alone. Everything else in it is listed with why it was not taken.
///
/// Nothing is executed, sent, or read from disk; what a shell would have to work out is
/// refused, and a plain variable becomes `{{name}}`. Keys are returned beside the requests
/// and never in them. Taken are the documented hosts, loopback, the hint's bases, and hosts
/// that only a variable tells.
///
/// Takes up to a few seconds for hostile texts: call it in a worker if it is large.
[[nodiscard]] RequestImport importRequests(const QByteArray &text, const ImportHint &hint = {});

/// The text's format by its first bytes and members; nothing if it looks like none.
[[nodiscard]] std::optional<RequestFormat> detectRequestFormat(const QByteArray &text);

} // namespace icebreaker
