#pragma once

#include "core/batch.h"
#include "core/error.h"

#include <QList>
#include <QString>

#include <optional>

class QSqlQuery;

namespace icebreaker {

class OwnerLock;
class SqliteConnection;

/// What is read of batches and their rows. The meaning of each function is that of its
/// namesake in Batches.
class BatchReader
{
public:
    /// @param owners  tells who is dead
    /// @param here  id of this process among the owners
    BatchReader(const SqliteConnection &connection, const OwnerLock &owners, QString here);

    [[nodiscard]] Result<QList<BatchRecord>> list() const;
    [[nodiscard]] Result<std::optional<BatchRecord>> batch(qint64 batch) const;
    [[nodiscard]] Result<BatchCounts> counts(qint64 batch) const;
    [[nodiscard]] Result<QList<BatchRow>> waiting(qint64 batch, qint64 after, int limit) const;
    [[nodiscard]] Result<QList<BatchRow>> rows(qint64 batch, const QList<qint64> &rows) const;
    [[nodiscard]] Result<QList<qint64>> rowNumbers(qint64 batch,
                                                   const QList<RowState> &states) const;

private:
    /// Nothing for what a dead process left in Building.
    [[nodiscard]] std::optional<BatchRecord> record(const QSqlQuery &query) const;

    const SqliteConnection &m_connection;
    const OwnerLock &m_owners;
    QString m_here;
};

} // namespace icebreaker
