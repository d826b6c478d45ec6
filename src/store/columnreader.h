#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <optional>

namespace icebreaker {

/// How single values become columns and come back; rows are made of them in rowmapping
/// and batchcolumns.

/// Milliseconds since 1970 UTC; NULL if invalid.
inline QVariant toColumn(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

template <typename Duration>
QVariant toColumn(const std::optional<Duration> &duration)
{
    return duration ? QVariant(static_cast<qlonglong>(duration->count())) : QVariant();
}

/// `?, ?, ?`
inline QString placeholders(qsizetype count)
{
    return QStringList(count, QStringLiteral("?")).join(u',');
}

/// Hands out the columns of a query's current row from left to right.
class ColumnReader
{
public:
    explicit ColumnReader(const QSqlQuery &query, int first = 0)
        : m_query(query)
        , m_next(first)
    { }

    /// Index of the next column.
    [[nodiscard]] int position() const { return m_next; }

    QString text() { return m_query.value(m_next++).toString(); }
    QByteArray bytes() { return m_query.value(m_next++).toByteArray(); }
    qint64 number() { return m_query.value(m_next++).toLongLong(); }
    int integer() { return m_query.value(m_next++).toInt(); }
    bool flag() { return integer() != 0; }
    std::optional<qint64> optionalNumber()
    {
        const QVariant value = m_query.value(m_next++);
        return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
    }
    QDateTime time()
    {
        const auto ms = optionalNumber();
        return ms ? QDateTime::fromMSecsSinceEpoch(*ms, Qt::UTC) : QDateTime();
    }
    template <typename Duration>
    std::optional<Duration> duration()
    {
        const auto count = optionalNumber();
        return count ? std::optional(Duration(*count)) : std::nullopt;
    }

private:
    const QSqlQuery &m_query;
    int m_next = 0;
};

} // namespace icebreaker
