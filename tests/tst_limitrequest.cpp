#include "core/limitrequest.h"
#include "core/sendrecord.h"
#include "words/limitmail.h"

#include <QTest>

using namespace icebreaker;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestLimitRequest : public QObject
{
    Q_OBJECT

private slots:
    void stagesFollowEachOther();
    void aClockThatWasSetBackDoesNotProlongTheWait();
    void evidenceCountsAndFindsThePeak();
    void theMailSaysWhatVonageAsksFor();
    void aMailtoLinkHoldsTheWholeText();
    void addresses_data();
    void addresses();
    void aKeyIsFoundInEverySpelling_data();
    void aKeyIsFoundInEverySpelling();
};

namespace {

const QDateTime Now(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);

SendRecord sendAt(qint64 msecs, Outcome outcome)
{
    SendRecord record;
    record.claim.claimedAt = Now.addMSecs(msecs);
    record.outcome = outcome;
    return record;
}

} // namespace

void TestLimitRequest::stagesFollowEachOther()
{
    LimitRequest request{3, Now, {}, {}};
    QVERIFY(limitStage(request, Now) == LimitStage::Asked);
    request.confirmedAt = Now;
    QVERIFY(limitStage(request, Now) == LimitStage::Confirmed);
    QVERIFY(limitWait(request, Now) == 5min);
    request.publishedAt = Now;
    QVERIFY(limitStage(request, Now) == LimitStage::Counting);
    QVERIFY(limitStage(request, Now.addMSecs(299'999)) == LimitStage::Counting);
    QVERIFY(limitWait(request, Now.addMSecs(299'999)) == 1s);
    QVERIFY(limitStage(request, Now.addSecs(300)) == LimitStage::InForce);
    QVERIFY(limitWait(request, Now.addDays(3)) == 0s);
}

void TestLimitRequest::aClockThatWasSetBackDoesNotProlongTheWait()
{
    const LimitRequest request{3, Now, Now, Now.addDays(1)};
    QVERIFY(limitWait(request, Now) == 5min);
}

void TestLimitRequest::evidenceCountsAndFindsThePeak()
{
    QVERIFY(limitEvidence({}) == LimitEvidence());
    const LimitEvidence evidence =
        limitEvidence({sendAt(2500, Outcome::RateLimited), sendAt(0, Outcome::Accepted),
                       sendAt(1000, Outcome::RateLimited), sendAt(1400, Outcome::Accepted),
                       sendAt(1999, Outcome::Unknown)});
    QCOMPARE(evidence.sends, 5);
    QCOMPARE(evidence.rateLimited, 2);
    QCOMPARE(evidence.first, Now.addMSecs(1000));
    QCOMPARE(evidence.last, Now.addMSecs(2500));
    QCOMPARE(evidence.peak, 3); // 1000, 1400 and 1999; also 1999 and 2500 with 1400 too far away
}

void TestLimitRequest::theMailSaysWhatVonageAsksFor()
{
    LimitMailFacts facts{
        u"support@aistudio.vonage.com"_s,   5, {u"64b7"_s, u"75c8"_s}, u"a1b2c3d4"_s, u"EU"_s,
        {120, 7, Now, Now.addSecs(3600), 4}};
    const MailText mail = limitMail(facts);
    QCOMPARE(mail.address, facts.address);
    QVERIFY(mail.subject.contains(u"5 sessions per second"_s));
    for (const QString &part :
         {u"Vonage API key (account): a1b2c3d4"_s, u"Agent IDs: 64b7, 75c8"_s, u"Region: EU"_s,
          u"5 sessions per second"_s, u"429 (Too Many Requests): 7"_s,
          u"first on 2026-11-23 12:00 UTC, last on 2026-11-23 13:00 UTC"_s, u"requests sent: 120"_s,
          u"within one second: 4"_s, u"publish the agents again"_s})
        QVERIFY2(mail.body.contains(part), qPrintable(part));
    facts.agentIds = {u"64b7"_s};
    facts.evidence = {};
    facts.region.clear();
    const MailText small = limitMail(facts);
    QVERIFY(small.body.contains(u"Agent ID: 64b7"_s));
    QVERIFY(!small.body.contains(u"429"_s));
    QVERIFY(!small.body.contains(u"Region"_s));
}

void TestLimitRequest::aMailtoLinkHoldsTheWholeText()
{
    const MailText mail{u"a+b@h.org"_s, u"x & y = 100 %?"_s, u"first\nsecond\r\nthird #1 + ü"_s};
    const QUrl url = mailtoUrl(mail);
    QVERIFY(url.isValid());
    QCOMPARE(url.toEncoded(),
             "mailto:a%2Bb@h.org?subject=x%20%26%20y%20%3D%20100%20%25%3F&body=first%0D%0Asecond"
             "%0D%0Athird%20%231%20%2B%20%C3%BC"_ba);
    const LimitMailFacts usual{u"support@aistudio.vonage.com"_s,
                               3,
                               {u"64b7f0c2a9d14e5b8c3f1a20"_s},
                               u"a1b2c3d4"_s,
                               u"EU"_s,
                               {1000, 10, Now, Now.addDays(1), 3}};
    QVERIFY(mailtoUrl(limitMail(usual)).toEncoded().size() <= LongestMailto);
}

void TestLimitRequest::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("Vonage's") << QString::fromUtf16(LimitMailAddress) << true;
    QTest::newRow("with plus") << u"a.b+c@sub.h-1.org"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("two") << u"a@h.org,b@h.org"_s << false;
    QTest::newRow("with a header") << u"a@h.org?bcc=b@h.org"_s << false;
    QTest::newRow("with a line break") << u"a@h.org\nBcc: b@h.org"_s << false;
    QTest::newRow("no host") << u"a@"_s << false;
    QTest::newRow("no dot") << u"a@host"_s << false;
}

void TestLimitRequest::addresses()
{
    QFETCH(const QString, text);
    QFETCH(const bool, good);
    QCOMPARE(isMailAddress(text), good);
}

void TestLimitRequest::aKeyIsFoundInEverySpelling_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("holds");
    const QByteArray key = "aB3/+\"xyz&9876543210";
    QTest::newRow("as it is") << u"key: aB3/+\"xyz&9876543210, please"_s << true;
    QTest::newRow("broken by a line") << u"aB3/+\"xy\nz&98765 43210"_s << true;
    QTest::newRow("other case") << u"AB3/+\"XYZ&9876543210"_s << true;
    QTest::newRow("JSON") << uR"("k":"aB3/+\"xyz&9876543210")"_s << true;
    QTest::newRow("base64") << QString::fromLatin1(key.toBase64()) << true;
    QTest::newRow("base64url") << QString::fromLatin1(key.toBase64(QByteArray::Base64UrlEncoding))
                               << true;
    QTest::newRow("percent") << QString::fromLatin1(key.toPercentEncoding()) << true;
    QTest::newRow("hex") << QString::fromLatin1(key.toHex()) << true;
    QTest::newRow("none") << u"Hello AI Studio team, agent 64b7f0c2a9d14e5b8c3f1a20"_s << false;
    QTest::newRow("a part of it") << u"9876543210"_s << false;
}

void TestLimitRequest::aKeyIsFoundInEverySpelling()
{
    QFETCH(const QString, text);
    QFETCH(const bool, holds);
    QCOMPARE(holdsAKey(text, {"other-key-000", "aB3/+\"xyz&9876543210"}), holds);
    QVERIFY(!holdsAKey(text, {}));
    QVERIFY(!holdsAKey(text, {"a", ""})); // too short to be one
}

QTEST_APPLESS_MAIN(TestLimitRequest)
#include "tst_limitrequest.moc"
