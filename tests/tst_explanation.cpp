#include "core/deliverystate.h"
#include "core/explanation.h"

#include <QRandomGenerator>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

KeptEvent heard(const QByteArray &json, EventMatch match = EventMatch::Path)
{
    KeptEvent kept;
    kept.event = parseStatusEvent(json);
    kept.match = match;
    return kept;
}

/// A record as the journal would have it after @p events.
SendRecord recordAfter(Outcome outcome, int status, const QList<KeptEvent> &events,
                       const QByteArray &body = "{}")
{
    SendRecord record;
    record.outcome = outcome;
    record.answer.status = status;
    record.answer.body = body;
    DeliveryState state;
    for (const KeptEvent &event : events)
        state.add(event);
    setDelivery(record, state);
    return record;
}

Explanation explained(Outcome outcome, int status, const QList<KeptEvent> &events,
                      const QByteArray &body = "{}")
{
    return explain(Catalogue::builtIn(), recordAfter(outcome, status, events, body), events);
}

QStringList idsOf(const Explanation &explanation)
{
    QStringList ids;
    for (const AppliedEntry &each : explanation.applied)
        ids.append(each.entry.id);
    return ids;
}

const QByteArray RejectedByMeta =
    R"({"status":"rejected","error":{"type":"https://x.invalid/messages#1030","title":"1030",)"
    R"("detail":"(#131026) Message undeliverable"}})";

} // namespace

class TestExplanation : public QObject
{
    Q_OBJECT

private slots:
    void theMostSpecificComesFirst();
    void aCodeThatIsNotKnownIsShownAsItCame();
    void problemTypesOfAnAnswerAreRead();
    void severalReasonsInAnAnswerAreOneText();
    void aGuessProvesNothing();
    void unknownStaysUnknownWhateverTheBodySays();
    void unknownThatWasDeliveredDidReachAndIsNeverSentAgain();
    void whatWasHeardOfIsNotOfferedAgain();
    void anEmptyCatalogueClaimsNothing();
    void noCombinationPromisesTooMuch();
};

void TestExplanation::theMostSpecificComesFirst()
{
    const Explanation text = explained(Outcome::Accepted, 200, {heard(RejectedByMeta)});
    QCOMPARE(idsOf(text),
             (QStringList{u"meta-131026"_s, u"vonage-1030"_s, u"delivery-rejected"_s, u"http-200"_s,
                          u"outcome-accepted"_s}));
    QCOMPARE(text.applied.at(0).code, u"131026"_s);
    QCOMPARE(text.applied.at(1).code, u"1030"_s);
    QCOMPARE(text.applied.at(2).code, QString());
    QCOMPARE(text.reached, Reached::No);
    QCOMPARE(text.again, Again::AfterMending);
    QCOMPARE(text.senderWords, u"(#131026) Message undeliverable"_s);
    QVERIFY(text.unknownCodes.isEmpty());
    QVERIFY(!text.mayOfferAgain);
    QCOMPARE(text.actions.first(), NextAction::CompareLastGood);
    QVERIFY(!text.actions.contains(NextAction::SendAgain));
}

void TestExplanation::aCodeThatIsNotKnownIsShownAsItCame()
{
    const QByteArray json =
        R"({"status":"rejected","error":{"title":"9876","detail":"(#139999) <b>New</b>"}})";
    const Explanation text = explained(Outcome::Accepted, 200, {heard(json)});
    QCOMPARE(text.unknownCodes.size(), 2);
    QCOMPARE(text.unknownCodes.at(0).code, u"139999"_s);
    QVERIFY(text.unknownCodes.at(0).isMeta);
    QCOMPARE(text.unknownCodes.at(1).code, u"9876"_s);
    QVERIFY(!text.unknownCodes.at(1).isMeta);
    QCOMPARE(text.lead()->id, u"delivery-rejected"_s);
    QCOMPARE(text.senderWords, u"(#139999) <b>New</b>"_s);
    const Explanation words =
        explained(Outcome::Accepted, 200, {heard(R"({"status":"failed","error":{"title":"Oh"}})")});
    QCOMPARE(words.unknownCodes.size(), 1);
    QCOMPARE(words.unknownCodes.first().code, u"Oh"_s);
}

void TestExplanation::problemTypesOfAnAnswerAreRead()
{
    const QByteArray body =
        R"({"type":"https://developer.nexmo.com/api-errors#low-balance","title":"Low balance",)"
        R"("detail":"This request could not be performed","instance":"bf0ca0bf"})";
    const Explanation text = explained(Outcome::Refused, 402, {}, body);
    QCOMPARE(text.lead()->id, u"type-low-balance"_s);
    QCOMPARE(text.movers.first(), Mover::Admin);
    QVERIFY(text.unknownCodes.isEmpty());
    QCOMPARE(text.senderWords, u"This request could not be performed"_s);
    const QByteArray coded = R"({"type":"https://x.invalid/messages#1022","title":"Invalid"})";
    QCOMPARE(explained(Outcome::Refused, 422, {}, coded).lead()->id, u"vonage-1022"_s);
}

void TestExplanation::severalReasonsInAnAnswerAreOneText()
{
    const QByteArray body =
        R"({"statusCode":400,"message":["to must be a string","locale is empty"],"error":"Bad"})";
    const Explanation text = explained(Outcome::Refused, 400, {}, body);
    QCOMPARE(text.senderWords, u"to must be a string\nlocale is empty"_s);
    QCOMPARE(text.lead()->id, u"http-400"_s);
    QVERIFY(text.unknownCodes.isEmpty());
}

void TestExplanation::aGuessProvesNothing()
{
    const QList<KeptEvent> events{heard(R"({"status":"read"})", EventMatch::NumberAndTime)};
    const Explanation accepted = explained(Outcome::Accepted, 200, events);
    QCOMPARE(accepted.lead()->id, u"delivery-guessed"_s);
    QCOMPARE(accepted.reached, Reached::Unknown);
    QCOMPARE(accepted.again, Again::Never);
    const Explanation unknown = explained(Outcome::Unknown, 0, events);
    QCOMPARE(unknown.reached, Reached::Unknown);
    QCOMPARE(unknown.again, Again::FindOutFirst);
    // A guessed failure names no code.
    const Explanation failed =
        explained(Outcome::Unknown, 0, {heard(RejectedByMeta, EventMatch::NumberAndTime)});
    QCOMPARE(failed.lead()->id, u"delivery-guessed"_s);
    QCOMPARE(failed.reached, Reached::Unknown);
}

// Break it by returning the entry's value for Outcome::Unknown in reachedOf() or againOf().
void TestExplanation::unknownStaysUnknownWhateverTheBodySays()
{
    const QByteArray body = R"({"type":"x#invalid-params","message":"published version"})";
    const Explanation text = explained(Outcome::Unknown, 500, {}, body);
    QCOMPARE(text.lead()->id, u"type-invalid-params"_s);
    QCOMPARE(text.reached, Reached::Unknown);
    QCOMPARE(text.again, Again::FindOutFirst);
    QVERIFY(!text.mayOfferAgain);
}

void TestExplanation::unknownThatWasDeliveredDidReachAndIsNeverSentAgain()
{
    const Explanation text = explained(Outcome::Unknown, 0, {heard(R"({"status":"delivered"})")});
    QCOMPARE(text.reached, Reached::Yes);
    QCOMPARE(text.again, Again::Never);
    const Explanation started =
        explained(Outcome::Unknown, 0, {heard(R"({"status":"submitted"})")});
    QCOMPARE(started.reached, Reached::Unknown);
    QCOMPARE(started.again, Again::Never);
}

void TestExplanation::whatWasHeardOfIsNotOfferedAgain()
{
    for (const Outcome outcome : {Outcome::RateLimited, Outcome::NotSent, Outcome::Cancelled}) {
        QVERIFY(explained(outcome, 0, {}).mayOfferAgain);
        for (const char *status : {"submitted", "delivered", "read", "rejected"}) {
            const QByteArray json = R"({"status":")" + QByteArray(status) + R"("})";
            const Explanation text = explained(outcome, 0, {heard(json, EventMatch::ByHand)});
            QVERIFY(!text.mayOfferAgain);
            QVERIFY(!text.actions.contains(NextAction::SendAgain));
            QVERIFY(text.again != Again::Safe && text.again != Again::AfterWait);
        }
    }
}

void TestExplanation::anEmptyCatalogueClaimsNothing()
{
    const SendRecord record = recordAfter(Outcome::Unknown, 500, {});
    const Explanation text = explain(Catalogue(), record, {});
    QVERIFY(text.lead() == nullptr);
    QCOMPARE(text.reached, Reached::Unknown);
    QCOMPARE(text.again, Again::FindOutFirst);
    QVERIFY(!text.movers.isEmpty());
}

// The outcome table of the README over 5,000 generated sends.
void TestExplanation::noCombinationPromisesTooMuch()
{
    QRandomGenerator random(20261123);
    const QList<QByteArray> bodies{"",
                                   "{}",
                                   "<html>",
                                   R"({"message":"published version"})",
                                   R"({""message"":""x""})",
                                   R"({"type":"a#unauthorized","title":"No"})",
                                   R"({"error":{"title":"1240"}})",
                                   R"({"error":{"message":"(#131049) x"}})",
                                   R"({"message":"Too Many Requests"})"};
    const QList<QByteArray> statuses{"submitted", "delivered",     "read", "rejected",
                                     "failed",    "undeliverable", "odd"};
    const QList<QByteArray> codes{"1030", "1320", "1240", "1000", "9999", "1180"};
    const auto pick = [&random](const auto &list) {
        return list.at(random.bounded(int(list.size())));
    };
    for (int i = 0; i < 5000; ++i) {
        const auto outcome = static_cast<Outcome>(random.bounded(1, 7));
        QList<KeptEvent> events;
        for (int n = random.bounded(3); n > 0; --n) {
            events.append(heard(R"({"status":")" + pick(statuses) + R"(","error":{"title":")"
                                    + pick(codes) + R"("}})",
                                static_cast<EventMatch>(random.bounded(0, 5))));
        }
        SendRecord record = recordAfter(outcome, random.bounded(0, 650), events, pick(bodies));
        record.answer.problem = static_cast<TransportProblem>(random.bounded(0, 13));
        if (random.bounded(20) == 0)
            record.outcome.reset();
        const Explanation text = explain(Catalogue::builtIn(), record, events);
        QVERIFY(text.lead() != nullptr);
        const bool isKnown = !isGuess(record) && record.delivery != DeliveryStatus::None;
        const bool isThere = isKnown
            && (record.delivery == DeliveryStatus::Delivered
                || record.delivery == DeliveryStatus::Read);
        QCOMPARE(text.reached == Reached::Yes, isThere);
        if (isThere)
            QCOMPARE(text.again, Again::Never);
        if (!isKnown && (!record.outcome || *record.outcome == Outcome::Unknown)) {
            QCOMPARE(text.reached, Reached::Unknown);
            QCOMPARE(text.again, Again::FindOutFirst);
        }
        if (!isKnown && record.outcome == Outcome::Accepted) {
            QCOMPARE(text.reached, Reached::Unknown);
            QCOMPARE(text.again, Again::Never);
        }
        if (text.mayOfferAgain || text.again == Again::Safe) {
            QVERIFY(record.outcome && !isKnown);
            QVERIFY(*record.outcome == Outcome::RateLimited || *record.outcome == Outcome::NotSent
                    || *record.outcome == Outcome::Cancelled);
        }
        QCOMPARE(text.actions.contains(NextAction::SendAgain) && !text.mayOfferAgain, false);
    }
}

QTEST_APPLESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
