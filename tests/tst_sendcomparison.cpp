#include "core/outboundrequest.h"
#include "core/sendcomparison.h"
#include "words/comparewords.h"

#include <QRandomGenerator>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray Good =
    R"({"components":[)"
    R"({"type":"header","parameters":[{"type":"image","image":{"link":"https://a.invalid/1.png"}}]},)"
    R"({"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"A-1"}]},)"
    R"({"type":"button","sub_type":"url","index":0,"parameters":[{"type":"text","text":"x"}]}],)"
    R"("namespace":"n","template":"order","locale":"es","to":"447700900958","agent_id":"a1",)"
    R"("channel":"whatsapp","status_url":"http://127.0.0.1:1/s/SENDID",)"
    R"("session_parameters":[{"name":"NAME","value":"Ana"},{"name":"ORDER","value":"A-1"}]})";

ComparedSend sendWith(QByteArray body, const QString &id, int status = 200)
{
    ComparedSend send;
    send.record.claim.sendId = id;
    send.record.claim.body = body.replace("SENDID", id.toUtf8());
    send.record.claim.profile = u"Shop"_s;
    send.record.claim.region = u"eu"_s;
    send.record.outcome = classify({true, true, status, false});
    send.record.answer.status = status;
    send.record.answer.headers = {{"Date", "Mon, " + id.toUtf8()},
                                  {"Content-Type", "application/json"},
                                  {"X-Request-Id", id.toUtf8()}};
    send.record.answer.body = R"({"session_id":")" + id.toUtf8() + R"("})";
    send.record.answer.timing.total = 250ms;
    return send;
}

const QString One = u"11111111-1111-4111-8111-111111111111"_s;
const QString Two = u"22222222-2222-4222-8222-222222222222"_s;

QStringList said(const QByteArray &left, const QByteArray &right = Good)
{
    QStringList texts;
    for (const ComparedLine &line :
         differencesOf(compareSends(sendWith(left, One), sendWith(right, Two))))
        texts.append(differenceText(line));
    return texts;
}

QByteArray replaced(const char *before, const char *after)
{
    const QByteArray changed = QByteArray(Good).replace(before, after);
    if (changed == Good)
        qFatal("no %s", before);
    return changed;
}

KeptEvent heard(const QByteArray &json, int seconds)
{
    KeptEvent kept;
    kept.event = parseStatusEvent(json);
    kept.event.arrivedAt = QDateTime(QDate(2026, 11, 23), QTime(8, 0, seconds), Qt::UTC);
    kept.match = EventMatch::Path;
    kept.number = seconds;
    return kept;
}

} // namespace

class TestSendComparison : public QObject
{
    Q_OBJECT

private slots:
    void whatDiffersEveryTimeIsSetAside();
    void differencesAreNamedInWords_data();
    void differencesAreNamedInWords();
    void orderDoesNotCount();
    void answersAreComparedByMembersOrAsText();
    void statusesAndTheirReasonsAreCompared();
    void guessedStatusesAreNotCompared();
    void onlyMuchLongerIsWorthSaying();
    void otherBodiesAreComparedAsText();
    void equalSendsAreEqualAndChangesAreFound();
    void theSpanThatDiffersIsFound_data();
    void theSpanThatDiffersIsFound();
    void theTextSaysEverything();
};

void TestSendComparison::whatDiffersEveryTimeIsSetAside()
{
    const auto lines = compareSends(sendWith(Good, One), sendWith(Good, Two));
    QCOMPARE(differencesOf(lines).size(), 0);
    QStringList aside;
    for (const ComparedLine &line : lines) {
        if (line.isDifferent)
            aside.append(subjectText(line.subject));
    }
    aside.sort();
    QCOMPARE(aside,
             (QStringList{u"Answer, session_id"_s, u"Header date"_s, u"Header x-request-id"_s,
                          u"Send ID"_s, u"Status URL"_s}));
}

void TestSendComparison::differencesAreNamedInWords_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("locale") << replaced(R"("locale":"es")", R"("locale":"es_ES")")
                            << u"Locale: “es_ES” instead of “es”"_s;
    QTest::newRow("parameter") << replaced(R"(,{"type":"text","text":"A-1"})", "")
                               << u"Parameter 2 of the body is missing."_s;
    QTest::newRow("more") << replaced(R"(,{"type":"text","text":"A-1"})",
                                      R"(,{"type":"text","text":"A-1"},{"type":"text","text":"z"})")
                          << u"Parameter 3 of the body is additional."_s;
    QTest::newRow("value") << replaced(R"("text":"Ana"},)", R"("text":"Ben"},)")
                           << u"Parameter 1 of the body, text: “Ben” instead of “Ana”"_s;
    QTest::newRow("link") << replaced("1.png", "2.png")
                          << u"Parameter 1 of the header, image.link: “https://a.invalid/2.png” "
                             "instead of “https://a.invalid/1.png”"_s;
    QTest::newRow("header") << replaced(R"({"type":"header",)", R"({"type":"footer",)")
                            << u"The header is missing."_s;
    QTest::newRow("button") << replaced(R"("index":0)", R"("index":1)")
                            << u"Button 1 (url) is missing."_s;
    QTest::newRow("index as text") << replaced(R"("index":0)", R"("index":"0")")
                                   << u"Button 1 (url), index looks the same, but is of another "
                                      "type: text, or number."_s;
    QTest::newRow("session parameter")
        << replaced(R"({"name":"ORDER","value":"A-1"})", R"({"name":"ORDER","value":"B"})")
        << u"Session parameter ORDER: “B” instead of “A-1”"_s;
    QTest::newRow("no session parameter")
        << replaced(R"(,{"name":"ORDER","value":"A-1"})", "")
        << u"Session parameter ORDER is missing; there it is “A-1”."_s;
    QTest::newRow("number") << replaced("447700900958", "+447700900958")
                            << u"Recipient: “+447700900958” instead of “447700900958”"_s;
    QTest::newRow("another Status URL")
        << replaced("127.0.0.1:1", "hook.invalid")
        << u"Status URL: “http://hook.invalid/s/11111111-1111-4111-8111-111111111111” instead of "
           "“http://127.0.0.1:1/s/22222222-2222-4222-8222-222222222222”"_s;
    QTest::newRow("unknown member")
        << replaced(R"("channel":"whatsapp")", R"("channel":"whatsapp","client_ref":"r")")
        << u"client_ref is additional: “r”."_s;
}

void TestSendComparison::differencesAreNamedInWords()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, words);
    const QStringList texts = said(body);
    QVERIFY2(texts.contains(words), qPrintable(texts.join(u'\n')));
    QVERIFY(texts.size() <= 2); // each thing once
}

void TestSendComparison::orderDoesNotCount()
{
    const QByteArray shuffled =
        R"({"session_parameters":[{"value":"A-1","name":"ORDER"},{"name":"NAME","value":"Ana"}],)"
        R"("status_url":"http://127.0.0.1:1/s/SENDID","channel":"whatsapp","agent_id":"a1",)"
        R"("to":"447700900958","locale":"es","template":"order","namespace":"n","components":[)"
        R"({"index":0,"type":"BUTTON","sub_type":"url","parameters":[{"text":"x","type":"text"}]},)"
        R"({"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"A-1"}]},)"
        R"({"type":"header","parameters":[{"type":"image","image":{"link":"https://a.invalid/1.png"}}]}]})";
    const QStringList texts = said(shuffled);
    // Only that the type is written in capitals.
    QCOMPARE(texts, QStringList{u"Button 1 (url), type: “BUTTON” instead of “button”"_s});
}

void TestSendComparison::answersAreComparedByMembersOrAsText()
{
    ComparedSend bad = sendWith(Good, One, 422);
    bad.record.answer.body = R"({"message":"locale es_ES is not there","statusCode":422})";
    const auto lines = differencesOf(compareSends(bad, sendWith(Good, Two)));
    QStringList texts;
    for (const ComparedLine &line : lines)
        texts.append(differenceText(line));
    QVERIFY(texts.contains(u"Result: “422 Refused” instead of “200 Accepted”"_s));
    QVERIFY(texts.contains(u"Answer, message is additional: “locale es_ES is not there”."_s));
    QVERIFY(texts.contains(u"Answer, session_id is missing; there it is “"_s + Two + u"”."_s));
    bad.record.answer.body = "<html>";
    texts.clear();
    for (const ComparedLine &line : differencesOf(compareSends(bad, sendWith(Good, Two))))
        texts.append(differenceText(line));
    QVERIFY2(texts.join(u'\n').contains(u"Answer: “<html>” instead of “{"_s),
             qPrintable(texts.join(u'\n')));
}

void TestSendComparison::statusesAndTheirReasonsAreCompared()
{
    ComparedSend bad = sendWith(Good, One);
    bad.events = {heard(R"({"status":"submitted"})", 1),
                  heard(R"({"status":"rejected","error":{"title":"1022","detail":"bad"}})", 2)};
    ComparedSend good = sendWith(Good, Two);
    good.events = {heard(R"({"status":"read"})", 3), heard(R"({"status":"submitted"})", 1),
                   heard(R"({"status":"delivered","usage":{"price":"0.1","currency":"EUR"}})", 2)};
    QStringList texts;
    for (const ComparedLine &line : differencesOf(compareSends(bad, good)))
        texts.append(differenceText(line));
    QVERIFY2(texts.contains(
                 u"Statuses: “submitted, rejected” instead of “submitted, delivered, read”"_s),
             qPrintable(texts.join(u'\n')));
    QVERIFY(texts.contains(u"Rejected, Vonage’s code is additional: “1022”."_s));
    QCOMPARE(texts.filter(u"Delivered"_s).size(), 0); // said by the list of statuses
}

void TestSendComparison::guessedStatusesAreNotCompared()
{
    ComparedSend guessed = sendWith(Good, One);
    guessed.events = {heard(R"({"status":"read"})", 3)};
    guessed.events.first().match = EventMatch::NumberAndTime;
    QCOMPARE(differencesOf(compareSends(guessed, sendWith(Good, Two))).size(), 0);
}

void TestSendComparison::onlyMuchLongerIsWorthSaying()
{
    ComparedSend slow = sendWith(Good, One);
    slow.record.answer.timing.total = 900ms;
    QCOMPARE(differencesOf(compareSends(slow, sendWith(Good, Two))).size(), 0);
    slow.record.answer.timing.total = 12100ms;
    const auto lines = differencesOf(compareSends(slow, sendWith(Good, Two)));
    QCOMPARE(lines.size(), 1);
    QCOMPARE(differenceText(lines.first()), u"Altogether: “12.1 s” instead of “250 ms”"_s);
}

void TestSendComparison::otherBodiesAreComparedAsText()
{
    const QStringList texts = said("not JSON", "nor this");
    QCOMPARE(texts, QStringList{u"Request: “not JSON” instead of “nor this”"_s});
}

void TestSendComparison::equalSendsAreEqualAndChangesAreFound()
{
    QRandomGenerator random(7);
    const QList<Field> fields{Field::Template, Field::Locale, Field::To, Field::AgentId,
                              Field::Namespace};
    for (int i = 0; i < 500; ++i) {
        OutboundRequest request;
        for (const Field field : fields)
            request.setText(field, QString::number(random.generate()));
        const int parameters = random.bounded(1, 6);
        for (int n = 0; n < parameters; ++n)
            request.addParameter(
                {Part::Body, 1, ParameterType::Text, QString::number(random.generate())});
        request.addSessionParameter({u"A"_s, QString::number(random.generate())});
        OutboundRequest changed = request;
        QCOMPARE(said(changed.toJson(), request.toJson()), QStringList());
        const int what = random.bounded(3);
        if (what == 0)
            changed.setText(fields.at(random.bounded(int(fields.size()))), u"x"_s);
        else if (what == 1)
            changed.removeParameter(random.bounded(parameters));
        else
            changed.setSessionParameter(0, {u"A"_s, u"é"_s});
        const QStringList texts = said(changed.toJson(), request.toJson());
        QVERIFY(!texts.isEmpty());
        if (what == 1)
            QCOMPARE(texts.filter(u"is missing"_s).size(), 1);
        else
            QCOMPARE(texts.size(), 1);
    }
}

void TestSendComparison::theSpanThatDiffersIsFound_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<qsizetype>("before");
    QTest::addColumn<qsizetype>("behind");
    QTest::newRow("end") << u"es_ES"_s << u"es"_s << qsizetype(2) << qsizetype(0);
    QTest::newRow("middle") << u"a1c"_s << u"a22c"_s << qsizetype(1) << qsizetype(1);
    QTest::newRow("same") << u"aa"_s << u"aa"_s << qsizetype(2) << qsizetype(0);
    QTest::newRow("empty") << QString() << u"aa"_s << qsizetype(0) << qsizetype(0);
    QTest::newRow("repeated") << u"aaa"_s << u"aa"_s << qsizetype(2) << qsizetype(0);
    const QString smile = QString::fromUtf8("\xF0\x9F\x98\x80");
    const QString frown = QString::fromUtf8("\xF0\x9F\x98\x9F");
    const QString other = QString::fromUtf8("\xF0\xA0\x98\x80"); // the same second half
    QTest::newRow("first half the same") << smile << frown << qsizetype(0) << qsizetype(0);
    QTest::newRow("second half the same")
        << QString(u'a' + smile) << QString(u'a' + other) << qsizetype(1) << qsizetype(0);
}

void TestSendComparison::theSpanThatDiffersIsFound()
{
    QFETCH(const QString, left);
    QFETCH(const QString, right);
    QFETCH(const qsizetype, before);
    QFETCH(const qsizetype, behind);
    const ChangedSpan span = changedSpan(left, right);
    QCOMPARE(span.before, before);
    QCOMPARE(span.behind, behind);
    QVERIFY(span.before + span.behind <= std::min(left.size(), right.size()));
}

void TestSendComparison::theTextSaysEverything()
{
    const ComparedSend left = sendWith(replaced(R"("locale":"es")", R"("locale":"es_ES")"), One);
    const ComparedSend right = sendWith(Good, Two);
    const QString text = comparisonText(left, right, compareSends(left, right));
    QVERIFY(text.contains(u"- Locale: “es_ES” instead of “es”"_s));
    QVERIFY(text.contains(u"Set aside, as different every time: "_s));
    QVERIFY(text.contains(u"Status URL"_s));
    QVERIFY(text.contains(u"200 Accepted"_s));
}

QTEST_APPLESS_MAIN(TestSendComparison)
#include "tst_sendcomparison.moc"
