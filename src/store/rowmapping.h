#pragma once

#include "core/sendrecord.h"

#include <QString>
#include <QVariant>

class QSqlQuery;

namespace icebreaker {

/// How values become columns and come back, each pair side by side in the .cpp.

/// Text of a statement and what its placeholders stand for.
struct Statement {
    QString sql;
    QVariantList values;
};

/// Inserts into `send`; the body goes to `request`.
[[nodiscard]] Statement insertClaim(const Claim &claim, const QString &owner, qint64 change);

/// Sets the outcome of the row of @p sendId if it has none, or only the one that stands
/// for a crash; headers and body go to `answer`.
[[nodiscard]] Statement updateSettled(const QString &sendId, const SendReport &report,
                                      const QString &note, const QDateTime &settledAt,
                                      qint64 change);

/// Columns of `send` (alias s) that readSummary() expects, separated by commas.
[[nodiscard]] QString summaryColumns();
/// Everything but the bodies and headers. @param first  index of the first of the columns
[[nodiscard]] SendRecord readSummary(const QSqlQuery &query, int first = 0);

/// Headers as a JSON array of [name, value] in order, bytes as Latin-1: exact for any
/// bytes, and readable with any SQLite tool.
[[nodiscard]] QByteArray toBytes(const HttpHeaders &headers);
[[nodiscard]] HttpHeaders headersFromBytes(const QByteArray &bytes);

} // namespace icebreaker
