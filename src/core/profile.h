#pragma once

#include "core/endpoint.h"

#include <QString>

namespace icebreaker {

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
    QString statusUrl; ///< Default for new requests; empty means the built-in inbox.
    int limit = 1; ///< Sessions per second: 1 by default, 3 or 5 where Vonage approved it.
    bool live = false; ///< Messages reach real phones.
    bool limitSharedByKey = false; ///< The limit counts for all agents of this key together.
    bool keyInKeychain = false; ///< A key was stored: tells "locked" from "never stored".

    friend bool operator==(const Profile &, const Profile &) = default;
};

} // namespace icebreaker
