#include "listen/sandboxrecipients.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

const QList<SpecialRecipient> &specialRecipients()
{
    using enum SandboxBehaviour;
    static const QList<SpecialRecipient> table{
        {u"447700900401"_s, WrongKey},
        {u"447700900404"_s, UnpublishedAgent},
        {u"447700900422"_s, Unprocessable},
        {u"447700900429"_s, RateLimited},
        {u"447700900500"_s, ServerError},
        {u"447700900200"_s, HtmlPage},
        {u"447700900302"_s, Redirect},
        {u"447700900408"_s, Stall},
        {u"447700900444"_s, CloseUnanswered},
        {u"447700900206"_s, HalfAnswer},
        {u"447700900601"_s, DeliveredWithoutSubmitted},
        {u"447700900602"_s, ReadBeforeDelivered},
        {u"447700900603"_s, DuplicateCallbacks},
        {u"447700900604"_s, RejectedWithError},
        {u"447700900605"_s, Undeliverable},
        {u"447700900606"_s, NeverRead},
    };
    return table;
}

SandboxBehaviour sandboxBehaviour(const QString &number)
{
    const QList<SpecialRecipient> &table = specialRecipients();
    const auto found =
        std::find_if(table.begin(), table.end(),
                     [&number](const SpecialRecipient &entry) { return entry.number == number; });
    return found == table.end() ? SandboxBehaviour::Normal : found->behaviour;
}

bool isAccepted(SandboxBehaviour behaviour)
{
    switch (behaviour) {
    case SandboxBehaviour::WrongKey:
    case SandboxBehaviour::UnpublishedAgent:
    case SandboxBehaviour::Unprocessable:
    case SandboxBehaviour::RateLimited:
    case SandboxBehaviour::ServerError:
    case SandboxBehaviour::HtmlPage:
    case SandboxBehaviour::Redirect:
    case SandboxBehaviour::Stall: return false;
    case SandboxBehaviour::Normal:
    case SandboxBehaviour::CloseUnanswered:
    case SandboxBehaviour::HalfAnswer:
    case SandboxBehaviour::DeliveredWithoutSubmitted:
    case SandboxBehaviour::ReadBeforeDelivered:
    case SandboxBehaviour::DuplicateCallbacks:
    case SandboxBehaviour::RejectedWithError:
    case SandboxBehaviour::Undeliverable:
    case SandboxBehaviour::NeverRead: break;
    }
    return true;
}

} // namespace icebreaker
