#include "core/endpoint.h"
#include "interop/codeexport.h"
#include "interop/requestimporter.h"
#include "support/codeprograms.h"
#include "support/hostilerequests.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

constexpr int Generated = 500;

RequestFormat importedAs(CodeFormat format)
{
    switch (format) {
    case CodeFormat::Http: return RequestFormat::Http;
    case CodeFormat::Postman: return RequestFormat::Postman;
    case CodeFormat::Har: return RequestFormat::Har;
    default: return RequestFormat::Curl;
    }
}

} // namespace

class TestRoundTrips : public QObject
{
    Q_OBJECT

private slots:
    void everyFormatComesBackAsTheSameBytes_data();
    void everyFormatComesBackAsTheSameBytes();
    void theShellsBytesAreTheWindows();
};

void TestRoundTrips::everyFormatComesBackAsTheSameBytes_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<bool>("asFile");
    for (const CodeFormat format : codeFormats()) {
        if (format == CodeFormat::Python || format == CodeFormat::JavaScript)
            continue; // not read back
        for (const bool asFile : {false, true})
            QTest::addRow("%s%s", codeFormatName(format).data(), asFile ? " file" : "")
                << static_cast<int>(format) << asFile;
    }
}

void TestRoundTrips::everyFormatComesBackAsTheSameBytes()
{
    QFETCH(const int, format);
    QFETCH(const bool, asFile);
    const auto chosen = static_cast<CodeFormat>(format);
    HostileRequests hostile(2026);
    for (int i = 0; i < Generated; ++i) {
        const QByteArray body = hostile.request().toJson();
        const CodeRequest request{conversationUrl(documentedBase(Region::Eu)), body, {}, asFile};
        const QByteArray written =
            asFile ? codeFile(chosen, request) : codeText(chosen, request).toUtf8();
        const RequestImport found = importRequests(written);
        QCOMPARE(found.format, std::optional(importedAs(chosen)));
        QVERIFY2(found.requests.size() == 1 && found.refused.isEmpty(), written.constData());
        QCOMPARE(found.requests.first().request.toJson(), body);
        QCOMPARE(found.requests.first().base, documentedBase(Region::Eu));
        QVERIFY(found.keys.isEmpty());
        // And with the key, which is then beside it.
        CodeRequest withKey = request;
        withKey.key = "k\"'$&%1";
        const RequestImport again = importRequests(codeText(chosen, withKey).toUtf8());
        QVERIFY2(again.requests.size() == 1, codeText(chosen, withKey).toUtf8().constData());
        QCOMPARE(again.keys.value(0).bytes, withKey.key);
        QCOMPARE(again.requests.first().request.toJson(), body);
    }
}

/// All requests in one script, so that the shell starts once for a hundred of them.
void TestRoundTrips::theShellsBytesAreTheWindows()
{
    HostileRequests hostile(99);
    for (int round = 0; round < 5; ++round) {
        ScriptedServer server;
        QByteArray script;
        QByteArrayList bodies;
        for (int i = 0; i < Generated / 5; ++i) {
            bodies.append(hostile.request().toJson());
            script += codeText(CodeFormat::Curl, {server.url(), bodies.last(), {}, false}).toUtf8()
                + " --silent --output /dev/null || exit 1\n";
        }
        QCOMPARE(runCode(u"/bin/sh"_s, {u"FILE"_s}, script, u"sh"_s), QByteArray());
        QCOMPARE(server.posts(), Generated / 5);
        for (int i = 0; i < Generated / 5; ++i)
            QCOMPARE(server.requests.at(i).body, bodies.at(i));
    }
}

QTEST_GUILESS_MAIN(TestRoundTrips)
#include "tst_roundtrips.moc"
