#include "core/statusevent.h"

#include "core/json.h"
#include "core/statuserror.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUuid>

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

/// Whatever was heard, the highest of these is the state: no order of events matters. Of
/// two failures the one that tells more counts.
int rank(DeliveryStatus status)
{
    switch (status) {
    case DeliveryStatus::None: return 0;
    case DeliveryStatus::Other: return 1;
    case DeliveryStatus::Submitted: return 2;
    case DeliveryStatus::Delivered: return 3;
    case DeliveryStatus::Read: return 4;
    case DeliveryStatus::Failed: return 5;
    case DeliveryStatus::Undeliverable: return 6;
    case DeliveryStatus::Rejected: return 7;
    }
    return 1; // of a later version
}

/// `"447..."`, or `{"number":"447...","type":"sms"}` as the Messages API had it before 1.0.
QString party(const JsonObject &root, QStringView name)
{
    const JsonObject *object = memberObject(root, name);
    if (object == nullptr)
        return memberText(root, name);
    const QString number = memberText(*object, u"number");
    return number.isEmpty() ? memberText(*object, u"id") : number;
}

QString channelOf(const JsonObject &root)
{
    if (QString channel = memberText(root, u"channel"); !channel.isEmpty())
        return channel;
    const JsonObject *to = memberObject(root, u"to");
    return to != nullptr ? memberText(*to, u"type") : QString();
}

void readPrice(const JsonObject &root, StatusEvent &event)
{
    const JsonObject *usage = memberObject(root, u"usage");
    const JsonObject &priced = usage != nullptr ? *usage : root;
    event.price = memberText(priced, u"price");
    event.currency = memberText(priced, u"currency");
}

void readConversation(const JsonObject &root, StatusEvent &event)
{
    const JsonObject *whatsapp = memberObject(root, u"whatsapp");
    const JsonObject *conversation =
        memberObject(whatsapp != nullptr ? *whatsapp : root, u"conversation");
    if (conversation == nullptr)
        return;
    event.conversationId = memberText(*conversation, u"id");
    const JsonObject *origin = memberObject(*conversation, u"origin");
    event.conversationOrigin =
        origin != nullptr ? memberText(*origin, u"type") : memberText(*conversation, u"origin");
}

/// Seconds or milliseconds since 1970, of the years 2001 to 2286: ten digits of seconds.
QDateTime timeSinceEpoch(const QString &text)
{
    static const QRegularExpression form(u"^([1-9][0-9]{9})(?:([0-9]{3})|\\.([0-9]{1,9}))?$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {};
    const QString milliseconds =
        match.captured(2) + match.captured(3).leftJustified(3, u'0').left(3);
    return QDateTime::fromMSecsSinceEpoch(
        match.captured(1).toLongLong() * 1000 + milliseconds.left(3).toLongLong(), Qt::UTC);
}

/// Qt would take a time that names no zone for one of this computer's.
QDateTime timeOf(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return timeSinceEpoch(text);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

} // namespace

QString deliveryStatusName(DeliveryStatus status)
{
    switch (status) {
    case DeliveryStatus::None: break;
    case DeliveryStatus::Submitted: return u"submitted"_s;
    case DeliveryStatus::Delivered: return u"delivered"_s;
    case DeliveryStatus::Read: return u"read"_s;
    case DeliveryStatus::Rejected: return u"rejected"_s;
    case DeliveryStatus::Undeliverable: return u"undeliverable"_s;
    case DeliveryStatus::Failed: return u"failed"_s;
    case DeliveryStatus::Other: return u"other"_s;
    }
    return {};
}

StatusEvent parseStatusEvent(const QByteArray &body)
{
    StatusEvent event;
    event.raw = body;
    const auto parsed = parseJson(body);
    const JsonObject *root = parsed ? parsed->object() : nullptr;
    if (root == nullptr)
        return event;
    event.statusText = memberText(*root, u"status");
    event.status = statusFromWord(event.statusText);
    event.messageUuid = memberText(*root, u"message_uuid");
    event.internalMessageUuid = memberText(*root, u"internal_message_uuid");
    event.eventAt = timeOf(memberText(*root, u"timestamp").trimmed());
    event.to = party(*root, u"to");
    event.from = party(*root, u"from");
    event.channel = channelOf(*root);
    readPrice(*root, event);
    readConversation(*root, event);
    const StatusError error = readStatusError(*root);
    event.errorCode = error.code;
    event.errorDetail = error.detail;
    event.metaCode = error.metaCode;
    return event;
}

QString sendIdInPath(const QString &path)
{
    const QStringList segments = path.split(u'/');
    const qsizetype last = segments.size() - 1;
    if (last < 1 || segments.at(last - 1) != "s"_L1 || !isSendId(segments.at(last)))
        return {};
    return segments.at(last);
}

bool isSendId(const QString &text)
{
    const QUuid uuid = QUuid::fromString(text);
    return !uuid.isNull() && uuid.toString(QUuid::WithoutBraces) == text;
}

DeliveryStatus advance(DeliveryStatus state, DeliveryStatus event)
{
    return rank(event) > rank(state) ? event : state;
}

} // namespace icebreaker
