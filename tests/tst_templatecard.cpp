#include "core/templatecheck.h"
#include "core/templatefill.h"
#include "core/templatereader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// tests/data/templates.json: a template, values for its parameters, and the components
/// that a message with them has to have.
class TestTemplateCard : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLostOnTheWay_data();
    void nothingIsLostOnTheWay();
    void everyWrappingIsUnderstood_data();
    void everyWrappingIsUnderstood();
    void languagesOfOneTemplateAreOneCard();
    void aTextIsABody_data();
    void aTextIsABody();
    void whatIsNoTemplateIsRefused();
    void aSentRequestMakesACardWithoutItsValues_data();
    void aSentRequestMakesACardWithoutItsValues();
    void examplesAreReadAndWritten();
    void anEditKeepsWhatItDoesNotKnow();
    void fillingKeepsWhatTheFormDoesNotKnow();
    void anUnchangedValueKeepsItsParameter();
    void roomIsWhatTheWordsLeave();
    void theRequestIsCheckedAgainstTheCard_data();
    void theRequestIsCheckedAgainstTheCard();
    void flawsOfTheWordsAreFound_data();
    void flawsOfTheWordsAreFound();
};

namespace {

QJsonArray rows()
{
    QFile file(QStringLiteral(ICEBREAKER_TEST_DATA "/templates.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no templates.json");
    return QJsonDocument::fromJson(file.readAll()).array();
}

QByteArray bytesOf(const QJsonValue &value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                           : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

JsonValue parsed(const QByteArray &json)
{
    auto value = parseJson(json);
    if (!value)
        qFatal("the test's JSON is broken");
    return *value;
}

QByteArray compact(const JsonValue &value)
{
    return toJson(value, JsonStyle::Compact);
}

/// Without regard to the order of members, which the wire does not care for.
QJsonValue comparable(const JsonArray &components)
{
    return QJsonDocument::fromJson(compact(components)).array();
}

TemplateCard only(const QByteArray &text)
{
    const auto cards = readTemplates(text);
    if (!cards || cards->size() != 1)
        qFatal("not one card");
    return cards->first();
}

OutboundRequest requestFor(const TemplateCard &card, const JsonArray &components)
{
    OutboundRequest request;
    request.setText(Field::Template, card.name);
    request.setText(Field::Locale, card.locales().value(0));
    request.setComponents(components);
    return request;
}

bool hasCode(const QList<CheckEntry> &entries, CheckCode code)
{
    return std::any_of(entries.begin(), entries.end(),
                       [code](const auto &entry) { return entry.code == code; });
}

/// @p json with its @ replaced, everywhere.
QByteArray with(QByteArray json, const QByteArray &text)
{
    return json.replace('@', text);
}

const QByteArray Named =
    R"({"name":"n","language":"en","parameter_format":"NAMED","components":[{"type":"BODY",)"
    R"("text":"{{a}} {{b}}"}]})";

} // namespace

void TestTemplateCard::nothingIsLostOnTheWay_data()
{
    QTest::addColumn<QJsonObject>("row");
    for (const QJsonValue &each : rows())
        QTest::newRow(qPrintable(each[u"row"_s].toString())) << each.toObject();
    QVERIFY(rows().size() >= 60);
}

void TestTemplateCard::nothingIsLostOnTheWay()
{
    QFETCH(const QJsonObject, row);
    const QByteArray source = bytesOf(row[u"template"_s]);
    QStringList values;
    for (const QJsonValue &each : row[u"values"_s].toArray())
        values.append(each.toString());

    // The card from JSON, and through its file.
    const TemplateCard card = only(source);
    QCOMPARE(card.name, row[u"template"_s][u"name"_s].toString());
    QCOMPARE(card.locales(), QStringList{row[u"template"_s][u"language"_s].toString()});
    const TemplateVersion &version = card.versions.first();
    QCOMPARE(compact(version.json()), source);
    const auto kept = TemplateCard::fromJson(*parsed(compact(card.toJson())).object());
    QVERIFY(kept.has_value());
    QCOMPARE(*kept, card);

    // The form: as many values as there have to be.
    QCOMPARE(version.parameters().size(), values.size());

    // The body.
    const JsonArray components = filledComponents(version, values);
    QCOMPARE(comparable(components), row[u"wire"_s]);
    QCOMPARE(rendered(version, values).body.text, row[u"body"_s].toString());

    // And back.
    const SlotValues back = slotValues(version, &components);
    QCOMPARE(back.values, values);
    QCOMPARE(back.unused, 0);
    QCOMPARE(back.misnamed, 0);
    QCOMPARE(compact(filledComponents(version, back.values, &components)), compact(components));
    const OutboundRequest request = requestFor(card, components);
    const auto parameters = request.parameters();
    for (qsizetype i = 0; i < values.size(); ++i) {
        const int at = back.rows.at(i);
        QVERIFY(at >= 0 || values.at(i).isEmpty());
        if (at >= 0 && parameters.at(at).type != ParameterType::Other
            && !isContinuation(version.parameters().at(i).kind))
            QCOMPARE(parameters.at(at).value, values.at(i));
    }
    QVERIFY2(!hasErrors(checkAgainst(card, request)), qPrintable(card.name));

    // One more or one fewer is noticed.
    if (!parameters.isEmpty()) {
        OutboundRequest fewer = request;
        fewer.removeParameter(0);
        const bool optional = version.parameters().first().optional;
        QCOMPARE(hasCode(checkAgainst(card, fewer), CheckCode::ParameterCount), !optional);
    }
    OutboundRequest more = request;
    more.addParameter({Part::Body, 0, ParameterType::Text, u"too much"_s});
    QVERIFY(hasCode(checkAgainst(card, more), CheckCode::ParameterCount));
}

void TestTemplateCard::everyWrappingIsUnderstood_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("alone") << QByteArray() << QByteArray();
    QTest::newRow("list") << QByteArray("[") << QByteArray("]");
    QTest::newRow("Meta") << QByteArray(R"({"data":[)")
                          << QByteArray(R"(],"paging":{"cursors":{"before":"a","after":"b"}}})");
    QTest::newRow("Vonage") << QByteArray(R"({"paging":{"cursors":{"after":"b"}},"templates":[)")
                            << QByteArray("]}");
    QTest::newRow("Graph field") << QByteArray(R"({"message_templates":{"data":[)")
                                 << QByteArray(R"(]},"id":"1"})");
    QTest::newRow("WhatsApp Manager")
        << QByteArray("\xEF\xBB\xBF \n{\"waba_templates\":[") << QByteArray("],\"count\":1}\n");
}

void TestTemplateCard::everyWrappingIsUnderstood()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    for (const QJsonValue &each : rows()) {
        const QByteArray source = bytesOf(each[u"template"_s]);
        const TemplateCard card = only(before + source + after);
        QCOMPARE(compact(card.versions.first().json()), source);
    }
}

void TestTemplateCard::languagesOfOneTemplateAreOneCard()
{
    const auto cards = readTemplates(
        R"({"namespace":"ns","data":[
           {"name":"a","language":"en","components":[{"type":"BODY","text":"Hi {{1}}"}]},
           {"name":"b","language":"en","components":[{"type":"BODY","text":"Other"}]},
           {"name":"a","language":{"code":"de","policy":"deterministic"},
            "components":[{"type":"BODY","text":"Hallo {{1}}"}]},
           {"name":"a","namespace":"elsewhere","language":"fr",
            "components":[{"type":"BODY","text":"Salut {{1}}"}]}]})");
    QVERIFY(cards.has_value());
    QCOMPARE(cards->size(), 3);
    const TemplateCard &card = cards->first();
    QCOMPARE(card.namespaceId, u"ns"_s);
    QCOMPARE(card.locales(), (QStringList{u"en"_s, u"de"_s}));
    QCOMPARE(card.version(u"de"_s)->bodyText(), u"Hallo {{1}}"_s);
    QCOMPARE(card.version(u"fr"_s), nullptr);
    QCOMPARE(cards->last().namespaceId, u"elsewhere"_s);

    // Newer words replace older ones of the same language, and no others.
    QList<TemplateCard> book = *cards;
    TemplateCard newer{u"a"_s, u"ns"_s, {*card.version(u"en"_s)}, {}};
    newer.versions.first().setBodyText(u"Hello {{1}}"_s);
    QCOMPARE(mergeCard(book, newer), 0);
    QCOMPARE(book.size(), 3);
    QCOMPARE(book.first().version(u"en"_s)->bodyText(), u"Hello {{1}}"_s);
    QCOMPARE(book.first().version(u"de"_s)->bodyText(), u"Hallo {{1}}"_s);
}

void TestTemplateCard::aTextIsABody_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("count");
    QTest::newRow("words") << QByteArray("Hello {{1}}, see {{2}}") << u"Hello {{1}}, see {{2}}"_s
                           << 2;
    QTest::newRow("starts with braces")
        << QByteArray("{{name}}, hello!\r\nBye") << u"{{name}}, hello!\nBye"_s << 1;
    QTest::newRow("starts with a bracket") << QByteArray("[Shop] {{1}}") << u"[Shop] {{1}}"_s << 1;
    QTest::newRow("a number is a text") << QByteArray(" 42 ") << u"42"_s << 0;
    QTest::newRow("a quoted text") << QByteArray("\"Hi\"") << u"\"Hi\""_s << 0;
    QTest::newRow("right to left") << QByteArray("שלום {{1}}") << u"שלום {{1}}"_s << 1;
}

void TestTemplateCard::aTextIsABody()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, body);
    QFETCH(const int, count);
    const TemplateCard card = only(text);
    QVERIFY(card.name.isEmpty());
    QCOMPARE(card.versions.first().bodyText(), body);
    QCOMPARE(card.versions.first().parameters().size(), count);
}

void TestTemplateCard::whatIsNoTemplateIsRefused()
{
    using Kind = TemplateReadError::Kind;
    QCOMPARE(readTemplates("  \n").error().kind, Kind::Empty);
    QCOMPARE(readTemplates("{}").error().kind, Kind::NoTemplate);
    QCOMPARE(readTemplates(R"({"data":[]})").error().kind, Kind::NoTemplate);
    const auto broken = readTemplates("{\n\"name\": }");
    QCOMPARE(broken.error().kind, Kind::BrokenJson);
    QCOMPARE(broken.error().json->line, 2);
    QCOMPARE(readTemplates(R"([{"name":"a"},)").error().kind, Kind::BrokenJson);
}

void TestTemplateCard::aSentRequestMakesACardWithoutItsValues_data()
{
    QTest::addColumn<QByteArray>("json");
    const QByteArray components =
        R"("components":[{"type":"header","parameters":[{"type":"image","image":{"link":"l"}}]},)"
        R"({"type":"body","parameters":[{"type":"text","text":"Secret"},{"type":"text",)"
        R"("text":"b"}]},{"type":"button","sub_type":"url","index":"1","parameters":[)"
        R"({"type":"text","text":"s"}]}])";
    QTest::newRow("AI Studio") << QByteArray(R"({"to":"447700900958","agent_id":"a","namespace":)"
                                             R"("ns","template":"t","locale":"en",)"
                                             + components + "}");
    QTest::newRow("Messages API") << QByteArray(
        R"({"channel":"whatsapp","custom":{"type":"template","template":{)"
        R"("namespace":"ns","name":"t","language":{"code":"en"},)"
        + components + "}}}");
    QTest::newRow("Cloud API") << QByteArray(R"({"messaging_product":"whatsapp","template":{)"
                                             R"("namespace":"ns","name":"t","language":)"
                                             R"({"code":"en"},)"
                                             + components + "}}");
}

void TestTemplateCard::aSentRequestMakesACardWithoutItsValues()
{
    QFETCH(const QByteArray, json);
    const TemplateCard card = only(json);
    QCOMPARE(card.name, u"t"_s);
    QCOMPARE(card.namespaceId, u"ns"_s);
    QCOMPARE(card.locales(), QStringList{u"en"_s});
    const TemplateVersion &version = card.versions.first();
    QCOMPARE(version.headerKind(), HeaderKind::Image);
    QCOMPARE(version.bodyText(), u"{{1}}\n{{2}}"_s);
    QCOMPARE(version.buttons().at(1).kind, ButtonKind::Url);
    QVERIFY(!compact(card.toJson()).contains("Secret"));
    // The message fits the card that was made of it.
    const JsonValue document = parsed(json);
    const JsonArray *sent = nullptr;
    for (const JsonObject *at = document.object(); at != nullptr;) {
        const JsonValue *inner = at->find(u"custom");
        inner = inner == nullptr ? at->find(u"template") : inner;
        sent = at->find(u"components") == nullptr ? sent : at->find(u"components")->array();
        at = inner == nullptr ? nullptr : inner->object();
    }
    const SlotValues values = slotValues(version, sent);
    QCOMPARE(values.values, (QStringList{u"l"_s, u"Secret"_s, u"b"_s, QString(), u"s"_s}));
    QCOMPARE(values.unused, 0);
}

void TestTemplateCard::examplesAreReadAndWritten()
{
    for (const QJsonValue &each : rows()) {
        TemplateCard card = only(bytesOf(each[u"template"_s]));
        TemplateVersion &version = card.versions.first();
        const auto slotList = version.parameters();
        for (const TemplateSlot &slot : slotList) {
            if (slot.kind == SlotKind::Payload || slot.kind == SlotKind::DocumentName
                || slot.kind == SlotKind::Latitude || isContinuation(slot.kind))
                continue;
            version.setExample(slot, u"ex "_s + slot.name);
            const auto after = version.parameters();
            const auto same = std::find_if(after.begin(), after.end(), [&](const auto &other) {
                return other.part == slot.part && other.index == slot.index
                    && other.name == slot.name;
            });
            QVERIFY(same != after.end());
            QCOMPARE(same->example, u"ex "_s + slot.name);
        }
        QCOMPARE(version.parameters().size(), slotList.size());
    }
    const auto hinted = only(R"({"name":"h","language":"en","components":[{"type":"BODY","text":)"
                             R"("{{1}} {{2}}","example":{"body_text":[["Ana","7"]]}},)"
                             R"({"type":"BUTTONS","buttons":[{"type":"URL","text":"G","url":)"
                             R"("https://e.org/{{1}}","example":["https://e.org/abc"]}]}]})")
                            .versions.first()
                            .parameters();
    QCOMPARE(hinted.at(0).example, u"Ana"_s);
    QCOMPARE(hinted.at(1).example, u"7"_s);
    QCOMPARE(hinted.at(2).example, u"abc"_s);
}

void TestTemplateCard::anEditKeepsWhatItDoesNotKnow()
{
    TemplateCard card = only(
        R"({"name":"a","novel":1.0,"language":"en","components":[{"type":"BODY","x":[1],"text":)"
        R"("Hi"},{"type":"CAROUSEL","cards":[]},{"type":"BUTTONS","buttons":[{"type":"URL",)"
        R"("text":"Go","url":"https://e.org/","app_deep_link":{"a":1}}]}]})");
    TemplateVersion &version = card.versions.first();
    version.setBodyText(u"Hello {{1}}"_s);
    version.setHeader(HeaderKind::Text, u"Top"_s);
    version.setFooterText(u"End"_s);
    version.setButton(0, {ButtonKind::Url, u"Open"_s, u"https://e.org/{{1}}"_s, {}});
    version.addButton({ButtonKind::QuickReply, u"Yes"_s, {}, {}});
    QCOMPARE(compact(version.json()),
             QByteArray(R"({"name":"a","novel":1.0,"language":"en","components":[{"type":"HEADER",)"
                        R"("format":"TEXT","text":"Top"},{"type":"BODY","x":[1],"text":)"
                        R"("Hello {{1}}"},{"type":"FOOTER","text":"End"},{"type":"CAROUSEL",)"
                        R"("cards":[]},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Open",)"
                        R"("url":"https://e.org/{{1}}","app_deep_link":{"a":1}},{"type":)"
                        R"("QUICK_REPLY","text":"Yes"}]}]})"));
    QCOMPARE(version.foreignParts(), QStringList{u"CAROUSEL"_s});
    version.setHeader(HeaderKind::Image);
    QCOMPARE(version.headerKind(), HeaderKind::Image);
    QVERIFY(version.headerText().isEmpty());
    version.setHeader(HeaderKind::None);
    version.setFooterText({});
    version.removeButton(0);
    version.removeButton(0);
    QCOMPARE(compact(version.json()),
             QByteArray(R"({"name":"a","novel":1.0,"language":"en","components":[{"type":"BODY",)"
                        R"("x":[1],"text":"Hello {{1}}"},{"type":"CAROUSEL","cards":[]}]})"));
}

void TestTemplateCard::fillingKeepsWhatTheFormDoesNotKnow()
{
    const TemplateCard card = only(
        R"({"name":"a","language":"en","components":[{"type":"BODY","text":"{{1}}"},)"
        R"({"type":"CAROUSEL","cards":[]},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"F"},)"
        R"({"type":"URL","text":"Go","url":"https://e.org/{{1}}"}]}]})");
    const JsonValue before = parsed(
        R"([{"type":"carousel","cards":[{"card_index":0}]},{"type":"body","extra":7,)"
        R"("parameters":[{"type":"text","text":"old","note":1},{"type":"text","text":"lost"}]},)"
        R"({"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action"}]},)"
        R"({"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text",)"
        R"("text":"s"}]}])");
    const TemplateVersion &version = card.versions.first();
    QCOMPARE(slotValues(version, before.array()).unused, 1);
    QCOMPARE(compact(filledComponents(version, {u"new"_s, u"s"_s}, before.array())),
             QByteArray(R"([{"type":"body","extra":7,"parameters":[{"type":"text","text":"new",)"
                        R"("note":1}]},{"type":"button","sub_type":"url","index":"1",)"
                        R"("parameters":[{"type":"text","text":"s"}]},{"type":"carousel",)"
                        R"("cards":[{"card_index":0}]},{"type":"button","sub_type":"flow",)"
                        R"("index":"0","parameters":[{"type":"action"}]}])"));
}

void TestTemplateCard::anUnchangedValueKeepsItsParameter()
{
    const TemplateCard card =
        only(R"({"name":"a","language":"en","components":[{"type":"HEADER","format":"IMAGE"},)"
             R"({"type":"BODY","text":"{{1}} {{2}}"}]})");
    const JsonValue before = parsed(
        R"([{"type":"header","parameters":[{"type":"image","image":{"id":"77"}}]},)"
        R"({"type":"body","parameters":[{"type":"currency","currency":{"fallback_value":"$10",)"
        R"("code":"USD","amount_1000":10000}},{"type":"text","text":"x"}]}])");
    const TemplateVersion &version = card.versions.first();
    const SlotValues values = slotValues(version, before.array());
    QCOMPARE(values.values, (QStringList{QString(), u"$10"_s, u"x"_s}));
    QCOMPARE(values.rows, (QList<int>{0, 1, 2}));
    QCOMPARE(compact(filledComponents(version, values.values, before.array())), compact(before));
    const JsonArray changed =
        filledComponents(version, {u"https://e.org/i"_s, u"$9"_s, u"x"_s}, before.array());
    const QByteArray text = R"({"type":"text","text":"$9"})";
    const QByteArray picture = R"("image":{"id":"77","link":"https://e.org/i"})";
    QVERIFY(compact(changed).contains(text));
    QVERIFY(compact(changed).contains(picture));
}

void TestTemplateCard::roomIsWhatTheWordsLeave()
{
    const auto slotList = only("Hello {{1}} 🎉{{2}}").versions.first().parameters();
    QCOMPARE(slotList.at(0).maxLength, TemplateBodyMax - 8); // an emoji is one character
    QCOMPARE(slotList.at(1).maxLength, TemplateBodyMax - 8);
}

void TestTemplateCard::theRequestIsCheckedAgainstTheCard_data()
{
    QTest::addColumn<QByteArray>("components");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<CheckCode>("code");
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<int>("row");
    const QByteArray twoTexts = R"({"type":"BODY","text":"{{1}} {{2}}"})";
    const QByteArray long600(600, 'x');
    QTest::newRow("together too long")
        << twoTexts
        << with(R"({"type":"body","parameters":[{"type":"text","text":"a@"},)"
                R"({"type":"text","text":"@"}]})",
                long600)
        << CheckCode::HydratedTooLong << Severity::Error << 0;
    QTest::newRow("header too long")
        << QByteArray(R"({"type":"HEADER","format":"TEXT","text":"twenty letters here {{1}}"})")
        << with(R"({"type":"header","parameters":[{"type":"text","text":"@"}]})",
                QByteArray(45, 'x'))
        << CheckCode::HydratedTooLong << Severity::Warning << 0;
    QTest::newRow("too few") << twoTexts
                             << QByteArray(R"({"type":"body","parameters":[{"type":"text",)"
                                           R"("text":"a"}]})")
                             << CheckCode::ParameterCount << Severity::Error << -1;
    QTest::newRow("another type")
        << QByteArray(R"({"type":"HEADER","format":"IMAGE"})")
        << QByteArray(R"({"type":"header","parameters":[{"type":"text","text":"a"}]})")
        << CheckCode::ParameterCount << Severity::Error << -1;
    QTest::newRow("no place")
        << QByteArray(R"({"type":"HEADER","format":"LOCATION"})")
        << QByteArray(R"({"type":"header","parameters":[{"type":"location","location":)"
                      R"({"latitude":"91","longitude":"1","name":"n","address":"a"}}]})")
        << CheckCode::LocationIncomplete << Severity::Error << 0;
    QTest::newRow("no code")
        << QByteArray(R"({"type":"BUTTONS","buttons":[{"type":"COPY_CODE"}]})")
        << QByteArray(R"({"type":"button","sub_type":"copy_code","index":0,"parameters":[)"
                      R"({"type":"coupon_code","coupon_code":""}]})")
        << CheckCode::ValueEmpty << Severity::Error << 0;
    QTest::newRow("long code")
        << QByteArray(R"({"type":"BUTTONS","buttons":[{"type":"COPY_CODE"}]})")
        << QByteArray(R"({"type":"button","sub_type":"copy_code","index":0,"parameters":[)"
                      R"({"type":"coupon_code","coupon_code":"1234567890123456"}]})")
        << CheckCode::TooLong << Severity::Warning << 0;
    QTest::newRow("needs a carousel")
        << QByteArray(R"({"type":"CAROUSEL","cards":[]})") << QByteArray()
        << CheckCode::TemplatePartMissing << Severity::Warning << -1;
}

void TestTemplateCard::theRequestIsCheckedAgainstTheCard()
{
    QFETCH(const QByteArray, components);
    QFETCH(const QByteArray, values);
    QFETCH(const CheckCode, code);
    QFETCH(const Severity, severity);
    QFETCH(const int, row);
    const TemplateCard card =
        only(R"({"name":"a","language":"en","components":[)" + components + "]}");
    const OutboundRequest request = requestFor(card, *parsed("[" + values + "]").array());
    const auto entries = checkAgainst(card, request);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().code, code);
    QCOMPARE(entries.first().severity, severity);
    QCOMPARE(entries.first().row, row);

    OutboundRequest other = request;
    other.setText(Field::Template, u"another"_s);
    QVERIFY(checkAgainst(card, other).isEmpty());
    OutboundRequest sms = request;
    sms.setText(Field::Channel, u"sms"_s);
    QVERIFY(checkAgainst(card, sms).isEmpty());
    OutboundRequest foreign = request;
    foreign.setText(Field::Locale, u"fr"_s);
    QVERIFY(hasCode(checkAgainst(card, foreign), CheckCode::LocaleNotInCard));
    TemplateCard paused =
        only(R"({"name":"a","language":"en","status":"PAUSED","components":[)" + components + "]}");
    QVERIFY(hasCode(checkAgainst(paused, request), CheckCode::TemplateNotApproved));

    // Names where there are none, and none where there are.
    const TemplateCard named = only(Named);
    OutboundRequest nameless =
        requestFor(named,
                   *parsed(R"([{"type":"body","parameters":[{"type":"text","text":"1"},)"
                           R"({"type":"text","text":"2"}]}])")
                        .array());
    QVERIFY(hasCode(checkAgainst(named, nameless), CheckCode::ParameterNames));
}

void TestTemplateCard::flawsOfTheWordsAreFound_data()
{
    using Kind = TemplateFlaw::Kind;
    QTest::addColumn<QByteArray>("components");
    QTest::addColumn<TemplateFlaw>("flaw");
    const auto body = [](const QByteArray &text) {
        return with(R"({"type":"BODY","text":"@"})", text);
    };
    const auto buttons = [&](const QByteArray &list) {
        return body("b") + R"(,{"type":"BUTTONS","buttons":[)" + list + "]}";
    };
    const QByteArray quick = R"({"type":"QUICK_REPLY","text":"a"})";
    const QByteArray phone = R"({"type":"PHONE_NUMBER","text":"a","phone_number":"+1"})";
    QTest::newRow("no body") << body({}) << TemplateFlaw{Kind::NoBody, 0, {}};
    QTest::newRow("body") << body(QByteArray(1025, 'x'))
                          << TemplateFlaw{Kind::BodyTooLong, 1024, {}};
    QTest::newRow("header") << body("b")
            + with(R"(,{"type":"HEADER","format":"TEXT","text":"@"})", QByteArray(61, 'x'))
                            << TemplateFlaw{Kind::HeaderTooLong, 60, {}};
    QTest::newRow("footer") << body("b")
            + with(R"(,{"type":"FOOTER","text":"@"})", QByteArray(61, 'x'))
                            << TemplateFlaw{Kind::FooterTooLong, 60, {}};
    QTest::newRow("header's placeholders")
        << body("b") + R"(,{"type":"HEADER","format":"TEXT","text":"{{1}} {{2}}"})"
        << TemplateFlaw{Kind::HeaderPlaceholders, 0, {}};
    QTest::newRow("footer's placeholder") << body("b") + R"(,{"type":"FOOTER","text":"{{1}}"})"
                                          << TemplateFlaw{Kind::FooterPlaceholders, 0, {}};
    QTest::newRow("mixed") << body("{{1}} {{a}}") << TemplateFlaw{Kind::MixedNames, 0, {}};
    QTest::newRow("gap") << body("{{1}} {{3}}") << TemplateFlaw{Kind::NumberGap, 0, u"2"_s};
    QTest::newRow("from two") << body("{{2}}") << TemplateFlaw{Kind::NumberGap, 0, u"1"_s};
    QTest::newRow("label") << buttons(
        with(R"({"type":"QUICK_REPLY","text":"@"})", QByteArray(26, 'x')))
                           << TemplateFlaw{Kind::LabelTooLong, 25, QString(26, u'x')};
    QTest::newRow("no label") << buttons(R"({"type":"QUICK_REPLY","text":""})")
                              << TemplateFlaw{Kind::LabelMissing, 0, {}};
    QTest::newRow("eleven") << buttons((quick + ",").repeated(10) + quick)
                            << TemplateFlaw{Kind::TooManyButtons, 10, {}};
    QTest::newRow("two phones") << buttons(phone + "," + phone)
                                << TemplateFlaw{Kind::TooManyButtons, 1, u"PHONE_NUMBER"_s};
    QTest::newRow("inside a URL") << buttons(
        R"({"type":"URL","text":"G","url":"https://e.org/{{1}}/x"})")
                                  << TemplateFlaw{Kind::UrlPlaceholder, 0, u"G"_s};
}

void TestTemplateCard::flawsOfTheWordsAreFound()
{
    QFETCH(const QByteArray, components);
    QFETCH(const TemplateFlaw, flaw);
    const TemplateCard card =
        only(R"({"name":"a","language":"en","components":[)" + components + "]}");
    QCOMPARE(flawsOf(card.versions.first()), QList{flaw});
}

QTEST_APPLESS_MAIN(TestTemplateCard)
#include "tst_templatecard.moc"
