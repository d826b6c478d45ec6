#pragma once

#include "core/deliverystate.h"
#include "core/error.h"
#include "core/keptevent.h"
#include "store/rowmapping.h"

#include <QString>

class QSqlQuery;

namespace icebreaker {

class SqliteConnection;

/// How status events and what follows from them become columns and come back, each pair
/// side by side in the .cpp.

/// Inserts into `event`. @param kept  `number` does not matter
/// @param path  the send ID that the event's path named, or empty
[[nodiscard]] Statement insertEvent(const KeptEvent &kept, const QString &path);

/// Columns of `event` that readEvent() expects.
[[nodiscard]] QString eventColumns();
[[nodiscard]] KeptEvent readEvent(const QSqlQuery &query);

/// Columns of `event` that readMention() expects: all that a DeliveryState needs.
[[nodiscard]] QString mentionColumns();
[[nodiscard]] KeptEvent readMention(const QSqlQuery &query);

/// Columns of `send` (alias s) that readDelivery() expects.
[[nodiscard]] QString deliveryColumns();
/// @param first  index of the first of the columns
[[nodiscard]] DeliveryState readDelivery(const QSqlQuery &query, int first);
/// Sets them in the row @p send.
[[nodiscard]] Statement updateDelivery(qint64 send, const DeliveryState &state, qint64 change);

/// What is compared of `send.recipient`: digits without leading zeros. The very expression
/// that the index `send_number` has.
[[nodiscard]] QString numberExpression();

/// Part of the migration to schema 3: fills the columns that were added to `event` from its
/// `raw`, as parseStatusEvent() reads it now, and ties what came to a known send's path.
[[nodiscard]] Result<void> readEventsAgain(const SqliteConnection &connection);

} // namespace icebreaker
