#include "core/requesttemplate.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestRequestTemplate : public QObject
{
    Q_OBJECT

private slots:
    void fillsEveryTextAndLeavesNamesAndNumbersAlone();
    void findsPlaceholders_data();
    void findsPlaceholders();
    void tellsNamesThatNoColumnHas();
    void namesTheColumnsAndFieldsThatItUses();
    void valuesAreTextAndNeverPlaceholdersOrJson();
    void sendsTheRecipientInItsDigits_data();
    void sendsTheRecipientInItsDigits();
    void missingCellsAreEmpty();
    void smsTakesNoTemplate();
    void theChannelMayBeAColumn();
    void aFillerGivesTheSameAsFillingAfresh();
    void contentTellsBodiesApartButForTheStatusUrl();
};

namespace {

OutboundRequest requestOf(const QByteArray &json)
{
    return OutboundRequest::fromJson(json).value();
}

const QByteArray Rich = R"({
  "namespace": "ns", "template": "order", "locale": "{{lang}}", "to": "{{phone}}",
  "agent_id": "a", "channel": "whatsapp", "status_url": "https://h.org/{{id}}",
  "components": [{"type": "body", "parameters": [
    {"type": "text", "text": "{{first name}} {{id}}"}, {"type": "text", "text": "fixed"}]}],
  "session_parameters": [{"name": "{{id}}_NAME", "value": "{{first name}}"}],
  "{{id}}": {"deep": [["{{id}}", 12, true, null]]}
})";
const QStringList RichColumns{u"phone"_s, u"first name"_s, u"lang"_s, u"id"_s};

} // namespace

void TestRequestTemplate::fillsEveryTextAndLeavesNamesAndNumbersAlone()
{
    const RequestTemplate request(requestOf(Rich), RichColumns);
    QVERIFY(request.unknownNames().isEmpty());
    const auto filled = request.filled({u"447946000958"_s, u"Marta"_s, u"es"_s, u"R-7"_s});
    const auto expected = requestOf(R"({
  "namespace": "ns", "template": "order", "locale": "es", "to": "447946000958",
  "agent_id": "a", "channel": "whatsapp", "status_url": "https://h.org/R-7",
  "components": [{"type": "body", "parameters": [
    {"type": "text", "text": "Marta R-7"}, {"type": "text", "text": "fixed"}]}],
  "session_parameters": [{"name": "R-7_NAME", "value": "Marta"}],
  "{{id}}": {"deep": [["R-7", 12, true, null]]}
})");
    QCOMPARE(filled.toJson(), expected.toJson());
    QCOMPARE(request.request().toJson(), requestOf(Rich).toJson());
}

void TestRequestTemplate::findsPlaceholders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("filled");
    const auto row = [](const char *name, const QString &text, const QString &filled) {
        QTest::newRow(name) << text << filled;
    };
    row("alone", u"{{a}}"_s, u"A"_s);
    row("several, with text around", u"x{{a}}y{{b b}}{{a}}z"_s, u"xAyBAz"_s);
    row("blanks at the ends", u"{{  b b\t}}"_s, u"B"_s);
    row("the nearest opening counts", u"{{x {{a}}"_s, u"{{x A"_s);
    row("never closed", u"{{a}} {{a"_s, u"A {{a"_s);
    row("never opened", u"a}} {{a}}"_s, u"a}} A"_s);
    row("three braces", u"{{{a}}}"_s, u"{A}"_s);
    row("single braces", u"{a} {{a}}"_s, u"{a} A"_s);
    row("overlapping", u"{{}}{{a}}"_s, u"{{}}A"_s);
    row("closing first", u"}}{{a}}{{"_s, u"}}A{{"_s);
    row("case matters", u"{{A}}{{a}}"_s, u"{{A}}A"_s);
    row("none", u"text"_s, u"text"_s);
    row("empty", QString(), QString());
}

void TestRequestTemplate::findsPlaceholders()
{
    QFETCH(const QString, text);
    QFETCH(const QString, filled);
    OutboundRequest request;
    request.setText(Field::Template, text);
    const RequestTemplate compiled(request, {u"a"_s, u"b b"_s});
    QCOMPARE(compiled.filled({u"A"_s, u"B"_s}).text(Field::Template), filled);
}

void TestRequestTemplate::tellsNamesThatNoColumnHas()
{
    OutboundRequest request;
    request.setText(Field::To, u"{{phone}}"_s);
    request.setText(Field::Template, u"{{Phone}} {{1}} {{Phone}} {{ }}"_s);
    request.setText(Field::Locale, u"{{1}}"_s);
    const RequestTemplate compiled(request, {u"phone"_s});
    QCOMPARE(compiled.unknownNames(), (QStringList{u"Phone"_s, u"1"_s, QString()}));
    QCOMPARE(compiled.filled({u"447946000958"_s}).text(Field::Template),
             u"{{Phone}} {{1}} {{Phone}} {{ }}"_s);
}

void TestRequestTemplate::namesTheColumnsAndFieldsThatItUses()
{
    const RequestTemplate request(
        requestOf(
            R"({"to":"{{c}}","status_url":"x","components":[{"parameters":[{"type":"text","text":"{{a}}{{c}}"}]}]})"),
        {u"a"_s, u"b"_s, u"c"_s});
    QCOMPARE(request.usedColumns(), (QList<int>{0, 2}));
    QCOMPARE(request.varyingFields(), (QList<Field>{Field::To, Field::Components}));
    QVERIFY(RequestTemplate(OutboundRequest(), {u"a"_s}).usedColumns().isEmpty());
    QVERIFY(RequestTemplate().varyingFields().isEmpty());
}

void TestRequestTemplate::valuesAreTextAndNeverPlaceholdersOrJson()
{
    OutboundRequest request;
    request.setText(Field::Template, u"{{a}}"_s);
    request.setText(Field::Locale, u"{{b}}"_s);
    const RequestTemplate compiled(request, {u"a"_s, u"b"_s});
    const QString nasty = u"{{b}}\", \"x\": [1]\n{{a"_s;
    const auto filled = compiled.filled({nasty, u"12"_s});
    QCOMPARE(filled.text(Field::Template), nasty);
    const auto again = requestOf(filled.toJson());
    QCOMPARE(again.text(Field::Template), nasty);
    QVERIFY(again.root().find(u"locale")->string() != nullptr);
    QVERIFY(again.root().find(u"x") == nullptr);
}

void TestRequestTemplate::sendsTheRecipientInItsDigits_data()
{
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("sent");
    QTest::newRow("column") << u"{{p}}"_s << u" +44 7946 000-958"_s << u"447946000958"_s;
    QTest::newRow("prefix") << u"+44{{p}}"_s << u"7946 000958"_s << u"447946000958"_s;
    QTest::newRow("constant") << u"+44 7946 000958"_s << u"x"_s << u"447946000958"_s;
    QTest::newRow("strange") << u"{{p}}"_s << u" +44 7946 ooo958 "_s << u"+44 7946 ooo958"_s;
    QTest::newRow("empty") << u"{{p}}"_s << QString() << QString();
}

void TestRequestTemplate::sendsTheRecipientInItsDigits()
{
    QFETCH(const QString, to);
    QFETCH(const QString, cell);
    QFETCH(const QString, sent);
    OutboundRequest request;
    request.setText(Field::To, to);
    const RequestTemplate compiled(request, {u"p"_s});
    QCOMPARE(compiled.filled({cell}).text(Field::To), sent);
}

void TestRequestTemplate::missingCellsAreEmpty()
{
    OutboundRequest request;
    request.setText(Field::Template, u"<{{b}}>"_s);
    const RequestTemplate compiled(request, {u"a"_s, u"b"_s});
    QCOMPARE(compiled.filled({u"A"_s}).text(Field::Template), u"<>"_s);
    QCOMPARE(compiled.filled({}).text(Field::Template), u"<>"_s);
}

void TestRequestTemplate::smsTakesNoTemplate()
{
    auto request = requestOf(Rich);
    request.setText(Field::Channel, u"sms"_s);
    const RequestTemplate compiled(request, RichColumns);
    const auto filled = compiled.filled({u"447946000958"_s, u"Marta"_s, u"es"_s, u"7"_s});
    QVERIFY(filled.root().find(u"components") == nullptr);
    QVERIFY(filled.root().find(u"namespace") == nullptr);
    QCOMPARE(filled.text(Field::StatusUrl), u"https://h.org/7"_s);
    QVERIFY(!compiled.usedColumns().contains(2)); // the locale's
}

void TestRequestTemplate::theChannelMayBeAColumn()
{
    auto request = requestOf(Rich);
    request.setText(Field::Channel, u"{{lang}}"_s);
    const RequestTemplate compiled(request, RichColumns);
    QCOMPARE(compiled.varyingFields().size(), 10);
    RowFiller filler(compiled);
    const QStringList sms{u"447946000958"_s, u"Marta"_s, u"sms"_s, u"7"_s};
    const QStringList whatsApp{u"447946000958"_s, u"Marta"_s, u"whatsapp"_s, u"7"_s};
    QVERIFY(filler.fill(sms).root().find(u"components") == nullptr);
    QCOMPARE(filler.fill(whatsApp).parameters().size(), 2);
    QCOMPARE(filler.fill(whatsApp).parameters().first().value, u"Marta 7"_s);
    QVERIFY(filler.fill(sms).root().find(u"template") == nullptr);
}

void TestRequestTemplate::aFillerGivesTheSameAsFillingAfresh()
{
    auto request = requestOf(Rich);
    request.setText(Field::Template, u"+{{phone}}"_s);
    const RequestTemplate compiled(request, RichColumns);
    RowFiller filler(compiled);
    const QList<QStringList> rows{
        {u"+44 (0)7946 000958"_s, u"Marta"_s, u"es"_s, u"1"_s},
        {},
        {u"what?"_s, u"{{id}}"_s, QString(), u"2"_s},
        {u"34600111222"_s, u"José"_s, u"pt_BR"_s, u"3"_s},
    };
    for (const QStringList &row : rows)
        QCOMPARE(filler.fill(row).toJson(), compiled.filled(row).toJson());
    (void)filler.fill(rows.first());
    QVERIFY(filler.recipient().trunkZero);
    (void)filler.fill(rows.last());
    QVERIFY(!filler.recipient().trunkZero);

    // The digits of a constant recipient must not be read once more as if they were typed.
    request.setText(Field::To, u"+44 (0)7946 000958"_s);
    const RequestTemplate constant(request, RichColumns);
    RowFiller again(constant);
    for (const QStringList &row : rows) {
        (void)again.fill(row);
        QVERIFY(again.recipient().trunkZero);
    }
}

void TestRequestTemplate::contentTellsBodiesApartButForTheStatusUrl()
{
    const RequestTemplate compiled(
        requestOf(R"({"to":"{{p}}","status_url":"{{u}}","x":"{{a}}{{b}}"})"),
        {u"p"_s, u"u"_s, u"a"_s, u"b"_s});
    RowFiller filler(compiled);
    const auto contentOf = [&filler](const QStringList &cells) {
        (void)filler.fill(cells);
        return filler.content();
    };
    const auto first = contentOf({u"+44 7946 000958"_s, u"1"_s, u"x"_s, u"y"_s});
    QCOMPARE(contentOf({u"447946000958"_s, u"2"_s, u"x"_s, u"y"_s}), first);
    QCOMPARE(contentOf({u"447946000958"_s, u"2"_s, u"xy"_s, QString()}), first);
    QVERIFY(contentOf({u"447946000959"_s, u"1"_s, u"x"_s, u"y"_s}) != first);
    QVERIFY(contentOf({u"447946000958"_s, u"1"_s, u"x"_s, u"z"_s}) != first);

    const RequestTemplate either(
        requestOf(R"({"channel":"{{c}}","locale":"{{l}}","to":"447946000958"})"), {u"c"_s, u"l"_s});
    RowFiller other(either);
    (void)other.fill({u"sms"_s, u"es"_s});
    const auto sms = other.content();
    (void)other.fill({u"sms"_s, u"de"_s});
    QCOMPARE(other.content(), sms); // an SMS takes no locale
    (void)other.fill({u"whatsapp"_s, u"de"_s});
    QVERIFY(other.content() != sms);
}

QTEST_APPLESS_MAIN(TestRequestTemplate)
#include "tst_requesttemplate.moc"
