#include "core/profile.h"

#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

QString inboxSourceName(InboxSource source)
{
    switch (source) {
    case InboxSource::BuiltIn: break;
    case InboxSource::WebhookSite: return u"webhook_site"_s;
    case InboxSource::Elsewhere: return u"elsewhere"_s;
    }
    return u"built_in"_s;
}

std::optional<InboxSource> inboxSourceFromName(QStringView name)
{
    for (const InboxSource source :
         std::array{InboxSource::BuiltIn, InboxSource::WebhookSite, InboxSource::Elsewhere}) {
        if (inboxSourceName(source) == name)
            return source;
    }
    return std::nullopt;
}

} // namespace icebreaker
