#include "core/flatsend.h"

#include "core/deliverystate.h"
#include "core/deliverytimeline.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using SendSubject = ComparedSubject::Kind;

/// A longer one is compared as a whole: nobody reads it member by member.
constexpr qsizetype LongestComparedJson = 262'144;
/// Characters that are shown of a body that is no JSON.
constexpr qsizetype LongestShownText = 20'000;

FlatLeaf leafOf(ComparedPart part, SendSubject kind, const QString &name, const QString &text,
                bool isVolatile = false)
{
    FlatLeaf leaf;
    leaf.part = part;
    leaf.subject.kind = kind;
    leaf.subject.name = name;
    leaf.key = QString::number(static_cast<int>(kind)) + u'/' + name;
    leaf.text = text;
    leaf.isVolatile = isVolatile;
    return leaf;
}

QString stamp(const QDateTime &at)
{
    return at.isValid() ? at.toUTC().toString(Qt::ISODateWithMs) : QString();
}

/// "422 refused"
QString resultOf(const SendRecord &record)
{
    if (!record.outcome)
        return u"in_flight"_s;
    const QString outcome = outcomeName(*record.outcome);
    return record.answer.status == 0 ? outcome
                                     : QString::number(record.answer.status) + u' ' + outcome;
}

/// Headers that are another with every answer.
bool isVolatileHeader(const QByteArray &name)
{
    static const std::array names{"date",   "age",        "etag",           "expires",
                                  "cf-ray", "set-cookie", "content-length", "last-modified"};
    const QByteArray lower = name.toLower();
    return std::any_of(names.begin(), names.end(),
                       [&lower](const char *each) { return lower == each; })
        || lower.contains("request-id") || lower.contains("trace")
        || lower.contains("correlation-id") || lower.startsWith("x-amz");
}

bool isVolatileMember(const QString &path)
{
    static const QSet<QString> names{u"id"_s,           u"session_id"_s,
                                     u"sessionid"_s,    u"session_token"_s,
                                     u"message_uuid"_s, u"internal_message_uuid"_s,
                                     u"timestamp"_s,    u"request_id"_s,
                                     u"trace_id"_s,     u"instance"_s,
                                     u"created_at"_s,   u"conversation_uuid"_s};
    return names.contains(path.mid(path.lastIndexOf(u'.') + 1).toLower());
}

bool isIdOrTime(const QString &text)
{
    static const QRegularExpression form(
        u"^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+.*)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(text).hasMatch();
}

QList<FlatLeaf> flatHead(const SendRecord &record)
{
    const auto part = ComparedPart::Send;
    const Claim &claim = record.claim;
    return {leafOf(part, SendSubject::Result, {}, resultOf(record)),
            leafOf(part, SendSubject::Profile, {}, claim.profile),
            leafOf(part, SendSubject::Region, {}, claim.region),
            leafOf(part, SendSubject::Endpoint, {}, claim.url.toString(QUrl::FullyEncoded)),
            leafOf(part, SendSubject::StartedAt, {}, stamp(claim.claimedAt), true),
            leafOf(part, SendSubject::SendId, {}, claim.sendId, true)};
}

QList<FlatLeaf> flatHeaders(const HttpHeaders &headers)
{
    QList<FlatLeaf> leaves;
    for (const HttpHeader &header : headers) {
        const QString name = QString::fromUtf8(header.name).toLower();
        const auto known =
            std::find_if(leaves.begin(), leaves.end(),
                         [&name](const FlatLeaf &leaf) { return leaf.subject.name == name; });
        const QString value = QString::fromUtf8(header.value);
        if (known != leaves.end()) // HTTP: the same as one with commas
            known->text += ", "_L1 + value;
        else
            leaves.append(leafOf(ComparedPart::Headers, SendSubject::Header, name, value,
                                 isVolatileHeader(header.name)));
    }
    return leaves;
}

QString statusWord(const StatusEvent &event)
{
    return event.statusText.isEmpty() ? u"?"_s : event.statusText.toLower();
}

void addStatusValues(QList<FlatLeaf> &leaves, const StatusEvent &event, const QString &word)
{
    // That the status itself is there or not is said by the list of all.
    const FlatLeaf whole = leafOf(ComparedPart::Callbacks, SendSubject::Status, word, {}, true);
    leaves.append(whole);
    const auto add = [&leaves, &word, &whole](const QString &aspect, const QString &text,
                                              bool isVolatile) {
        if (text.isEmpty())
            return;
        FlatLeaf leaf =
            leafOf(ComparedPart::Callbacks, SendSubject::StatusValue, word, text, isVolatile);
        const bool isReason = aspect == "error"_L1 || aspect == "meta"_L1 || aspect == "detail"_L1;
        leaf.container = isReason ? QString() : whole.key;
        leaf.subject.aspect = aspect;
        leaf.key += u'/' + aspect;
        leaves.append(leaf);
    };
    add(u"error"_s, event.errorCode, false);
    add(u"meta"_s, event.metaCode, false);
    add(u"detail"_s, event.errorDetail, false);
    add(u"from"_s, event.from, false);
    add(u"price"_s, event.price.isEmpty() ? QString() : event.price + u' ' + event.currency, false);
    add(u"origin"_s, event.conversationOrigin, false);
    add(u"message_uuid"_s, event.messageUuid, true);
    add(u"time"_s, stamp(event.eventAt), true);
}

QList<FlatLeaf> flatCallbacks(const ComparedSend &send)
{
    QList<FlatLeaf> leaves;
    QStringList words;
    for (const TimelineStep &step : deliveryTimeline(send.record, send.events)) {
        if (step.kind != TimelineStep::Kind::Heard || !isExact(step.first.match))
            continue;
        const StatusEvent &event = step.first.event;
        QString word = statusWord(event);
        if (words.contains(word))
            continue; // of another message of the same conversation
        words.append(word);
        addStatusValues(leaves, event, word);
    }
    leaves.prepend(leafOf(ComparedPart::Callbacks, SendSubject::Statuses, {}, words.join(", "_L1)));
    return leaves;
}

QString milliseconds(std::chrono::microseconds time)
{
    return QString::number(std::chrono::round<std::chrono::milliseconds>(time).count());
}

QList<FlatLeaf> flatTiming(const Timing &timing)
{
    const auto part = ComparedPart::Timing;
    QList<FlatLeaf> leaves;
    if (timing.total.count() == 0)
        return leaves;
    leaves.append(
        leafOf(part, SendSubject::Duration, u"total"_s, milliseconds(timing.total), true));
    if (timing.requestSent && timing.headers)
        leaves.append(leafOf(part, SendSubject::Duration, u"waiting"_s,
                             milliseconds(*timing.headers - *timing.requestSent), true));
    if (timing.headers)
        leaves.append(leafOf(part, SendSubject::Duration, u"receiving"_s,
                             milliseconds(timing.total - *timing.headers), true));
    leaves.append(leafOf(part, SendSubject::Connection, {},
                         timing.reusedConnection ? u"open"_s : u"new"_s, true));
    return leaves;
}

} // namespace

QList<FlatLeaf> flatSend(const ComparedSend &send)
{
    QList<FlatLeaf> leaves = flatHead(send.record);
    const auto body = parseJson(send.record.claim.body);
    if (body && body->object() != nullptr)
        leaves += flatRequest(*body->object());
    else
        leaves.append(leafOf(ComparedPart::Request, SendSubject::Member, {},
                             QString::fromUtf8(send.record.claim.body)));
    leaves += flatHeaders(send.record.answer.headers);
    leaves += flatCallbacks(send);
    leaves += flatTiming(send.record.answer.timing);
    return leaves;
}

bool isComparableJson(const Answer &answer)
{
    return answer.body.size() <= LongestComparedJson && parseJson(answer.body).has_value();
}

QList<FlatLeaf> flatBody(const Answer &answer, bool asJson)
{
    if (!asJson) {
        if (answer.body.isEmpty())
            return {};
        return {leafOf(
            ComparedPart::Body, SendSubject::AnswerText, {},
            QString::fromUtf8(answer.body.first(std::min(answer.body.size(), LongestShownText))))};
    }
    QList<FlatLeaf> leaves = flatDocument(*parseJson(answer.body));
    for (FlatLeaf &leaf : leaves)
        leaf.isVolatile = isVolatileMember(leaf.subject.name) || isIdOrTime(leaf.text);
    return leaves;
}

} // namespace icebreaker
