#pragma once

#include "core/outboundrequest.h"
#include "core/requestcheck.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

namespace icebreaker {

/// Largest request file that is read. The biggest possible template with all its
/// parameters is far smaller.
inline constexpr qint64 LargestRequestInput = 1'048'576; // bytes

/// Reads a whole file. @param name  a path, or "-" for standard input; @param most  bytes
/// @return or what is wrong, for people
[[nodiscard]] tl::expected<QByteArray, QString> readInputFile(const QString &name, qint64 most);

/// Reads one request. @param name  a path, or "-" for standard input
/// @return or what is wrong, for people
[[nodiscard]] tl::expected<OutboundRequest, QString> readRequestInput(const QString &name);

/// "error: to: …": a check as icebreaker-cli prints it. The member is named as it stands in
/// the file, because that is what the reader has before them.
[[nodiscard]] QString checkLine(const CheckEntry &entry);

/// Whether nobody is told about deliveries: then the sandbox of the process reports to an
/// inbox of the process.
[[nodiscard]] bool lacksStatusUrl(const OutboundRequest &request);

} // namespace icebreaker
