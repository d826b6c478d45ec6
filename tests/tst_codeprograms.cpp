// Which of them it runs is told by the variable CODE_PROGRAM: one test for each program that
// the computer has.
#include "interop/codeexport.h"
#include "support/codeprograms.h"
#include "support/hostilerequests.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

class TestCodePrograms : public QObject
{
    Q_OBJECT

private slots:
    void theProgramSendsTheBytes();
};

void TestCodePrograms::theProgramSendsTheBytes()
{
    const QString name = qEnvironmentVariable("CODE_PROGRAM");
    const QString program = qEnvironmentVariable("CODE_PROGRAM_PATH");
    const auto format = codeFormatFromName(name);
    QVERIFY(format && !program.isEmpty());
    QStringList arguments{u"FILE"_s};
    if (format == CodeFormat::Postman)
        arguments = {u"run"_s, u"FILE"_s, u"--env-var"_s, u"VGAI_KEY=k-1"_s, u"--silent"_s};

    HostileRequests hostile(11);
    for (int i = 0; i < 6; ++i) {
        OutboundRequest request = hostile.request();
        if (i == 5)
            request.setText(Field::To, u"it's \"$x\" \U0001F600 \\ "_s.repeated(10'000));
        const QByteArray body = request.toJson();
        ScriptedServer server;
        const QByteArray code = codeFile(*format, {server.url(), body, {}, false});
        QCOMPARE(runCode(program, arguments, code, codeSuffix(*format)), QByteArray());
        QCOMPARE(server.posts(), 1);
        const SeenRequest seen = server.requests.first();
        QCOMPARE(seen.body, body);
        QCOMPARE(seen.target, QByteArray("/messaging/conversation"));
        QCOMPARE(seen.values("x-vgai-key"), QByteArrayList{"k-1"});
        QCOMPARE(seen.values("content-type"), QByteArrayList{"application/json"});
    }
}

QTEST_GUILESS_MAIN(TestCodePrograms)
#include "tst_codeprograms.moc"
