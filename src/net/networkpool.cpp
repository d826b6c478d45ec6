#include "net/networkpool.h"

#include <algorithm>

namespace icebreaker {

QNetworkAccessManager *NetworkPool::take(Route route)
{
    auto found = std::find_if(m_slots.begin(), m_slots.end(), [route](const Slot &slot) {
        return slot.route == route && !slot.retired && slot.inFlight < ConnectionsPerHost;
    });
    if (found == m_slots.end()) {
        QNetworkAccessManager *network = makeNetwork(route).release();
        network->setParent(m_owner);
        found = m_slots.insert(m_slots.end(), {network, route});
    }
    ++found->inFlight;
    return found->network;
}

// Not QNetworkAccessManager::clearConnectionCache(): that ends the thread which carries
// the manager's other requests, and they would never finish.
void NetworkPool::giveBack(QNetworkAccessManager *network, bool healthy)
{
    const auto found = std::find_if(m_slots.begin(), m_slots.end(), [network](const Slot &slot) {
        return slot.network == network;
    });
    Q_ASSERT(found != m_slots.end() && found->inFlight > 0);
    --found->inFlight;
    found->retired = found->retired || !healthy;
    if (found->retired && found->inFlight == 0) {
        network->deleteLater(); // the reply that has just ended is its child
        m_slots.erase(found);
    }
}

} // namespace icebreaker
