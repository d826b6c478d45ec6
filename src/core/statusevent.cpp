#include "core/statusevent.h"

#include "core/json.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

DeliveryStatus statusFromWord(const QString &word)
{
    const QString lower = word.toLower();
    if (lower == "submitted"_L1 || lower == "sent"_L1)
        return DeliveryStatus::Submitted;
    if (lower == "delivered"_L1)
        return DeliveryStatus::Delivered;
    if (lower == "read"_L1)
        return DeliveryStatus::Read;
    if (lower == "rejected"_L1)
        return DeliveryStatus::Rejected;
    if (lower == "undeliverable"_L1)
        return DeliveryStatus::Undeliverable;
    if (lower == "failed"_L1)
        return DeliveryStatus::Failed;
    return DeliveryStatus::Other;
}

/// Strings as they are, numbers as written: `title` comes as either.
QString text(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    if (value == nullptr)
        return {};
    if (const QString *string = value->string())
        return *string;
    if (const JsonNumber *number = value->number())
        return QString::fromUtf8(number->text);
    return {};
}

const JsonObject *objectAt(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr ? value->object() : nullptr;
}

bool isFailure(DeliveryStatus status)
{
    return status == DeliveryStatus::Rejected || status == DeliveryStatus::Undeliverable
        || status == DeliveryStatus::Failed;
}

void readError(const JsonObject &root, StatusEvent &event)
{
    const JsonObject *error = objectAt(root, u"error");
    if (error == nullptr)
        return;
    if (const JsonObject *inner = objectAt(*error, u"error")) // seen doubly nested
        error = inner;
    event.errorDetail = text(*error, u"detail");
    event.errorCode = text(*error, u"title");
    const QString type = text(*error, u"type");
    const QString fragment = type.section(u'#', -1);
    if (fragment != type && !fragment.isEmpty()
        && std::all_of(fragment.begin(), fragment.end(), [](QChar c) { return c.isDigit(); }))
        event.errorCode = fragment;
}

} // namespace

StatusEvent parseStatusEvent(const QByteArray &body)
{
    StatusEvent event;
    event.raw = body;
    const auto parsed = parseJson(body);
    const JsonObject *root = parsed ? parsed->object() : nullptr;
    if (root == nullptr)
        return event;
    event.statusText = text(*root, u"status");
    event.status = statusFromWord(event.statusText);
    event.messageUuid = text(*root, u"message_uuid");
    event.eventAt = QDateTime::fromString(text(*root, u"timestamp"), Qt::ISODateWithMs).toUTC();
    readError(*root, event);
    return event;
}

DeliveryStatus advance(DeliveryStatus state, DeliveryStatus event)
{
    if (event == DeliveryStatus::None || event == DeliveryStatus::Other || isFailure(state))
        return state == DeliveryStatus::None && event == DeliveryStatus::Other ? event : state;
    if (isFailure(event) || state == DeliveryStatus::Other)
        return event;
    return std::max(state, event);
}

} // namespace icebreaker
