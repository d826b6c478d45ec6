#include "core/endpoint.h"
#include "core/json.h"
#include "store/addressbook.h"
#include "store/profiles.h"
#include "support/cliprocess.h"
#include "support/scriptedserver.h"

#include <QTest>

#include <algorithm>
#include <csignal>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace std::chrono_literals;

namespace {

/// What a row becomes on the wire, with its value in the recipient and a parameter.
const QByteArray BatchRequest = requestJson(
    "{{phone}}",
    R"(,"components":[{"type":"body","parameters":[{"type":"text","text":"Dear {{name}}"}]}])");

QByteArray rowsOf(int count, qint64 first = 447'946'000'000)
{
    QByteArray csv = "phone,name\n";
    for (int i = 0; i < count; ++i)
        csv += QByteArray::number(first + i) + ",Name " + QByteArray::number(i + 1) + '\n';
    return csv;
}

QStringList recipients(const ScriptedServer &server)
{
    QStringList found;
    for (const SeenRequest &request : server.requests) {
        const auto body = parseJson(request.body);
        if (body && body->object() != nullptr)
            found.append(textOf(*body->object(), u"to"));
    }
    return found;
}

} // namespace

class TestCliBatch : public QObject
{
    Q_OBJECT

private slots:
    void everyRowIsSentOnceWithItsValues();
    void fieldsAreMappedByName();
    void theRecipientsColumnIsFoundByItsName();
    void whatCannotBeMappedSendsNothing_data();
    void whatCannotBeMappedSendsNothing();
    void rowsThatCannotBeSentAreNamedAndLeftOut();
    void checkSendsNothing();
    void duplicatesAndObjectorsGetNoMessage();
    void aLimitedProfileReachesItsTestNumbersOnly();
    void aRateLimitedRowGoesAgain();
    void aRefusedKeyEndsTheRunAndTheRestCanGoOn();
    void anUnknownRowIsNeverSentAgain();
    void stoppedItGoesOnWhereItWas();
    void anUnreachableHostIsWaitedFor();
    void theSandboxTakesABatch();
    void resultsAreWritten();
    void aFileInAnotherEncodingIsAskedFor();
    void aBatchRunsOnlyOnce();
    void twoBatchesOnOneLaneShareItsPace();

private:
    static QStringList batchTo(const ScriptedServer &server, const Workplace &place,
                               const QByteArray &csv, const QStringList &more = {u"--no-pace"_s},
                               const QByteArray &request = BatchRequest)
    {
        return QStringList{u"--json"_s,
                           u"batch"_s,
                           place.file(csv, u"rows.csv"_s),
                           u"--request"_s,
                           place.file(request, u"request.json"_s),
                           u"--endpoint"_s,
                           baseText(server.url()),
                           u"--key-env"_s,
                           u"TEST_KEY"_s}
        + more;
    }
    static QStringList resume(const QStringList &more = {u"--no-pace"_s})
    {
        return QStringList{u"--json"_s, u"batch"_s,     u"--resume"_s,
                           u"last"_s,   u"--key-env"_s, u"TEST_KEY"_s}
        + more;
    }
};

void TestCliBatch::everyRowIsSentOnceWithItsValues()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(place.folder(), batchTo(server, place, rowsOf(5)));
    QCOMPARE(cli.run(), 0);
    QStringList to = recipients(server);
    to.sort();
    QCOMPARE(to,
             (QStringList{u"447946000000"_s, u"447946000001"_s, u"447946000002"_s,
                          u"447946000003"_s, u"447946000004"_s}));
    for (const SeenRequest &request : std::as_const(server.requests)) {
        QVERIFY(request.body.contains("Dear Name "));
        QVERIFY(!request.body.contains("{{"));
        QCOMPARE(request.values("x-vgai-key"), QByteArrayList{CliKey});
    }
    const auto lines = cli.objects();
    QCOMPARE(lines.size(), 5);
    QSet<QString> rows;
    for (const JsonObject &line : lines) {
        QCOMPARE(textOf(line, u"outcome"), u"accepted"_s);
        QCOMPARE(textOf(line, u"batch"), textOf(lines.first(), u"batch"));
        rows.insert(textOf(line, u"row"));
    }
    QCOMPARE(rows, (QSet<QString>{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}));
    QCOMPARE(place.log().size(), 5);
    QCOMPARE(textOf(place.log().first(), u"batch"), textOf(lines.first(), u"batch"));
}

void TestCliBatch::fieldsAreMappedByName()
{
    const Workplace place;
    ScriptedServer server;
    const QByteArray request =
        requestJson("",
                    R"(,"components":[{"type":"body","parameters":[{"type":"text","text":"x"}]}])"
                    R"(,"session_parameters":[{"name":"ORDER","value":""}])");
    const QByteArray csv = "a;b;c\n447946000958;Marta;A-1043\n";
    CliProcess cli(place.folder(),
                   batchTo(server, place, csv,
                           {u"--no-pace"_s, u"--map"_s, u"to=a"_s, u"--map"_s, u"body 1=b"_s,
                            u"--map"_s, u"ORDER=c"_s},
                           request));
    QCOMPARE(cli.run(), 0);
    QCOMPARE(server.posts(), 1);
    const QByteArray body = server.requests.first().body;
    QVERIFY(body.contains(R"("to": "447946000958")"));
    QVERIFY(body.contains(R"("text": "Marta")"));
    QVERIFY(body.contains(R"("value": "A-1043")"));
}

void TestCliBatch::theRecipientsColumnIsFoundByItsName()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(place.folder(),
                   batchTo(server, place, "name,Phone number\nMarta,+44 7946 000958\n",
                           {u"--no-pace"_s}, requestJson("")));
    QCOMPARE(cli.run(), 0);
    QCOMPARE(recipients(server), QStringList{u"447946000958"_s});
}

void TestCliBatch::whatCannotBeMappedSendsNothing_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("explanation");

    QTest::newRow("placeholder") << QByteArray("phone,first\n447946000958,M\n") << BatchRequest
                                 << QStringList() << QByteArray("no column “name”");
    QTest::newRow("column") << rowsOf(1) << BatchRequest << QStringList{u"--map"_s, u"to=fone"_s}
                            << QByteArray("no column “fone”");
    QTest::newRow("field") << rowsOf(1) << BatchRequest << QStringList{u"--map"_s, u"too=phone"_s}
                           << QByteArray("has no “too”");
    QTest::newRow("no recipient") << QByteArray("a,b\n1,2\n") << requestJson("") << QStringList()
                                  << QByteArray("--map to=COLUMN");
    QTest::newRow("empty") << QByteArray() << BatchRequest << QStringList() << QByteArray("no row");
    QTest::newRow("open quote") << QByteArray("phone,name\n447946000958,\"M\n") << BatchRequest
                                << QStringList() << QByteArray("quotation mark");
    QTest::newRow("all bad") << QByteArray("phone,name\n12,M\n") << BatchRequest << QStringList()
                             << QByteArray("None of the rows");
}

void TestCliBatch::whatCannotBeMappedSendsNothing()
{
    QFETCH(QByteArray, csv);
    QFETCH(QByteArray, request);
    QFETCH(QStringList, options);
    QFETCH(QByteArray, explanation);
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(place.folder(),
                   batchTo(server, place, csv, QStringList{u"--no-pace"_s} + options, request));
    QCOMPARE(cli.run(), 2);
    QVERIFY2(cli.err.contains(explanation), cli.err.constData());
    QCOMPARE(server.posts(), 0);
}

void TestCliBatch::rowsThatCannotBeSentAreNamedAndLeftOut()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(
        place.folder(),
        batchTo(server, place, "phone,name\n447946000958,Marta\n12,Luis\n447946000959,Ana\n"));
    QCOMPARE(cli.run(), 1);
    QCOMPARE(server.posts(), 2);
    QVERIFY2(cli.err.contains("row 2 (line 3): error: to:"), cli.err.constData());
    QVERIFY2(cli.err.contains("2 of 3 rows can be sent"), cli.err.constData());
}

void TestCliBatch::checkSendsNothing()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess bad(
        place.folder(),
        batchTo(server, place, "phone,name\n447946000958,Marta\n12,Luis\n", {u"--check"_s}));
    QCOMPARE(bad.run(), 1);
    QCOMPARE(bad.objects().size(), 1);
    QCOMPARE(textOf(bad.objects().first(), u"row"), u"2"_s);
    QCOMPARE(textOf(bad.objects().first(), u"line"), u"3"_s);
    QCOMPARE(textOf(bad.objects().first(), u"sendable"), u"false"_s);
    CliProcess good(place.folder(), batchTo(server, place, rowsOf(3), {u"--check"_s}));
    QCOMPARE(good.run(), 0);
    QCOMPARE(server.posts(), 0);
    QCOMPARE(place.log().size(), 0);
}

void TestCliBatch::duplicatesAndObjectorsGetNoMessage()
{
    const Workplace place;
    ScriptedServer server;
    const QByteArray csv = "phone,name\n"
                           "447946000958,Marta\n"
                           "+44 7946 000958,Marta\n" // the same message to the same phone
                           "447946000958,Luis\n" // another message
                           "447946000777,Ana\n";
    const QString list = place.file("# asked us not to\n+44 7946 000777\n", u"list.txt"_s);
    CliProcess cli(place.folder(),
                   batchTo(server, place, csv, {u"--no-pace"_s, u"--do-not-message"_s, list}));
    QCOMPARE(cli.run(), 1);
    QCOMPARE(recipients(server), (QStringList{u"447946000958"_s, u"447946000958"_s}));

    // The window's list counts as well.
    QFile kept(place.folder() + u"/do-not-message.txt"_s);
    QVERIFY(kept.open(QIODevice::WriteOnly));
    kept.write("447946000958\n");
    kept.close();
    CliProcess again(place.folder(), batchTo(server, place, csv));
    QCOMPARE(again.run(), 1);
    QCOMPARE(recipients(server).mid(2), QStringList{u"447946000777"_s});
    QVERIFY2(cli.err.contains("row 2 (line 3): repeats row 1"), cli.err.constData());
    QVERIFY2(cli.err.contains("row 4 (line 5): on the do-not-message list"), cli.err.constData());
}

// Break it by leaving out checkNumbers() in BatchCommand::takeInput().
void TestCliBatch::aLimitedProfileReachesItsTestNumbersOnly()
{
    const Workplace place;
    ScriptedServer server;
    Profile profile = builtInProfile();
    profile.id = u"6c6f6f70-6261-4b00-8000-00000000aaaa"_s;
    profile.name = u"Shop"_s;
    profile.region = Region::Custom;
    profile.customUrl = baseText(server.url());
    profile.approvedHost = origin(QUrl(profile.customUrl));
    profile.live = true;
    profile.onlyTestNumbers = true;
    QVERIFY(saveProfiles(place.folder(), {profile}));
    QVERIFY(saveAddressBook(place.folder(), profile.id,
                            AddressBook({{u"447946000000"_s, {}, true, {}}})));
    const auto run = [&](const QStringList &more) {
        QStringList arguments = batchTo(server, place, rowsOf(3), more);
        arguments.insert(1, u"--profile"_s);
        arguments.insert(2, profile.name);
        CliProcess cli(place.folder(), arguments);
        const int status = cli.run();
        return std::pair(status, cli.err);
    };
    for (const QStringList &more : {QStringList{u"--no-pace"_s}, QStringList{u"--check"_s}}) {
        const auto [status, err] = run(more);
        QCOMPARE(status, 2);
        QVERIFY2(err.contains("2 recipient") && err.contains("447946000001")
                     && err.contains("--any-number"),
                 err.constData());
    }
    QCOMPARE(server.connections, 0);
    QVERIFY(place.log().isEmpty());
    QCOMPARE(run({u"--no-pace"_s, u"--any-number"_s}).first, 0);
    QCOMPARE(server.posts(), 3);
}

void TestCliBatch::aRateLimitedRowGoesAgain()
{
    const Workplace place;
    ScriptedServer server;
    server.willDo(Script::answer("200 OK"));
    server.willDo(Script::answer("429 Too Many Requests", "{}", "Retry-After: 1\r\n"));
    CliProcess cli(place.folder(), batchTo(server, place, rowsOf(4), {u"--limit"_s, u"5"_s}));
    QCOMPARE(cli.run(), 0);
    // The limited row goes again before those that follow it.
    const QStringList to = recipients(server);
    QCOMPARE(to.size(), 5);
    QCOMPARE(to.at(1), u"447946000001"_s);
    QVERIFY2(to.indexOf(u"447946000001"_s, 2) >= 2, qPrintable(to.join(u' ')));
    QStringList outcomes;
    for (const JsonObject &line : cli.objects())
        outcomes.append(textOf(line, u"outcome"));
    QCOMPARE(outcomes.count(u"rate_limited"_s), 1);
    QCOMPARE(outcomes.count(u"accepted"_s), 4);
    const auto rest = server.requests.at(to.indexOf(u"447946000001"_s, 2)).arrived
        - server.requests.at(1).arrived;
    QVERIFY(rest >= 1s);
}

void TestCliBatch::aRefusedKeyEndsTheRunAndTheRestCanGoOn()
{
    const Workplace place;
    ScriptedServer server;
    server.willDo(Script::answer("200 OK"));
    server.willDo(Script::answer("401 Unauthorized"));
    CliProcess cli(place.folder(), batchTo(server, place, rowsOf(6), {u"--limit"_s, u"5"_s}));
    QCOMPARE(cli.run(), 1);
    const int sent = server.posts();
    QVERIFY(sent >= 2 && sent < 6);
    QVERIFY2(cli.err.contains("--resume"), cli.err.constData());

    CliProcess again(place.folder(), resume());
    QCOMPARE(again.run(), 1); // the refused row stays refused
    QCOMPARE(server.posts(), 6);
    QStringList to = recipients(server);
    QCOMPARE(QSet<QString>(to.begin(), to.end()).size(), 6);
}

void TestCliBatch::anUnknownRowIsNeverSentAgain()
{
    const Workplace place;
    ScriptedServer server;
    server.willDo(Script::closeUnanswered());
    CliProcess cli(place.folder(), batchTo(server, place, rowsOf(3), {u"--limit"_s, u"5"_s}));
    QCOMPARE(cli.run(), 3);
    QCOMPARE(server.posts(), 3);
    CliProcess again(place.folder(), resume());
    QCOMPARE(again.run(), 2); // nothing waits
    QCOMPARE(server.posts(), 3);
}

void TestCliBatch::stoppedItGoesOnWhereItWas()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(place.folder(), batchTo(server, place, rowsOf(20), {u"--limit"_s, u"5"_s}));
    cli.start();
    QVERIFY(QTest::qWaitFor([&server] { return server.posts() >= 3; }, 20'000));
    cli.signal(SIGINT);
    QVERIFY(cli.waitForEnd());
    QCOMPARE(cli.exitStatus(), 1);
    const int sent = server.posts();
    QVERIFY(sent < 20);
    QCOMPARE(cli.objects().size(), sent); // what was in flight has reported

    CliProcess again(place.folder(), resume());
    QCOMPARE(again.run(), 0);
    QStringList to = recipients(server);
    QCOMPARE(to.size(), 20);
    QCOMPARE(QSet<QString>(to.begin(), to.end()).size(), 20);
}

void TestCliBatch::anUnreachableHostIsWaitedFor()
{
    const Workplace place;
    ScriptedServer server;
    const quint16 port = server.serverPort();
    const QStringList arguments = batchTo(server, place, rowsOf(2), {u"--limit"_s, u"5"_s});
    server.close();
    CliProcess cli(place.folder(), arguments);
    cli.start();
    QVERIFY(cli.waitForText("not_sent"));
    QVERIFY(server.listen(QHostAddress::LocalHost, port));
    QVERIFY(cli.waitForEnd());
    QCOMPARE(cli.exitStatus(), 0);
    QCOMPARE(server.posts(), 2);
}

void TestCliBatch::theSandboxTakesABatch()
{
    const Workplace place;
    const QByteArray request =
        R"({"namespace":"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4","template":"order_update",)"
        R"("locale":"en","to":"{{phone}}","agent_id":"65f2a1b0c3d4e5f6a7b8c9d0",)"
        R"("channel":"whatsapp"})";
    CliProcess cli(place.folder(),
                   {u"--json"_s, u"batch"_s, place.file(rowsOf(3), u"rows.csv"_s), u"--request"_s,
                    place.file(request), u"--region"_s, u"sandbox"_s, u"--limit"_s, u"5"_s});
    QCOMPARE(cli.run(), 0);
    QCOMPARE(place.outcomes(), (QStringList{u"accepted"_s, u"accepted"_s, u"accepted"_s}));
}

void TestCliBatch::resultsAreWritten()
{
    const Workplace place;
    ScriptedServer server;
    server.willDo(Script::answer("200 OK", R"({"session_id":"abc-1"})"));
    server.willDo(Script::answer("422 Unprocessable Entity"));
    const QString results = place.file({}, u"results.csv"_s);
    const QByteArray csv = "phone,name\n447946000001,=1+1\n447946000002,\"a,\"\"b\"\"\"\n12,Ü\n";
    CliProcess cli(place.folder(),
                   batchTo(server, place, csv, {u"--limit"_s, u"5"_s, u"--results"_s, results}));
    QCOMPARE(cli.run(), 1);
    QFile file(results);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY2(text.contains(u"'=1+1"_s), qPrintable(text)); // no formula
    QVERIFY2(text.contains(u"\"a,\"\"b\"\"\""_s), qPrintable(text));
    QVERIFY2(text.contains(u"abc-1"_s), qPrintable(text));
    QVERIFY2(text.contains(u"accepted"_s) && text.contains(u"422"_s), qPrintable(text));
    QVERIFY2(text.contains(u"Ü"_s), qPrintable(text));
    QCOMPARE(text.trimmed().split(u'\n').size(), 4);
}

void TestCliBatch::aFileInAnotherEncodingIsAskedFor()
{
    const Workplace place;
    ScriptedServer server;
    const QByteArray csv = "phone,name\n447946000958,J\xf6rg\n";
    CliProcess asked(place.folder(), batchTo(server, place, csv));
    QCOMPARE(asked.run(), 2);
    QVERIFY2(asked.err.contains("Windows-1252"), asked.err.constData());
    QCOMPARE(server.posts(), 0);
    CliProcess told(
        place.folder(),
        batchTo(server, place, csv, {u"--no-pace"_s, u"--encoding"_s, u"windows-1252"_s}));
    QCOMPARE(told.run(), 0);
    QVERIFY(server.requests.first().body.contains("Dear Jörg"));
}

void TestCliBatch::aBatchRunsOnlyOnce()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(place.folder(), batchTo(server, place, rowsOf(30), {u"--limit"_s, u"1"_s}));
    cli.start();
    QVERIFY(cli.waitForText("accepted"));
    CliProcess other(place.folder(),
                     {u"batch"_s, u"--resume"_s, u"1"_s, u"--key-env"_s, u"TEST_KEY"_s});
    QCOMPARE(other.run(), 2);
    QVERIFY2(other.err.contains("running in another"), other.err.constData());
}

void TestCliBatch::twoBatchesOnOneLaneShareItsPace()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess one(place.folder(), batchTo(server, place, rowsOf(10), {u"--limit"_s, u"5"_s}));
    one.start();
    QVERIFY(one.waitForText("accepted"));
    CliProcess two(place.folder(),
                   batchTo(server, place, rowsOf(10, 447'946'100'000), {u"--limit"_s, u"5"_s}));
    two.start();
    QVERIFY(one.waitForEnd());
    QVERIFY(two.waitForEnd());
    QCOMPARE(one.exitStatus(), 0);
    QCOMPARE(two.exitStatus(), 0);
    QCOMPARE(server.posts(), 20);
    // Never more than 5 in any second. A busy computer may delay what was sent in time,
    // so single gaps say less than the whole.
    auto arrivals = server.requests;
    std::sort(arrivals.begin(), arrivals.end(),
              [](const auto &a, const auto &b) { return a.arrived < b.arrived; });
    QVERIFY(arrivals.last().arrived - arrivals.first().arrived >= 19 * 200ms - 50ms);
}

QTEST_GUILESS_MAIN(TestCliBatch)
#include "tst_clibatch.moc"
