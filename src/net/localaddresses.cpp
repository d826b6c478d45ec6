#include "net/localaddresses.h"

#include <QNetworkInterface>

#include <algorithm>
#include <tuple>

namespace icebreaker {

QList<LocalAddress> localAddresses()
{
    QList<LocalAddress> found;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &each : interfaces) {
        if (!each.flags().testFlag(QNetworkInterface::IsUp))
            continue;
        const auto entries = each.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            const QHostAddress ip = entry.ip();
            found.append({ip.toString(), each.name(), ip.isLoopback(),
                          ip.protocol() == QAbstractSocket::IPv6Protocol, ip.isLinkLocal()});
        }
    }
    const auto rank = [](const LocalAddress &each) {
        return std::tuple(!each.loopback, each.linkLocal, each.ipv6);
    };
    std::stable_sort(found.begin(), found.end(),
                     [rank](const LocalAddress &left, const LocalAddress &right) {
                         return rank(left) < rank(right);
                     });
    return found;
}

} // namespace icebreaker
