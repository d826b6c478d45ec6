#pragma once

#include "store/sqlite.h"

namespace icebreaker {

/// Brings the journal's tables to the version that this program knows. Fails with
/// StorageTooNew, before anything is changed, if a newer one wrote them, and with
/// StorageCorrupt if the file holds something else.
[[nodiscard]] Result<void> migrate(const SqliteConnection &connection);

/// Schema version of the file; 0 for an empty one. Fails with StorageTooNew and
/// StorageCorrupt like migrate(), and changes nothing.
[[nodiscard]] Result<int> checkedVersion(const SqliteConnection &connection);

/// The number that a write gives to every send and batch that it touches: one more than
/// any has, so that everybody can ask for what is new. Inside a transaction.
[[nodiscard]] Result<qint64> nextChange(const SqliteConnection &connection);

} // namespace icebreaker
