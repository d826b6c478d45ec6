#include "store/batchreader.h"

#include "store/batchcolumns.h"
#include "store/filtersql.h"
#include "store/ownerlock.h"
#include "store/sqlite.h"

#include <QHash>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

qint64 firstNumber(const QSqlQuery &query)
{
    return query.value(0).toLongLong();
}

} // namespace

BatchReader::BatchReader(const SqliteConnection &connection, const OwnerLock &owners, QString here)
    : m_connection(connection)
    , m_owners(owners)
    , m_here(std::move(here))
{ }

std::optional<BatchRecord> BatchReader::record(const QSqlQuery &query) const
{
    BatchRecord record = readBatch(query);
    const QString owner = readOwner(query);
    record.here = !m_here.isEmpty() && owner == m_here;
    record.elsewhere = !record.here && !owner.isEmpty() && !m_owners.isDead(owner);
    if (record.state == BatchState::Building && !record.here && !record.elsewhere)
        return std::nullopt;
    return record;
}

Result<QList<BatchRecord>> BatchReader::list() const
{
    const auto found = collectRows(
        m_connection.run("SELECT "_L1 + batchColumns() + " FROM batch ORDER BY id DESC"_L1),
        [this](const QSqlQuery &query) { return record(query); });
    return found.map([](const QList<std::optional<BatchRecord>> &all) {
        QList<BatchRecord> records;
        for (const auto &record : all) {
            if (record)
                records.append(*record);
        }
        return records;
    });
}

Result<std::optional<BatchRecord>> BatchReader::batch(qint64 batch) const
{
    return collectRows(m_connection.run(
                           "SELECT "_L1 + batchColumns() + " FROM batch WHERE id = ?"_L1, {batch}),
                       [this](const QSqlQuery &query) { return record(query); })
        .map([](const QList<std::optional<BatchRecord>> &found) {
            return found.isEmpty() ? std::nullopt : found.front();
        });
}

Result<BatchCounts> BatchReader::counts(qint64 batch) const
{
    return collectRows(m_connection.run("SELECT "_L1 + countColumns()
                                            + " FROM batch_count WHERE batch = ?"_L1,
                                        {batch}),
                       readCounts)
        .map([](const QList<BatchCounts> &found) { return found.value(0); });
}

Result<QList<BatchRow>> BatchReader::waiting(qint64 batch, qint64 after, int limit) const
{
    return collectRows(m_connection.run("SELECT "_L1 + batchRowColumns()
                                            + " FROM batch_row b WHERE b.batch = ? AND b.state = ?"
                                              " AND b.row > ? ORDER BY b.row LIMIT ?"_L1,
                                        {batch, static_cast<int>(RowState::Waiting), after, limit}),
                       readBatchRow);
}

Result<QList<BatchRow>> BatchReader::rows(qint64 batch, const QList<qint64> &rows) const
{
    const auto found = collectRows(
        m_connection.run("SELECT "_L1 + batchRowColumns() + ", "_L1 + summaryColumns()
                             + " FROM batch_row b LEFT JOIN send s ON s.id = b.last_send"
                               " WHERE b.batch = ?"
                               " AND b.row IN (SELECT value FROM json_each(?))"_L1,
                         {batch, jsonList(rows)}),
        [](const QSqlQuery &query) {
            BatchRow row = readBatchRow(query);
            if (!query.isNull(BatchRowColumns))
                row.last = readSummary(query, BatchRowColumns);
            return row;
        });
    return found.map([&rows](const QList<BatchRow> &list) {
        QHash<qint64, BatchRow> byNumber;
        for (const BatchRow &row : list)
            byNumber.insert(row.input.row, row);
        QList<BatchRow> ordered;
        for (const qint64 number : rows) {
            if (const auto row = byNumber.constFind(number); row != byNumber.cend())
                ordered.append(*row);
        }
        return ordered;
    });
}

Result<QList<qint64>> BatchReader::rowNumbers(qint64 batch, const QList<RowState> &states) const
{
    QString sql = u"SELECT row FROM batch_row WHERE batch = ?"_s;
    QVariantList values{batch};
    if (!states.isEmpty()) {
        QList<qint64> numbers;
        for (const RowState state : states)
            numbers.append(static_cast<int>(state));
        sql += " AND state IN (SELECT value FROM json_each(?))"_L1;
        values.append(jsonList(numbers));
    }
    return collectRows(m_connection.run(sql + " ORDER BY row"_L1, values), firstNumber);
}

} // namespace icebreaker
