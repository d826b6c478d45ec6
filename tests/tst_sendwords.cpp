#include "core/deliverystate.h"
#include "words/sendwords.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

SendRecord unknown(DeliveryStatus delivery, EventMatch match, int status = 0)
{
    SendRecord record;
    record.outcome = Outcome::Unknown;
    record.answer.status = status;
    record.delivery = delivery;
    record.deliveryMatch = match;
    return record;
}

} // namespace

/// What is said of sends whose outcome is unknown, and of guesses.
class TestSendWords : public QObject
{
    Q_OBJECT

private slots:
    void unknownSaysWhatWasHeard_data();
    void unknownSaysWhatWasHeard();
    void guessIsWordedAsOne();
    void failureShowsItsCode();
};

void TestSendWords::unknownSaysWhatWasHeard_data()
{
    QTest::addColumn<SendRecord>("record");
    QTest::addColumn<QString>("result");
    QTest::addColumn<bool>("isKnown");
    using enum DeliveryStatus;
    const auto path = EventMatch::Path;
    const auto guess = EventMatch::NumberAndTime;
    QTest::newRow("nothing") << unknown(None, EventMatch::None) << u"Outcome unknown"_s << false;
    QTest::newRow("delivered") << unknown(Delivered, path)
                               << u"Outcome unknown, but it reached the recipient"_s << true;
    QTest::newRow("read by hand") << unknown(Read, EventMatch::ByHand)
                                  << u"Outcome unknown, but it reached the recipient"_s << true;
    QTest::newRow("after 500") << unknown(Read, EventMatch::MessageUuid, 500)
                               << u"500 Outcome unknown, but it reached the recipient"_s << true;
    QTest::newRow("submitted") << unknown(Submitted, path)
                               << u"Outcome unknown, but it was handed to WhatsApp"_s << true;
    QTest::newRow("rejected") << unknown(Rejected, path)
                              << u"Outcome unknown, but WhatsApp refused it"_s << true;
    QTest::newRow("failed") << unknown(Failed, path)
                            << u"Outcome unknown, but WhatsApp refused it"_s << true;
    QTest::newRow("other") << unknown(Other, path) << u"Outcome unknown, but Vonage took it"_s
                           << true;
    QTest::newRow("perhaps read") << unknown(Read, guess)
                                  << u"Outcome unknown; perhaps it reached the recipient"_s
                                  << false;
    QTest::newRow("perhaps submitted")
        << unknown(Submitted, guess) << u"Outcome unknown; perhaps it was handed to WhatsApp"_s
        << false;
    QTest::newRow("perhaps rejected")
        << unknown(Rejected, guess) << u"Outcome unknown; perhaps WhatsApp refused it"_s << false;
    // Should anybody forget to say how it is known.
    QTest::newRow("nobody said how")
        << unknown(Read, EventMatch::None) << u"Outcome unknown; perhaps it reached the recipient"_s
        << false;
}

void TestSendWords::unknownSaysWhatWasHeard()
{
    QFETCH(const SendRecord, record);
    QFETCH(const QString, result);
    QFETCH(const bool, isKnown);
    QCOMPARE(resultText(record), result);
    const Gist text = explain(record);
    QVERIFY(!text.mayOfferAgain);
    QCOMPARE(text.next.contains(u"decide to send again"_s), !isKnown);
    if (isKnown)
        QVERIFY(result.endsWith(text.headline));
    const bool isGuessed = record.delivery != DeliveryStatus::None && !isKnown;
    QCOMPARE(text.reached.contains(u"guess"_s), isGuessed);
    QCOMPARE(text.reached.contains(u"arrived"_s), isKnown || isGuessed);
    QCOMPARE(didStart(record), isKnown);
}

void TestSendWords::guessIsWordedAsOne()
{
    SendRecord record;
    record.outcome = Outcome::Accepted;
    record.delivery = DeliveryStatus::Delivered;
    record.deliveryMatch = EventMatch::NumberAndTime;
    QCOMPARE(deliveryText(record), u"perhaps delivered"_s);
    QVERIFY(explain(record).reached.contains(u"guess"_s));
    QCOMPARE(resultText(record), u"Accepted"_s);
    record.deliveryMatch = EventMatch::Path;
    QCOMPARE(deliveryText(record), u"delivered"_s);
    QVERIFY(!explain(record).reached.contains(u"guess"_s));
}

void TestSendWords::failureShowsItsCode()
{
    SendRecord record = unknown(DeliveryStatus::Rejected, EventMatch::Path);
    record.deliveryError = u"1022"_s;
    QCOMPARE(deliveryText(record), u"rejected 1022"_s);
    QVERIFY(explain(record).reached.contains(u"rejected 1022"_s));
    QVERIFY(explain(record).reached.contains(u"not delivered"_s));
}

QTEST_APPLESS_MAIN(TestSendWords)
#include "tst_sendwords.moc"
