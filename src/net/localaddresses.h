#pragma once

#include <QList>
#include <QString>

namespace icebreaker {

/// One address that this computer can be reached at, or listen on.
struct LocalAddress {
    QString address; ///< Numeric, with "%interface" where an IPv6 one needs it.
    QString interfaceName; ///< As the system calls it: "eth0".
    bool loopback = false;
    bool ipv6 = false;
    bool linkLocal = false; ///< Only good on its own network segment.
};

/// The addresses of all interfaces that are up: loopback first, then IPv4 before IPv6
/// before link-local ones. Asks the system; takes microseconds. Wi-Fi and tunnels come
/// and go: ask again before each use.
[[nodiscard]] QList<LocalAddress> localAddresses();

} // namespace icebreaker
