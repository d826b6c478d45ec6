#pragma once

#include "core/importproblem.h"
#include "core/inboxaddress.h"
#include "core/loopdetector.h"
#include "core/probereport.h"
#include "core/webhooksiteproblem.h"

#include <QString>

namespace icebreaker {

/// "Built-in inbox on this computer", …
[[nodiscard]] QString inboxSourceText(InboxSource source);

/// What is wrong and what to do; empty for None.
[[nodiscard]] QString inboxProblemText(InboxProblem problem);

/// A verdict for people.
struct ProbeWords {
    QString headline; ///< What was found.
    QString advice; ///< Why, and what to do next; may be empty.
    bool good = false;
};

/// @param address  that was asked, for people: without the secret
[[nodiscard]] ProbeWords probeWords(const ProbeReport &report, const QString &address);

/// What happened, whose move it is, and whether it goes on by itself.
[[nodiscard]] QString webhookSiteProblemText(const WebhookSiteProblem &problem);

/// "Line 7: …"
[[nodiscard]] QString importProblemText(const ImportProblem &problem);

/// What was seen, the likely cause and what to do. More than one sentence.
[[nodiscard]] QString loopAlarmText(const LoopAlarm &alarm);

} // namespace icebreaker
