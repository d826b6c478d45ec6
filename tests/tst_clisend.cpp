#include "core/json.h"
#include "support/cliprocess.h"
#include "support/scriptedserver.h"

#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <sys/resource.h>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace std::chrono_literals;

class TestCliSend : public QObject
{
    Q_OBJECT

private slots:
    void everyOutcomeHasItsExitStatus_data();
    void everyOutcomeHasItsExitStatus();
    void aRefusedConnectionIsNotSent();
    void theBytesAreThoseOfThePreview();
    void aLineForPeopleSaysWhatToDo();
    void aRateLimitSaysWhenToTryAgain();
    void theSandboxNeedsNoKey();
    void theSandboxKeepsItsSpecialRecipients();
    void twoProcessesKeepThePaceTogether();
    void withoutPaceItGoesAtOnce();
    void aJournalThatCannotBeWrittenStopsTheSend_data();
    void aJournalThatCannotBeWrittenStopsTheSend();
    void aClaimThatFindsNoRoomStopsTheSend();
    void interruptedWhileItWaitsItIsCancelled();
    void interruptedInFlightItIsUnknown();

private:
    static QStringList sendTo(const ScriptedServer &server, const QString &file)
    {
        return {u"--json"_s,   u"send"_s, u"--endpoint"_s, baseText(server.url()), u"--key-env"_s,
                u"TEST_KEY"_s, file};
    }
};

void TestCliSend::everyOutcomeHasItsExitStatus_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("exitStatus");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("status");

    const auto row = [](const char *name, const Script &script, int exitStatus,
                        const QString &outcome, const QString &status) {
        QTest::newRow(name) << script << exitStatus << outcome << status;
    };
    row("200", Script::answer("200 OK"), 0, u"accepted"_s, u"200"_s);
    row("204", Script::answer("204 No Content", {}), 0, u"accepted"_s, u"204"_s);
    row("302", Script::answer("302 Found", {}, "Location: http://127.0.0.1:1/\r\n"), 1,
        u"refused"_s, u"302"_s);
    row("401", Script::answer("401 Unauthorized"), 1, u"refused"_s, u"401"_s);
    row("422", Script::answer("422 Unprocessable Entity"), 1, u"refused"_s, u"422"_s);
    row("429", Script::answer("429 Too Many Requests"), 1, u"rate_limited"_s, u"429"_s);
    row("500", Script::answer("500 Internal Server Error"), 3, u"unknown"_s, u"500"_s);
    row("html", Script::answer("200 OK", "<html>", "Content-Type: text/html\r\n"), 3, u"unknown"_s,
        u"200"_s);
    row("closed unanswered", Script::closeUnanswered(), 3, u"unknown"_s, u"null"_s);
    row("reset unanswered", Script::resetUnanswered(), 3, u"unknown"_s, u"null"_s);
}

void TestCliSend::everyOutcomeHasItsExitStatus()
{
    QFETCH(Script, script);
    QFETCH(int, exitStatus);
    QFETCH(QString, outcome);
    QFETCH(QString, status);
    const Workplace place;
    ScriptedServer server;
    server.willDo(script);

    CliProcess cli(place.folder(), sendTo(server, place.file(requestJson())));
    QCOMPARE(cli.run(), exitStatus);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(cli.objects().size(), 1);
    const JsonObject line = cli.objects().first();
    QCOMPARE(textOf(line, u"outcome"), outcome);
    QCOMPARE(textOf(line, u"status"), status);
    QCOMPARE(textOf(line, u"to"), u"447946000958"_s);
    QCOMPARE(textOf(line, u"batch"), u"null"_s);
    QCOMPARE(textOf(line, u"row"), u"null"_s);
    QVERIFY(line.find(u"took_ms")->number() != nullptr);
    QVERIFY(line.find(u"retry_after_ms") == nullptr);

    const QList<JsonObject> log = place.log();
    QCOMPARE(log.size(), 1);
    QCOMPARE(textOf(log.first(), u"id"), textOf(line, u"id"));
    QCOMPARE(textOf(log.first(), u"outcome"), outcome);
    QCOMPARE(textOf(log.first(), u"status"), status);
}

void TestCliSend::aRefusedConnectionIsNotSent()
{
    const Workplace place;
    ScriptedServer server;
    const QStringList arguments = sendTo(server, place.file(requestJson()));
    server.close();
    CliProcess cli(place.folder(), arguments);
    QCOMPARE(cli.run(), 1);
    QCOMPARE(textOf(cli.objects().value(0), u"outcome"), u"not_sent"_s);
    QCOMPARE(place.outcomes(), QStringList{u"not_sent"_s});
}

void TestCliSend::theBytesAreThoseOfThePreview()
{
    const Workplace place;
    ScriptedServer server;
    const QByteArray json = requestJson("447946000958", R"(,"later":[1.0,{"ü":"עברית 🚀 \"x\""}])");
    CliProcess cli(place.folder(), sendTo(server, place.file(json)));
    QCOMPARE(cli.run(), 0);
    QCOMPARE(server.requests.first().body, toJson(*parseJson(json), JsonStyle::Indented));
    QCOMPARE(server.requests.first().target, "/messaging/conversation");
    QCOMPARE(server.requests.first().values("x-vgai-key"), QByteArrayList{CliKey});
}

void TestCliSend::aLineForPeopleSaysWhatToDo()
{
    const Workplace place;
    ScriptedServer server;
    server.willDo(Script::answer("401 Unauthorized"));
    QStringList arguments = sendTo(server, place.file(requestJson()));
    arguments.removeAll(u"--json"_s);
    CliProcess cli(place.folder(), arguments);
    QCOMPARE(cli.run(), 1);
    QCOMPARE(cli.out.count('\n'), 1);
    QVERIFY2(cli.out.startsWith("447946000958: 401 Key refused"), cli.out.constData());
    QVERIFY2(cli.out.contains("Generate API Key"), cli.out.constData());
}

void TestCliSend::aRateLimitSaysWhenToTryAgain()
{
    const Workplace place;
    ScriptedServer server;
    server.willDo(Script::answer("429 Too Many Requests", "{}", "Retry-After: 7\r\n"));
    CliProcess cli(place.folder(), sendTo(server, place.file(requestJson())));
    QCOMPARE(cli.run(), 1);
    QCOMPARE(textOf(cli.objects().first(), u"retry_after_ms"), u"7000"_s);
}

void TestCliSend::theSandboxNeedsNoKey()
{
    const Workplace place;
    QByteArray json = requestJson();
    json.replace(R"(,"status_url":"https://status.example.com/x")", "");
    CliProcess cli(place.folder(),
                   {u"send"_s, u"--json"_s, u"--region"_s, u"sandbox"_s, place.file(json)});
    QCOMPARE(cli.run(), 0);
    QCOMPARE(textOf(cli.objects().first(), u"status"), u"200"_s);
    QVERIFY2(cli.err.isEmpty(), cli.err.constData());
    QCOMPARE(textOf(place.log().first(), u"region"), u"sandbox"_s);
}

void TestCliSend::theSandboxKeepsItsSpecialRecipients()
{
    const Workplace place;
    CliProcess cli(place.folder(),
                   {u"send"_s, u"--json"_s, u"--region"_s, u"sandbox"_s, u"--no-pace"_s,
                    place.file(requestJson("447700900401"))});
    QCOMPARE(cli.run(), 1);
    QCOMPARE(textOf(cli.objects().first(), u"status"), u"401"_s);
}

// The 20 ms of margin and 50 ms for a busy computer make it robust: without the shared
// lane the two arrive within a few milliseconds.
void TestCliSend::twoProcessesKeepThePaceTogether()
{
    const Workplace place;
    ScriptedServer server;
    const QString file = place.file(requestJson());
    CliProcess first(place.folder(), sendTo(server, file));
    CliProcess second(place.folder(), sendTo(server, file));
    first.start();
    second.start();
    QVERIFY(first.waitForEnd());
    QVERIFY(second.waitForEnd());
    QCOMPARE(first.exitStatus(), 0);
    QCOMPARE(second.exitStatus(), 0);
    QCOMPARE(server.posts(), 2);
    const auto apart = server.requests.at(1).arrived - server.requests.at(0).arrived;
    QVERIFY2(
        apart >= 970ms,
        QByteArray::number(std::chrono::duration_cast<std::chrono::milliseconds>(apart).count())
            .constData());
}

void TestCliSend::withoutPaceItGoesAtOnce()
{
    const Workplace place;
    ScriptedServer server;
    const QStringList arguments =
        sendTo(server, place.file(requestJson())) + QStringList{u"--no-pace"_s};
    for (int i = 0; i < 2; ++i) {
        CliProcess cli(place.folder(), arguments);
        QCOMPARE(cli.run(), 0);
        QVERIFY2(cli.err.isEmpty(), cli.err.constData()); // no waiting
    }
    QCOMPARE(server.posts(), 2);
}

void TestCliSend::aJournalThatCannotBeWrittenStopsTheSend_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("no folder can be made") << u"file"_s;
    QTest::newRow("written by a newer version") << u"newer"_s;
    QTest::newRow("the journal is a folder") << u"folder"_s;
}

void TestCliSend::aJournalThatCannotBeWrittenStopsTheSend()
{
    QFETCH(QString, how);
    const Workplace place;
    ScriptedServer server;
    const QString request = place.file(requestJson());
    QString folder = place.folder();
    if (how == u"file"_s) {
        folder = request + u"/data"_s; // below a file: not even root may
    } else if (how == u"folder"_s) {
        QVERIFY(QDir().mkpath(folder + u"/journal.sqlite/x"_s));
    } else {
        ScriptedServer other;
        QCOMPARE(CliProcess(folder, sendTo(other, request)).run(), 0); // makes the journal
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"newer"_s);
        database.setDatabaseName(folder + u"/journal.sqlite"_s);
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(u"PRAGMA user_version = 9999"_s));
        database = {};
        QSqlDatabase::removeDatabase(u"newer"_s);
    }
    CliProcess cli(folder, sendTo(server, request));
    QCOMPARE(cli.run(), 1);
    QCOMPARE(textOf(cli.objects().value(0), u"outcome"), u"not_sent"_s);
    QVERIFY(!cli.err.isEmpty());
    QCOMPARE(server.connections, 0);
}

// The journal opens, and then the disk is full: here, a file may not grow beyond 48 KiB.
void TestCliSend::aClaimThatFindsNoRoomStopsTheSend()
{
    const Workplace place;
    ScriptedServer server;
    {
        CliProcess cli(place.folder(), sendTo(server, place.file(requestJson())));
        QCOMPARE(cli.run(), 0);
    }
    const QByteArray big = R"(,"more":")" + QByteArray(100'000, 'x') + '"';
    CliProcess cli(place.folder(), sendTo(server, place.file(requestJson("447946000958", big))));
    cli.process().setChildProcessModifier([] {
        const rlimit limit{48UL * 1024, 48UL * 1024};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN); // then the write fails as on a full disk
    });
    QCOMPARE(cli.run(), 1);
    QCOMPARE(textOf(cli.objects().value(0), u"outcome"), u"not_sent"_s);
    QVERIFY2(cli.err.contains("othing is sent") || cli.err.contains("not sent"),
             cli.err.constData());
    QCOMPARE(server.posts(), 1);
}

void TestCliSend::interruptedWhileItWaitsItIsCancelled()
{
    const Workplace place;
    ScriptedServer server;
    server.willDo(Script::answer("429 Too Many Requests", "{}", "Retry-After: 600\r\n"));
    const QString file = place.file(requestJson());
    {
        CliProcess cli(place.folder(), sendTo(server, file));
        QCOMPARE(cli.run(), 1);
    }
    CliProcess cli(place.folder(), sendTo(server, file));
    cli.start();
    QVERIFY(cli.waitForText("Waiting"));
    cli.signal(SIGINT);
    QVERIFY(cli.waitForEnd());
    QCOMPARE(cli.exitStatus(), 1);
    QCOMPARE(textOf(cli.objects().value(0), u"outcome"), u"cancelled"_s);
    QCOMPARE(place.outcomes(), (QStringList{u"cancelled"_s, u"rate_limited"_s}));
    QCOMPARE(server.posts(), 1);
}

void TestCliSend::interruptedInFlightItIsUnknown()
{
    for (const int signal : {SIGINT, SIGTERM}) {
        const Workplace place;
        ScriptedServer server;
        server.willDo(Script::stall());
        CliProcess cli(place.folder(), sendTo(server, place.file(requestJson())));
        cli.start();
        QTRY_COMPARE(server.posts(), 1);
        cli.signal(signal);
        QVERIFY(cli.waitForEnd());
        QCOMPARE(cli.exitStatus(), 3);
        QCOMPARE(textOf(cli.objects().value(0), u"outcome"), u"unknown"_s);
        QCOMPARE(place.outcomes(), QStringList{u"unknown"_s});
        QCOMPARE(textOf(place.log().first(), u"note"), u"null"_s); // by itself, not by recovery
        QCOMPARE(server.posts(), 1);
    }
}

QTEST_GUILESS_MAIN(TestCliSend)
#include "tst_clisend.moc"
