#pragma once

#include "core/limitrequest.h"

#include <QStringList>

namespace icebreaker {

/// What goes into the mail that asks for a higher limit.
struct LimitMailFacts {
    QString address;
    int limit = 3; ///< 3 or 5.
    QStringList agentIds;
    QString accountKey; ///< Of the Vonage account; never the X-Vgai-Key.
    QString region; ///< "EU", as people write it; empty: left out.
    LimitEvidence evidence; ///< Without any sends: left out.
};

/// The mail, in English whatever the program's language is: it goes to Vonage's support.
[[nodiscard]] MailText limitMail(const LimitMailFacts &facts);

} // namespace icebreaker
