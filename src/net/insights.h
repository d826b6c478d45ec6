#pragma once

#include "net/insightsfetch.h"

#include <QList>
#include <QObject>

namespace icebreaker {

/// Asks AI Studio's Insights service what was said in a send's conversation. Uses the
/// send's key and base under the send's rules: the key goes to its own origin only, no
/// redirect is followed, nothing is stored. Lives on one thread, and reads the answers
/// there; do not delete it in a slot of one of its own fetches.
class Insights : public QObject
{
    Q_OBJECT

public:
    explicit Insights(QObject *parent = nullptr);
    /// Ends every fetch as cancelAll() does.
    ~Insights() override;
    Q_DISABLE_COPY_MOVE(Insights)

    /// For the fetches that start from now on.
    void setLimits(const InsightsLimits &limits) { m_limits = limits; }

    /// Starts fetching; connect to the fetch's signals at once. It belongs to this object
    /// and goes away by itself after finished(), which comes exactly once, from the event
    /// loop or from cancel(): keep it in a QPointer.
    ///
    /// Ends as NotAsked without opening a connection: with KeyNotForHost if the key is
    /// bound to another origin than @p base's; with Other if @p base is neither https
    /// nor http on loopback or holds a user name, if the key cannot stand in a header,
    /// or if @p query has neither a usable session ID nor enough to search with.
    ///
    /// Where an answer repeats a key of 16 bytes or more, the report has "[key]".
    /// @param base  as for conversationUrl()
    [[nodiscard]] InsightsFetch *fetch(const QUrl &base, const ApiKey &key,
                                       const SessionQuery &query);

    /// Ends every fetch as Cancelled; their finished() has been emitted when this returns.
    void cancelAll();
    [[nodiscard]] qsizetype inFlight() const { return m_fetches.size(); }

private:
    InsightsLimits m_limits;
    QList<InsightsFetch *> m_fetches;
};

} // namespace icebreaker
