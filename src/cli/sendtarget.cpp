#include "cli/sendtarget.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

QString SendTarget::lane(const QString &agentId) const
{
    return laneId(region, base, agentId,
                  profile && profile->limitSharedByKey ? profile->id : QString());
}

Destination SendTarget::destination(const QString &agentId) const
{
    return {profile ? profile->name : QString(), regionName(region), base, lane(agentId)};
}

QString SendTarget::keyOrigin() const
{
    return region == Region::Sandbox ? u"sandbox"_s : origin(base);
}

bool SendTarget::mayUseStoredKey() const
{
    return profile && (region != Region::Custom || profile->approvedHost == origin(base));
}

} // namespace icebreaker
