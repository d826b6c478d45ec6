#include "interop/codeexport.h"
#include "support/cmdmodel.h"
#include "support/codeprograms.h"
#include "support/hostilerequests.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

QByteArray longBody()
{
    OutboundRequest request;
    request.setText(Field::To, u"it's \"$x\" \U0001F600 \\ "_s.repeated(10'000));
    return request.toJson();
}

QByteArrayList hostileBodies()
{
    HostileRequests hostile(7);
    QByteArrayList bodies;
    for (int i = 0; i < 12; ++i)
        bodies.append(hostile.request().toJson());
    return bodies;
}

} // namespace

class TestCodeExport : public QObject
{
    Q_OBJECT

private slots:
    void aRealShellSendsTheBytes_data();
    void aRealShellSendsTheBytes();
    void aFileForTheShellRuns();
    void cmdGivesCurlTheBytes_data();
    void cmdGivesCurlTheBytes();
    void powerShellHasTheBytes_data();
    void powerShellHasTheBytes();
    void theKeyIsWrittenOnlyIfItIsAskedFor_data();
    void theKeyIsWrittenOnlyIfItIsAskedFor();
    void whatMustBeKnownIsTold();
};

void TestCodeExport::aRealShellSendsTheBytes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("plain") << QByteArray(R"({"to":"1"})");
    QTest::newRow("quotes") << QByteArray(R"({"a":"it's \"so\" ''"})");
    QTest::newRow("expansions") << QByteArray(R"(`id` $(id) $HOME !! \$ * ~ "$VGAI_KEY" ${x})");
    QTest::newRow("line breaks") << QByteArray("a\nb\r\nc\\\n\n");
    QTest::newRow("emoji") << QByteArray("\U0001F600 שלום 𠮷");
    QTest::newRow("at sign") << QByteArray("@/etc/passwd");
    QTest::newRow("dash") << QByteArray("--next");
    QByteArray controls;
    for (char c = 1; c < ' '; ++c)
        controls += c;
    QTest::newRow("control characters") << controls + '\x7f';
    QTest::newRow("200 kB") << longBody();
    QTest::newRow("200 kB with an at sign") << "@-" + longBody();
    const QByteArrayList bodies = hostileBodies();
    for (qsizetype i = 0; i < bodies.size(); ++i)
        QTest::addRow("hostile %d", int(i)) << bodies.at(i);
}

void TestCodeExport::aRealShellSendsTheBytes()
{
    QFETCH(const QByteArray, body);
    ScriptedServer server;
    const QString command = codeText(CodeFormat::Curl, {server.url(), body, {}, false});
    QCOMPARE(runCode(u"/bin/sh"_s, {u"FILE"_s}, command.toUtf8(), u"sh"_s), QByteArray());
    QCOMPARE(server.posts(), 1);
    const SeenRequest seen = server.requests.first();
    QCOMPARE(seen.body, body);
    QCOMPARE(seen.target, QByteArray("/messaging/conversation"));
    QCOMPARE(seen.values("x-vgai-key"), QByteArrayList{"k-1"});
    QCOMPARE(seen.values("content-type"), QByteArrayList{"application/json"});
}

void TestCodeExport::aFileForTheShellRuns()
{
    ScriptedServer server;
    const QByteArray body = hostileBodies().first();
    const QByteArray file = codeFile(CodeFormat::Curl, {server.url(), body, "k'$2", false});
    QCOMPARE(runCode(u"/bin/sh"_s, {u"FILE"_s}, file, u"sh"_s), QByteArray());
    QCOMPARE(server.requests.value(0).body, body);
    QCOMPARE(server.requests.value(0).values("x-vgai-key"), QByteArrayList{"k'$2"});
}

void TestCodeExport::cmdGivesCurlTheBytes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("variables") << QByteArray(R"({"a":"%PATH% %^PATH% %%PATH%% 100% %PATH:a=b%"})");
    QTest::newRow("backslashes") << QByteArray(R"({"a":"\\" ,"b":"\"\\\"","c":"\\\\"}\)");
    QTest::newRow("operators") << QByteArray(R"({"a":"& | < > ( ) ^ ! ^& ^^ && del x"})");
    QTest::newRow("line breaks") << QByteArray("{\n  \"a\": 1\n\n}\n");
    QTest::newRow("percent before line break") << QByteArray("%\n%PATH%\n%^");
    const QByteArrayList bodies = hostileBodies();
    for (qsizetype i = 0; i < bodies.size(); ++i)
        QTest::addRow("hostile %d", int(i)) << bodies.at(i);
}

void TestCodeExport::cmdGivesCurlTheBytes()
{
    QFETCH(const QByteArray, body);
    for (const bool isFile : {false, true}) {
        const QUrl url(u"https://h.org/a%20b/messaging/conversation"_s);
        QByteArray text = codeText(CodeFormat::Cmd, {url, body, {}, isFile}).toUtf8();
        if (isFile) {
            const QByteArray begin = "@echo off\r\nchcp 65001 >nul\r\n";
            QVERIFY(text.startsWith(begin));
            text = text.mid(begin.size());
        }
        const CmdModel cmd{isFile, {{"PATH", "C:\\x"}, {"VGAI_KEY", "k&1"}}};
        const QByteArrayList arguments = runtimeArguments(cmd.line(text));
        QCOMPARE(arguments.size(), 10);
        QCOMPARE(arguments.at(3), QByteArray("https://h.org/a%20b/messaging/conversation"));
        QCOMPARE(arguments.at(7), QByteArray("X-Vgai-Key: k&1"));
        QCOMPARE(arguments.at(8), QByteArray("--data-raw"));
        QCOMPARE(arguments.at(9), body);
    }
}

void TestCodeExport::powerShellHasTheBytes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("ends the string") << QByteArray("{\n'@\n}");
    QTest::newRow("ends it typographically") << QByteArray("{\n\u2019@\n}");
    QTest::newRow("begins with its end") << QByteArray("'@");
    QTest::newRow("carriage return") << QByteArray("{\r\n}");
    QTest::newRow("expansions") << QByteArray("{\"a\":\"$x $(x) `n \u2018\u201C '@\"}");
    const QByteArrayList bodies = hostileBodies();
    for (qsizetype i = 0; i < bodies.size(); ++i)
        QTest::addRow("hostile %d", int(i)) << bodies.at(i);
}

/// learn.microsoft.com, about_Quoting_Rules: a single-quoted here-string is everything between
/// the line end behind @' and the one before the first line that begins with '@ ("Here-strings");
/// nothing in it is expanded; the four typographic single quotes count as single quotes.
void TestCodeExport::powerShellHasTheBytes()
{
    QFETCH(const QByteArray, body);
    const QUrl url(u"https://h.org/it's/messaging/conversation"_s);
    for (const bool savedOnWindows : {false, true}) {
        QString text = codeText(CodeFormat::PowerShell, {url, body, {}, false});
        if (savedOnWindows)
            text.replace(u'\n', u"\r\n"_s);
        const QString begin = savedOnWindows ? u"$body = @'\r\n"_s : u"$body = @'\n"_s;
        QByteArray got;
        if (text.startsWith(begin)) {
            static const QRegularExpression end(u"\r?\n['\u2018\u2019\u201A\u201B]@"_s);
            const auto match = end.match(text, begin.size() - 1);
            got = text.sliced(begin.size(), match.capturedStart() - begin.size())
                      .replace(u"\r\n"_s, u"\n"_s) // what its -replace says
                      .toUtf8();
            QVERIFY(text.sliced(match.capturedEnd()).startsWith(u" -replace \"`r`n\", \"`n\""_s));
        } else {
            const QString encoded = text.section(u'\'', 1, 1);
            QVERIFY(text.startsWith(u"$body = [Convert]::FromBase64String('"_s));
            got = QByteArray::fromBase64(encoded.toLatin1());
        }
        QCOMPARE(got, body);
        QVERIFY(text.contains(u"-Uri 'https://h.org/it''s/messaging/conversation'"_s));
        QVERIFY(text.contains(u"@{ 'X-Vgai-Key' = $env:VGAI_KEY }"_s));
    }
}

void TestCodeExport::theKeyIsWrittenOnlyIfItIsAskedFor_data()
{
    QTest::addColumn<int>("format");
    for (const CodeFormat format : codeFormats())
        QTest::newRow(codeFormatName(format).data()) << static_cast<int>(format);
}

void TestCodeExport::theKeyIsWrittenOnlyIfItIsAskedFor()
{
    QFETCH(const int, format);
    const auto chosen = static_cast<CodeFormat>(format);
    CodeRequest request{
        QUrl(u"https://studio-api-eu.ai.vonage.com/messaging/conversation"_s), "{}", {}, false};
    QVERIFY(codeText(chosen, request).contains(u"VGAI_KEY"_s));
    QCOMPARE(codeFormatFromName(QString(codeFormatName(chosen))), std::optional(chosen));
    request.key = "s3cret";
    QVERIFY(codeText(chosen, request).contains(u"s3cret"_s));
    QVERIFY(!codeText(chosen, request).contains(u"VGAI_KEY"_s));
}

void TestCodeExport::whatMustBeKnownIsTold()
{
    CodeRequest request{
        QUrl(u"https://h.org/messaging/conversation"_s), R"({"a":"{{b}}"})", {}, false};
    QCOMPARE(codeCaveats(CodeFormat::Postman, request), QList{CodeCaveat::VariablesInPostman});
    QCOMPARE(codeCaveats(CodeFormat::Cmd, request), QList<CodeCaveat>());
    request.body = longBody();
    QCOMPARE(codeCaveats(CodeFormat::Cmd, request),
             (QList{CodeCaveat::TooLongForCmd, CodeCaveat::UnicodeInCmd}));
    QCOMPARE(codeCaveats(CodeFormat::Curl, request), QList<CodeCaveat>());
}

QTEST_GUILESS_MAIN(TestCodeExport)
#include "tst_codeexport.moc"
