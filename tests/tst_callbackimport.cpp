#include "interop/callbackimport.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <ctime>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using Kind = ImportProblem::Kind;

namespace {

const QString SendId = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
const QByteArray Delivered = R"({"status":"delivered","message_uuid":"m-1"})";
const QByteArray Read = R"({"status":"read","message_uuid":"m-1"})";
const QByteArray Pretty = "{\n  \"status\": \"read\",\n  \"usage\": { \"price\": \"0.1\" },\n"
                          "  \"text\": \"a } brace, a \\\" quote\"\n}";

CallbackImport imported(const QByteArray &text)
{
    const auto result = importCallbacks(text);
    return result ? *result : CallbackImport{};
}

QByteArrayList raws(const CallbackImport &import)
{
    QByteArrayList list;
    for (const ImportedCallback &callback : import.callbacks)
        list.append(callback.event.raw);
    return list;
}

/// "line kind" of each problem.
QString told(const CallbackImport &import)
{
    QStringList list;
    for (const ImportProblem &problem : import.problems)
        list.append(u"%1 %2"_s.arg(problem.line).arg(static_cast<int>(problem.kind)));
    return list.join(u", "_s);
}

QString problem(int line, Kind kind)
{
    return u"%1 %2"_s.arg(line).arg(static_cast<int>(kind));
}

QByteArray quoted(QByteArray json)
{
    json.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return '"' + json + '"';
}

QByteArray harOf(const QByteArrayList &entries)
{
    return "{\n\"log\": {\"version\": \"1.2\", \"entries\": [\n" + entries.join(",\n") + "\n]}\n}";
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// An entry of a HAR.
QByteArray posted(const QByteArray &body, const QString &path = u"/hook"_s)
{
    const QJsonObject data{{u"mimeType"_s, u"application/json"_s},
                           {u"text"_s, QString::fromUtf8(body)}};
    const QJsonObject request{{u"method"_s, u"POST"_s},
                              {u"url"_s, u"https://me.example.com"_s + path},
                              {u"postData"_s, data}};
    return json({{u"startedDateTime"_s, u"2026-11-22T10:30:15.250+01:00"_s},
                 {u"request"_s, request},
                 {u"response"_s, QJsonObject{{u"status"_s, 200}}}});
}

/// A request as webhook.site lists it.
QByteArray item(const QString &uuid, const QByteArray &body)
{
    return json({{u"uuid"_s, uuid},
                 {u"token_id"_s, u"t"_s},
                 {u"method"_s, u"POST"_s},
                 {u"content"_s, QString::fromUtf8(body)},
                 {u"url"_s, u"https://webhook.site/t/s/"_s + SendId},
                 {u"created_at"_s, u"2026-11-22 09:30:15"_s}});
}

QByteArray page(const QByteArrayList &items)
{
    return R"({"data":[)" + items.join(',') + R"(],"total":2,"per_page":50,"is_last_page":true})";
}

} // namespace

class TestCallbackImport : public QObject
{
    Q_OBJECT

private slots:
    void callbacksAreFoundInEveryForm_data();
    void callbacksAreFoundInEveryForm();
    void linesAreThoseOfTheText();
    void postsOfAHarAreCallbacks();
    void base64OfAHarIsDecoded();
    void webhookSiteInAHarIsTakenOnce();
    void listOfWebhookSiteIsRead();
    void whatIsNotUnderstoodIsTold_data();
    void whatIsNotUnderstoodIsTold();
    void problemsAreListedUpToACap();
    void callbacksAreTakenUpToACap();
    void tooMuchTextIsRefused();
    void hostileTextTakesBoundedTime_data();
    void hostileTextTakesBoundedTime();
    void mutatedTextsDoNoHarm();
};

void TestCallbackImport::callbacksAreFoundInEveryForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, const QByteArray &text, const QByteArrayList &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("one object", Delivered, {Delivered});
    row("blanks around", " \r\n\t" + Delivered + "\n\n", {Delivered});
    row("byte order mark", "\xEF\xBB\xBF" + Delivered, {Delivered});
    row("list", '[' + Delivered + ", " + Read + ']', {Delivered, Read});
    row("list in a list", "[[" + Delivered + "],[" + Read + "]]", {Delivered, Read});
    row("lines", Delivered + '\n' + Read + '\n', {Delivered, Read});
    row("lines of Windows", Delivered + "\r\n" + Read + "\r\n", {Delivered, Read});
    row("lines with commas", Delivered + ",\n" + Read + ',', {Delivered, Read});
    row("without anything between", Delivered + Read, {Delivered, Read});
    row("on many lines", Pretty, {Pretty});
    row("on many lines, one after the other", Pretty + '\n' + Delivered + '\n' + Pretty,
        {Pretty, Delivered, Pretty});
    row("list on many lines", "[\n" + Pretty + ",\n" + Pretty + "\n]", {Pretty, Pretty});
    row("the same twice", Read + '\n' + Read, {Read, Read});
    row("log", "[2026-11-22 09:30] INFO got " + Delivered + " ok\n09:31 " + Read + '\n',
        {Delivered, Read});
    row("log with many lines", "body: " + Pretty + " done\nbody: " + Read, {Pretty, Read});
    row("unknown status with a number", R"({"status":"queued","to":"44"})",
        {R"({"status":"queued","to":"44"})"});
    row("nothing", {}, {});
    row("empty page of webhook.site", page({}), {});
}

void TestCallbackImport::callbacksAreFoundInEveryForm()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArrayList, expected);
    const CallbackImport import = imported(text);
    QCOMPARE(raws(import), expected);
    QCOMPARE(told(import), QString());
    for (const ImportedCallback &callback : import.callbacks) {
        QVERIFY(callback.event.sendId.isEmpty());
        QVERIFY(!callback.event.arrivedAt.isValid());
    }
}

void TestCallbackImport::linesAreThoseOfTheText()
{
    const CallbackImport import = imported("\n" + Pretty + "\n\n" + Read + Delivered);
    QCOMPARE(import.callbacks.size(), 3);
    QCOMPARE(import.callbacks.at(0).line, 2);
    QCOMPARE(import.callbacks.at(1).line, 8);
    QCOMPARE(import.callbacks.at(2).line, 8);
    QCOMPARE(import.callbacks.at(0).event.price, u"0.1"_s);
}

void TestCallbackImport::postsOfAHarAreCallbacks()
{
    const QByteArray get = R"({"request":{"method":"GET","url":"https://h/"},"response":{}})";
    const QString path = u"/x/s/"_s + SendId + u"?a=b"_s;
    const CallbackImport import =
        imported(harOf({get, posted(Pretty, path), posted(Read), posted("a=b"), "7"}));
    QCOMPARE(raws(import), QByteArrayList({Pretty, Read}));
    const ImportedCallback &first = import.callbacks.front();
    QCOMPARE(first.path, u"/x/s/"_s + SendId);
    QCOMPARE(first.event.sendId, SendId);
    QCOMPARE(first.event.arrivedAt, QDateTime(QDate(2026, 11, 22), QTime(9, 30, 15, 250), Qt::UTC));
    QCOMPARE(first.line, 4);
    QCOMPARE(import.callbacks.back().path, u"/hook"_s);
    QVERIFY(import.callbacks.back().event.sendId.isEmpty());
    QCOMPARE(told(import), problem(6, Kind::NoCallback) + u", "_s + problem(7, Kind::NoCallback));
}

void TestCallbackImport::base64OfAHarIsDecoded()
{
    const QByteArray entry =
        R"({"request":{"method":"post","url":"https://h/p","postData":{"text":")" + Read.toBase64()
        + R"(","encoding":"base64"}}})";
    QCOMPARE(raws(imported(harOf({entry}))), QByteArrayList({Read}));
}

void TestCallbackImport::webhookSiteInAHarIsTakenOnce()
{
    const auto answer = [](const QByteArray &body) {
        return R"({"request":{"method":"GET","url":"https://webhook.site/token/t/requests"},)"
               R"("response":{"content":{"mimeType":"application/json","text":)"
            + quoted(body) + "}}}";
    };
    const CallbackImport import = imported(
        harOf({answer(page({item(u"2"_s, Read), item(u"1"_s, Delivered)})),
               answer(page({item(u"3"_s, Read), item(u"2"_s, Read), item(u"1"_s, Delivered)}))}));
    QCOMPARE(raws(import), QByteArrayList({Read, Delivered, Read}));
    QCOMPARE(import.callbacks.front().event.sendId, SendId);
    QCOMPARE(import.callbacks.front().event.arrivedAt,
             QDateTime(QDate(2026, 11, 22), QTime(9, 30, 15), Qt::UTC));
    QCOMPARE(told(import), QString());
}

void TestCallbackImport::listOfWebhookSiteIsRead()
{
    const CallbackImport list = imported(page({item(u"2"_s, Read), item(u"1"_s, Delivered)}));
    QCOMPARE(raws(list), QByteArrayList({Read, Delivered}));
    QCOMPARE(list.callbacks.front().path, u"/t/s/"_s + SendId);
    QCOMPARE(list.callbacks.front().event.sendId, SendId);
    const CallbackImport one = imported(item(u"1"_s, Delivered));
    QCOMPARE(raws(one), QByteArrayList({Delivered}));
    QVERIFY(one.callbacks.front().event.arrivedAt.isValid());
}

void TestCallbackImport::whatIsNotUnderstoodIsTold_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("callbacks");
    QTest::addColumn<QString>("problems");
    const auto row = [](const char *name, const QByteArray &text, int callbacks,
                        const QString &problems) {
        QTest::newRow(name) << text << callbacks << problems;
    };
    row("words", "hello\nworld", 0,
        problem(1, Kind::NotJson) + u", "_s + problem(2, Kind::NotJson));
    row("a form", "status=read&to=44", 0, problem(1, Kind::NotJson));
    row("a scalar", "7", 0, problem(1, Kind::NotJson));
    row("words between", Read + "\nhello\n" + Read, 2, problem(2, Kind::NotJson));
    row("cut line", Read + "\n{\"status\":\"re\n" + Read, 2, problem(2, Kind::Broken));
    row("cut object", Read + "\n{\"status\":\"read\",\n" + Read, 2, problem(2, Kind::Broken));
    row("cut at the end", Read + "\n" + Read.chopped(5), 1, problem(2, Kind::Broken));
    row("wrong bracket", "{\"status\":\"read\"]\n" + Read, 1, problem(1, Kind::Broken));
    row("error inside", "\n{\n\"status\":read\n}\n" + Read, 1, problem(3, Kind::Broken));
    row("another object", "{\"a\":1}\n" + Read, 1, problem(1, Kind::NoCallback));
    row("health answer", R"({"status":"ok"})", 0, problem(1, Kind::NoCallback));
    row("empty object", "{}", 0, problem(1, Kind::NoCallback));
    row("empty list", "[]", 0, problem(1, Kind::NoCallback));
    row("numbers in a list", "[1,\n2]", 0,
        problem(1, Kind::NoCallback) + u", "_s + problem(2, Kind::NoCallback));
    row("number beside a callback", "[\n1,\n" + Read + "\n]", 1, problem(2, Kind::NoCallback));
    row("very deep list", QByteArray(6, '[') + Read + QByteArray(6, ']'), 0,
        problem(1, Kind::NoCallback));
    row("deeper than JSON may be", QByteArray(200, '[') + QByteArray(200, ']'), 0,
        problem(1, Kind::Broken));
    row("large object",
        "{\"status\":\"read\",\"a\":\"" + QByteArray(3'000'000, 'x') + "\"}\n" + Read, 1,
        problem(1, Kind::TooLarge));
    row("HAR without entries", R"({"log":{"entries":[]}})", 0, {});
    row("HAR that is none", R"({"log":{"entries":7}})", 0, problem(1, Kind::NoCallback));
    row("item without a callback", item(u"1"_s, "hello"), 0, problem(1, Kind::NoCallback));
    row("UTF-16", QByteArray("\xFF\xFE{\0}\0", 6), 0, problem(1, Kind::NotJson));
    row("zeros", QByteArray(100, '\0'), 0, problem(1, Kind::NotJson));
}

void TestCallbackImport::whatIsNotUnderstoodIsTold()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, callbacks);
    QFETCH(const QString, problems);
    const CallbackImport import = imported(text);
    QCOMPARE(import.callbacks.size(), callbacks);
    QCOMPARE(told(import), problems);
    QCOMPARE(import.moreProblems, 0);
}

void TestCallbackImport::problemsAreListedUpToACap()
{
    const CallbackImport import = imported(QByteArray("hello\n").repeated(1000) + Read);
    QCOMPARE(import.callbacks.size(), 1);
    QCOMPARE(import.problems.size(), CallbackImportMaxProblems);
    QCOMPARE(import.moreProblems, 900);
}

void TestCallbackImport::callbacksAreTakenUpToACap()
{
    const QByteArray small = "{\"status\":\"read\"}\n";
    const CallbackImport import = imported(small.repeated(CallbackImportMaxCallbacks + 10));
    QCOMPARE(import.callbacks.size(), CallbackImportMaxCallbacks);
    QCOMPARE(told(import),
             problem(static_cast<int>(CallbackImportMaxCallbacks) + 1, Kind::TooMany));
}

void TestCallbackImport::tooMuchTextIsRefused()
{
    const auto result = importCallbacks(QByteArray(CallbackImportMaxBytes + 1, ' '));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::InvalidInput);
    QVERIFY(importCallbacks(QByteArray(CallbackImportMaxBytes, ' ')));
}

void TestCallbackImport::hostileTextTakesBoundedTime_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("opening brackets") << QByteArray("[");
    QTest::newRow("an opening brace per line") << QByteArray("{\n");
    QTest::newRow("an object that stays open per line") << QByteArray("{\"a\":{}\n");
    QTest::newRow("quotes") << QByteArray("\"");
    QTest::newRow("an open string per line") << QByteArray("{\"\n");
    QTest::newRow("backslashes") << QByteArray("{\"\\");
    QTest::newRow("numbers") << QByteArray("0,");
    QTest::newRow("empty objects") << QByteArray("{}");
    QTest::newRow("empty objects per line") << QByteArray("{}\n");
    QTest::newRow("lines") << QByteArray("\n");
    QTest::newRow("words") << QByteArray("x\n");
}

void TestCallbackImport::hostileTextTakesBoundedTime()
{
    QFETCH(const QByteArray, piece);
    // A part of the cap: whatever is not linear shows all the same.
    const QByteArray text = piece.repeated(CallbackImportMaxBytes / 100 / piece.size());
    for (const QByteArray &whole :
         {text, '[' + text + ']', "{\"log\":{\"entries\":[" + text + "]}}"}) {
        const auto start = std::clock(); // of this process: others may keep the computer busy
        QCOMPARE(imported(whole).callbacks.size(), 0);
        QVERIFY(std::clock() - start < 2 * CLOCKS_PER_SEC);
    }
}

void TestCallbackImport::mutatedTextsDoNoHarm()
{
    const QByteArrayList seeds{
        Delivered + '\n' + Pretty + '\n' + Read,
        '[' + Delivered + ',' + Pretty + ']',
        page({item(u"1"_s, Read), item(u"2"_s, Delivered)}),
        harOf({posted(Read), posted(Pretty)}),
    };
    const QByteArray bytes = "{}[]\",:\\\n 0a\xff";
    QRandomGenerator random(20261122);
    const auto below = [&random](qsizetype limit) {
        return static_cast<qsizetype>(random.bounded(static_cast<int>(limit)));
    };
    qsizetype found = 0;
    for (int round = 0; round < 5000; ++round) {
        QByteArray text = seeds.at(below(seeds.size()));
        for (qsizetype left = 1 + below(5); left > 0; --left) {
            const qsizetype at = below(text.size());
            if (below(2) == 0)
                text.insert(at, bytes.at(below(bytes.size())));
            else
                text.remove(at, 1 + below(6));
        }
        const CallbackImport import = imported(text);
        for (const ImportedCallback &callback : import.callbacks)
            QVERIFY(callback.line >= 1 && callback.line <= text.count('\n') + 1);
        for (const ImportProblem &told : import.problems)
            QVERIFY(told.line >= 1 && told.line <= text.count('\n') + 1);
        found += import.callbacks.size();
    }
    QVERIFY(found > 1000);
}

QTEST_APPLESS_MAIN(TestCallbackImport)
#include "tst_callbackimport.moc"
