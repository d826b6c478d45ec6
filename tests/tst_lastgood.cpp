#include "support/deliverysamples.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

struct Sent {
    Outcome outcome = Outcome::Accepted;
    QString templateName = u"order"_s;
    QString delivery = {}; ///< Or empty.
    QString agent = u"a1"_s;
    QString channel = u"whatsapp"_s;
};

} // namespace

class TestLastGood : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<DeliveryStore>(*m_dir);
    }
    void cleanup() { m_store.reset(); }

    void theNewestDeliveredOneIsTaken();
    void withoutADeliveredOneAnAcceptedOneWillDo();
    void whatFailedIsNotGood();
    void aGuessIsNoDelivery();
    void anotherTemplateOrChannelDoesNotCount();
    void anSmsIsComparedWithThoseOfItsAgent();
    void laterSendsDoNotCount();

private:
    qint64 add(const Sent &sent)
    {
        Claim claim = sampleClaim();
        claim.templateName = sent.templateName;
        claim.agentId = sent.agent;
        claim.channel = sent.channel;
        const qint64 row = recordSend(m_store->journal, claim, sampleReport(sent.outcome));
        if (!sent.delivery.isEmpty())
            m_store->take(callback(claim.sendId, sent.delivery, newId(), 1));
        return row;
    }
    qint64 lastGood(qint64 row)
    {
        const auto found = resultOf(m_store->deliveries.lastGood(row));
        if (!found)
            qFatal("%s", qPrintable(found.error().detail));
        return found->value_or(0);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DeliveryStore> m_store;
};

void TestLastGood::theNewestDeliveredOneIsTaken()
{
    add({Outcome::Accepted, u"order"_s, u"delivered"_s});
    const qint64 good = add({Outcome::Accepted, u"order"_s, u"read"_s});
    add({Outcome::Accepted, u"order"_s, u"submitted"_s});
    add({Outcome::Accepted});
    add({Outcome::Unknown, u"order"_s, u"delivered"_s});
    QCOMPARE(lastGood(add({Outcome::Refused})), good);
}

void TestLastGood::withoutADeliveredOneAnAcceptedOneWillDo()
{
    add({Outcome::Accepted});
    const qint64 good = add({Outcome::Accepted});
    add({Outcome::Refused});
    add({Outcome::RateLimited});
    QCOMPARE(lastGood(add({Outcome::Refused})), good);
}

void TestLastGood::whatFailedIsNotGood()
{
    for (const QString &status : {u"rejected"_s, u"undeliverable"_s, u"failed"_s})
        add({Outcome::Accepted, u"order"_s, status});
    QCOMPARE(lastGood(add({Outcome::Refused})), 0);
}

void TestLastGood::aGuessIsNoDelivery()
{
    const qint64 good = add({Outcome::Accepted, u"order"_s, u"delivered"_s});
    add({Outcome::Accepted});
    StatusEvent guess = callback({}, u"delivered"_s, newId(), 2, toNumber("447900000001"));
    m_store->take(guess);
    QCOMPARE(lastGood(add({Outcome::Refused})), good);
}

void TestLastGood::anotherTemplateOrChannelDoesNotCount()
{
    add({Outcome::Accepted, u"orders"_s, u"read"_s});
    add({Outcome::Accepted, u"Order"_s, u"read"_s});
    add({Outcome::Accepted, u"order"_s, u"read"_s, u"a1"_s, u"sms"_s});
    QCOMPARE(lastGood(add({Outcome::Refused})), 0);
    // The agent may be what is wrong.
    const qint64 good = add({Outcome::Accepted, u"order"_s, u"read"_s, u"a2"_s});
    QCOMPARE(lastGood(add({Outcome::Refused})), good);
}

void TestLastGood::anSmsIsComparedWithThoseOfItsAgent()
{
    const qint64 good = add({Outcome::Accepted, {}, u"delivered"_s, u"a1"_s, u"sms"_s});
    add({Outcome::Accepted, {}, u"delivered"_s, u"a2"_s, u"sms"_s});
    QCOMPARE(lastGood(add({Outcome::Refused, {}, {}, u"a1"_s, u"sms"_s})), good);
}

void TestLastGood::laterSendsDoNotCount()
{
    const qint64 bad = add({Outcome::Refused});
    add({Outcome::Accepted, u"order"_s, u"read"_s});
    QCOMPARE(lastGood(bad), 0);
    QCOMPARE(lastGood(12345), 0);
}

QTEST_GUILESS_MAIN(TestLastGood)
#include "tst_lastgood.moc"
