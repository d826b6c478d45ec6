#include "fuzz/importing.h"

using namespace icebreaker;

namespace {

void roundTrip(const QByteArray &text)
{
    const auto value = parseJson(text);
    if (!value)
        return;
    for (const JsonStyle style : {JsonStyle::Compact, JsonStyle::Indented}) {
        const auto again = parseJson(toJson(*value, style));
        fuzz::require(again && *again == *value);
    }
}

/// The form reads and edits whatever there is.
void edit(OutboundRequest request)
{
    const QByteArray before = request.toJson();
    const auto parameters = request.parameters();
    for (int row = 0; row < parameters.size(); ++row) {
        if (parameters.at(row).type == ParameterType::Other)
            continue;
        const int placed = request.setParameter(row, parameters.at(row));
        fuzz::require(placed >= 0);
        break;
    }
    OutboundRequest other = *OutboundRequest::fromJson(before);
    (void)other.addParameter({Part::Body, 1, ParameterType::Text, QStringLiteral("x")});
    other.addSessionParameter({QStringLiteral("A"), QStringLiteral("b")});
    for (const Field field : {Field::To, Field::AgentId, Field::Channel})
        other.setText(field, QStringLiteral("1"));
    const QByteArray edited = other.toJson();
    const auto again = OutboundRequest::fromJson(edited);
    fuzz::require(again && again->toJson() == edited);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    roundTrip(text);
    const RequestImport found = fuzz::import(data, size, RequestFormat::Json);
    for (const ImportedRequest &taken : found.requests)
        edit(taken.request);
    return 0;
}
