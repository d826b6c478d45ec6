#pragma once

#include <QString>

#include <optional>
#include <vector>

struct sockaddr;

namespace icebreaker {

/// An IPv4 or IPv6 address with a port, as sockets want it.
class SocketAddress
{
public:
    SocketAddress(const sockaddr *address, std::size_t size);

    [[nodiscard]] const sockaddr *get() const;
    [[nodiscard]] bool isIpv6() const;

private:
    std::vector<std::byte> m_bytes; ///< From operator new: aligned for every sockaddr.
};

/// Reads a numeric address; asks nobody for names. Nothing if it is none.
[[nodiscard]] std::optional<SocketAddress> socketAddress(const QString &numeric, quint16 port);

} // namespace icebreaker
