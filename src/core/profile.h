#pragma once

#include "core/endpoint.h"

#include <QString>

#include <optional>

namespace icebreaker {

/// Where the statuses of a profile's sends are to go.
enum class InboxSource {
    BuiltIn, ///< This computer's own listener, behind the user's tunnel or proxy.
    WebhookSite, ///< An address at webhook.site, or at a self-hosted copy of it.
    Elsewhere, ///< A URL of the user's, of which Icebreaker sees nothing.
};

/// "built_in", "webhook_site" or "elsewhere", as in files.
[[nodiscard]] QString inboxSourceName(InboxSource source);
[[nodiscard]] std::optional<InboxSource> inboxSourceFromName(QStringView name);

/// Settings that belong together: one agent at one endpoint with one key. Kept as
/// JSON; the key itself is only ever in the keychain.
struct Profile {
    QString id; ///< UUID without braces; names the keychain entry.
    QString name;
    Region region = Region::Sandbox;
    QString customUrl; ///< Only with Region::Custom.
    QString approvedHost; ///< Origin that the user agreed in words to send the key to.
    QString agentId;
    QString namespaceId;
    /// Elsewhere whenever `statusUrl` is not empty.
    InboxSource inboxSource = InboxSource::BuiltIn;
    QString statusUrl; ///< As typed; empty unless Elsewhere.
    bool appendSendId = false; ///< Elsewhere: `/s/SENDID` goes to the end of its path.
    int limit = 1; ///< Sessions per second: 1 by default, 3 or 5 where Vonage approved it.
    bool live = false; ///< Messages reach real phones.
    bool limitSharedByKey = false; ///< The limit counts for all agents of this key together.
    bool keyInKeychain = false; ///< A key was stored: tells "locked" from "never stored".

    friend bool operator==(const Profile &, const Profile &) = default;
};

} // namespace icebreaker
