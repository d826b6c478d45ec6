#include "core/endpoint.h"
#include "core/locales.h"
#include "core/recipient.h"
#include "core/requestcheck.h"

#include <QTest>

#include <algorithm>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestRequestCheck : public QObject
{
    Q_OBJECT

private slots:
    void aGoodRequestPasses();
    void findsWhatIsWrongInAField_data();
    void findsWhatIsWrongInAField();
    void mandatoryFieldsBlockSend_data();
    void mandatoryFieldsBlockSend();
    void findsWhatIsWrongInAValue_data();
    void findsWhatIsWrongInAValue();
    void mendedValuesPass_data();
    void mendedValuesPass();
    void findsWrongTypesAndDuplicates();
    void findsWrongSessionParameters();
    void smsNeedsNoTemplate();
    void everyListedLocaleIsKnownByItsOwnName();
    void readsNumbersAsPeopleTypeThem_data();
    void readsNumbersAsPeopleTypeThem();
    void tellsBaseUrlsApart_data();
    void tellsBaseUrlsApart();
};

namespace {

const CheckContext Live{false, false, u"studio-api-eu.ai.vonage.com"_s};
const CheckContext InSandbox{true, true, u"127.0.0.1"_s};

OutboundRequest goodRequest()
{
    OutboundRequest request;
    request.setText(Field::Namespace, u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
    request.setText(Field::Template, u"order_update"_s);
    request.setText(Field::Locale, u"es"_s);
    request.setText(Field::To, u"447700900958"_s);
    request.setText(Field::AgentId, u"64b7f0c2a9d14e5b8c3f1a20"_s);
    request.setText(Field::StatusUrl, u"https://inbox.example.org/s"_s);
    request.addParameter({Part::Body, 0, ParameterType::Text, u"Marta"_s});
    return request;
}

} // namespace

Q_DECLARE_METATYPE(icebreaker::CheckContext)

void TestRequestCheck::aGoodRequestPasses()
{
    QVERIFY(check(goodRequest(), Live).isEmpty());
}

void TestRequestCheck::findsWhatIsWrongInAField_data()
{
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<CheckContext>("context");
    QTest::addColumn<CheckCode>("code");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, Field field, const QString &text, CheckCode code,
                        Severity severity, const CheckContext &context = Live) {
        QTest::newRow(name) << field << text << context << code << severity;
    };
    using enum CheckCode;
    row("to with plus", Field::To, u"+447700900958"_s, RecipientStrange, Severity::Error);
    row("to with letters", Field::To, u"44770090095x"_s, RecipientStrange, Severity::Error);
    row("to national", Field::To, u"07700900958"_s, RecipientNational, Severity::Error);
    row("to short", Field::To, u"447700"_s, RecipientTooShort, Severity::Error);
    row("to long", Field::To, u"4477009009581234"_s, RecipientTooLong, Severity::Error);
    row("locale spelling", Field::Locale, u"pt-br"_s, LocaleNotListed, Severity::Warning);
    row("locale unknown", Field::Locale, u"xx"_s, LocaleNotListed, Severity::Warning);
    row("namespace shape", Field::Namespace, u"my namespace"_s, NamespaceShape, Severity::Warning);
    row("template shape", Field::Template, u"Order-Update"_s, TemplateShape, Severity::Warning);
    row("template long", Field::Template, QString(513, u'a'), TooLong, Severity::Error);
    row("agent shape", Field::AgentId, u"agent"_s, AgentIdShape, Severity::Warning);
    row("channel", Field::Channel, u"viber"_s, ChannelUnknown, Severity::Error);
    row("url no host", Field::StatusUrl, u"https://"_s, UrlInvalid, Severity::Error);
    row("url words", Field::StatusUrl, u"my inbox"_s, UrlInvalid, Severity::Error);
    row("url ftp", Field::StatusUrl, u"ftp://h.org/x"_s, UrlNotHttp, Severity::Error);
    row("url http", Field::StatusUrl, u"http://h.org/x"_s, UrlPlainHttp, Severity::Warning);
    row("url loops", Field::StatusUrl, u"https://studio-api-eu.ai.vonage.com/x"_s, UrlLoop,
        Severity::Error);
    row("url vonage", Field::StatusUrl, u"https://Vonage.com/x"_s, UrlLoop, Severity::Error);
    row("url nexmo", Field::StatusUrl, u"https://api.nexmo.com/x"_s, UrlLoop, Severity::Error);
    row("url loops in sandbox", Field::StatusUrl, u"https://a.ai.vonage.com/x"_s, UrlLoop,
        Severity::Error, InSandbox);
    row("url endpoint itself", Field::StatusUrl, u"https://my.host/x"_s, UrlLoop, Severity::Error,
        {false, false, u"my.host"_s});
    row("url loopback", Field::StatusUrl, u"http://127.0.0.1:80/x"_s, UrlUnreachable,
        Severity::Error);
    row("url localhost", Field::StatusUrl, u"https://localhost/x"_s, UrlUnreachable,
        Severity::Error);
    row("url ipv6", Field::StatusUrl, u"https://[::1]/x"_s, UrlUnreachable, Severity::Error);
    row("url private 10", Field::StatusUrl, u"https://10.1.2.3/x"_s, UrlUnreachable,
        Severity::Error);
    row("url private 172", Field::StatusUrl, u"https://172.31.0.1/x"_s, UrlUnreachable,
        Severity::Error);
    row("url private 192", Field::StatusUrl, u"https://192.168.1.1/x"_s, UrlUnreachable,
        Severity::Error);
    row("url private name", Field::StatusUrl, u"https://printer.local/x"_s, UrlUnreachable,
        Severity::Error);
    row("url private ipv6", Field::StatusUrl, u"https://[fd00::1]/x"_s, UrlUnreachable,
        Severity::Error);
    row("url not called", Field::StatusUrl, u"https://h.org/x"_s, UrlNotCalledBySandbox,
        Severity::Warning, InSandbox);
}

void TestRequestCheck::findsWhatIsWrongInAField()
{
    QFETCH(const Field, field);
    QFETCH(const QString, text);
    QFETCH(const CheckContext, context);
    QFETCH(const CheckCode, code);
    QFETCH(const Severity, severity);
    auto request = goodRequest();
    if (context.sandbox)
        request.setText(Field::StatusUrl, u"http://127.0.0.1:1/s"_s);
    QVERIFY(field == Field::StatusUrl || check(request, context).isEmpty());
    request.setText(field, text);
    const auto entries = check(request, context);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().code, code);
    QCOMPARE(entries.first().field, field);
    QCOMPARE(entries.first().severity, severity);
    QCOMPARE(hasErrors(entries), severity == Severity::Error);
}

void TestRequestCheck::mandatoryFieldsBlockSend_data()
{
    QTest::addColumn<Field>("field");
    for (const Field field : {Field::Namespace, Field::Template, Field::Locale, Field::To,
                              Field::AgentId, Field::Channel, Field::StatusUrl})
        QTest::newRow(qPrintable(memberName(field))) << field;
}

void TestRequestCheck::mandatoryFieldsBlockSend()
{
    QFETCH(const Field, field);
    auto empty = goodRequest();
    empty.setText(field, u" "_s);
    auto absent = goodRequest();
    absent.remove(field);
    for (const auto &request : {empty, absent}) {
        const auto entries = check(request, Live);
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.first().code, CheckCode::Missing);
        QCOMPARE(entries.first().field, field);
    }
}

void TestRequestCheck::findsWhatIsWrongInAValue_data()
{
    QTest::addColumn<Part>("part");
    QTest::addColumn<ParameterType>("type");
    QTest::addColumn<QString>("value");
    QTest::addColumn<CheckCode>("code");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, Part part, ParameterType type, const QString &value,
                        CheckCode code, Severity severity = Severity::Error) {
        QTest::newRow(name) << part << type << value << code << severity;
    };
    using enum CheckCode;
    row("empty", Part::Body, ParameterType::Text, {}, ValueEmpty);
    row("blank", Part::Body, ParameterType::Text, u"  "_s, ValueEmpty);
    row("line break", Part::Body, ParameterType::Text, u"a\nb"_s, ValueLineBreak);
    row("windows line break", Part::Body, ParameterType::Text, u"a\r\nb"_s, ValueLineBreak);
    row("line separator", Part::Body, ParameterType::Text, u"a\u2028b"_s, ValueLineBreak);
    row("tab", Part::Body, ParameterType::Text, u"a\tb"_s, ValueTab);
    row("five spaces", Part::Body, ParameterType::Text, u"a     b"_s, ValueSpaces);
    row("long body", Part::Body, ParameterType::Text, QString(1025, u'a'), TooLong);
    row("long header", Part::Header, ParameterType::Text, QString(61, u'a'), TooLong,
        Severity::Warning);
    row("payload with tab", Part::Button, ParameterType::Payload, u"a\tb"_s, ValueTab);
    row("image no link", Part::Header, ParameterType::Image, u"cat.png"_s, LinkNotHttp);
    row("image file link", Part::Header, ParameterType::Image, u"file:///cat.png"_s, LinkNotHttp);
}

void TestRequestCheck::findsWhatIsWrongInAValue()
{
    QFETCH(const Part, part);
    QFETCH(const ParameterType, type);
    QFETCH(const QString, value);
    QFETCH(const CheckCode, code);
    QFETCH(const Severity, severity);
    auto request = goodRequest();
    const int row = request.addParameter({part, 0, type, value});
    const auto entries = check(request, Live);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().code, code);
    QCOMPARE(entries.first().row, row);
    QCOMPARE(entries.first().severity, severity);
}

void TestRequestCheck::mendedValuesPass_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("mended");
    QTest::newRow("good") << u"Calle    4"_s << u"Calle    4"_s; // four spaces are allowed
    QTest::newRow("empty") << QString() << u"-"_s;
    QTest::newRow("line breaks") << u"a\r\nb\nc"_s << u"a b c"_s;
    QTest::newRow("tab") << u"a\tb"_s << u"a b"_s;
    QTest::newRow("spaces") << u"a       b"_s << u"a b"_s;
    QTest::newRow("all of it") << u"\n\t  \r\n"_s << u"-"_s;
}

void TestRequestCheck::mendedValuesPass()
{
    QFETCH(const QString, value);
    QFETCH(const QString, mended);
    QCOMPARE(mendedValue(value), mended);
    auto request = goodRequest();
    request.addParameter({Part::Body, 0, ParameterType::Text, mended});
    QVERIFY(check(request, Live).isEmpty());
}

void TestRequestCheck::findsWrongTypesAndDuplicates()
{
    auto json = goodRequest().toJson();
    json.replace(R"("to": "447700900958")", R"("to": 447700900958)");
    auto entries = check(*OutboundRequest::fromJson(json), Live);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().code, CheckCode::WrongType);

    json = goodRequest().toJson();
    json.replace(R"("locale": "es")", R"("locale": "es", "to": "34600111222")");
    entries = check(*OutboundRequest::fromJson(json), Live);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().code, CheckCode::DuplicateMember);
    QCOMPARE(entries.first().field, Field::To);

    json = R"({"components":{},"session_parameters":"x"})";
    entries = check(*OutboundRequest::fromJson(json), Live);
    QCOMPARE(std::count_if(entries.begin(), entries.end(),
                           [](const auto &each) { return each.code == CheckCode::WrongType; }),
             2);
}

void TestRequestCheck::findsWrongSessionParameters()
{
    auto request = goodRequest();
    request.addSessionParameter({u"NAME"_s, u"x"_s});
    request.addSessionParameter({u"NAME"_s, u"y"_s});
    request.addSessionParameter({QString(), u"z"_s});
    request.addSessionParameter({u"my name"_s, u"z"_s});
    const auto entries = check(request, Live);
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries.at(0).code, CheckCode::SessionNameTwice);
    QCOMPARE(entries.at(0).row, 1);
    QCOMPARE(entries.at(1).code, CheckCode::SessionNameMissing);
    QCOMPARE(entries.at(2).code, CheckCode::SessionNameShape);
    QCOMPARE(entries.at(2).severity, Severity::Warning);
}

void TestRequestCheck::smsNeedsNoTemplate()
{
    auto request = goodRequest();
    request.setText(Field::Channel, u"sms"_s);
    QVERIFY(check(request.withoutTemplate(), Live).isEmpty());
}

void TestRequestCheck::everyListedLocaleIsKnownByItsOwnName()
{
    QVERIFY(templateLocales().size() > 100);
    for (const auto &locale : templateLocales()) {
        QCOMPARE(closestLocale(locale.code), locale.code);
        QVERIFY(!locale.language.isEmpty());
    }
    QCOMPARE(closestLocale(u"PT-br"_s), u"pt_BR"_s);
    QCOMPARE(closestLocale(u"klingon"_s), QString());
}

void TestRequestCheck::readsNumbersAsPeopleTypeThem_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("digits");
    QTest::addColumn<bool>("strange");
    const QString good = u"447700900958"_s;
    QTest::newRow("digits") << good << good << false;
    QTest::newRow("plus and spaces") << u" +44 7700 900958 "_s << good << false;
    QTest::newRow("zeros") << u"0044-7700-900958"_s << good << false;
    QTest::newRow("brackets") << u"(+44) 7700.900/958"_s << good << false;
    QTest::newRow("no-break space") << u"+44\u00a07700\u2009900958"_s << good << false;
    QTest::newRow("fancy dashes") << u"+44\u20117700\u2013900\u2212958"_s << good << false;
    QTest::newRow("direction marks") << u"\u202a+44 7700 900958\u202c"_s << good << false;
    QTest::newRow("arabic digits") << u"+٤٤٧٧٠٠٩٠٠٩٥٨"_s << good << false;
    QTest::newRow("letters") << u"44770090095O"_s << u"44770090095"_s << true;
    QTest::newRow("plus inside") << u"44+7700900958"_s << good << true;
    QTest::newRow("two numbers") << u"447700900958, 1"_s << u"4477009009581"_s << true;
    QTest::newRow("empty") << QString() << QString() << false;
}

void TestRequestCheck::readsNumbersAsPeopleTypeThem()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, digits);
    QFETCH(const bool, strange);
    const Recipient recipient = readRecipient(typed);
    QCOMPARE(recipient.digits, digits);
    QCOMPARE(recipient.strangeCharacter, strange);
}

void TestRequestCheck::tellsBaseUrlsApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("https") << u" https://h.org/ "_s << u"https://h.org/messaging/conversation"_s;
    QTest::newRow("path") << u"https://h.org:8443/a/"_s
                          << u"https://h.org:8443/a/messaging/conversation"_s;
    QTest::newRow("loopback") << u"http://127.0.0.1:9"_s
                              << u"http://127.0.0.1:9/messaging/conversation"_s;
    QTest::newRow("http") << u"http://h.org"_s << QString();
    QTest::newRow("loopback lookalike") << u"http://127.0.0.1.evil.org"_s << QString();
    QTest::newRow("user") << u"https://u:p@h.org"_s << QString();
    QTest::newRow("query") << u"https://h.org/?a=b"_s << QString();
    QTest::newRow("fragment") << u"https://h.org/#a"_s << QString();
    QTest::newRow("no host") << u"https:///x"_s << QString();
    QTest::newRow("words") << u"my server"_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestRequestCheck::tellsBaseUrlsApart()
{
    QFETCH(const QString, text);
    QFETCH(const QString, url);
    const auto base = parseBase(text);
    QCOMPARE(base.has_value(), !url.isEmpty());
    if (base)
        QCOMPARE(conversationUrl(*base).toString(), url);
}

QTEST_APPLESS_MAIN(TestRequestCheck)
#include "tst_requestcheck.moc"
