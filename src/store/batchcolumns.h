#pragma once

#include "core/batch.h"
#include "store/rowmapping.h"

namespace icebreaker {

/// How batches and their rows become columns and come back, each pair side by side in
/// the .cpp.

/// Inserts into `batch`, in state Building.
[[nodiscard]] Statement insertBatch(const BatchPlan &plan, const QDateTime &createdAt,
                                    const QString &owner, qint64 change);
/// Columns of `batch` that readBatch() and readOwner() expect.
[[nodiscard]] QString batchColumns();
/// Everything but `elsewhere` and `here`, which follow from the owner.
[[nodiscard]] BatchRecord readBatch(const QSqlQuery &query);
[[nodiscard]] QString readOwner(const QSqlQuery &query);

/// Inserts into `batch_row`.
[[nodiscard]] QString insertBatchRow();
[[nodiscard]] QVariantList batchRowValues(qint64 batch, const BatchRowInput &row);
/// Columns of `batch_row` (alias b) that readBatchRow() expects.
[[nodiscard]] QString batchRowColumns();
inline constexpr int BatchRowColumns = 6;
/// Everything but `last`.
[[nodiscard]] BatchRow readBatchRow(const QSqlQuery &query);

/// Columns of `batch_count` that readCounts() expects.
[[nodiscard]] QString countColumns();
[[nodiscard]] BatchCounts readCounts(const QSqlQuery &query);

} // namespace icebreaker
