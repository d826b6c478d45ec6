#include "core/statusevent.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

/// What a callback of AI Studio looks like, as its queue's own log shows it.
const QByteArray Whole = R"({"to":"447700900001","from":"447700900000","channel":"whatsapp",)"
                         R"("message_uuid":"m-1","internal_message_uuid":"i-1",)"
                         R"("timestamp":"2026-11-22T09:30:15Z","status":"delivered",)"
                         R"("client_ref":"AI Studio",)"
                         R"("usage":{"price":"0.0421","currency":"EUR"},"whatsapp":)"
                         R"({"conversation":{"id":"c-1","origin":{"type":"marketing"}}}})";

/// One line of every member that was read, in order, to compare at a glance.
QString digest(const StatusEvent &event)
{
    const QStringList parts{QString::number(static_cast<int>(event.status)),
                            event.statusText,
                            event.messageUuid,
                            event.internalMessageUuid,
                            event.to,
                            event.from,
                            event.channel,
                            event.price,
                            event.currency,
                            event.conversationId,
                            event.conversationOrigin,
                            event.errorCode,
                            event.errorDetail,
                            event.metaCode};
    return parts.join(u'|');
}

} // namespace

class TestStatusEvent : public QObject
{
    Q_OBJECT

private slots:
    void wholeCallbackIsRead();
    void bodyIsReadAsFarAsItGoes_data();
    void bodyIsReadAsFarAsItGoes();
    void errorIsFoundWhereverItIs_data();
    void errorIsFoundWhereverItIs();
    void metaCodeIsFoundInText_data();
    void metaCodeIsFoundInText();
    void timestampIsReadInEveryForm_data();
    void timestampIsReadInEveryForm();
    void sendIdIsReadFromThePath_data();
    void sendIdIsReadFromThePath();
    void mutatedBodiesDoNoHarm();
};

void TestStatusEvent::wholeCallbackIsRead()
{
    const StatusEvent event = parseStatusEvent(Whole);
    QCOMPARE(
        digest(event),
        u"2|delivered|m-1|i-1|447700900001|447700900000|whatsapp|0.0421|EUR|c-1|marketing|||"_s);
    QCOMPARE(event.eventAt, QDateTime(QDate(2026, 11, 22), QTime(9, 30, 15), Qt::UTC));
    QCOMPARE(event.raw, Whole);
    QVERIFY(event.sendId.isEmpty());
    QVERIFY(!event.arrivedAt.isValid());
}

void TestStatusEvent::bodyIsReadAsFarAsItGoes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << body << expected;
    };
    row("empty", "", u"7|||||||||||||"_s);
    row("white space", " \r\n\t", u"7|||||||||||||"_s);
    row("empty object", "{}", u"7|||||||||||||"_s);
    row("null", "null", u"7|||||||||||||"_s);
    row("a text", "\"delivered\"", u"7|||||||||||||"_s);
    row("a list", R"([{"status":"read"}])", u"7|||||||||||||"_s);
    row("a form", "status=read&message_uuid=m", u"7|||||||||||||"_s);
    row("cut off", Whole.left(100), u"7|||||||||||||"_s);
    row("two in one", "{\"status\":\"read\"}{\"status\":\"read\"}", u"7|||||||||||||"_s);
    row("not UTF-8", "{\"status\":\"read\xff\"}", u"7|||||||||||||"_s);
    row("UTF-16", QByteArray("{\0\"\0a\0\"\0}\0", 10), u"7|||||||||||||"_s);
    row("deeper than anything", QByteArray(100'000, '['), u"7|||||||||||||"_s);
    row("with a byte order mark", "\xEF\xBB\xBF{\"status\":\"read\"}", u"3|read||||||||||||"_s);
    row("status in capitals", R"({"status":"READ"})", u"3|READ||||||||||||"_s);
    row("Meta's word", R"({"status":"sent"})", u"1|sent||||||||||||"_s);
    row("failed", R"({"status":"failed"})", u"6|failed||||||||||||"_s);
    row("unknown word", R"({"status":"queued"})", u"7|queued||||||||||||"_s);
    row("status is a number", R"({"status":3})", u"7|3||||||||||||"_s);
    row("status is null", R"({"status":null})", u"7|||||||||||||"_s);
    row("status is an object", R"({"status":{"a":1}})", u"7|||||||||||||"_s);
    row("status twice", R"({"status":"read","status":"delivered"})", u"3|read||||||||||||"_s);
    row("UUID is a number", R"({"message_uuid":12345678901234567890})",
        u"7||12345678901234567890|||||||||||"_s);
    row("numbers as numbers", R"({"to":447700900001,"from":447700900000})",
        u"7||||447700900001|447700900000||||||||"_s);
    row("parties before version 1.0",
        R"({"to":{"type":"sms","number":"44"},"from":{"type":"sms","id":"x"}})",
        u"7||||44|x|sms|||||||"_s);
    row("channel is an object", R"({"channel":{"type":"whatsapp"}})", u"7|||||||||||||"_s);
    row("price is a number", R"({"usage":{"price":0.10,"currency":"EUR"}})",
        u"7|||||||0.10|EUR|||||"_s);
    row("price without usage", R"({"price":"0.5","currency":"USD"})", u"7|||||||0.5|USD|||||"_s);
    row("usage is a list", R"({"usage":[1]})", u"7|||||||||||||"_s);
    row("usage is empty", R"({"usage":{}})", u"7|||||||||||||"_s);
    row("conversation without WhatsApp",
        R"({"conversation":{"id":"c","origin":{"type":"utility"}}})", u"7|||||||||c|utility|||"_s);
    row("origin is a text", R"({"whatsapp":{"conversation":{"id":"c","origin":"service"}}})",
        u"7|||||||||c|service|||"_s);
    row("WhatsApp is a list", R"({"whatsapp":[]})", u"7|||||||||||||"_s);
    row("member of tomorrow", R"({"status":"read","profile":{"name":"\u0000x"}})",
        u"3|read||||||||||||"_s);
}

void TestStatusEvent::bodyIsReadAsFarAsItGoes()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, expected);
    const StatusEvent event = parseStatusEvent(body);
    QCOMPARE(digest(event), expected);
    QCOMPARE(event.raw, body);
}

void TestStatusEvent::errorIsFoundWhereverItIs_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("expected"); // code|detail|Meta's code
    const auto row = [](const char *name, const QByteArray &error, const QString &expected) {
        QTest::newRow(name) << error << expected;
    };
    row("documented",
        R"("error":{"type":"https://d/api-errors/messages#1022","title":1022,)"
        R"("detail":"Invalid template","instance":"x"})",
        u"1022|Invalid template|"_s);
    row("title is a text", R"("error":{"title":"1300","detail":"d"})", u"1300|d|"_s);
    row("title is a number", R"("error":{"title":1300})", u"1300||"_s);
    row("title is words", R"("error":{"title":"Invalid params"})", u"Invalid params||"_s);
    row("number only in type", R"("error":{"type":"https://d/messages#1040","title":"No"})",
        u"1040||"_s);
    row("number behind a slash", R"("error":{"type":"https://d/messages/1040"})", u"1040||"_s);
    row("type without a number", R"("error":{"type":"about:blank","title":"T"})", u"T||"_s);
    row("before version 1.0", R"("error":{"code":1300,"reason":"Not part of the network"})",
        u"1300|Not part of the network|"_s);
    row("doubly nested", R"("error":{"error":{"title":"1340","detail":"window"}})",
        u"1340|window|"_s);
    row("outer has what the inner lacks",
        R"("error":{"type":"x#1022","detail":"outer","error":{"code":132000}})",
        u"1022|outer|132000"_s);
    row("Meta's inside Vonage's",
        R"("error":{"title":1020,"error":{"code":132001,"message":"(#132001) none",)"
        R"("error_data":{"details":"template not found"}}})",
        u"1020|template not found|132001"_s);
    row("Meta's list", R"("errors":[{"code":131026,"title":"Undeliverable"}])",
        u"Undeliverable||131026"_s);
    row("Meta's code in the detail", R"("error":{"title":1260,"detail":"Error 131049: not sent"})",
        u"1260|Error 131049: not sent|131049"_s);
    row("JSON in the detail",
        R"("error":{"title":1260,"detail":"Meta said {\"error\":{\"code\":368}}"})",
        u"1260|Meta said {\"error\":{\"code\":368}}|368"_s);
    row("a mere text", R"("error":"(#131051) unsupported")", u"|(#131051) unsupported|131051"_s);
    row("null", R"("error":null)", u"||"_s);
    row("empty list", R"("errors":[])", u"||"_s);
    row("a list of texts", R"("errors":["x"])", u"||"_s);
    row("a hundred deep",
        QByteArray(R"("error":{)").repeated(100) + R"("title":1)" + QByteArray("}").repeated(100),
        u"||"_s);
}

void TestStatusEvent::errorIsFoundWhereverItIs()
{
    QFETCH(const QByteArray, error);
    QFETCH(const QString, expected);
    const StatusEvent event = parseStatusEvent(R"({"status":"rejected",)" + error + '}');
    QCOMPARE(event.status, DeliveryStatus::Rejected);
    QCOMPARE(QStringList({event.errorCode, event.errorDetail, event.metaCode}).join(u'|'),
             expected);
}

void TestStatusEvent::metaCodeIsFoundInText_data()
{
    QTest::addColumn<QString>("code");
    const auto row = [](const char *text, const QString &code) { QTest::newRow(text) << code; };
    row("(#131026) Message undeliverable", u"131026"_s);
    row("131026: Message undeliverable", u"131026"_s);
    row("WhatsApp said 132000.", u"132000"_s);
    row("error code 1022, Meta 132012", u"132012"_s);
    row("(#100) Invalid parameter", u"100"_s);
    row("error_code=80007", u"80007"_s);
    row("Error code: 368", u"368"_s);
    row(R"({"error":{"message":"m","code":190}})", u"190"_s);
    row(R"({"code":4})", u"4"_s);
    row("https://d/api-errors/messages#1022", {});
    row("error code 1022", {});
    row("to 4913102690001", {});
    row("to +131026", u"131026"_s);
    row("131026a8-0000-4000-8000-000000000000", {});
    row("11111111-2222-4000-8000-131026131026", {});
    row("version 1.131026", {});
    row("131026.5 seconds", {});
    row("invalid country code 49", {});
    row("{ not JSON } 131056", u"131056"_s);
    row("nothing", {});
    row("", {});
}

void TestStatusEvent::metaCodeIsFoundInText()
{
    QFETCH(const QString, code);
    QCOMPARE(metaCodeIn(QString::fromLatin1(QTest::currentDataTag())), code);
}

void TestStatusEvent::timestampIsReadInEveryForm_data()
{
    QTest::addColumn<QByteArray>("timestamp");
    QTest::addColumn<QDateTime>("expected");
    const QDateTime second(QDate(2026, 11, 22), QTime(9, 30, 15), Qt::UTC);
    const QDateTime fraction = second.addMSecs(250);
    const auto row = [](const char *name, const QByteArray &stamp, const QDateTime &expected) {
        QTest::newRow(name) << stamp << expected;
    };
    row("UTC", R"("2026-11-22T09:30:15Z")", second);
    row("with a fraction", R"("2026-11-22T09:30:15.250Z")", fraction);
    row("with nanoseconds", R"("2026-11-22T09:30:15.250000000Z")", fraction);
    row("with one digit of fraction", R"("2026-11-22T09:30:15.2Z")", second.addMSecs(200));
    row("offset", R"("2026-11-22T10:30:15+01:00")", second);
    row("offset without a colon", R"("2026-11-22T04:30:15-0500")", second);
    row("no zone", R"("2026-11-22T09:30:15")", second);
    row("no zone, a space", R"("2026-11-22 09:30:15")", second);
    row("no zone, a fraction", R"("2026-11-22T09:30:15.250")", fraction);
    row("spaces around", R"("  2026-11-22T09:30:15Z ")", second);
    row("seconds", QByteArray::number(second.toSecsSinceEpoch()), second);
    row("seconds as text", '"' + QByteArray::number(second.toSecsSinceEpoch()) + '"', second);
    row("seconds with a fraction", QByteArray::number(second.toSecsSinceEpoch()) + ".25", fraction);
    row("milliseconds", QByteArray::number(fraction.toMSecsSinceEpoch()), fraction);
    row("empty", R"("")", {});
    row("null", "null", {});
    row("words", R"("yesterday")", {});
    row("zero", "0", {});
    row("negative", "-1700000000", {});
    row("huge", "170000000000000000000", {});
    row("an exponent", "1.7e9", {});
    row("no such day", R"("2026-02-30T09:30:15Z")", {});
}

void TestStatusEvent::timestampIsReadInEveryForm()
{
    QFETCH(const QByteArray, timestamp);
    QFETCH(const QDateTime, expected);
    const StatusEvent event = parseStatusEvent(R"({"timestamp":)" + timestamp + '}');
    QCOMPARE(event.eventAt, expected);
    QVERIFY(!event.eventAt.isValid() || event.eventAt.timeSpec() == Qt::UTC);
}

void TestStatusEvent::sendIdIsReadFromThePath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("found");
    const QString id = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
    QTest::newRow("suffix") << u"/s/"_s + id << true;
    QTest::newRow("after a secret") << u"/hooks/secret/s/"_s + id << true;
    QTest::newRow("relative") << u"s/"_s + id << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("id alone") << id << false;
    QTest::newRow("another word") << u"/t/"_s + id << false;
    QTest::newRow("more behind") << u"/s/"_s + id + u"/x"_s << false;
    QTest::newRow("in capitals") << u"/s/"_s + id.toUpper() << false;
    QTest::newRow("in braces") << u"/s/{"_s + id + u'}' << false;
}

void TestStatusEvent::sendIdIsReadFromThePath()
{
    QFETCH(const QString, path);
    QFETCH(const bool, found);
    QCOMPARE(sendIdInPath(path), found ? u"0f8fad5b-d9cb-469f-a165-70867728950e"_s : QString());
}

void TestStatusEvent::mutatedBodiesDoNoHarm()
{
    const QByteArrayList seeds{
        Whole,
        R"({"status":"rejected","error":{"type":"x#1022","title":1022,"detail":"(#132000) d",)"
        R"("error":{"code":131026,"error_data":{"details":"x"}}}})",
        R"({"timestamp":1732267815,"to":{"type":"sms","number":"44"},"errors":[{"code":1}]})",
    };
    const QByteArrayList pieces{
        "{",    "}",       "[",      "]",       "\"",   ":",    ",",           "null",
        "true", "1e99999", "-0",     "\\ud800", "\xff", "\xC3", R"("error":)", R"({"error":)",
        "#",    "131026",  "\\u0000"};
    QRandomGenerator random(20261122); // the same bodies in every run
    const auto below = [&random](qsizetype limit) {
        return static_cast<qsizetype>(random.bounded(static_cast<int>(limit)));
    };
    int understood = 0;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray body = seeds.at(below(seeds.size()));
        for (qsizetype left = 1 + below(4); left > 0; --left) {
            const qsizetype at = below(body.size() + 1);
            switch (below(5)) {
            case 0: body.insert(at, pieces.at(below(pieces.size()))); break;
            case 1: body.remove(at, 1 + below(12)); break;
            case 2: body.insert(at, body.mid(below(body.size() + 1), below(60))); break;
            case 3: body.insert(at, static_cast<char>(below(256))); break;
            default: body.replace(at, 1, QByteArray(1, static_cast<char>(below(256))));
            }
        }
        const StatusEvent event = parseStatusEvent(body);
        QCOMPARE(event.raw, body);
        QVERIFY(event.sendId.isEmpty());
        understood += event.statusText.isEmpty() ? 0 : 1;
    }
    QVERIFY(understood > 500); // not only broken JSON
}

QTEST_APPLESS_MAIN(TestStatusEvent)
#include "tst_statusevent.moc"
