#pragma once

#include "cli/clioptions.h"
#include "cli/sendtarget.h"
#include "core/outboundrequest.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <tl/expected.hpp>

namespace icebreaker {

/// All that a send is made of, read and checked.
struct SendInput {
    OutboundRequest request;
    SendTarget target;
    std::optional<QByteArray> key; ///< Given on standard input or in a variable.
    bool usesInbox = false; ///< Its Status URL is the inbox's: see CliInbox.
    QStringList remarks; ///< Warnings that do not stop the send.
};

/// Reads profile, key and request, in this order. Waits for standard input if that is
/// asked for.
/// @return or everything that is wrong, one thing a line, for people
[[nodiscard]] tl::expected<SendInput, QString> readSendInput(const SendOptions &options,
                                                             const QString &folder);

} // namespace icebreaker
