#pragma once

#include "core/error.h"
#include "store/searchterms.h"

#include <QList>
#include <QString>

namespace icebreaker {

class SqliteConnection;

/// The text of sends that free words are searched in: recipient, agent, template, request,
/// answer, statuses and conversation. On the thread of its connection.
class SearchedSends
{
public:
    explicit SearchedSends(const SqliteConnection &connection);

    /// Everything, one piece per line; empty if there is no such send.
    [[nodiscard]] Result<QString> text(qint64 row) const;
    /// Those of @p rows that contain every term, in their order.
    [[nodiscard]] Result<QList<qint64>> matching(const QList<qint64> &rows,
                                                 const QList<SearchTerm> &terms) const;

private:
    const SqliteConnection &m_connection;
};

} // namespace icebreaker
