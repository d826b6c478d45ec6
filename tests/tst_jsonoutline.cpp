#include "core/json.h"
#include "core/jsonoutline.h"
#include "core/jsonpatch.h"
#include "core/requestplaces.h"

#include <QRandomGenerator>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

// In pieces: moc reads no raw string of several lines.
const QByteArray Sample = "{\n"
                          "  \"to\": \"+44 7946 000958\",\n"
                          "  \"components\": [\n"
                          "    {\"type\": \"header\", \"parameters\": "
                          "[{\"type\": \"image\", \"image\": {\"link\": \"http:/x/y\"}}]},\n"
                          "    {\"type\": \"body\", \"parameters\": "
                          "[{\"type\": \"text\", \"text\": \"A\\u00e9\\n\\ud83d\\ude00\"}, 7.0]}\n"
                          "  ],\n"
                          "  \"session_parameters\": [{\"name\": \"N\", \"value\": \"v\"}],\n"
                          "  \"x\": {\"deep\": [1e3, -0.5, true, null, {}, []]}\n"
                          "}";

} // namespace

/// Where the values of a JSON text stand, why a text is none, and how one is edited.
class TestJsonOutline : public QObject
{
    Q_OBJECT

private slots:
    void saysWhyATextIsNotJson_data();
    void saysWhyATextIsNotJson();
    void agreesWithTheParserOnDamagedTexts();
    void findsWhereAnEntrysValueStands();
    void knowsWhereSomebodyIsTyping_data();
    void knowsWhereSomebodyIsTyping();
    void editsOnlyWhatDiffers_data();
    void editsOnlyWhatDiffers();
    void editsLeadToWhatIsWantedFromAnywhere();
    void replacesATextThatIsNoJson();
};

void TestJsonOutline::saysWhyATextIsNotJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<JsonFlaw>("flaw");
    QTest::addColumn<int>("begin");
    const auto row = [](const char *text, JsonFlaw flaw, int begin) {
        QTest::addRow("%s", text) << QByteArray(text) << flaw << begin;
    };
    row("", JsonFlaw::Nothing, 0);
    row("{", JsonFlaw::ObjectOpen, 1);
    row("[1,", JsonFlaw::ArrayOpen, 3);
    row("{\"a\":}", JsonFlaw::ValueMissing, 5);
    row("{a:1}", JsonFlaw::NameMissing, 1);
    row("{\"a\":1,}", JsonFlaw::CommaBeforeEnd, 6);
    row("{\"a\" 1}", JsonFlaw::ColonMissing, 5);
    row("{\"a\":1 \"b\":2}", JsonFlaw::CommaMissing, 7);
    row("{} {}", JsonFlaw::TextBehindEnd, 3);
    row("{\"a\":\"b\n}", JsonFlaw::StringOpen, 5);
    row("[\"a\tb\"]", JsonFlaw::ControlCharacter, 3);
    row("[\"\\x\"]", JsonFlaw::BadEscape, 2);
    row("[\"\\ud800\"]", JsonFlaw::LoneSurrogate, 2);
    row("[01]", JsonFlaw::BadNumber, 1);
    row("[1.]", JsonFlaw::BadNumber, 1);
    row("[1e999]", JsonFlaw::NumberTooBig, 1);
    row("[True]", JsonFlaw::UnknownWord, 1);
    row("['a']", JsonFlaw::SingleQuotes, 1);
    row("[1, /"
        "/ no\n2]",
        JsonFlaw::Comment, 4);
    row("[1}", JsonFlaw::WrongBracket, 2);
    row("[\"\xff\"]", JsonFlaw::NotUtf8, 2);
}

void TestJsonOutline::saysWhyATextIsNotJson()
{
    QFETCH(const QByteArray, text);
    const auto outline = outlineJson(text);
    QVERIFY(!outline);
    QTEST(outline.error().flaw, "flaw");
    QTEST(static_cast<int>(outline.error().begin), "begin");
    QVERIFY(!parseJson(text));
}

void TestJsonOutline::agreesWithTheParserOnDamagedTexts()
{
    QVERIFY(outlineJson(Sample));
    QRandomGenerator random(7);
    const QByteArray letters = "{}[],:\"\\ \n0123456789eE.+-truefalsn\xc3\xa9\xff\xed\xa0";
    int sound = 0;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray text = Sample;
        for (int edits = 1 + round % 3; edits > 0; --edits) {
            const auto at = random.bounded(text.size());
            if (random.bounded(2) == 0)
                text.remove(at, 1);
            else
                text.insert(at, letters.at(random.bounded(letters.size())));
        }
        const bool parses = parseJson(text).has_value();
        sound += parses ? 1 : 0;
        QVERIFY2(outlineJson(text).has_value() == parses, text.constData());
    }
    QVERIFY(sound > 100);
}

void TestJsonOutline::findsWhereAnEntrysValueStands()
{
    const auto outline = outlineJson(Sample);
    QVERIFY(outline);
    const auto textOf = [&](Field field, int row, CheckCode code) {
        const ByteSpan span = spanOf(*outline, {Severity::Error, code, field, row, {}, 0});
        return Sample.mid(span.begin, span.end - span.begin);
    };
    QCOMPARE(textOf(Field::To, -1, CheckCode::RecipientStrange), "\"+44 7946 000958\"");
    QCOMPARE(textOf(Field::Components, 0, CheckCode::LinkNotHttp), "\"http:/x/y\"");
    QCOMPARE(textOf(Field::Components, 1, CheckCode::ValueEmpty), "\"A\\u00e9\\n\\ud83d\\ude00\"");
    QCOMPARE(textOf(Field::Components, 2, CheckCode::WrongType), "7.0");
    QCOMPARE(textOf(Field::SessionParameters, 0, CheckCode::SessionNameTwice), "\"N\"");
    QCOMPARE(textOf(Field::SessionParameters, 0, CheckCode::ValueEmpty), "\"v\"");
    QCOMPARE(textOf(Field::AgentId, -1, CheckCode::Missing), "{");
}

void TestJsonOutline::knowsWhereSomebodyIsTyping_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<JsonSpot::Place>("place");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("quoted");
    using Place = JsonSpot::Place;
    const auto row = [](const char *text, Place place, const char *path, bool quoted) {
        QTest::addRow("%s", text) << QByteArray(text) << place << QString::fromLatin1(path)
                                  << quoted;
    };
    row("", Place::Elsewhere, "", false);
    row("{", Place::Name, "", false);
    row("{\"lo", Place::Name, "", true);
    row("{\"to\":\"1\", \"", Place::Name, "", true);
    row("{\"locale\": \"e", Place::Value, "locale", true);
    row("{\"locale\": ", Place::Value, "locale", false);
    row("{\"locale\" ", Place::Elsewhere, "", false);
    row("{\"locale\": \"en\"", Place::Elsewhere, "", false);
    row("{\"locale\": \"en\" ", Place::Elsewhere, "", false);
    row("{\"components\":[{\"ty", Place::Name, "components/", true);
    row("{\"components\":[{\"type\":\"", Place::Value, "components//type", true);
    row("{\"components\":[{},{\"parameters\":[{\"type\":\"", Place::Value,
        "components//parameters//type", true);
    row("{\"a\":{\"b\":1},\"", Place::Name, "", true);
}

void TestJsonOutline::knowsWhereSomebodyIsTyping()
{
    QFETCH(const QByteArray, text);
    const JsonSpot spot = jsonSpot(text);
    QTEST(spot.place, "place");
    if (spot.place == JsonSpot::Place::Elsewhere)
        return;
    QTEST(spot.path.join(u'/'), "path");
    QTEST(spot.quoted, "quoted");
}

void TestJsonOutline::editsOnlyWhatDiffers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<QByteArray>("edited");
    const auto row = [](const char *name, const char *text, const char *wanted,
                        const char *edited) {
        QTest::addRow("%s", name) << QByteArray(text) << QByteArray(wanted) << QByteArray(edited);
    };
    row("nothing", "{ \"a\" : 1.0 }", "{\"a\":1.0}", "{ \"a\" : 1.0 }");
    row("one value", "{ \"a\" : \"\\u0041\",\n\n \"b\":\t2 }", R"({"a":"A","b":3})",
        "{ \"a\" : \"\\u0041\",\n\n \"b\":\t3 }");
    row("a member at the end", "{\n    \"a\": 1,\n    \"b\": 2\n}", R"({"a":1,"b":2,"c":[true]})",
        "{\n    \"a\": 1,\n    \"b\": 2,\n    \"c\": [\n      true\n    ]\n}");
    row("a member in front", "{\"b\": 2}", R"({"a":1,"b":2})", "{\"a\":1,\"b\": 2}");
    row("an item less", "[1, 2 , 3]", "[1,3]", "[1 , 3]");
    row("the first item less", "[1, 2 , 3]", "[2,3]", "[2 , 3]");
    row("the last member", "{\"a\": [1]}", "{\"a\":[]}", "{\"a\": []}");
    row("twice the same name", R"({"a":1, "a":2})", R"({"a":1,"a":5})", R"({"a":1, "a":5})");
    row("renamed", R"({"a" : 1})", R"({"b":1})", R"({"b" : 1})");
}

void TestJsonOutline::editsOnlyWhatDiffers()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, wanted);
    const auto value = parseJson(wanted);
    QVERIFY(value);
    QTEST(applied(text, jsonEdits(text, *value)), "edited");
}

void TestJsonOutline::editsLeadToWhatIsWantedFromAnywhere()
{
    QRandomGenerator random(11);
    const std::function<JsonValue(int)> make = [&](int depth) -> JsonValue {
        switch (random.bounded(depth > 3 ? 3 : 5)) {
        case 0: return JsonValue::number(random.bounded(3));
        case 1: return {u"t%1\n\"é"_s.arg(random.bounded(3))};
        case 2: return {};
        case 3: {
            JsonArray array;
            for (int n = random.bounded(4); n > 0; --n)
                array.push_back(make(depth + 1));
            return array;
        }
        default: {
            JsonObject object;
            for (int n = random.bounded(4); n > 0; --n)
                object.members.emplace_back(u"m%1"_s.arg(random.bounded(4)), make(depth + 1));
            return object;
        }
        }
    };
    for (int round = 0; round < 3000; ++round) {
        const JsonStyle style = round % 2 == 0 ? JsonStyle::Indented : JsonStyle::Compact;
        const QByteArray text = toJson(make(0), style);
        const JsonValue wanted = make(0);
        const auto then = parseJson(applied(text, jsonEdits(text, wanted)));
        QVERIFY2(then && *then == wanted, text.constData());
    }
}

void TestJsonOutline::replacesATextThatIsNoJson()
{
    const JsonValue wanted(JsonObject{{{u"a"_s, JsonValue(true)}}});
    QCOMPARE(applied("{\"a\": ", jsonEdits("{\"a\": ", wanted)), "{\n  \"a\": true\n}");
}

QTEST_APPLESS_MAIN(TestJsonOutline)
#include "tst_jsonoutline.moc"
