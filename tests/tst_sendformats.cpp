#include "core/redactor.h"
#include "interop/csvparser.h"
#include "interop/harfile.h"
#include "interop/sendformats.h"
#include "interop/sendsjson.h"
#include "support/jsonschema.h"
#include "support/storesamples.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using std::chrono::microseconds;

class TestSendFormats : public QObject
{
    Q_OBJECT

private slots:
    void everyFormatHasANameThatIsReadBack();
    void aHarFitsTheSchema_data();
    void aHarFitsTheSchema();
    void theSchemaRefusesWhatIsNoHar();
    void phasesAddUpToTheTime();
    void aSendIsTheSameAfterJsonAndBack_data();
    void aSendIsTheSameAfterJsonAndBack();
    void aSendIsTheSameAfterHarAndBack();
    void anotherProgramsHarIsRead();
    void whatIsNoSendIsNotRead();
    void anEventIsTheSameAfterJsonAndBack();
    void csvDefusesFormulas();
    void csvHasACellForEveryColumn();
    void markdownShowsTextsAsTheyAre();
    void anAnswersMessageIsFound();

private:
    static SendRecord record()
    {
        SendRecord record;
        record.claim = sampleClaim(u"0a1b2c3d-1111-4222-8333-444455556666"_s);
        record.claim.body = "{\"to\":\"447900000001\",\"components\":[1.0,null]}";
        record.claim.batchRow = BatchRowRef{3, 14};
        const SendReport report = sampleReport();
        record.outcome = report.outcome;
        record.answer = report.answer;
        record.settledAt = record.claim.claimedAt.addMSecs(3901);
        record.delivery = DeliveryStatus::Read;
        record.deliveryMatch = EventMatch::Path;
        record.submittedAt = record.claim.claimedAt.addSecs(1);
        record.readAt = record.claim.claimedAt.addSecs(60);
        record.note = u"crashed"_s;
        return record;
    }
    static SendRecord nasty()
    {
        SendRecord record;
        record.claim = nastyClaim();
        const SendReport report = nastyReport();
        record.outcome = report.outcome;
        record.answer = report.answer;
        return record;
    }
    static QByteArray har(const QList<SendRecord> &records)
    {
        QByteArray bytes = exportBegin(ExportFormat::Har);
        for (qsizetype i = 0; i < records.size(); ++i)
            bytes += exportEntry(ExportFormat::Har, records.at(i), i == 0);
        return bytes + exportEnd(ExportFormat::Har);
    }
    static QStringList mistakes(const QByteArray &har)
    {
        QFile file(QStringLiteral(ICEBREAKER_TEST_DATA "/har-1.2.schema.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no schema");
        const JsonSchema schema(QJsonDocument::fromJson(file.readAll()).object());
        const auto document = QJsonDocument::fromJson(har);
        return document.isObject() ? schema.mistakes(document.object())
                                   : QStringList{u"no JSON object"_s};
    }
};

void TestSendFormats::everyFormatHasANameThatIsReadBack()
{
    for (const ExportFormat format : exportFormats())
        QCOMPARE(exportFormatFromName(QString(exportFormatName(format))), format);
    QVERIFY(!exportFormatFromName(u"xls").has_value());
}

void TestSendFormats::aHarFitsTheSchema_data()
{
    QTest::addColumn<QList<SendRecord>>("records");
    QTest::newRow("none") << QList<SendRecord>();
    QTest::newRow("two") << QList{record(), record()};
    QTest::newRow("nasty") << QList{nasty()};
    Redactor redactor({true, true, true}, {"studio-api-eu", "conversation"});
    QTest::newRow("redacted") << QList{redactor.record(record()), redactor.record(nasty())};
    SendRecord unsent;
    unsent.claim = sampleClaim();
    QTest::newRow("in flight") << QList{unsent};
    SendRecord notSent = record();
    notSent.answer = {};
    notSent.answer.problem = TransportProblem::NameNotResolved;
    notSent.answer.timing.total = microseconds(30);
    QTest::newRow("not sent") << QList{notSent};
}

void TestSendFormats::aHarFitsTheSchema()
{
    QFETCH(QList<SendRecord>, records);
    const QByteArray bytes = har(records);
    QCOMPARE(mistakes(bytes), QStringList());
    const auto entries = QJsonDocument::fromJson(bytes)[u"log"_s][u"entries"_s].toArray();
    QCOMPARE(entries.size(), records.size());
}

void TestSendFormats::theSchemaRefusesWhatIsNoHar()
{
    QByteArray bytes = har({record()});
    QVERIFY(!mistakes(QByteArray(bytes).replace("\"1.2\"", "\"1.3\"")).isEmpty());
    QVERIFY(!mistakes(QByteArray(bytes).replace("\"cookies\":[],", "")).isEmpty());
    QVERIFY(!mistakes(QByteArray(bytes).replace("\"status\":200", "\"status\":\"200\"")).isEmpty());
    QVERIFY(!mistakes(QByteArray(bytes).replace("\"cache\":{}", "\"cache\":{},\"x\":1")).isEmpty());
    QVERIFY(!mistakes(QByteArray(bytes).replace("https:", "https:/\xC3\xBC")).isEmpty());
}

void TestSendFormats::phasesAddUpToTheTime()
{
    Timing tls{microseconds(10),     microseconds(4'000),  microseconds(4'100),
               microseconds(61'000), microseconds(61'250), false};
    Timing reused{std::nullopt,         std::nullopt,         microseconds(100),
                  microseconds(50'000), microseconds(50'001), true};
    Timing broken{microseconds(10),         std::nullopt, std::nullopt, std::nullopt,
                  microseconds(30'000'000), false};
    for (const Timing &timing : {tls, reused, broken}) {
        SendRecord send = record();
        send.answer.timing = timing;
        const auto entry = QJsonDocument::fromJson(har({send}))[u"log"_s][u"entries"_s][0];
        double sum = 0;
        for (const QJsonValue &phase : entry[u"timings"_s].toObject())
            sum += std::max(0.0, phase.toDouble());
        QCOMPARE(sum, entry[u"time"_s].toDouble());
    }
}

void TestSendFormats::aSendIsTheSameAfterJsonAndBack_data()
{
    QTest::addColumn<SendRecord>("record");
    QTest::newRow("everything") << record();
    SendRecord guess = record();
    guess.deliveryMatch = EventMatch::NumberAndTime;
    QTest::newRow("guess") << guess;
    SendRecord text = record();
    text.claim.body = "no JSON \"at\" all";
    text.answer.body = "<html>";
    text.answer.problem = TransportProblem::AnswerCut;
    text.answer.retryAfter = std::chrono::milliseconds(1500);
    text.answer.bodyCapped = true;
    QTest::newRow("texts") << text;
    SendRecord unsent;
    unsent.claim = sampleClaim();
    QTest::newRow("in flight") << unsent;
}

void TestSendFormats::aSendIsTheSameAfterJsonAndBack()
{
    QFETCH(SendRecord, record);
    const QByteArray line = exportEntry(ExportFormat::JsonLines, record, true);
    QCOMPARE(line.count('\n'), 1);
    const auto parsed = parseJson(line);
    QVERIFY(parsed && parsed->object() != nullptr);
    const auto read = sendFromObject(*parsed->object());
    QVERIFY(read.has_value());
    QCOMPARE(toJson(sendObject(*read), JsonStyle::Compact) + '\n', line);
    QCOMPARE(read->claim.body, QByteArray(record.claim.body).replace("Grüße", "Grüße"));
    QCOMPARE(read->claim.claimedAt, record.claim.claimedAt);
    QCOMPARE(read->outcome, record.outcome);
    QCOMPARE(read->delivery, record.delivery);
    QCOMPARE(read->deliveryMatch, record.deliveryMatch);
    QCOMPARE(read->answer.timing.headers, record.answer.timing.headers);
    QCOMPARE(read->answer.problem, record.answer.problem);
    QCOMPARE(read->claim.batchRow, record.claim.batchRow);
}

void TestSendFormats::aSendIsTheSameAfterHarAndBack()
{
    const auto parsed = parseJson(har({record()}));
    QVERIFY(parsed.has_value());
    const JsonObject *log = parsed->object()->find(u"log")->object();
    const JsonValue &entry = log->find(u"entries")->array()->front();
    const auto read = sendFromHarEntry(*entry.object());
    QVERIFY(read.has_value());
    QCOMPARE(toJson(sendObject(*read), JsonStyle::Indented),
             toJson(sendObject(record()), JsonStyle::Indented));
}

void TestSendFormats::anotherProgramsHarIsRead()
{
    const auto entry = parseJson(
        "{\"startedDateTime\":\"2026-11-22T10:00:00.000+01:00\",\"time\":61.5,\"request\":{"
        "\"method\":\"POST\",\"url\":\"https://studio-api-eu.ai.vonage.com/messaging/"
        "conversation\","
        "\"postData\":{\"text\":\"{\\\"to\\\":\\\"447946000958\\\",\\\"template\\\":\\\"t\\\"}\"}},"
        "\"response\":{\"status\":429,\"headers\":[{\"name\":\"A\",\"value\":\"b\"},7],"
        "\"content\":{\"text\":\"eA==\",\"encoding\":\"base64\"}}}");
    const auto read = sendFromHarEntry(*entry->object());
    QVERIFY(read.has_value());
    QCOMPARE(read->claim.to, u"447946000958"_s);
    QCOMPARE(read->claim.templateName, u"t"_s);
    QCOMPARE(read->outcome, Outcome::RateLimited);
    QCOMPARE(read->answer.body, QByteArray("x"));
    QCOMPARE(read->answer.headers.size(), 1);
    QCOMPARE(read->answer.timing.total, microseconds(61'500));
    QCOMPARE(read->claim.claimedAt, QDateTime(QDate(2026, 11, 22), QTime(9, 0), Qt::UTC));
}

void TestSendFormats::whatIsNoSendIsNotRead()
{
    for (const QByteArray &json :
         {QByteArray("{}"), QByteArray("{\"id\":7}"), QByteArray("{\"id\":null}"),
          QByteArray("{\"request\":{\"method\":\"GET\"}}"), QByteArray("{\"request\":[]}")}) {
        const auto parsed = parseJson(json);
        QVERIFY(!sendFromHarEntry(*parsed->object()).has_value());
        QVERIFY(!eventFromObject(*parsed->object()).has_value());
    }
    QVERIFY(!sendFromObject(*parseJson("{\"id\":{}}")->object()).has_value());
    const auto odd = sendFromObject(
        *parseJson("{\"id\":\"x\",\"status\":-5,\"timing\":{\"total_us\":1e300},\"at\":[],"
                   "\"answer_headers\":{},\"outcome\":7,\"retry_after_ms\":99999999999999999999}")
             ->object());
    QVERIFY(odd.has_value());
    QCOMPARE(odd->answer.status, 0);
    QVERIFY(!odd->outcome.has_value());
    QVERIFY(!odd->claim.claimedAt.isValid());
}

void TestSendFormats::anEventIsTheSameAfterJsonAndBack()
{
    KeptEvent event;
    event.number = 12;
    event.event =
        parseStatusEvent("{\"status\":\"delivered\",\"to\":\"4479\",\"message_uuid\":\"u\"}");
    event.event.raw = "{\"status\":\"delivered\",\"to\":\"4479\",\"message_uuid\":\"u\"}";
    event.event.sendId = newId();
    event.event.arrivedAt = sampleClaim().claimedAt;
    event.match = EventMatch::MessageUuid;
    event.source = EventSource::Imported;
    const auto read = eventFromObject(eventObject(event));
    QVERIFY(read.has_value());
    QCOMPARE(toJson(eventObject(*read), JsonStyle::Compact),
             toJson(eventObject(event), JsonStyle::Compact));
    QCOMPARE(read->event.status, DeliveryStatus::Delivered);
    QCOMPARE(read->event.messageUuid, u"u"_s);
    QCOMPARE(read->event.sendId, event.event.sendId);
    QCOMPARE(read->match, EventMatch::MessageUuid);
}

void TestSendFormats::csvDefusesFormulas()
{
    SendRecord send = record();
    send.claim.templateName = u"=HYPERLINK(\"http://evil\")"_s;
    send.claim.profile = u"@SUM(1)"_s;
    const QByteArray line = exportEntry(ExportFormat::Csv, send, true);
    QVERIFY(line.contains("\"'=HYPERLINK("));
    QVERIFY(line.contains(",'@SUM(1),"));
}

void TestSendFormats::csvHasACellForEveryColumn()
{
    QCOMPARE(sendCells(record()).size(), sendColumns().size());
    QList<QStringList> rows;
    CsvParser parser(',', [&rows](const CsvRow &row) {
        QStringList cells;
        for (qsizetype i = 0; i < row.size(); ++i)
            cells.append(QString::fromUtf8(row.cell(i)));
        rows.append(cells);
    });
    const QByteArray text =
        exportBegin(ExportFormat::Csv).mid(3) + exportEntry(ExportFormat::Csv, record(), true);
    QVERIFY(parser.parse(text));
    QVERIFY(parser.finish());
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0), sendColumns());
    QCOMPARE(rows.at(1), sendCells(record()));
}

void TestSendFormats::markdownShowsTextsAsTheyAre()
{
    QCOMPARE(markdownText(u"a|b *c* <img src=x> [l](u) `x`\r\n| end"_s),
             u"a\\|b \\*c\\* &lt;img src=x\\> \\[l\\](u) \\`x\\` \\| end"_s);
    SendRecord send = record();
    send.claim.templateName = u"a|b\nc"_s;
    const QByteArray row = exportEntry(ExportFormat::Markdown, send, true);
    QCOMPARE(row.count('\n'), 1);
    QCOMPARE(QByteArray(row).replace("\\|", "").count('|'),
             exportBegin(ExportFormat::Markdown).split('\n').at(0).count('|'));
}

void TestSendFormats::anAnswersMessageIsFound()
{
    QCOMPARE(answerMessage("{\"message\":[\"a\",\"b\"]}"), u"a; b"_s);
    QCOMPARE(answerMessage("{\"title\":\"T\",\"detail\":\"D\"}"), u"D"_s);
    QCOMPARE(answerMessage("<html>"), QString());
}

QTEST_APPLESS_MAIN(TestSendFormats)
#include "tst_sendformats.moc"
