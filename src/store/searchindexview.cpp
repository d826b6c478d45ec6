#include "store/searchindexview.h"

#include "store/fileidentity.h"
#include "store/searchindexer.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

SearchIndexView::SearchIndexView(const QString &folder)
    : m_path(searchindex::path(folder))
{ }

void SearchIndexView::close()
{
    end();
    m_connection.close();
    m_identity.clear();
}

std::optional<SearchIndexView::Coverage> SearchIndexView::begin(const QByteArray &identity)
{
    const QByteArray file = fileIdentity(m_path);
    if (file.isEmpty() || identity.isEmpty())
        return std::nullopt;
    if (!m_connection.isOpen() || file != m_identity) {
        close();
        m_identity = file;
        if (!m_connection.open(m_path) || !m_connection.execute(u"PRAGMA query_only = ON"_s)) {
            close();
            return std::nullopt;
        }
    }
    if (!m_connection.execute(u"BEGIN"_s))
        return std::nullopt;
    m_isLooking = true;
    const auto version = m_connection.value(u"PRAGMA user_version"_s);
    if (!version || version->toInt() != searchindex::Version)
        return std::nullopt;
    auto state = collectRows(
        m_connection.run(u"SELECT journal, change, row FROM meta"_s), [](const QSqlQuery &query) {
            return std::pair(query.value(0).toByteArray(),
                             Coverage{query.value(1).toLongLong(), query.value(2).toLongLong()});
        });
    if (!state || state->isEmpty() || state->front().first != identity)
        return std::nullopt;
    return state->front().second;
}

void SearchIndexView::end()
{
    if (m_isLooking)
        (void)m_connection.execute(u"COMMIT"_s);
    m_isLooking = false;
}

std::optional<qint64> SearchIndexView::indexedBefore(qint64 shard) const
{
    const auto next = m_connection.value(u"SELECT next FROM todo WHERE shard = ?"_s, {shard});
    if (!next)
        return std::nullopt;
    return next->isNull() ? std::numeric_limits<qint64>::max() : next->toLongLong();
}

std::optional<QList<qint64>> SearchIndexView::candidates(const QString &expression, qint64 first,
                                                         qint64 end, int most) const
{
    const qint64 shard = searchindex::shardOf(first);
    const auto known = m_connection.value(u"SELECT 1 FROM shard WHERE id = ?"_s, {shard});
    if (!known)
        return std::nullopt;
    if (known->isNull())
        return QList<qint64>();
    const QString table = searchindex::table(shard);
    const auto rows = collectRows(
        m_connection.run(u"SELECT rowid FROM %1 WHERE %1 MATCH ? AND rowid >= ? AND rowid < ?"
                         " ORDER BY rowid DESC LIMIT ?"_s.arg(table),
                         {expression, first, end, most + 1}),
        [](const QSqlQuery &query) { return query.value(0).toLongLong(); });
    return rows && rows->size() <= most ? std::optional(*rows) : std::nullopt;
}

} // namespace icebreaker
