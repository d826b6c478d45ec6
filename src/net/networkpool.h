#pragma once

#include "net/networkfactory.h"

#include <vector>

namespace icebreaker {

/// Enough QNetworkAccessManagers that no request waits for another: one opens at most
/// six connections to a host and queues the rest in silence (measured, Qt 6.4.2).
/// Reuses their connections; lives on one thread.
class NetworkPool
{
public:
    /// Requests that one QNetworkAccessManager has in flight at once.
    static constexpr int ConnectionsPerHost = 6;

    /// @param owner  parent of all managers
    explicit NetworkPool(QObject *owner)
        : m_owner(owner)
    { }

    /// A manager with room for one more request. Give it back with giveBack().
    [[nodiscard]] QNetworkAccessManager *take(Route route);
    /// @param healthy  false after a transport error: the manager is not used again,
    ///                 and goes away with its connections when its last request ends
    void giveBack(QNetworkAccessManager *network, bool healthy);

private:
    struct Slot {
        QNetworkAccessManager *network = nullptr;
        Route route = Route::Internet;
        int inFlight = 0;
        bool retired = false;
    };

    QObject *m_owner;
    std::vector<Slot> m_slots;
};

} // namespace icebreaker
