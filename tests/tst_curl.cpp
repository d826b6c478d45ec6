#include "interop/curl.h"

#include <QProcess>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestCurl : public QObject
{
    Q_OBJECT

private slots:
    void aRealShellSeesTheBytes_data();
    void aRealShellSeesTheBytes();
};

void TestCurl::aRealShellSeesTheBytes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("plain") << QByteArray(R"({"to":"1"})");
    QTest::newRow("quotes") << QByteArray(R"({"a":"it's \"so\""})");
    QTest::newRow("expansions") << QByteArray(R"(`id` $(id) $HOME !! \$ * ~ "$VGAI_KEY")");
    QTest::newRow("line breaks") << QByteArray("a\nb\r\nc\\\n");
    QTest::newRow("emoji") << QByteArray("\U0001F600 שלום 𠮷");
    QTest::newRow("at sign") << QByteArray("@/etc/passwd");
    QTest::newRow("only quotes") << QByteArray("''''");
}

void TestCurl::aRealShellSeesTheBytes()
{
    QFETCH(const QByteArray, body);
    const QString command = toCurl(QUrl(u"https://h.org/a'b?c=d&e"_s), body);
    QVERIFY(command.startsWith("curl "_L1));

    // A function in curl's place shows the arguments, each ended by a NUL.
    QProcess shell;
    shell.start(u"sh"_s,
                {u"-c"_s, u"curl() { printf '%s\\0' \"$@\"; }\nVGAI_KEY=k1\n"_s + command});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
    const auto arguments = shell.readAllStandardOutput().split('\0');
    QCOMPARE(arguments.size(), 10); // and the empty rest
    QCOMPARE(arguments.at(2), QByteArray("https://h.org/a'b?c=d&e"));
    QCOMPARE(arguments.at(6), QByteArray("X-Vgai-Key: k1"));
    QCOMPARE(arguments.at(7), QByteArray("--data-raw"));
    QCOMPARE(arguments.at(8), body);
}

QTEST_GUILESS_MAIN(TestCurl)
#include "tst_curl.moc"
