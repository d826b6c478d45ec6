#include "ui/samplerequest.h"

#include "core/outboundrequest.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

Draft sampleDraft()
{
    OutboundRequest request;
    request.setText(Field::Namespace, u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
    request.setText(Field::Template, u"order_update"_s);
    request.setText(Field::Locale, u"es"_s);
    request.setText(Field::To, u"447700900958"_s);
    request.setText(Field::AgentId, u"64b7f0c2a9d14e5b8c3f1a20"_s);
    request.addParameter({Part::Body, 0, ParameterType::Text, u"Marta"_s});
    request.addParameter({Part::Body, 0, ParameterType::Text, u"A-1043"_s});
    request.addParameter({Part::Button, 0, ParameterType::Payload, u"TRACK_A1043"_s});
    request.addSessionParameter({u"CUSTOMER_NAME"_s, u"Marta"_s});
    return {request.toJson(), true, u"+44 7700 900958"_s};
}

} // namespace icebreaker
