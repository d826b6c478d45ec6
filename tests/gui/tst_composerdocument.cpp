#include "core/recipient.h"
#include "ui/composer.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// The composer's request as one document: what files, tabs and the JSON page work on.
class TestComposerDocument : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheRecipientAsItWasTyped();
    void namesTheBuiltInInboxByItsVariable();
    void keepsWhatItDoesNotKnowInItsPlace();
    void tellsOfAnEditOnce();
    void leavesANumberInPlaceOfATextToTheCheck();
    void showsTheBytesThatItSends();
    void refusesANameThatNobodyKnows();
    void fillsInTheRecipientBeforeItIsRead();
    void givesEveryRequestItsOwnSendId();

private:
    Composer m_composer{[](const QString &id) {
        return InboxAddress{u"http://127.0.0.1/"_s + id, InboxSource::BuiltIn, InboxProblem::None};
    }};

    static OutboundRequest read(const QByteArray &json)
    {
        return OutboundRequest::fromJson(json).value_or(OutboundRequest());
    }
};

void TestComposerDocument::keepsTheRecipientAsItWasTyped()
{
    m_composer.open({}, {});
    m_composer.setRecipient(u"+44 7946 000958"_s);
    QCOMPARE(m_composer.written().text(Field::To), u"+44 7946 000958"_s);
    QCOMPARE(m_composer.outgoing().text(Field::To), u"447946000958"_s);
    m_composer.setWritten(read(R"({"to":"+1 (415) 555-0100"})"));
    QCOMPARE(m_composer.typedRecipient(), u"+1 (415) 555-0100"_s);
    QCOMPARE(m_composer.outgoing().text(Field::To), u"14155550100"_s);
}

void TestComposerDocument::namesTheBuiltInInboxByItsVariable()
{
    m_composer.open({}, {});
    m_composer.setBuiltInInbox(true);
    QCOMPARE(m_composer.written().text(Field::StatusUrl), u"{{inbox}}"_s);
    m_composer.setWritten(read(R"({"status_url":"https://example.com/s"})"));
    QVERIFY(!m_composer.usesBuiltInInbox());
    QCOMPARE(m_composer.outgoing().text(Field::StatusUrl), u"https://example.com/s"_s);
    m_composer.setWritten(read(R"({"status_url":"{{inbox}}"})"));
    QVERIFY(m_composer.usesBuiltInInbox());
    QVERIFY(m_composer.outgoing().text(Field::StatusUrl).startsWith(u"http://127.0.0.1/"));
}

void TestComposerDocument::keepsWhatItDoesNotKnowInItsPlace()
{
    const OutboundRequest request =
        read(R"({"x":[1.0,{"y":null}],"to":"447946000958","channel":"whatsapp","z":"w"})");
    m_composer.setWritten(request);
    QCOMPARE(m_composer.written(), request);
}

void TestComposerDocument::tellsOfAnEditOnce()
{
    m_composer.open({}, {});
    const QSignalSpy edits(&m_composer, &Composer::edited);
    OutboundRequest request = m_composer.written();
    m_composer.setWritten(request);
    QCOMPARE(edits.count(), 0);
    request.setText(Field::Template, u"order_update"_s);
    m_composer.setWritten(request);
    QCOMPARE(edits.count(), 1);
}

void TestComposerDocument::leavesANumberInPlaceOfATextToTheCheck()
{
    m_composer.setWritten(read(R"({"to":447946000958})"));
    QVERIFY(m_composer.request().root().find(u"to")->number() != nullptr);
}

void TestComposerDocument::showsTheBytesThatItSends()
{
    m_composer.open({}, {});
    m_composer.setProfileVariables({{u"shop"_s, u"Blumen \"Huber\""_s}});
    m_composer.setText(Field::Template, u"{{shop}} {{send_id}} {{uuid}} {{now}}"_s);
    const QByteArray body = m_composer.body();
    QCOMPARE(body, m_composer.body()); // the same time and UUID as long as it is the same send
    const QString sent = m_composer.outgoing().text(Field::Template);
    QVERIFY(sent.startsWith(u"Blumen \"Huber\" "_s + m_composer.sendId() + u' '));
    QCOMPARE(m_composer.written().text(Field::Template),
             u"{{shop}} {{send_id}} {{uuid}} {{now}}"_s);
    m_composer.renewSendId();
    QVERIFY(m_composer.body() != body);
}

void TestComposerDocument::refusesANameThatNobodyKnows()
{
    m_composer.open({}, {});
    m_composer.setProfileVariables({});
    m_composer.addSessionParameter({u"A"_s, u"x"_s});
    m_composer.addSessionParameter({u"B"_s, u"{{who}}"_s});
    const CheckEntry expected{
        Severity::Error, CheckCode::PlaceholderUnknown, Field::SessionParameters, 1, u"who"_s, 0};
    QCOMPARE(m_composer.entries().first(), expected);
    m_composer.setCollectionVariables({{u"who"_s, u"Marta"_s}});
    QVERIFY(!m_composer.entries().contains(expected));
    m_composer.setCollectionVariables({});
}

void TestComposerDocument::fillsInTheRecipientBeforeItIsRead()
{
    m_composer.open({}, {});
    m_composer.setProfileVariables({{u"me 2"_s, u"+44 7946 000958"_s}});
    m_composer.setRecipient(u"{{me 2}}"_s);
    QCOMPARE(m_composer.outgoing().text(Field::To), u"447946000958"_s);
    QCOMPARE(m_composer.requestForRows({}).text(Field::To), u"+44 7946 000958"_s);
    QCOMPARE(m_composer.requestForRows({u"me 2"_s}).text(Field::To), u"{{me 2}}"_s);
}

void TestComposerDocument::givesEveryRequestItsOwnSendId()
{
    m_composer.open(u"a"_s, {});
    const QString first = m_composer.sendId();
    m_composer.open(u"b"_s, {});
    QVERIFY(m_composer.sendId() != first);
}

QTEST_APPLESS_MAIN(TestComposerDocument)
#include "tst_composerdocument.moc"
