#include "core/explanation.h"

#include "core/deliverystate.h"
#include "core/jsonmembers.h"
#include "core/statuserror.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

void addOnce(QStringList &list, const QString &text)
{
    if (!text.isEmpty() && !list.contains(text))
        list.append(text);
}

/// "low-balance" of "https://developer.nexmo.com/api-errors#low-balance"; nothing for a code.
QString problemTypeOf(const QString &type)
{
    const qsizetype cut = std::max(type.lastIndexOf(u'#'), type.lastIndexOf(u'/'));
    const QString last = type.mid(cut + 1);
    const bool isCode = std::all_of(last.begin(), last.end(), [](QChar c) { return c.isDigit(); });
    return isCode ? QString() : last.toLower();
}

void readError(CaseFacts &facts, const JsonObject &object)
{
    addOnce(facts.problemTypes, problemTypeOf(memberString(object, u"type")));
    const StatusError error = readStatusError(object);
    addOnce(facts.vonageCodes, error.code);
    addOnce(facts.metaCodes, error.metaCode);
}

void readAnswer(CaseFacts &facts, const Answer &answer)
{
    const auto object = lenientObject(answer.body);
    if (!object || answer.status / 100 == 2)
        return;
    readError(facts, *object);
    JsonObject outer; // a problem may be the body itself
    outer.set(u"error"_s, *object);
    readError(facts, outer);
    // A title is a code only where it is a number: here it is mostly words.
    facts.vonageCodes.removeIf([](const QString &code) {
        bool isNumber = false;
        (void)code.toInt(&isNumber);
        return !isNumber;
    });
}

bool isSurelyDelivered(const SendRecord &record)
{
    return !isGuess(record)
        && (record.delivery == DeliveryStatus::Delivered
            || record.delivery == DeliveryStatus::Read);
}

bool isSurelyFailed(const SendRecord &record)
{
    return !isGuess(record) && isFailure(record.delivery);
}

bool isSurelyHeardOf(const SendRecord &record)
{
    return !isGuess(record) && record.delivery != DeliveryStatus::None;
}

/// Whatever an entry says, this is what the outcome and the deliveries allow.
Reached reachedOf(const SendRecord &record, Reached entry)
{
    if (isSurelyDelivered(record))
        return Reached::Yes;
    if (!record.outcome)
        return Reached::Unknown;
    if (isSurelyFailed(record))
        return entry == Reached::Yes ? Reached::Unknown : entry;
    switch (*record.outcome) {
    case Outcome::Accepted:
    case Outcome::Unknown: return Reached::Unknown;
    case Outcome::RateLimited:
    case Outcome::Refused:
    case Outcome::NotSent:
    case Outcome::Cancelled: break;
    }
    return isSurelyHeardOf(record) ? Reached::Unknown : Reached::No;
}

Again againOf(const SendRecord &record, Again entry)
{
    if (isSurelyDelivered(record))
        return Again::Never;
    if (!record.outcome)
        return Again::FindOutFirst;
    if (isSurelyFailed(record))
        return entry == Again::Safe ? Again::FindOutFirst : entry;
    if (isSurelyHeardOf(record))
        return Again::Never;
    switch (*record.outcome) {
    case Outcome::Accepted: return Again::Never;
    case Outcome::Unknown: return Again::FindOutFirst;
    case Outcome::Refused:
        return entry == Again::Never || entry == Again::FindOutFirst ? entry : Again::AfterMending;
    case Outcome::RateLimited: return Again::AfterWait;
    case Outcome::NotSent: return entry == Again::AfterMending ? entry : Again::Safe;
    case Outcome::Cancelled: return Again::Safe;
    }
    return Again::FindOutFirst;
}

bool mayOfferAgainFor(const SendRecord &record)
{
    if (isSurelyHeardOf(record) || !record.outcome)
        return false;
    return *record.outcome == Outcome::RateLimited || *record.outcome == Outcome::NotSent
        || *record.outcome == Outcome::Cancelled;
}

/// What WhatsApp said, or else the server.
QString senderWordsOf(const SendRecord &record, const QList<KeptEvent> &events)
{
    for (const KeptEvent &kept : events) {
        if (isExact(kept.match) && isFailure(kept.event.status)
            && !kept.event.errorDetail.isEmpty())
            return kept.event.errorDetail;
    }
    return record.outcome == Outcome::Accepted ? QString() : wordsIn(record.answer);
}

/// The code that made the entry apply.
QString codeFor(const CatalogueEntry &entry, const CaseFacts &facts)
{
    const auto first = [](const QList<CodeRange> &ranges, const QStringList &codes) {
        for (const QString &code : codes) {
            for (const CodeRange &range : ranges) {
                bool isNumber = false;
                const int number = code.toInt(&isNumber);
                if (isNumber && range.contains(number))
                    return code;
            }
        }
        return QString();
    };
    const QString meta = first(entry.when.metaCodes, facts.metaCodes);
    return meta.isEmpty() ? first(entry.when.vonageCodes, facts.vonageCodes) : meta;
}

void addUnknownCodes(Explanation &explanation, const Catalogue &catalogue, const CaseFacts &facts)
{
    for (const QString &code : facts.metaCodes) {
        if (!catalogue.knowsMeta(code))
            explanation.unknownCodes.append({code, true});
    }
    for (const QString &code : facts.vonageCodes) {
        if (!catalogue.knowsVonage(code))
            explanation.unknownCodes.append({code, false});
    }
}

} // namespace

CaseFacts factsOf(const SendRecord &record, const QList<KeptEvent> &events)
{
    const Answer &answer = record.answer;
    CaseFacts facts;
    facts.outcome = record.outcome;
    facts.note = record.note;
    facts.problem = answer.problem;
    facts.status = answer.status;
    facts.body = answer.body;
    facts.form = formOf(answer);
    facts.delivery = record.delivery;
    facts.isGuess = isGuess(record);
    if (isSurelyFailed(record)) {
        addOnce(facts.vonageCodes, record.deliveryError);
        addOnce(facts.metaCodes, record.deliveryMeta);
        for (const KeptEvent &kept : events) {
            if (!isExact(kept.match) || !isFailure(kept.event.status))
                continue;
            addOnce(facts.vonageCodes, kept.event.errorCode);
            addOnce(facts.metaCodes, kept.event.metaCode);
        }
        return facts; // the answer was before that, and is explained by its status
    }
    if (!isSurelyHeardOf(record))
        readAnswer(facts, answer);
    return facts;
}

Explanation explain(const Catalogue &catalogue, const SendRecord &record,
                    const QList<KeptEvent> &events)
{
    const CaseFacts facts = factsOf(record, events);
    Explanation explanation;
    for (const CatalogueEntry &entry : catalogue.matching(facts))
        explanation.applied.append({entry, codeFor(entry, facts)});
    addUnknownCodes(explanation, catalogue, facts);
    explanation.senderWords = senderWordsOf(record, events);
    const CatalogueEntry *lead = explanation.lead();
    explanation.reached = reachedOf(record, lead != nullptr ? lead->reached : Reached::Unknown);
    explanation.again = againOf(record, lead != nullptr ? lead->again : Again::FindOutFirst);
    explanation.movers = lead != nullptr ? lead->movers : QList{Mover::You};
    explanation.mayOfferAgain = mayOfferAgainFor(record);
    if (record.outcome == Outcome::RateLimited)
        explanation.wait = record.answer.retryAfter;
    for (const AppliedEntry &each : explanation.applied) {
        for (const NextAction action : each.entry.actions) {
            if (!explanation.actions.contains(action)
                && (action != NextAction::SendAgain || explanation.mayOfferAgain))
                explanation.actions.append(action);
        }
    }
    return explanation;
}

} // namespace icebreaker
