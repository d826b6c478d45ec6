#include "core/requesttemplate.h"
#include "core/variables.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// `{{name}}` in any text of a request: what it becomes, and what it never becomes.
class TestVariables : public QObject
{
    Q_OBJECT

private slots:
    void everyTextOfTheBodyIsFilledIn();
    void valuesAreTextsWhateverTheyLookLike_data();
    void valuesAreTextsWhateverTheyLookLike();
    void aPlaceholderInAValueIsNone();
    void theCollectionComesBeforeTheProfileAndItBeforeWhatIsBuiltIn();
    void anUnknownNameIsToldWithItsFieldAndRow();
    void bracesThatAreNoPlaceholderStay_data();
    void bracesThatAreNoPlaceholderStay();
    void aRowsColumnComesBeforeAVariable();
    void aValueCannotBecomeAColumn_data();
    void aValueCannotBecomeAColumn();
    void builtInNamesOfARowAreFilledWhenItLeaves();
};

namespace {

OutboundRequest read(const QByteArray &json)
{
    return OutboundRequest::fromJson(json).value_or(OutboundRequest());
}

Variables profile(const QList<Variable> &variables)
{
    Variables all;
    all.add(VariableOrigin::Profile, variables);
    return all;
}

} // namespace

void TestVariables::everyTextOfTheBodyIsFilledIn()
{
    const auto request = read(R"({"to":"{{ number }}","x":{"{{k}}":["a{{k}}b{{k}}",1,null]},
        "components":[{"type":"body","parameters":[{"type":"text","text":"{{k}}"}]}],
        "session_parameters":[{"name":"{{k}}","value":"<{{number}}>"}]})");
    const auto result = resolved(request, profile({{u"k"_s, u"v"_s}, {u"number"_s, u"44"_s}}));
    QCOMPARE(result.unknown, {});
    QCOMPARE(result.request, read(R"({"to":"44","x":{"{{k}}":["avbv",1,null]},
        "components":[{"type":"body","parameters":[{"type":"text","text":"v"}]}],
        "session_parameters":[{"name":"v","value":"<44>"}]})"));
}

void TestVariables::valuesAreTextsWhateverTheyLookLike_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("quote") << u"\",\"to\":\"666"_s;
    QTest::newRow("object") << u"{\"a\":1}"_s;
    QTest::newRow("backslash") << u"\\u0041\\"_s;
    QTest::newRow("line break") << u"a\nb\tc"_s;
    QTest::newRow("nul") << u"a"_s + QChar(0) + u"b"_s;
    QTest::newRow("emoji") << QString::fromUtf8("\xF0\x9F\x98\x80");
    QTest::newRow("empty") << QString();
}

void TestVariables::valuesAreTextsWhateverTheyLookLike()
{
    QFETCH(const QString, value);
    const auto result = resolved(read(R"({"a":"{{v}}","to":"1"})"), profile({{u"v"_s, value}}));
    const auto reread = read(result.request.toJson());
    QCOMPARE(reread.root().members.size(), 2U);
    QCOMPARE(*reread.root().find(u"a")->string(), value);
    QCOMPARE(reread.text(Field::To), u"1"_s);
}

void TestVariables::aPlaceholderInAValueIsNone()
{
    const auto known = profile({{u"a"_s, u"{{b}}"_s}, {u"b"_s, u"no"_s}, {u"open"_s, u"{{"_s}});
    QCOMPARE(resolved(u"{{a}}"_s, known), u"{{b}}"_s);
    QCOMPARE(resolved(u"{{open}}b}}"_s, known), u"{{b}}"_s);
    QVERIFY(resolved(read(R"({"x":"{{a}}"})"), known).unknown.isEmpty());
}

void TestVariables::theCollectionComesBeforeTheProfileAndItBeforeWhatIsBuiltIn()
{
    Variables all;
    all.add(VariableOrigin::Collection, {{u"a"_s, u"collection"_s}});
    all.add(VariableOrigin::Profile, {{u"a"_s, u"profile"_s}, {u"b"_s, u"profile"_s}});
    all.add(VariableOrigin::BuiltIn, {{u"b"_s, u"built in"_s}, {u"now"_s, u"built in"_s}});
    QCOMPARE(resolved(u"{{a}} {{b}} {{now}}"_s, all), u"collection profile built in"_s);
    QCOMPARE(all.find(u"b"_s)->origin, VariableOrigin::Profile);
    QVERIFY(all.find(u"B"_s) == nullptr);
}

void TestVariables::anUnknownNameIsToldWithItsFieldAndRow()
{
    const auto request = read(R"({"template":"{{t}}","components":[
        {"type":"header","parameters":[{"type":"text","text":"x"}]},
        {"type":"{{c}}","parameters":[{"type":"text","text":"x"},{"type":"image","image":{"link":"{{i}}{{i}}"}}]}],
        "session_parameters":[{"name":"a","value":"x"},{"name":"b","value":"{{s}}"}],"other":["{{o}}"]})");
    const QList<UnknownVariable> expected{
        {Field::Template, -1, u"t"_s},  {Field::Components, -1, u"c"_s},
        {Field::Components, 2, u"i"_s}, {Field::SessionParameters, 1, u"s"_s},
        {Field::Body, -1, u"o"_s},
    };
    const auto result = resolved(request, {});
    QCOMPARE(result.unknown, expected);
    QCOMPARE(result.request, request);
}

void TestVariables::bracesThatAreNoPlaceholderStay_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one brace") << u"{a}"_s << u"{a}"_s;
    QTest::newRow("open") << u"{{a"_s << u"{{a"_s;
    QTest::newRow("closed") << u"a}}"_s << u"a}}"_s;
    QTest::newRow("json") << u"{\"x\":{\"y\":{}}}"_s << u"{\"x\":{\"y\":{}}}"_s;
    QTest::newRow("opened twice") << u"{{x {{a}}"_s << u"{{x 1"_s;
    QTest::newRow("three braces") << u"{{{a}}}"_s << u"{1}"_s;
    QTest::newRow("blanks") << u"{{  a }}"_s << u"1"_s;
}

void TestVariables::bracesThatAreNoPlaceholderStay()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(resolved(text, profile({{u"a"_s, u"1"_s}})), expected);
}

void TestVariables::aRowsColumnComesBeforeAVariable()
{
    const auto request = resolvedForRows(
        read(R"({"a":"{{name}} of {{shop}}"})"),
        profile({{u"name"_s, u"nobody"_s}, {u"shop"_s, u"Blumen"_s}}), {u" name "_s});
    const RequestTemplate rows(request, {u" name "_s});
    QCOMPARE(rows.unknownNames(), QStringList());
    QCOMPARE(*rows.filled({u"Marta"_s}).root().find(u"a")->string(), u"Marta of Blumen"_s);
}

void TestVariables::aValueCannotBecomeAColumn_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    QTest::newRow("whole") << u"{{v}}"_s << u"{{name}}"_s;
    QTest::newRow("built in") << u"{{v}}"_s << u"{{uuid}}"_s;
    QTest::newRow("half and half") << u"{{v}}name}}"_s << u"{{"_s;
    QTest::newRow("a brace") << u"{{{v}}name}}"_s << u"{"_s;
    QTest::newRow("beside one") << u"{{name}} {{v}}"_s << u"{{name}}"_s;
}

void TestVariables::aValueCannotBecomeAColumn()
{
    QFETCH(const QString, text);
    QFETCH(const QString, value);
    OutboundRequest request;
    request.setText(Field::Template, text);
    const QStringList columns{u"name"_s};
    const RequestTemplate rows(resolvedForRows(request, profile({{u"v"_s, value}}), columns),
                               columns);
    QVERIFY2(!rows.unknownNames().isEmpty(), "it would be sent");
}

void TestVariables::builtInNamesOfARowAreFilledWhenItLeaves()
{
    OutboundRequest request;
    request.setText(Field::Template, u"{{send_id}}/{{uuid}}/{{now}}/{{name}}"_s);
    const RequestTemplate rows(request, {u"name"_s, u"uuid"_s});
    QCOMPARE(rows.unknownNames(), QStringList());
    QCOMPARE(
        rows.filled({u"{{now}}"_s, u"own"_s}, {u"NOW"_s, u"UUID"_s, u"ID"_s}).text(Field::Template),
        u"ID/own/NOW/{{now}}"_s);
    const auto first = RowBuiltIns::forSend(u"x"_s);
    QVERIFY(first.uuid != RowBuiltIns::forSend(u"x"_s).uuid);
    QVERIFY(QDateTime::fromString(first.now, Qt::ISODate).isValid());
    QVERIFY(first.now.endsWith(u'Z'));
}

QTEST_GUILESS_MAIN(TestVariables)
#include "tst_variables.moc"
