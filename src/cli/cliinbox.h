#pragma once

#include "cli/sendtarget.h"
#include "core/inboxaddress.h"
#include "core/outboundrequest.h"
#include "store/inboxfile.h"

#include <QStringList>
#include <QUrl>

#include <optional>

namespace icebreaker {

/// The Status URLs that a command gives to requests which have none: those of its
/// profile's inbox, as the window would.
///
/// Sends to the sandbox report to a listener of the command itself, on a free port, because
/// that sandbox runs inside the command, too. All other statuses are for the window: its
/// tunnel leads there, and it is what asks webhook.site.
class CliInbox
{
public:
    CliInbox() = default;
    CliInbox(const SendTarget &target, const QString &folder);

    /// @param localBase  of the command's own listener; empty without one
    [[nodiscard]] InboxAddress addressFor(const QString &sendId, const QUrl &localBase = {}) const;

    /// Fills in an inbox's URL that is the same for all sends, if @p request has none.
    void fillIn(OutboundRequest &request) const;
    /// For @p request without a Status URL: one to check it with. Absent if it has one, or
    /// the inbox has none to give; then @p remarks says what is in the way.
    [[nodiscard]] std::optional<QString> standIn(const OutboundRequest &request,
                                                 QStringList &remarks) const;

private:
    InboxFile m_kept;
    Profile m_profile;
    Region m_region = Region::Sandbox;
};

} // namespace icebreaker
