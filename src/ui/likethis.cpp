#include "ui/likethis.h"

#include "core/deliverystate.h"
#include "store/filtertokens.h"
#include "ui/logmodel.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString unlessEmpty(const QString &key, const QString &value)
{
    return value.isEmpty() ? QString() : filterToken(key, value);
}

QString likeResult(const SendRecord &record)
{
    if (!record.outcome)
        return u"outcome:in_flight"_s;
    const QString outcome = filterToken(u"outcome"_s, outcomeName(*record.outcome));
    return record.answer.status > 0 && record.outcome != Outcome::Accepted
        ? filterToken(u"status"_s, QString::number(record.answer.status))
        : outcome;
}

QString likeDelivery(const SendRecord &record)
{
    if (isGuess(record))
        return u"delivery:guessed"_s;
    switch (record.delivery) {
    case DeliveryStatus::None: return u"delivery:none"_s;
    case DeliveryStatus::Submitted: return u"delivery:submitted"_s;
    case DeliveryStatus::Delivered: return u"delivery:delivered"_s;
    case DeliveryStatus::Read: return u"delivery:read"_s;
    case DeliveryStatus::Other: return u"delivery:other"_s;
    case DeliveryStatus::Rejected:
    case DeliveryStatus::Undeliverable:
    case DeliveryStatus::Failed: break;
    }
    // The code says more than the word.
    const QString code = record.deliveryMeta.isEmpty() ? record.deliveryError : record.deliveryMeta;
    return code.isEmpty() ? u"delivery:failed"_s : filterToken(u"code"_s, code);
}

} // namespace

QString likeThis(const SendRecord &record, int column)
{
    switch (column) {
    case LogModel::TimeColumn: {
        const QString day = record.claim.claimedAt.toLocalTime().date().toString(Qt::ISODate);
        return u"since:%1 until:%1"_s.arg(day);
    }
    case LogModel::ToColumn: return unlessEmpty(u"to"_s, record.claim.to);
    case LogModel::TemplateColumn: return unlessEmpty(u"template"_s, record.claim.templateName);
    case LogModel::AgentColumn: return unlessEmpty(u"agent"_s, record.claim.agentId);
    case LogModel::ResultColumn: return likeResult(record);
    case LogModel::DeliveryColumn: return likeDelivery(record);
    default: return {};
    }
}

} // namespace icebreaker
