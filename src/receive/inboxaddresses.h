#pragma once

#include "core/inboxaddress.h"
#include "store/inboxfile.h"

#include <QUrl>

namespace icebreaker {

/// The listener as far as addresses depend on it.
struct ListenerAddress {
    QUrl localBase; ///< As StatusInbox::localBase() gives it; empty: nobody listens here.
    InboxProblem problem = InboxProblem::None;
};

/// The Status URL that @p profile's inbox gives to one send, and why statuses may not come
/// in there. Pure: the window and the command line give the same address.
///
/// Sends in the sandbox report to @p here, whatever the profile's source: the sandbox calls
/// no other computer. Only an own URL, or a webhook.site, on this computer stays what it is.
/// @param sendId  as in Claim
[[nodiscard]] InboxAddress inboxAddress(const InboxFile &kept, const Profile &profile,
                                        Region region, const ListenerAddress &here,
                                        const QString &sendId);

/// @p url with `/s/SENDID` at the end of its path; query and fragment stay where they are,
/// and the rest stays as it was typed.
[[nodiscard]] QString withSendId(const QString &url, const QString &sendId);

} // namespace icebreaker
