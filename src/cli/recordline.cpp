#include "cli/recordline.h"

#include "cli/console.h"
#include "core/deliverystate.h"
#include "words/sendwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RecordLine)
};

JsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? JsonValue() : JsonValue(text);
}

} // namespace

JsonObject sendJson(const SendRecord &record)
{
    const Answer &answer = record.answer;
    const auto took = std::chrono::round<std::chrono::milliseconds>(answer.timing.total);
    const auto &batchRow = record.claim.batchRow;
    JsonObject object;
    object.members = {
        {u"id"_s, record.claim.sendId},
        {u"to"_s, record.claim.to},
        {u"outcome"_s,
         record.outcome ? JsonValue(QString(outcomeName(*record.outcome))) : JsonValue()},
        {u"status"_s, answer.status > 0 ? JsonValue::number(answer.status) : JsonValue()},
        {u"took_ms"_s, JsonValue::number(took.count())},
        {u"batch"_s, batchRow ? JsonValue::number(batchRow->batch) : JsonValue()},
        {u"row"_s, batchRow ? JsonValue::number(batchRow->row) : JsonValue()},
    };
    if (answer.retryAfter)
        object.set(u"retry_after_ms"_s, JsonValue::number(answer.retryAfter->count()));
    return object;
}

JsonObject logJson(const SendRecord &record)
{
    const Claim &claim = record.claim;
    JsonObject object = sendJson(record);
    object.set(u"at"_s, claim.claimedAt.toString(Qt::ISODateWithMs));
    object.set(u"profile"_s, textOrNull(claim.profile));
    object.set(u"region"_s, claim.region);
    object.set(u"url"_s, claim.url.toString(QUrl::FullyEncoded));
    object.set(u"agent_id"_s, claim.agentId);
    object.set(u"template"_s, textOrNull(claim.templateName));
    object.set(u"locale"_s, textOrNull(claim.locale));
    object.set(u"channel"_s, textOrNull(claim.channel));
    const QString delivery = deliveryStatusName(record.delivery);
    object.set(u"delivery"_s, isGuess(record) ? JsonValue() : textOrNull(delivery));
    if (isGuess(record)) // another name, so that nobody takes it for a fact
        object.set(u"delivery_guess"_s, delivery);
    object.set(u"delivery_error"_s, textOrNull(record.deliveryError));
    object.set(u"note"_s, textOrNull(record.note));
    return object;
}

QString sendLine(const SendRecord &record)
{
    const Gist why = explain(record);
    return harmless(Words::tr("%1: %2 (%3, %4). %5 %6")
                        .arg(record.claim.to, resultText(record),
                             durationText(record.answer.timing.total), record.claim.sendId,
                             why.meaning, why.next));
}

} // namespace icebreaker
