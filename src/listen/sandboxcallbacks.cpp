#include "listen/sandboxcallbacks.h"

#include "core/json.h"

#include <QUuid>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using std::chrono::milliseconds;

/// One status: when it happened, and when its callback arrives.
struct Step {
    QLatin1StringView status;
    milliseconds happens{0};
    milliseconds arrives{0};
};

QList<Step> stepsOf(SandboxBehaviour behaviour)
{
    constexpr auto early = SandboxSubmittedAfter;
    constexpr auto middle = SandboxDeliveredAfter;
    constexpr auto late = SandboxReadAfter;
    const Step submitted{"submitted"_L1, early, early};
    const Step delivered{"delivered"_L1, middle, middle};
    const Step read{"read"_L1, late, late};
    switch (behaviour) {
    case SandboxBehaviour::DeliveredWithoutSubmitted: return {delivered, read};
    case SandboxBehaviour::ReadBeforeDelivered:
        return {submitted, {"read"_L1, middle, middle}, {"delivered"_L1, middle, late}};
    case SandboxBehaviour::DuplicateCallbacks:
        return {submitted, submitted, delivered, delivered, read, read};
    case SandboxBehaviour::RejectedWithError: return {submitted, {"rejected"_L1, middle, middle}};
    case SandboxBehaviour::Undeliverable: return {{"undeliverable"_L1, middle, middle}};
    case SandboxBehaviour::NeverRead: return {submitted, delivered};
    default: return {submitted, delivered, read};
    }
}

JsonValue object(std::vector<JsonMember> members)
{
    JsonObject result;
    result.members = std::move(members);
    return result;
}

QString newUuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

/// What only a delivered message tells.
void addDelivered(JsonObject &event, const SandboxMessage &message)
{
    // The sandbox costs nothing; the price is text on the wire.
    event.set(u"usage"_s, object({{u"price"_s, u"0.0000"_s}, {u"currency"_s, u"EUR"_s}}));
    if (message.channel != "whatsapp"_L1)
        return;
    const JsonValue conversation =
        object({{u"id"_s, newUuid()}, {u"origin"_s, object({{u"type"_s, u"marketing"_s}})}});
    event.set(u"whatsapp"_s, object({{u"conversation"_s, conversation}}));
}

void addError(JsonObject &event, const QString &messageUuid)
{
    event.set(u"error"_s,
              object({{u"type"_s, u"https://developer.vonage.com/api-errors/messages#1022"_s},
                      {u"title"_s, u"1022"_s},
                      {u"detail"_s, u"The sandbox rejected the template or its parameters."_s},
                      {u"instance"_s, messageUuid}}));
}

} // namespace

QList<SandboxCallback> sandboxCallbacks(const SandboxMessage &message, SandboxBehaviour behaviour,
                                        double speed)
{
    const auto scaled = [speed](milliseconds delay) {
        return std::chrono::duration_cast<milliseconds>(delay / speed);
    };
    const QString messageUuid = newUuid();
    const QString internalUuid = newUuid();
    QList<SandboxCallback> callbacks;
    for (const Step &step : stepsOf(behaviour)) {
        const QDateTime happened = message.acceptedAt.addMSecs(scaled(step.happens).count());
        JsonObject event;
        event.members = {
            {u"to"_s, message.to},
            {u"from"_s, u"447700900000"_s}, // reserved for drama, like the special recipients
            {u"channel"_s, message.channel},
            {u"message_uuid"_s, messageUuid},
            {u"internal_message_uuid"_s, internalUuid},
            {u"timestamp"_s, happened.toUTC().toString(u"yyyy-MM-dd'T'HH:mm:ss'Z'")},
            {u"status"_s, QString(step.status)},
            {u"client_ref"_s, u"AI Studio"_s},
        };
        if (step.status == "delivered"_L1)
            addDelivered(event, message);
        else if (step.status == "rejected"_L1)
            addError(event, messageUuid);
        callbacks.append({scaled(step.arrives), toJson(event, JsonStyle::Compact)});
    }
    return callbacks;
}

} // namespace icebreaker
