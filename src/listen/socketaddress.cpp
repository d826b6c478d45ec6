#include "listen/socketaddress.h"

#include <QByteArray>

#include <memory>

#if __has_include(<netdb.h>)
#include <netdb.h>
#include <sys/socket.h>
#else // Windows
#include <winsock2.h>
#include <ws2tcpip.h>
#endif

namespace icebreaker {

SocketAddress::SocketAddress(const sockaddr *address, std::size_t size)
    : m_bytes(reinterpret_cast<const std::byte *>(address),
              reinterpret_cast<const std::byte *>(address) + size)
{ }

const sockaddr *SocketAddress::get() const
{
    return reinterpret_cast<const sockaddr *>(m_bytes.data());
}

bool SocketAddress::isIpv6() const
{
    return get()->sa_family == AF_INET6;
}

std::optional<SocketAddress> socketAddress(const QString &numeric, quint16 port)
{
    if (numeric.isEmpty())
        return std::nullopt; // which would be loopback
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (getaddrinfo(numeric.toLatin1().constData(), QByteArray::number(port).constData(), &hints,
                    &found)
        != 0)
        return std::nullopt;
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
    return SocketAddress(found->ai_addr, found->ai_addrlen);
}

} // namespace icebreaker
