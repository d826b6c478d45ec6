#include "core/destination.h"

#include "core/endpoint.h"

namespace icebreaker {

Claim makeClaim(const OutboundRequest &request, const Destination &destination,
                const QString &sendId)
{
    Claim claim;
    claim.sendId = sendId;
    claim.profile = destination.profile;
    claim.region = destination.region;
    claim.url = conversationUrl(destination.base);
    claim.lane = destination.lane;
    claim.body = request.toJson();
    claim.to = request.text(Field::To);
    claim.agentId = request.text(Field::AgentId);
    claim.templateName = request.text(Field::Template);
    claim.locale = request.text(Field::Locale);
    claim.channel = request.text(Field::Channel);
    return claim;
}

} // namespace icebreaker
