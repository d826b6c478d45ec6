#pragma once

#include "core/error.h"
#include "core/insightsquery.h"
#include "core/profile.h"
#include "core/sendrecord.h"
#include "net/insightsfetch.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>

namespace icebreaker {

class Deliveries;
class Insights;
class Vault;

/// Fetches what was said in a send's conversation, under the rules of sending: with the key
/// of the send's profile, from the origin that the send went to, and only if that key
/// belongs there. One fetch at a time for each send; what is found is kept in the journal.
class ConversationFetcher : public QObject
{
    Q_OBJECT

public:
    struct Services {
        Deliveries &deliveries;
        Vault &vault;
        Insights &insights;
        std::function<QList<Profile>()> profiles;
    };
    explicit ConversationFetcher(Services services, QObject *parent = nullptr);

    /// How far the fetching for one send is.
    struct State {
        bool isFetching = false;
        FetchPlace place = FetchPlace::Search;
        QDateTime nextTryAt; ///< UTC; valid during a pause.
        int triesLeft = 0;
        std::optional<FetchReport> report; ///< Of the last fetch that ended.
        QString refusal; ///< Why nothing was asked, in words.
    };
    [[nodiscard]] State state(qint64 row) const { return m_states.value(row); }

    /// Whether there can be a conversation: accepted, or unknown.
    [[nodiscard]] static bool isFetchable(const SendRecord &record);

    /// Does nothing while a fetch for this send is under way.
    /// @param record  with the answer's body, which may name the session
    /// @param chosen  the session that somebody chose from candidates
    void fetch(const SendRecord &record, const std::optional<SessionSummary> &chosen = {});
    void stop(qint64 row);

signals:
    /// The state for this journal row is another one.
    void changed(qint64 row);
    /// There is something new to be read with Deliveries::conversation().
    void kept(qint64 row);
    void failed(const icebreaker::Error &error);

private:
    struct Target {
        QUrl base;
        Profile profile;
    };
    [[nodiscard]] tl::expected<Target, QString> targetOf(const SendRecord &record) const;
    void ask(qint64 row, const QUrl &base, const ApiKey &key, const SessionQuery &query);
    void end(qint64 row, const FetchReport &report);
    void keep(qint64 row, const FetchReport &report);
    void refuse(qint64 row, const QString &why);

    Services m_services;
    QHash<qint64, State> m_states;
    QHash<qint64, QPointer<InsightsFetch>> m_fetches;
    QHash<qint64, int> m_numbers; ///< Of each send's newest fetch.
};

} // namespace icebreaker
