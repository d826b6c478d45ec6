#pragma once

#include "core/error.h"
#include "core/overview.h"
#include "store/filtersql.h"
#include "store/logfilter.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

namespace icebreaker {

class SearchIndexView;
class SqliteConnection;

/// SQL for what kept a send (alias s) from getting there, as a whole token of a filter; NULL for
/// the others.
[[nodiscard]] QString errorColumn();

/// What sends have in common.
enum class LogGrouping { Recipient, Agent, Template, Error };

/// Sends that have it in common.
struct LogGroup {
    /// A value of `to:`, `agent:` or `template:`; of an error a whole token, `status:429`.
    QString value;
    qint64 count = 0;
    QDateTime last; ///< When the newest was claimed; UTC.
    friend bool operator==(const LogGroup &, const LogGroup &) = default;
};

/// The groups of one step of a search. Those of all steps with the same value are one.
struct LogGroups {
    QList<LogGroup> groups;
    qint64 next = 0; ///< Go on before this row; 0: that was all.
};

/// One step of an overview.
struct OverviewStep {
    QList<OverviewGroup> groups;
    QList<PaceBin> pace; ///< Of this step's sends; a second that two steps share counts twice.
    qint64 next = 0; ///< As in LogGroups.
};

/// What a filter's values may be: of the newest sends, newest first.
struct SeenValues {
    QStringList agents;
    QStringList templates;
    QStringList locales;
    QStringList profiles;
    QStringList codes;
};

/// How many sends would be deleted.
struct RemovableSends {
    qint64 removable = 0;
    qint64 kept = 0; ///< See HistoryWriter.
    qint64 newest = 0; ///< Highest row that was counted.
};

/// Questions about many sends at once. On the journal's read thread; the meaning of each
/// function is that of its namesake in History.
class HistoryReader
{
public:
    HistoryReader(const SqliteConnection &connection, SearchIndexView &index);

    [[nodiscard]] Result<LogGroups> groups(const LogFilter &filter, LogGrouping grouping,
                                           qint64 before);
    [[nodiscard]] Result<OverviewStep> overview(const LogFilter &filter, qint64 before,
                                                std::chrono::seconds slot, int utcOffset);
    [[nodiscard]] Result<SeenValues> seenValues() const;
    [[nodiscard]] Result<RemovableSends> removable(const LogFilter &filter, const QDateTime &now,
                                                   const std::function<bool()> &isCancelled);

private:
    /// The sends of one step, with more columns as in rangeQuery().
    struct Step {
        FilterQuery query;
        qint64 next = 0; ///< As in LogGroups.
    };
    /// Nothing if there is none left.
    [[nodiscard]] Result<std::optional<Step>> step(const LogFilter &filter, qint64 before,
                                                   const QString &columns);

    const SqliteConnection &m_connection;
    SearchIndexView &m_index;
};

} // namespace icebreaker
