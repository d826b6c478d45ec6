#include "receive/inboxaddresses.h"

#include "listen/statusinbox.h"

#include <QRegularExpression>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString sendPath(const QString &sendId)
{
    return "/s/"_L1 + sendId;
}

QString encoded(QUrl base, const QString &path)
{
    base.setPath(base.path() + path);
    return base.toString(QUrl::FullyEncoded);
}

InboxAddress builtIn(const InboxFile &kept, Region region, const ListenerAddress &here,
                     const QString &sendId)
{
    const auto publicBase = parsePublicBase(kept.listener.publicBase);
    if (publicBase && !kept.listener.secret.isEmpty() && region != Region::Sandbox)
        return {encoded(*publicBase, u'/' + kept.listener.secret + sendPath(sendId)),
                InboxSource::BuiltIn, here.problem};
    if (here.localBase.isEmpty())
        return {{}, InboxSource::BuiltIn, InboxProblem::NotListening};
    return {encoded(here.localBase, sendPath(sendId)), InboxSource::BuiltIn, InboxProblem::None};
}

InboxAddress atWebhookSite(const InboxFile &kept, const Profile &profile, const QString &sendId)
{
    const WebhookPlace place = kept.places.value(profile.id);
    const auto base = parseBase(place.base);
    if (place.token.isEmpty() || !base)
        return {{}, InboxSource::WebhookSite, InboxProblem::NoAddressYet};
    return {encoded(*base, u'/' + place.token + sendPath(sendId)), InboxSource::WebhookSite,
            InboxProblem::None};
}

InboxAddress elsewhere(const Profile &profile, const QString &sendId)
{
    if (profile.statusUrl.isEmpty())
        return {{}, InboxSource::Elsewhere, InboxProblem::NothingTyped};
    // A batch fills placeholders in; that is what tells its sends apart then.
    const bool append = profile.appendSendId && !profile.statusUrl.contains("{{"_L1);
    return {append ? withSendId(profile.statusUrl, sendId) : profile.statusUrl,
            InboxSource::Elsewhere, InboxProblem::None};
}

InboxAddress ownChoice(const InboxFile &kept, const Profile &profile, Region region,
                       const ListenerAddress &here, const QString &sendId)
{
    switch (profile.inboxSource) {
    case InboxSource::BuiltIn: break;
    case InboxSource::WebhookSite: return atWebhookSite(kept, profile, sendId);
    case InboxSource::Elsewhere: return elsewhere(profile, sendId);
    }
    return builtIn(kept, region, here, sendId);
}

bool isCloud(Region region, const Profile &profile)
{
    switch (region) {
    case Region::Eu:
    case Region::Us: return true;
    case Region::Custom: return !isLoopback(QUrl(profile.customUrl));
    case Region::Sandbox: break;
    }
    return false;
}

} // namespace

InboxAddress inboxAddress(const InboxFile &kept, const Profile &profile, Region region,
                          const ListenerAddress &here, const QString &sendId)
{
    InboxAddress address = ownChoice(kept, profile, region, here, sendId);
    const QUrl url(address.url);
    if (region == Region::Sandbox && address.source != InboxSource::BuiltIn
        && (address.url.isEmpty() || !isLoopback(url)))
        return builtIn(kept, region, here, sendId);
    const bool unreachable = address.url.isEmpty() || isUnreachableFromOutside(url);
    if (address.source == InboxSource::BuiltIn && unreachable && isCloud(region, profile))
        address.problem = InboxProblem::NotPublic;
    return address;
}

QString withSendId(const QString &url, const QString &sendId)
{
    static const QRegularExpression end(u"[?#]"_s);
    const qsizetype found = url.indexOf(end);
    QString front = found < 0 ? url : url.first(found);
    const QString rest = found < 0 ? QString() : url.sliced(found);
    while (front.endsWith(u'/'))
        front.chop(1);
    return front + sendPath(sendId) + rest;
}

} // namespace icebreaker
