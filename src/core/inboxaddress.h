#pragma once

#include "core/profile.h"

#include <QString>

namespace icebreaker {

/// Why statuses may not come in at an inbox.
enum class InboxProblem {
    None,
    NotPublic, ///< The cloud cannot reach the listener: it has no public address.
    NotListening, ///< No listener runs here.
    PortTaken, ///< Another program has the port that the tunnel leads to.
    InterfaceGone, ///< This computer does not have the chosen address at the moment.
    NoAddressYet, ///< No address was made at webhook.site.
    NothingTyped, ///< Elsewhere, but where is not said.
};

/// The Status URL that a profile's inbox gives to one send.
struct InboxAddress {
    QString url; ///< Empty if there is none.
    /// Whose address it is: not always the profile's source, because the sandbox reports
    /// to this computer only.
    InboxSource source = InboxSource::BuiltIn;
    InboxProblem problem = InboxProblem::None; ///< May be there with a `url`, too.
};

/// Whether a send may be given this address: statuses come in there, or may.
[[nodiscard]] inline bool canReceive(const InboxAddress &address)
{
    return !address.url.isEmpty() && address.problem != InboxProblem::NotPublic;
}

} // namespace icebreaker
