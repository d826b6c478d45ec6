#pragma once

#include "core/error.h"
#include "store/sqlite.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <limits>
#include <optional>

namespace icebreaker {

/// Reads the search index of a journal. An index that is absent, damaged or another
/// journal's is none: everything is searched without it. On the journal's read thread.
class SearchIndexView
{
public:
    explicit SearchIndexView(const QString &folder);
    void close();

    /// What is not in the index, as of one moment.
    struct Coverage {
        qint64 change = 0; ///< Sends beyond this pair ...
        qint64 row = 0; ///< ... changed since.
    };
    /// Begins a look: what follows until end() sees the index as it is now.
    /// @param identity  of the journal  @return nothing if there is no index
    [[nodiscard]] std::optional<Coverage> begin(const QByteArray &identity);
    void end();

    /// From this row on nothing of the part is indexed.
    [[nodiscard]] std::optional<qint64> indexedBefore(qint64 shard) const;
    /// Candidates from @p first to before @p end within one part, newest first; nothing if
    /// there are more than @p most, or it cannot be told.
    [[nodiscard]] std::optional<QList<qint64>> candidates(const QString &expression, qint64 first,
                                                          qint64 end, int most) const;

private:
    const QString m_path;
    SqliteConnection m_connection;
    QByteArray m_identity; ///< Of the file that is open.
    bool m_isLooking = false;
};

} // namespace icebreaker
