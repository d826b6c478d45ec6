#pragma once

#include "core/endpoint.h"
#include "core/limitrequest.h"
#include "core/variable.h"

#include <QList>
#include <QString>

#include <optional>

namespace icebreaker {

/// What a send through a profile does to the world: a look of its own each, and more
/// questions the further down.
enum class ProfileKind {
    Sandbox, ///< Nothing leaves this computer.
    Test, ///< Real phones, but those of people who know.
    Live, ///< Customers.
};

/// Questions before a send that the user does not want to be asked any more.
struct QuietQuestions {
    bool repeated = false; ///< GuardReason::Repeated, and so on.
    bool firstLiveToday = false;
    bool wholeBatch = false;

    friend bool operator==(const QuietQuestions &, const QuietQuestions &) = default;
};

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
    bool live = false; ///< Messages reach customers: ProfileKind::Live outside the sandbox.
    bool onlyTestNumbers = false; ///< Live: other numbers need their last digits typed.
    QuietQuestions quiet;
    std::optional<LimitRequest> limitRequest; ///< Asked for and not in force yet.
    bool limitSharedByKey = false; ///< The limit counts for all agents of this key together.
    QList<Variable> variables; ///< For `{{name}}` in requests; each name once. No secrets.
    bool keyInKeychain = false; ///< A key was stored: tells "locked" from "never stored".

    friend bool operator==(const Profile &, const Profile &) = default;
};

/// @param region  where sends go at the moment; a live profile may look into the sandbox
[[nodiscard]] inline ProfileKind profileKind(const Profile &profile, Region region)
{
    if (region == Region::Sandbox)
        return ProfileKind::Sandbox;
    return profile.live ? ProfileKind::Live : ProfileKind::Test;
}

} // namespace icebreaker
