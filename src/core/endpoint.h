#pragma once

#include "core/error.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace icebreaker {

/// Where requests go.
enum class Region {
    Eu, ///< studio-api-eu.ai.vonage.com
    Us, ///< studio-api-us.ai.vonage.com
    Sandbox, ///< Built in, on loopback; nothing leaves this computer.
    Custom, ///< A base URL of the user's: https, or http on loopback.
};

/// "eu", "us", "sandbox" or "custom", as in files and on the command line.
[[nodiscard]] QString regionName(Region region);
[[nodiscard]] std::optional<Region> regionFromName(QStringView name);

/// `scheme://host[:port]` of a documented region
/// (studio.docs.ai.vonage.com/whatsapp/get-started/triggering-an-outbound-whatsapp-virtual-agent,
/// 2026-11). Empty for Sandbox and Custom, whose bases are not constants.
[[nodiscard]] QUrl documentedBase(Region region);

/// A base URL that a person typed: https with a host, or http with a loopback host,
/// and neither user name, query nor fragment. Fails with InvalidInput.
[[nodiscard]] Result<QUrl> parseBase(const QString &text);

/// `BASE/messaging/conversation`.
[[nodiscard]] QUrl conversationUrl(const QUrl &base);
/// The base that conversationUrl() made @p url of; without its query in any case.
[[nodiscard]] QUrl baseOf(const QUrl &url);

/// Scheme, host and port: what a key is bound to. Two URLs with the same origin get
/// the same key; `https://h` and `https://h:443` are one origin.
[[nodiscard]] QString origin(const QUrl &url);

/// "localhost", 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopback(const QUrl &url);
/// Loopback, or an address that only exists inside a private network (RFC 1918,
/// RFC 4193, link-local, .local, .internal, a name without a dot).
[[nodiscard]] bool isUnreachableFromOutside(const QUrl &url);

/// The queue that one limit applies to: one agent at one endpoint. The sandbox has
/// another port at every start but is one endpoint; @p sharedBy, if not empty, puts
/// all agents of one key into one lane.
[[nodiscard]] QString laneId(Region region, const QUrl &base, const QString &agentId,
                             const QString &sharedBy = {});

} // namespace icebreaker
