#include "net/insights.h"

namespace icebreaker {

Insights::Insights(QObject *parent)
    : QObject(parent)
{ }

Insights::~Insights()
{
    cancelAll();
}

InsightsFetch *Insights::fetch(const QUrl &base, const ApiKey &key, const SessionQuery &query)
{
    auto *fetch = new InsightsFetch(base, key, query, m_limits, this);
    m_fetches.append(fetch);
    connect(fetch, &InsightsFetch::finished, this, [this, fetch] { m_fetches.removeOne(fetch); });
    return fetch;
}

void Insights::cancelAll()
{
    const auto fetches = m_fetches; // shrinks while they end
    for (InsightsFetch *fetch : fetches)
        fetch->cancel();
}

} // namespace icebreaker
