#pragma once

#include "core/connectionfacts.h"
#include "store/sqlite.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace icebreaker {

/// Readable with any SQLite tool. What cannot be read as such comes back as nothing.
[[nodiscard]] QByteArray toBytes(const ConnectionFacts &facts);
[[nodiscard]] std::optional<ConnectionFacts> connectionFromBytes(const QByteArray &bytes);

/// Keeps what the connection of a send showed; nothing is written without @p facts. Inside
/// the transaction that settles the send.
[[nodiscard]] Result<void> keepConnection(const SqliteConnection &connection, const QString &sendId,
                                          const std::optional<ConnectionFacts> &facts);
/// Nothing if none were kept.
[[nodiscard]] Result<std::optional<ConnectionFacts>>
readConnection(const SqliteConnection &connection, qint64 row);

} // namespace icebreaker
