#include "support/cliprocess.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QByteArray Command = "curl https://studio-api-eu.ai.vonage.com/messaging/conversation ";

} // namespace

class TestCliImport : public QObject
{
    Q_OBJECT

private slots:
    void aCommandBecomesALineThatSendTakes();
    void whatIsNotTakenIsToldOnStandardError();
    void filesAreReadOnlyIfThatIsAskedFor();
    void aCollectionTakesItsEnvironment();
    void whatIsExportedIsImportedAgain_data();
    void whatIsExportedIsImportedAgain();
};

void TestCliImport::aCommandBecomesALineThatSendTakes()
{
    const Workplace place;
    CliProcess cli(place.folder(), {u"import"_s, u"--from"_s, u"curl"_s, u"-"_s});
    const QByteArray body = requestJson();
    QCOMPARE(cli.run(Command + "-s -H 'X-Vgai-Key: s3cret' -d '" + body + "'"), 0);
    QCOMPARE(cli.out, body + '\n');
    QVERIFY(cli.err.contains("--silent"));
    QVERIFY(cli.err.contains("API key"));
    QVERIFY(!cli.err.contains("s3cret"));
    CliProcess send(place.folder(), {u"--region"_s, u"sandbox"_s, u"send"_s, u"-"_s});
    QCOMPARE(send.run(cli.out), 0);
}

void TestCliImport::whatIsNotTakenIsToldOnStandardError()
{
    const Workplace place;
    const QByteArray two = Command + "-d '{\"to\":\"1\"}'\n" + Command + "-u a:s3cret -d '{}'\n";
    CliProcess cli(place.folder(), {u"import"_s, u"-"_s});
    QCOMPARE(cli.run(two), 1);
    QCOMPARE(cli.out, QByteArray("{\"to\":\"1\"}\n"));
    QVERIFY2(cli.err.contains("Line 2: --user"), cli.err.constData());
    QVERIFY(!cli.err.contains("s3cret"));
    CliProcess json(place.folder(), {u"--json"_s, u"import"_s, u"-"_s});
    QCOMPARE(json.run(two), 1);
    QCOMPARE(json.objects().size(), 2);
    QCOMPARE(textOf(json.objects().first(), u"taken"), u"true"_s);
    QCOMPARE(textOf(json.objects().last(), u"line"), u"2"_s);
    CliProcess nothing(place.folder(), {u"import"_s, u"--from"_s, u"har"_s, u"-"_s});
    QCOMPARE(nothing.run("{\"to\":\"1\"}"), 2);
    QVERIFY(nothing.out.isEmpty());
}

void TestCliImport::filesAreReadOnlyIfThatIsAskedFor()
{
    const Workplace place;
    const QByteArray command =
        Command + "--data @'" + place.file("{\"to\":\n\"1\"}").toUtf8() + "'";
    CliProcess refused(place.folder(), {u"import"_s, u"-"_s});
    QCOMPARE(refused.run(command), 2);
    QVERIFY(refused.err.contains("--read-files"));
    CliProcess taken(place.folder(), {u"import"_s, u"--read-files"_s, u"-"_s});
    QCOMPARE(taken.run(command), 0);
    QCOMPARE(taken.out, QByteArray("{\"to\":\"1\"}\n"));
}

void TestCliImport::aCollectionTakesItsEnvironment()
{
    const Workplace place;
    const QString environment =
        place.file(R"({"values":[{"key":"base","value":"https://studio-api-us.ai.vonage.com"}]})");
    CliProcess cli(place.folder(),
                   {u"--json"_s, u"import"_s, u"--environment"_s, environment, u"-"_s});
    QCOMPARE(
        cli.run(R"({"info":{},"item":[{"name":"a","request":{"method":"POST",)"
                R"("url":"{{base}}/messaging/conversation","body":{"mode":"raw","raw":"{}"}}}]})"),
        0);
    QCOMPARE(textOf(cli.objects().value(0), u"endpoint"), u"https://studio-api-us.ai.vonage.com"_s);
    QCOMPARE(textOf(cli.objects().value(0), u"name"), u"a"_s);
}

void TestCliImport::whatIsExportedIsImportedAgain_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"curl", "cmd", "powershell", "http", "postman", "har"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestCliImport::whatIsExportedIsImportedAgain()
{
    QFETCH(const QString, format);
    const Workplace place;
    const QByteArray body =
        requestJson("447946000958", ",\"x\":\"it's \\\"%PATH%\\\" $HOME \U0001F600\"");
    CliProcess out(place.folder(),
                   {u"export"_s, u"--to"_s, format, u"--region"_s, u"us"_s, u"-"_s});
    QCOMPARE(out.run(body), 0);
    QVERIFY(out.out.contains("VGAI_KEY"));
    CliProcess in(place.folder(), {u"import"_s, u"-"_s});
    QCOMPARE(in.run(out.out), 0);
    QCOMPARE(in.out, body + '\n');
}

QTEST_GUILESS_MAIN(TestCliImport)
#include "tst_cliimport.moc"
