#include "core/outboundrequest.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestOutboundRequest : public QObject
{
    Q_OBJECT

private slots:
    void roundTripKeepsUnknownMembersInOrder();
    void everyFieldIsReadAndWritten_data();
    void everyFieldIsReadAndWritten();
    void readsEveryKindOfParameter();
    void addsParametersInTheOrderOfTheTemplate();
    void anEditChangesOneValueAndNothingElse();
    void aButtonsIndexKeepsItsForm();
    void anotherTypeReplacesTheOldValue();
    void anotherPartMovesTheParameter();
    void removingTheLastParameterRemovesItsComponent();
    void movesUpWithinItsComponentOnly();
    void componentsThatAreNoListAreLeftAlone();
    void sessionParametersKeepUnknownMembers();
    void smsLeavesTheTemplateOut();
    void whatIsNoRequestIsRefused();
};

namespace {

OutboundRequest parsed(const QByteArray &json)
{
    auto request = OutboundRequest::fromJson(json);
    if (!request)
        qFatal("the test's JSON is broken");
    return *request;
}

QByteArray compact(const OutboundRequest &request)
{
    return toJson(JsonValue(request.root()), JsonStyle::Compact);
}

} // namespace

void TestOutboundRequest::roundTripKeepsUnknownMembersInOrder()
{
    const QByteArray json =
        R"({"zeta":[1.50,{"b":1,"a":2}],"to":"447700900958","components":[{"type":"carousel",)"
        R"("cards":[]},{"type":"body","parameters":[{"type":"text","parameter_name":"n",)"
        R"("text":"x"}],"extra":null}],"agent_id":"a","client_ref":"r"})";
    const auto request = parsed(json);
    QCOMPARE(compact(request), json);
    QCOMPARE(compact(parsed(request.toJson())), json);
}

void TestOutboundRequest::everyFieldIsReadAndWritten_data()
{
    QTest::addColumn<Field>("field");
    QTest::newRow("namespace") << Field::Namespace;
    QTest::newRow("template") << Field::Template;
    QTest::newRow("locale") << Field::Locale;
    QTest::newRow("to") << Field::To;
    QTest::newRow("agent_id") << Field::AgentId;
    QTest::newRow("channel") << Field::Channel;
    QTest::newRow("status_url") << Field::StatusUrl;
}

void TestOutboundRequest::everyFieldIsReadAndWritten()
{
    QFETCH(const Field, field);
    const QString hostile = u"\"שלום\\ \U0001F600 𠮷\n'"_s;
    OutboundRequest request;
    request.setText(field, hostile);
    const auto again = parsed(request.toJson());
    QCOMPARE(again.text(field), hostile);
    QVERIFY(again == request);
    QVERIFY(request.toJson().contains("\U0001F600 𠮷")); // as UTF-8, not as escapes
}

void TestOutboundRequest::readsEveryKindOfParameter()
{
    const auto request = parsed(R"({"components":[
        {"type":"HEADER","parameters":[{"type":"image","image":{"link":"https://e.org/i.png"}}]},
        {"type":"body","parameters":[{"type":"text","text":"Marta"},{"type":"text","text":"A-1"},
            {"type":"currency","currency":{"code":"EUR"}}]},
        {"type":"button","sub_type":"quick_reply","index":"1",
            "parameters":[{"type":"payload","payload":"P"}]},
        {"type":"limited_time_offer","parameters":[{"type":"x"}]}]})");
    const auto rows = request.parameters();
    QCOMPARE(rows.size(), 6);
    QVERIFY(
        rows.at(0)
        == (TemplateParameter{Part::Header, 1, ParameterType::Image, u"https://e.org/i.png"_s}));
    QVERIFY(rows.at(2) == (TemplateParameter{Part::Body, 2, ParameterType::Text, u"A-1"_s}));
    QCOMPARE(rows.at(3).type, ParameterType::Other);
    QCOMPARE(rows.at(3).value, u"{\"type\":\"currency\",\"currency\":{\"code\":\"EUR\"}}"_s);
    QVERIFY(rows.at(4) == (TemplateParameter{Part::Button, 1, ParameterType::Payload, u"P"_s}));
    QCOMPARE(rows.at(5).part, Part::Other);
}

void TestOutboundRequest::addsParametersInTheOrderOfTheTemplate()
{
    OutboundRequest request;
    QCOMPARE(request.addParameter({Part::Button, 0, ParameterType::Payload, u"P"_s}), 0);
    QCOMPARE(request.addParameter({Part::Body, 0, ParameterType::Text, u"B1"_s}), 0);
    QCOMPARE(request.addParameter({Part::Body, 0, ParameterType::Text, u"B2"_s}), 1);
    QCOMPARE(request.addParameter({Part::Header, 0, ParameterType::Video, u"https://v"_s}), 0);
    QCOMPARE(request.addParameter({Part::Button, 1, ParameterType::Text, u"suffix"_s}), 4);
    const QByteArray expected =
        R"([{"type":"header","parameters":[{"type":"video","video":{"link":"https://v"}}]},)"
        R"({"type":"body","parameters":[{"type":"text","text":"B1"},)"
        R"({"type":"text","text":"B2"}]},)"
        R"({"type":"button","sub_type":"quick_reply","index":0,)"
        R"("parameters":[{"type":"payload","payload":"P"}]},)"
        R"({"type":"button","sub_type":"url","index":1,)"
        R"("parameters":[{"type":"text","text":"suffix"}]}])";
    const JsonValue *components = request.root().find(u"components");
    QCOMPARE(toJson(*components, JsonStyle::Compact), expected);
}

void TestOutboundRequest::anEditChangesOneValueAndNothingElse()
{
    auto request =
        parsed(R"({"x":1,"components":[{"y":2,"type":"header","parameters":[)"
               R"({"z":3,"type":"document","document":{"filename":"f","link":"old"}}]}]})");
    auto parameter = request.parameters().first();
    parameter.value = u"new"_s;
    request.setParameter(0, parameter);
    QCOMPARE(
        compact(request),
        QByteArray(R"({"x":1,"components":[{"y":2,"type":"header","parameters":[)"
                   R"({"z":3,"type":"document","document":{"filename":"f","link":"new"}}]}]})"));
}

void TestOutboundRequest::aButtonsIndexKeepsItsForm()
{
    auto request = parsed(R"({"components":[{"type":"button","sub_type":"flow","index":"0",)"
                          R"("parameters":[{"type":"payload","payload":"P"}]}]})");
    auto parameter = request.parameters().first();
    parameter.index = 2;
    request.setParameter(0, parameter);
    QVERIFY(compact(request).contains(R"("sub_type":"flow","index":"2")"));
}

void TestOutboundRequest::anotherTypeReplacesTheOldValue()
{
    OutboundRequest request;
    request.addParameter({Part::Header, 0, ParameterType::Text, u"t"_s});
    request.setParameter(0, {Part::Header, 1, ParameterType::Image, u"https://i"_s});
    // Outside the macro: moc takes the slashes in a raw string for a comment.
    const QByteArray image = R"("parameters":[{"type":"image","image":{"link":"https://i"}}])";
    QVERIFY(compact(request).contains(image));
}

void TestOutboundRequest::anotherPartMovesTheParameter()
{
    OutboundRequest request;
    request.addParameter({Part::Body, 0, ParameterType::Text, u"a"_s});
    request.addParameter({Part::Body, 0, ParameterType::Text, u"b"_s});
    QCOMPARE(request.setParameter(1, {Part::Header, 0, ParameterType::Text, u"b"_s}), 0);
    QCOMPARE(request.parameters().first().value, u"b"_s);
    QCOMPARE(request.parameters().first().part, Part::Header);
}

void TestOutboundRequest::removingTheLastParameterRemovesItsComponent()
{
    OutboundRequest request;
    request.addParameter({Part::Body, 0, ParameterType::Text, u"a"_s});
    request.removeParameter(0);
    QVERIFY(request == OutboundRequest());
    request.removeParameter(0); // nothing there: nothing happens
    request.removeParameter(-1);
    QVERIFY(request == OutboundRequest());
}

void TestOutboundRequest::movesUpWithinItsComponentOnly()
{
    OutboundRequest request;
    request.addParameter({Part::Header, 0, ParameterType::Text, u"h"_s});
    request.addParameter({Part::Body, 0, ParameterType::Text, u"a"_s});
    request.addParameter({Part::Body, 0, ParameterType::Text, u"b"_s});
    QVERIFY(!request.moveParameterUp(1));
    QVERIFY(request.moveParameterUp(2));
    QCOMPARE(request.parameters().at(1).value, u"b"_s);
    QCOMPARE(request.parameters().at(2).value, u"a"_s);
}

void TestOutboundRequest::componentsThatAreNoListAreLeftAlone()
{
    auto request = parsed(R"({"components":"later"})");
    QVERIFY(request.parameters().isEmpty());
    QCOMPARE(request.addParameter({Part::Body, 0, ParameterType::Text, u"a"_s}), -1);
    QCOMPARE(compact(request), QByteArray(R"({"components":"later"})"));
}

void TestOutboundRequest::sessionParametersKeepUnknownMembers()
{
    auto request = parsed(R"({"session_parameters":[{"name":"A","note":1,"value":"x"}]})");
    request.setSessionParameter(0, {u"A"_s, u"y"_s});
    request.addSessionParameter({u"B"_s, u"z"_s});
    QCOMPARE(compact(request),
             QByteArray(R"({"session_parameters":[{"name":"A","note":1,"value":"y"},)"
                        R"({"name":"B","value":"z"}]})"));
    request.removeSessionParameter(0);
    request.removeSessionParameter(0);
    QCOMPARE(compact(request), QByteArray("{}"));
}

void TestOutboundRequest::smsLeavesTheTemplateOut()
{
    OutboundRequest request;
    request.setText(Field::Channel, u"sms"_s);
    request.setText(Field::Template, u"t"_s);
    request.addParameter({Part::Body, 0, ParameterType::Text, u"a"_s});
    QVERIFY(request.isSms());
    QCOMPARE(compact(request.withoutTemplate()),
             QByteArray(R"({"to":"","agent_id":"","channel":"sms","status_url":""})"));
}

void TestOutboundRequest::whatIsNoRequestIsRefused()
{
    const auto list = OutboundRequest::fromJson("[]");
    QVERIFY(!list);
    QVERIFY(!list.error().json);
    const auto broken = OutboundRequest::fromJson("{\n\"to\": }");
    QVERIFY(!broken);
    QCOMPARE(broken.error().json->line, 2);
}

QTEST_APPLESS_MAIN(TestOutboundRequest)
#include "tst_outboundrequest.moc"
