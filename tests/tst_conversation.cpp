#include "core/conversation.h"
#include "core/json.h"

#include <QRandomGenerator>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestConversation : public QObject
{
    Q_OBJECT

private slots:
    void wholeSessionIsRead();
    void everythingIsOptional_data();
    void everythingIsOptional();
    void wrappersAreOpened_data();
    void wrappersAreOpened();
    void whatIsNoSessionIsNotRead_data();
    void whatIsNoSessionIsNotRead();
    void turnsInEveryForm_data();
    void turnsInEveryForm();
    void orderThatIsNotKnownIsNotClaimed();
    void momentsInEveryForm_data();
    void momentsInEveryForm();
    void momentsDoNotDependOnTheZoneHere();
    void parametersAsListOfNamesAndValues();

    void listsInEveryForm_data();
    void listsInEveryForm();
    void whatIsNoListIsNotRead_data();
    void whatIsNoListIsNotRead();
    void summaryCarriesItsWholeSession();

    void keptConversationComesBackByteForByte_data();
    void keptConversationComesBackByteForByte();
    void foreignJsonIsNoKeptConversation_data();
    void foreignJsonIsNoKeptConversation();
    void mutatedAnswersAreHarmless();
    void largeAnswerIsReadOnce();
};

// After the class: moc 6.4 loses its way in some raw strings.
namespace {

const QByteArray Whole = R"({
  "id": "0d8f7b0e-1111-4222-8333-944455556666",
  "session_start_time": "2026-11-23T10:00:02.377776",
  "source": "441234567890", "destination": 447700900123,
  "agent_id": "65f00000000000000000a001", "channel": "Whatsapp",
  "parameters": {"CUSTOMER_NAME": "Ada", "AGE": 36, "VIP": true, "NONE": null, "X": {"a": [1, 2]}},
  "transcription": [
    {"agent": "Hello Ada"},
    {"user": "Hi \ud83e\uddca", "timestamp": "2026-11-23T10:01:00Z"}
  ],
  "flow_path": [
    {"type": "webhook", "node_id": "n-1", "request_id": 7, "execution_time": 0.25,
     "tags": ["paid", 3], "synchronized": true,
     "request": {"headers": "h", "payload": {"q": 1}, "verb": "POST", "url": "https://shop.example/x"},
     "response": {"code": 200, "payload": "{\"ok\":true}"},
     "context": {"user_input": "Hi", "output": null, "url": "u",
                 "execution_parameters": [{"name": "P", "value": "v", "value_text": "V",
                                           "entity": "e", "completed": true}],
                 "status": {"code": 200, "message": "fine"}}},
    "not a step"
  ],
  "channel_data": {"duration": 12.50, "audio_url": null},
  "unknown_field": [1, {"deep": "kept"}]
})";

QDateTime utc(const QString &text)
{
    return QDateTime::fromString(text + u'Z', Qt::ISODateWithMs);
}

QByteArray withTranscription(const QByteArray &json)
{
    return R"({"id":"s","transcription":)" + json + '}';
}

} // namespace

void TestConversation::wholeSessionIsRead()
{
    const auto conversation = parseConversation(Whole);
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->sessionId, u"0d8f7b0e-1111-4222-8333-944455556666"_s);
    QCOMPARE(conversation->startedAt, utc(u"2026-11-23T10:00:02.378"_s));
    QCOMPARE(conversation->source, u"441234567890"_s);
    QCOMPARE(conversation->destination, u"447700900123"_s);
    QCOMPARE(conversation->agentId, u"65f00000000000000000a001"_s);
    QCOMPARE(conversation->channel, u"Whatsapp"_s);
    QCOMPARE(conversation->parameters,
             (QList<NamedValue>{{u"CUSTOMER_NAME"_s, u"Ada"_s},
                                {u"AGE"_s, u"36"_s},
                                {u"VIP"_s, u"true"_s},
                                {u"NONE"_s, {}},
                                {u"X"_s, uR"({"a":[1,2]})"_s}}));
    QCOMPARE(conversation->turns,
             (QList<Turn>{{Speaker::Agent, u"Hello Ada"_s, {}},
                          {Speaker::Customer, u"Hi 🧊"_s, utc(u"2026-11-23T10:01:00"_s)}}));
    QVERIFY(conversation->turnsInOrder && conversation->complete);
    QCOMPARE(conversation->steps.size(), 1);
    const FlowStep step = conversation->steps.first();
    QCOMPARE(step.type, u"webhook"_s);
    QCOMPARE(step.nodeId, u"n-1"_s);
    QCOMPARE(step.requestId, u"7"_s);
    QCOMPARE(step.executionTime, u"0.25"_s);
    QCOMPARE(step.tags, (QStringList{u"paid"_s, u"3"_s}));
    QCOMPARE(step.verb, u"POST"_s);
    QCOMPARE(step.url, u"https://shop.example/x"_s);
    QCOMPARE(step.requestPayload, uR"({"q":1})"_s);
    QCOMPARE(step.responseCode, u"200"_s);
    QCOMPARE(step.responsePayload, uR"({"ok":true})"_s);
    QCOMPARE(step.userInput, u"Hi"_s);
    QVERIFY(step.output.isEmpty());
    QCOMPARE(step.statusCode, u"200"_s);
    QCOMPARE(step.statusMessage, u"fine"_s);
    QCOMPARE(step.parameters, (QList<NamedValue>{{u"P"_s, u"v"_s}}));
    QCOMPARE(conversation->channelData,
             (QList<NamedValue>{{u"duration"_s, u"12.50"_s}, {u"audio_url"_s, {}}}));
    QCOMPARE(conversation->raw, Whole);
}

void TestConversation::everythingIsOptional_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *name :
         {"id", "session_start_time", "source", "destination", "agent_id", "channel", "parameters",
          "transcription", "flow_path", "channel_data"}) {
        for (const char *value : {"", "null", "1", "true", "\"x\"", "[]", "{}", "[null]", "[[]]",
                                  "[1]", "[{}]", "{\"a\":{}}", "[{\"type\":[]}]"}) {
            auto root = *parseJson(Whole);
            if (*value == '\0')
                root.object()->remove(QString::fromLatin1(name));
            else
                root.object()->set(QString::fromLatin1(name), *parseJson(value));
            QTest::addRow("%s: %s", name, value) << toJson(root, JsonStyle::Compact);
        }
    }
}

void TestConversation::everythingIsOptional()
{
    QFETCH(const QByteArray, json);
    const auto conversation = parseConversation(json);
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->raw, json);
    QCOMPARE(conversation->complete, !conversation->turns.isEmpty());
    for (const Turn &turn : conversation->turns)
        QVERIFY(!turn.text.isEmpty());
    // What else was there is still read.
    const auto whole = parseConversation(Whole);
    const int kept = (conversation->sessionId == whole->sessionId ? 1 : 0)
        + (conversation->startedAt == whole->startedAt ? 1 : 0)
        + (conversation->agentId == whole->agentId ? 1 : 0)
        + (conversation->parameters == whole->parameters ? 1 : 0)
        + (conversation->turns == whole->turns ? 1 : 0)
        + (conversation->steps == whole->steps ? 1 : 0)
        + (conversation->channelData == whole->channelData ? 1 : 0);
    QVERIFY(kept >= 6);
}

void TestConversation::wrappersAreOpened_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF") << QByteArray();
    QTest::newRow("white space") << QByteArray("\r\n ") << QByteArray("\n");
    QTest::newRow("data") << QByteArray(R"({"status":1,"data":)") << QByteArray("}");
    QTest::newRow("list of one") << QByteArray("[") << QByteArray("]");
    QTest::newRow("session") << QByteArray(R"({"session":)") << QByteArray("}");
    QTest::newRow("search engine's")
        << QByteArray(R"({"hits":{"total":1,"hits":[{"_source":)") << QByteArray("}]}}");
}

void TestConversation::wrappersAreOpened()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    const QByteArray raw = before + Whole + after;
    auto conversation = parseConversation(raw);
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->raw, raw.startsWith('\xEF') ? raw.sliced(3) : raw);
    conversation->raw = Whole;
    QCOMPARE(conversation, parseConversation(Whole));
}

void TestConversation::whatIsNoSessionIsNotRead_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json :
         {"", " ", "null", "true", "1", "\"text\"", "[]", "{}", "[{},{}]", R"({"message":"no"})",
          R"({"id":"only"})", "<html></html>", "{\"id\":", "{\"parameters\":{}",
          R"({"parameters":{}} x)", "\xFF\xFE", R"({"transcription":"\ud800"})",
          R"({"data":{"data":{"data":{"data":{"data":{"parameters":{}}}}}}})"})
        QTest::addRow("%s", json) << QByteArray(json);
    QTest::newRow("deep") << QByteArray("[").repeated(100'000);
    QTest::newRow("deep in a session") << R"({"parameters":)" + QByteArray("{\"a\":").repeated(200)
            + '1' + QByteArray("}").repeated(201);
    QTest::newRow("two sessions") << '[' + Whole + ',' + Whole + ']';
}

void TestConversation::whatIsNoSessionIsNotRead()
{
    QFETCH(const QByteArray, json);
    QVERIFY(!parseConversation(json).has_value());
}

void TestConversation::turnsInEveryForm_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QList<Turn>>("turns");
    const Turn agent{Speaker::Agent, u"A"_s, {}};
    const Turn customer{Speaker::Customer, u"C"_s, {}};
    const QDateTime at = utc(u"2026-01-02T03:04:05"_s);
    const auto row = [](const char *name, const QByteArray &json, const QList<Turn> &turns) {
        QTest::newRow(name) << json << turns;
    };
    row("names", R"([{"agent":"A"},{"user":"C"}])", {agent, customer});
    row("documented name", R"([{"client":"C"}])", {customer});
    row("both in one", R"([{"agent":"A","client":"C"}])", {agent, customer});
    row("one of both", R"([{"agent":"A","client":null},{"agent":"","client":"C"}])",
        {agent, customer});
    row("role and text", R"([{"role":"assistant","text":"A"},{"role":"USER","content":"C"}])",
        {agent, customer});
    row("speaker and message", R"([{"speaker":"bot","message":"A","time":"2026-01-02T03:04:05"}])",
        {{Speaker::Agent, u"A"_s, at}});
    row("Unix time", R"([{"agent":"A","timestamp":1767323045}])", {{Speaker::Agent, u"A"_s, at}});
    row("inner object", R"([{"user":{"text":"C"}}])", {customer});
    row("who is not said", R"([{"text":"X"},{"role":"narrator","text":"Y"}])",
        {{Speaker::Unknown, u"X"_s, {}}, {Speaker::Unknown, u"Y"_s, {}}});
    row("who is a number", R"([{"from":"447700900123","text":"X","user":"447700900123"}])",
        {{Speaker::Unknown, u"X"_s, {}}});
    row("plain texts", R"(["X","Y"])",
        {{Speaker::Unknown, u"X"_s, {}}, {Speaker::Unknown, u"Y"_s, {}}});
    row("one text", R"("X")", {{Speaker::Unknown, u"X"_s, {}}});
    row("JSON in a text", R"("[{\"agent\":\"A\"},{\"user\":\"C\"}]")", {agent, customer});
    row("empty list in a text", R"("[]")", {});
    row("null in a text", R"("null")", {});
    row("one side", R"({"client":["C"],"agent":[]})", {customer});
    row("empty", "[]", {});
    row("null", "null", {});
    row("blank", R"(["", " ", {"agent":" "}, {"text":""}, null])", {});
    row("number", "5", {});
    row("markup stays text", R"([{"agent":"<b>&amp;\u0000"}])",
        {{Speaker::Agent, u"<b>&amp;"_s + QChar(0), {}}});
}

void TestConversation::turnsInEveryForm()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QList<Turn>, turns);
    const auto conversation = parseConversation(withTranscription(json));
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->turns, turns);
    QVERIFY(conversation->turnsInOrder);
    QCOMPARE(conversation->complete, !turns.isEmpty());
}

void TestConversation::orderThatIsNotKnownIsNotClaimed()
{
    const auto conversation =
        parseConversation(withTranscription(R"({"agent":["A","B"],"client":["C"]})"));
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->turns.size(), 3);
    QVERIFY(!conversation->turnsInOrder);
}

void TestConversation::momentsInEveryForm_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QDateTime>("moment");
    const QDateTime moment = utc(u"2026-01-02T03:04:05"_s);
    for (const char *json :
         {R"("2026-01-02T03:04:05")", R"("2026-01-02T03:04:05Z")", R"("2026-01-02 03:04:05")",
          R"("2026-01-02T03:04:05.000000")", R"("2026-01-02T05:04:05+02:00")",
          R"("2026-01-01T22:04:05-05:00")", "1767323045", "1767323045000", R"("1767323045")",
          "1767323045.0", "1.767323045e9"})
        QTest::newRow(json) << QByteArray(json) << moment;
    for (const char *json : {"null", "true", "0", "-1", "1", "1e300", "99999999999999999999",
                             R"("")", R"("soon")", R"("2026-01-02")", R"("2026-13-02T03:04:05")",
                             R"("nan")", R"("inf")", "[]", R"({"date":"2026-01-02T03:04:05"})"})
        QTest::newRow(json) << QByteArray(json) << QDateTime();
}

void TestConversation::momentsInEveryForm()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QDateTime, moment);
    const auto conversation = parseConversation(R"({"session_start_time":)" + json + '}');
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->startedAt.isValid(), moment.isValid());
    if (!moment.isValid())
        return;
    QCOMPARE(conversation->startedAt, moment);
    QCOMPARE(conversation->startedAt.timeSpec(), Qt::UTC);
}

void TestConversation::momentsDoNotDependOnTheZoneHere()
{
    const QByteArray zone = qgetenv("TZ");
    qputenv("TZ", "Europe/Berlin");
    tzset();
    // Does not exist there: clocks go forward at 2.
    const auto conversation =
        parseConversation(R"({"session_start_time":"2026-03-29T02:30:00.5"})");
    if (zone.isEmpty())
        qunsetenv("TZ");
    else
        qputenv("TZ", zone);
    tzset();
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->startedAt, utc(u"2026-03-29T02:30:00.500"_s));
}

void TestConversation::parametersAsListOfNamesAndValues()
{
    const auto conversation = parseConversation(
        R"({"parameters":[{"name":"A","value":"1"},{"name":"B","value":2},{"value":"x"},5,
           {"name":"C"},{"name":"A","value":"again"}]})");
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->parameters,
             (QList<NamedValue>{
                 {u"A"_s, u"1"_s}, {u"B"_s, u"2"_s}, {u"C"_s, {}}, {u"A"_s, u"again"_s}}));
}

void TestConversation::listsInEveryForm_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("ids");
    const QStringList two{u"s1"_s, u"s2"_s};
    QTest::newRow("list") << QByteArray(R"([{"id":"s1"},{"id":"s2"}])") << two;
    QTest::newRow("sessions") << QByteArray(R"({"total":2,"sessions":[{"id":"s1"},{"id":"s2"}]})")
                              << two;
    QTest::newRow("data") << QByteArray(R"({"data":{"items":[{"id":"s1"},{"session_id":"s2"}]}})")
                          << two;
    QTest::newRow("search engine's")
        << QByteArray(R"({"hits":{"total":{"value":2},"hits":[{"_id":"s1","_source":{"source":"1"}},
           {"_id":"x","_source":{"id":"s2"}}]}})")
        << two;
    QTest::newRow("one session") << Whole << QStringList{u"0d8f7b0e-1111-4222-8333-944455556666"_s};
    QTest::newRow("numbers") << QByteArray(R"([{"id":5}])") << QStringList{u"5"_s};
    QTest::newRow("strangers") << QByteArray(
        R"([null,1,"s","",[],{},{"id":null},{"id":""},{"id":{"a":1}},{"id":"s1"}])")
                               << QStringList{u"s1"_s};
    for (const char *json : {"[]", "{}", "null", " [ ] ", R"({"sessions":[]})",
                             R"({"data":[],"message":"none"})", R"({"hits":{"hits":[]}})"})
        QTest::newRow(json) << QByteArray(json) << QStringList();
}

void TestConversation::listsInEveryForm()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QStringList, ids);
    const auto sessions = parseSessionList(json);
    QVERIFY(sessions.has_value());
    QStringList found;
    for (const SessionSummary &session : *sessions)
        found.append(session.id);
    QCOMPARE(found, ids);
}

void TestConversation::whatIsNoListIsNotRead_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"", "1", "true", "\"s1\"", "[", R"({"message":"no"})",
                             R"({"sessions":5})", "<html>", R"([{"id":"s1"}] x)"})
        QTest::addRow("%s", json) << QByteArray(json);
}

void TestConversation::whatIsNoListIsNotRead()
{
    QFETCH(const QByteArray, json);
    QVERIFY(!parseSessionList(json).has_value());
}

void TestConversation::summaryCarriesItsWholeSession()
{
    const auto sessions = parseSessionList(R"({"sessions":[)" + Whole + "]}");
    QVERIFY(sessions.has_value());
    const SessionSummary &session = sessions->first();
    QCOMPARE(session.startedAt, utc(u"2026-11-23T10:00:02.378"_s));
    QCOMPARE(session.source, u"441234567890"_s);
    QCOMPARE(session.destination, u"447700900123"_s);
    QCOMPARE(session.channel, u"Whatsapp"_s);
    auto conversation = parseConversation(session.document);
    QVERIFY(conversation.has_value());
    conversation->raw = Whole;
    QCOMPARE(conversation, parseConversation(Whole));

    const auto nested =
        parseSessionList(R"([{"id":"s","agent_information":{"id":"a-1","name":"n"}}])");
    QCOMPARE(nested->first().agentId, u"a-1"_s);
}

void TestConversation::keptConversationComesBackByteForByte_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::newRow("whole") << Whole;
    QTest::newRow("odd characters")
        << QByteArray("\t{\"parameters\":{\"a\":\"\xEF\xBF\xBF\x7F\xF0\x9F\xA7\x8A "
                      "\\u0000\\/\xEF\xBB\xBF\"}}\r\n");
}

void TestConversation::keptConversationComesBackByteForByte()
{
    QFETCH(const QByteArray, raw);
    const auto conversation = parseConversation(raw);
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->raw, raw);
    for (const FoundBy foundBy : {FoundBy::Answer, FoundBy::Search, FoundBy::Choice}) {
        const KeptConversation kept{*conversation, utc(u"2026-11-23T10:05:00.123"_s), foundBy};
        const auto back = keptConversationFromJson(toJson(kept));
        QVERIFY(back.has_value());
        QCOMPARE(*back, kept);
    }
}

void TestConversation::foreignJsonIsNoKeptConversation_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json :
         {"", "null", "[]", "{}", R"({"raw":"{}"})", R"({"found_by":"search","raw":"{"})",
          R"({"found_by":"search","raw":5})",
          R"({"found_by":"guess","raw":"{\"parameters\":{}}"})"})
        QTest::addRow("%s", json) << QByteArray(json);
}

void TestConversation::foreignJsonIsNoKeptConversation()
{
    QFETCH(const QByteArray, json);
    QVERIFY(!keptConversationFromJson(json).has_value());
}

void TestConversation::mutatedAnswersAreHarmless()
{
    QRandomGenerator random(20261123); // the same in every run
    const QByteArrayList scraps{"null",  "[",  "]",    "{",      "}",  "\"",  ",",    ":",
                                "1e999", "[]", "{}",   "\"id\"", "-0", "\\u", "\xFF", "true",
                                "\xF0",  "\"", "\\\"", "9",      " ",  "\n",  "\"\"", "0"};
    int read = 0;
    for (int round = 0; round < 2'000; ++round) {
        QByteArray json = Whole;
        for (int change = random.bounded(1, 4); change > 0; --change) {
            const auto at = random.bounded(static_cast<int>(json.size()));
            switch (random.bounded(4)) {
            case 0: json.remove(at, random.bounded(1, 12)); break;
            case 1:
                json.insert(at, scraps.at(random.bounded(static_cast<int>(scraps.size()))));
                break;
            case 2: json[at] = static_cast<char>(random.bounded(256)); break;
            default: json.insert(at, json.mid(random.bounded(static_cast<int>(json.size())), 20));
            }
            if (json.isEmpty())
                break;
        }
        (void)parseSessionList(json);
        const auto conversation = parseConversation(json);
        if (!conversation)
            continue;
        ++read;
        QCOMPARE(conversation->raw, json);
        QCOMPARE(conversation->complete, !conversation->turns.isEmpty());
        const KeptConversation kept{*conversation, utc(u"2026-11-23T10:05:00"_s), FoundBy::Search};
        QCOMPARE(keptConversationFromJson(toJson(kept)), kept);
    }
    QVERIFY2(read > 200, QByteArray::number(read).constData());
}

void TestConversation::largeAnswerIsReadOnce()
{
    constexpr int turns = 100'000;
    const QByteArray item =
        R"({"agent":"Hello, how can I help you today?","timestamp":"2026-11-23T10:00:02"},)";
    QByteArray list = '[' + item.repeated(turns);
    list.back() = ']';
    const auto conversation = parseConversation(withTranscription(list)); // 8 MB
    QVERIFY(conversation.has_value());
    QCOMPARE(conversation->turns.size(), turns);
}

QTEST_APPLESS_MAIN(TestConversation)
#include "tst_conversation.moc"
