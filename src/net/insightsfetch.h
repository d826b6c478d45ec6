#pragma once

#include "core/apikey.h"
#include "core/insightsquery.h"
#include "net/insightsget.h"

#include <QNetworkAccessManager>
#include <QTimer>

#include <chrono>
#include <memory>

namespace icebreaker {

/// How long a fetch goes on.
struct InsightsLimits {
    GetLimits get; ///< Of each request.
    /// Pauses between the tries; there is one try more than pauses. A session shows up
    /// late and its data later: public code waits like this.
    QList<std::chrono::milliseconds> waits{
        std::chrono::seconds(5),  std::chrono::seconds(5),  std::chrono::seconds(10),
        std::chrono::seconds(20), std::chrono::seconds(40),
    };
    /// A server that asks for a longer pause than this ends the fetch (ours).
    std::chrono::milliseconds longestWait{300'000};
};

/// Fetches one conversation: finds the session, reads it, and tries again for as long as
/// there is nothing, or no transcription, yet. Made by Insights; deletes itself after it
/// has finished. It only asks (GET) and starts nothing.
///
/// It never guesses: unless the send's answer or a person named the session, it reads
/// one only if that is the only one that fits (see chooseSession()).
class InsightsFetch : public QObject
{
    Q_OBJECT

public:
    /// Asks when the event loop runs next, so that its maker can connect first.
    InsightsFetch(QUrl base, ApiKey key, SessionQuery query, InsightsLimits limits,
                  QObject *parent);
    /// Ends it without a word if it has not finished.
    ~InsightsFetch() override;
    Q_DISABLE_COPY_MOVE(InsightsFetch)

    /// Ends it now, also during a pause: finished() comes before this returns.
    void cancel();

signals:
    /// A request goes out.
    /// @param tryNumber  from 1
    void asking(icebreaker::FetchPlace place, int tryNumber);
    /// There is nothing yet, or not all. The next try comes at @p nextTryAt (UTC).
    /// @param triesLeft  with that one; at least 1
    void waiting(const QDateTime &nextTryAt, int triesLeft);
    /// The end, exactly once.
    void finished(const icebreaker::FetchReport &report);

private:
    /// One of the addresses at which the session may be.
    struct Form {
        SessionPath path = {};
        QDate day;
        bool ifDayWasWrong = false; ///< Tried only if the form before found nothing.
    };
    using Take = void (InsightsFetch::*)(const Answer &);

    void start();
    [[nodiscard]] bool refuses();
    void beginTry();
    void get(FetchPlace place, const QUrl &url, Take take);
    void search();
    void takeSearch(const Answer &answer);
    void takeSessions(const QList<SessionSummary> &page, const Answer &answer);
    void beginReading();
    void readNextForm();
    void takeSession(const Answer &answer);
    [[nodiscard]] FetchEnd keepSession(const QByteArray &raw);
    /// Remembers what was in the way, if it tells more than what else was in this try.
    void note(FetchEnd trouble, const Answer &answer);
    void endTry();
    void giveUp();
    void finish(FetchEnd end);

    const QUrl m_base;
    const ApiKey m_key;
    SessionQuery m_query;
    const InsightsLimits m_limits;
    const bool m_searches;
    std::unique_ptr<QNetworkAccessManager> m_network; ///< A fresh one for every try.
    InsightsGet *m_get = nullptr; ///< Child; while a request is under way.
    QTimer m_pause;
    QList<SessionSummary> m_found;
    int m_page = 0;
    QList<Form> m_forms; ///< Still to be tried; the first is under way.
    bool m_hopeful = false; ///< Something in this try may be otherwise in the next.
    FetchEnd m_trouble = FetchEnd::Found; ///< Of this try; Found: none so far.
    FetchReport m_report;
    bool m_finished = false;
};

} // namespace icebreaker
