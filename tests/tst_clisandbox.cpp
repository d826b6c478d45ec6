#include "support/cliprocess.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

class TestCliSandbox : public QObject
{
    Q_OBJECT

private slots:
    void printsItsAddressFirstAndThenARequestPerLine();
    void postsTheDeliveryStatuses();
    void takesTheLimitThatWasAskedFor();
    void listensOnThePortThatWasAskedFor();
    void aPortThatIsTakenIsAnError();
    void endsCleanlyWhenAsked();

private:
    /// Waits for the first line of @p sandbox; the address in it.
    static QString addressOf(CliProcess &sandbox)
    {
        return sandbox.waitForText("\n") ? QString::fromLatin1(sandbox.out).section(u'\n', 0, 0)
                                         : QString();
    }
    static int sendTo(const QString &base, const Workplace &place, const QByteArray &json)
    {
        CliProcess cli(
            place.folder(),
            {u"send"_s, u"--no-pace"_s, u"--endpoint"_s, base, u"--key-stdin"_s, place.file(json)});
        return cli.run("sandbox\n");
    }
};

void TestCliSandbox::printsItsAddressFirstAndThenARequestPerLine()
{
    const Workplace place;
    CliProcess sandbox(place.folder(), {u"sandbox"_s});
    sandbox.start();
    const QString base = addressOf(sandbox);
    QVERIFY2(base.startsWith(u"http://127.0.0.1:"_s), sandbox.err.constData());
    QCOMPARE(sendTo(base, place, requestJson()), 0);
    QVERIFY(sandbox.waitForText("200\n"));
    QCOMPARE(sendTo(base, place, requestJson("447700900401")), 1);
    QVERIFY(sandbox.waitForText("401\n"));
    QCOMPARE(sandbox.out.count('\n'), 3);
}

void TestCliSandbox::postsTheDeliveryStatuses()
{
    const Workplace place;
    ScriptedServer inbox;
    CliProcess sandbox(place.folder(), {u"--json"_s, u"sandbox"_s});
    sandbox.start();
    QVERIFY(sandbox.waitForText("\n"));
    const QString base = textOf(sandbox.objects().first(), u"url");
    QByteArray json = requestJson();
    json.replace("https://status.example.com/x", inbox.url(u"/status"_s).toEncoded());
    QCOMPARE(sendTo(base, place, json), 0);
    QTRY_COMPARE_WITH_TIMEOUT(inbox.posts(), 3, 10'000);
    QCOMPARE(inbox.requests.first().target, "/status");
    QVERIFY(inbox.requests.last().body.contains("read"));
    QVERIFY(sandbox.waitForText("status"));
    QCOMPARE(textOf(sandbox.objects().value(1), u"status"), u"200"_s);
}

void TestCliSandbox::takesTheLimitThatWasAskedFor()
{
    const Workplace place;
    CliProcess open(place.folder(), {u"sandbox"_s, u"--json"_s, u"--limit"_s, u"0"_s});
    open.start();
    QVERIFY(open.waitForText("\n"));
    const QString base = textOf(open.objects().first(), u"url");
    for (int i = 0; i < 8; ++i)
        QCOMPARE(sendTo(base, place, requestJson()), 0);
}

void TestCliSandbox::listensOnThePortThatWasAskedFor()
{
    const Workplace place;
    quint16 port = 0;
    {
        const ScriptedServer finder; // a free one
        port = finder.serverPort();
    }
    CliProcess sandbox(place.folder(), {u"sandbox"_s, u"--port"_s, QString::number(port)});
    sandbox.start();
    QCOMPARE(addressOf(sandbox), u"http://127.0.0.1:%1"_s.arg(port));
}

void TestCliSandbox::aPortThatIsTakenIsAnError()
{
    const Workplace place;
    const ScriptedServer other;
    CliProcess sandbox(place.folder(),
                       {u"sandbox"_s, u"--port"_s, QString::number(other.serverPort())});
    QCOMPARE(sandbox.run(), 1);
    QCOMPARE(sandbox.out, QByteArray());
    QVERIFY(!sandbox.err.isEmpty());
}

void TestCliSandbox::endsCleanlyWhenAsked()
{
    for (const int signal : {SIGINT, SIGTERM}) {
        const Workplace place;
        CliProcess sandbox(place.folder(), {u"sandbox"_s});
        sandbox.start();
        QVERIFY(!addressOf(sandbox).isEmpty());
        sandbox.signal(signal);
        QVERIFY(sandbox.waitForEnd());
        QCOMPARE(sandbox.exitStatus(), 0);
    }
}

QTEST_GUILESS_MAIN(TestCliSandbox)
#include "tst_clisandbox.moc"
