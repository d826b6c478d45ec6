#include "store/searchedsends.h"

#include "core/conversation.h"
#include "store/sqlite.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// What was kept is the answer inside of other JSON: escaped twice.
QByteArray rawConversation(const QByteArray &kept)
{
    const auto read = keptConversationFromJson(kept);
    return read ? read->conversation.raw : kept;
}

} // namespace

SearchedSends::SearchedSends(const SqliteConnection &connection)
    : m_connection(connection)
{ }

Result<QString> SearchedSends::text(qint64 row) const
{
    auto query = m_connection.run(u"SELECT 0, s.recipient || char(10) || s.agent || char(10)"
                                  " || s.template FROM send s WHERE s.id = ?"
                                  " UNION ALL SELECT 1, body FROM request WHERE id = ?"
                                  " UNION ALL SELECT 2, body FROM answer WHERE id = ?"
                                  " UNION ALL SELECT 3, raw FROM event WHERE send_id ="
                                  " (SELECT send_id FROM send WHERE id = ?)"
                                  " UNION ALL SELECT 4, kept FROM conversation WHERE id = ?"_s,
                                  {row, row, row, row, row});
    if (!query)
        return tl::unexpected(query.error());
    constexpr int conversation = 4;
    QString text;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query)) {
        const QByteArray piece = query->value(1).toByteArray();
        const bool isConversation = query->value(0).toInt() == conversation;
        text += searchedText(isConversation ? rawConversation(piece) : piece) + u'\n';
    }
    return more.map([&text](bool) { return text; });
}

Result<QList<qint64>> SearchedSends::matching(const QList<qint64> &rows,
                                              const QList<SearchTerm> &terms) const
{
    QList<qint64> found;
    for (const qint64 row : rows) {
        const auto whole = text(row);
        if (!whole)
            return tl::unexpected(whole.error());
        if (containsTerms(*whole, terms))
            found.append(row);
    }
    return found;
}

} // namespace icebreaker
