#include "net/templatefetch.h"
#include "support/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Against a local server that answers as Vonage's documentation says.
class TestTemplateFetch : public QObject
{
    Q_OBJECT

private slots:
    void everyPageIsFetched();
    void theDocumentedRateIsKept();
    void theTokenGoesIntoOneHeader();
    void everyRefusalIsExplained_data();
    void everyRefusalIsExplained();
    void aServerThatRepeatsItselfEndsTheFetch();
    void anEmptyAccountHasNoTemplates();
    void whatIsNoListIsRefused_data();
    void whatIsNoListIsRefused();
    void nobodyThereIsExplained();
    void aFetchCanBeStopped();
    void aSecondFetchStopsTheFirst();
    void tokensGoToVonageOrLoopbackOnly_data();
    void tokensGoToVonageOrLoopbackOnly();
    void whatWasTypedStaysInItsPlace();

private:
    static QByteArray page(const QByteArray &templates, const QByteArray &after)
    {
        QByteArray json = R"({"paging":{"cursors":{"before":"b","after":"$"}},"templates":[@]})";
        return json.replace('@', templates).replace('$', after);
    }
    static QByteArray oneTemplate(const QByteArray &name, const QByteArray &language)
    {
        QByteArray json =
            R"({"name":"@","language":"$","status":"APPROVED","category":"UTILITY","id":"1",)"
            R"("components":[{"type":"BODY","text":"Hi {{1}}"}]})";
        return json.replace('@', name).replace('$', language);
    }
    static TemplateFetcher::Account account(const ScriptedServer &server)
    {
        return {server.url({}), u"4711"_s, "the.signed.token"};
    }
    static TemplateFetcher::Fetched result(QFuture<TemplateFetcher::Fetched> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
            qFatal("the fetch does not end");
        return future.result();
    }
};

void TestTemplateFetch::everyPageIsFetched()
{
    ScriptedServer server;
    server.willDo(Script::answer(
        "200 OK", page(oneTemplate("a", "en") + "," + oneTemplate("b", "en"), "c+1/=&?")));
    server.willDo(Script::answer("200 OK", page(oneTemplate("a", "de"), "c2")));
    server.willDo(Script::answer("200 OK", page({}, "c3")));
    TemplateFetcher fetcher;
    const QSignalSpy progress(&fetcher, &TemplateFetcher::progressed);
    const auto fetched = result(fetcher.fetch(account(server)));
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->pages, 3);
    QCOMPARE(fetched->templates, 3);
    QCOMPARE(fetched->cards.size(), 2);
    QCOMPARE(fetched->cards.at(0).locales(), (QStringList{u"en"_s, u"de"_s}));
    QCOMPARE(progress.size(), 3);
    QCOMPARE(server.requests.size(), 3);
    QCOMPARE(server.requests.at(0).method, QByteArray("GET"));
    QCOMPARE(server.requests.at(0).target,
             QByteArray("/v2/whatsapp-manager/wabas/4711/templates?limit=100"));
    const QUrlQuery second(QUrl::fromEncoded(server.requests.at(1).target));
    QCOMPARE(second.queryItemValue(u"after"_s, QUrl::FullyDecoded), u"c+1/=&?"_s);
    QVERIFY(!server.requests.at(1).target.contains('+')); // which would be a space
    QVERIFY(!fetcher.isBusy());
}

void TestTemplateFetch::theDocumentedRateIsKept()
{
    ScriptedServer server;
    for (int i = 0; i < 12; ++i)
        server.willDo(Script::answer("200 OK",
                                     page(oneTemplate("t" + QByteArray::number(i), "en"),
                                          i < 11 ? "c" + QByteArray::number(i) : QByteArray())));
    server.willDo(Script::answer("200 OK", page({}, {})));
    TemplateFetcher fetcher;
    QVERIFY(result(fetcher.fetch(account(server))).has_value());
    QVERIFY(result(fetcher.fetch(account(server))).has_value()); // counts for the pace, too
    QCOMPARE(server.requests.size(), 13);
    for (qsizetype i = 1; i < server.requests.size(); ++i) {
        const auto gap = server.requests.at(i).arrived - server.requests.at(i - 1).arrived;
        QVERIFY(gap >= 20ms); // 25 as documented, less what the way may take off
    }
    const auto all = server.requests.last().arrived - server.requests.first().arrived;
    QVERIFY(all >= 12 * 25ms);
}

void TestTemplateFetch::theTokenGoesIntoOneHeader()
{
    ScriptedServer server;
    server.willDo(Script::answer("200 OK", page({}, {})));
    TemplateFetcher fetcher;
    QVERIFY(result(fetcher.fetch(account(server))).has_value());
    const SeenRequest &request = server.requests.first();
    QCOMPARE(request.values("authorization"), QByteArrayList{"Bearer the.signed.token"});
    QCOMPARE(request.head.count("the.signed.token"), 1);
    QVERIFY(request.values("x-vgai-key").isEmpty());
    QVERIFY(request.values("cookie").isEmpty());
    QVERIFY(request.body.isEmpty());
}

void TestTemplateFetch::everyRefusalIsExplained_data()
{
    using Kind = TemplateFetchError::Kind;
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("401") << QByteArray("401 Unauthorized") << QByteArray() << Kind::TokenRefused;
    QTest::newRow("403") << QByteArray("403 Forbidden") << QByteArray() << Kind::NotAllowed;
    QTest::newRow("404") << QByteArray("404 Not Found") << QByteArray() << Kind::NoSuchAccount;
    QTest::newRow("429") << QByteArray("429 Too Many Requests") << QByteArray("Retry-After: 7\r\n")
                         << Kind::TooManyRequests;
    QTest::newRow("500") << QByteArray("500 Internal") << QByteArray() << Kind::ServerFault;
    QTest::newRow("422") << QByteArray("422 Unprocessable") << QByteArray() << Kind::Refused;
    QTest::newRow("a redirect is not followed")
        << QByteArray("307 Temporary Redirect")
        << QByteArray("Location: http://127.0.0.1:9/elsewhere\r\n") << Kind::Refused;
}

void TestTemplateFetch::everyRefusalIsExplained()
{
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, headers);
    QFETCH(const TemplateFetchError::Kind, kind);
    ScriptedServer server;
    const QByteArray problem = R"({"type":"https://developer.vonage.com/api-errors","title":"T",)"
                               R"("detail":"What went wrong","instance":"x"})";
    server.willDo(Script::answer("200 OK", page(oneTemplate("a", "en"), "next")));
    server.willDo(
        Script::answer(status, problem, "Content-Type: application/problem+json\r\n" + headers));
    TemplateFetcher fetcher;
    const auto fetched = result(fetcher.fetch(account(server)));
    QVERIFY(!fetched.has_value());
    QCOMPARE(fetched.error().kind, kind);
    QCOMPARE(fetched.error().status, status.first(3).toInt());
    QCOMPARE(fetched.error().detail, u"What went wrong"_s);
    QCOMPARE(fetched.error().retryAfter.has_value(),
             !headers.isEmpty() && status.startsWith("429"));
    if (fetched.error().retryAfter)
        QCOMPARE(*fetched.error().retryAfter, 7000ms);
    QCOMPARE(server.requests.size(), 2);
}

void TestTemplateFetch::aServerThatRepeatsItselfEndsTheFetch()
{
    ScriptedServer server;
    for (int i = 0; i < 5; ++i)
        server.willDo(Script::answer("200 OK", page(oneTemplate("a", "en"), "same")));
    TemplateFetcher fetcher;
    const auto fetched = result(fetcher.fetch(account(server)));
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->templates, 1);
    QCOMPARE(server.requests.size(), 2);
}

void TestTemplateFetch::anEmptyAccountHasNoTemplates()
{
    ScriptedServer server;
    server.willDo(Script::answer("200 OK", R"({"templates":[]})"));
    TemplateFetcher fetcher;
    const auto fetched = result(fetcher.fetch(account(server)));
    QVERIFY(fetched.has_value());
    QVERIFY(fetched->cards.isEmpty());
}

void TestTemplateFetch::whatIsNoListIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a web page") << QByteArray("<html>sign in</html>");
    QTest::newRow("cut") << QByteArray(R"({"templates":[{"name")");
    QTest::newRow("an object") << QByteArray(R"({"ok":true})");
    QTest::newRow("a text") << QByteArray(R"("templates")");
}

void TestTemplateFetch::whatIsNoListIsRefused()
{
    QFETCH(const QByteArray, body);
    ScriptedServer server;
    server.willDo(Script::answer("200 OK", body));
    TemplateFetcher fetcher;
    const auto fetched = result(fetcher.fetch(account(server)));
    QVERIFY(!fetched.has_value());
    QCOMPARE(fetched.error().kind, TemplateFetchError::Kind::NotTemplates);
}

void TestTemplateFetch::nobodyThereIsExplained()
{
    QUrl url;
    {
        const ScriptedServer server;
        url = server.url({});
    }
    TemplateFetcher fetcher;
    const auto fetched = result(fetcher.fetch({url, u"1"_s, "t"}));
    QVERIFY(!fetched.has_value());
    QCOMPARE(fetched.error().kind, TemplateFetchError::Kind::Unreachable);
    QCOMPARE(fetched.error().transport, TransportProblem::ConnectionRefused);
}

void TestTemplateFetch::aFetchCanBeStopped()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    TemplateFetcher fetcher;
    auto future = fetcher.fetch(account(server));
    QVERIFY(fetcher.isBusy());
    QTRY_COMPARE(server.requests.size(), 1);
    fetcher.cancel();
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().kind, TemplateFetchError::Kind::Cancelled);
    QVERIFY(!fetcher.isBusy());
    // Also when the fetcher itself goes.
    QFuture<TemplateFetcher::Fetched> orphan;
    {
        TemplateFetcher gone;
        orphan = gone.fetch(account(server));
    }
    QVERIFY(orphan.isFinished());
    QCOMPARE(orphan.result().error().kind, TemplateFetchError::Kind::Cancelled);
}

void TestTemplateFetch::aSecondFetchStopsTheFirst()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    server.willDo(Script::answer("200 OK", page(oneTemplate("a", "en"), {})));
    TemplateFetcher fetcher;
    const auto first = fetcher.fetch(account(server));
    QTRY_COMPARE(server.requests.size(), 1);
    const auto second = result(fetcher.fetch(account(server)));
    QCOMPARE(first.result().error().kind, TemplateFetchError::Kind::Cancelled);
    QVERIFY(second.has_value());
    QCOMPARE(second->templates, 1);
}

void TestTemplateFetch::tokensGoToVonageOrLoopbackOnly_data()
{
    QTest::addColumn<QUrl>("server");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const QString &url, bool allowed) {
        QTest::newRow(qPrintable(url)) << QUrl(url) << allowed;
    };
    row(u"https://api.nexmo.com"_s, true);
    row(u"https://api-eu.vonage.com"_s, true);
    row(u"http://127.0.0.1:8080"_s, true);
    row(u"https://localhost:8443"_s, true);
    row(u"http://api.nexmo.com"_s, false);
    row(u"https://nexmo.com.evil.example"_s, false);
    row(u"https://evilnexmo.com"_s, false);
    row(u"https://example.org"_s, false);
    row(u"https://user:pw@api.nexmo.com"_s, false);
    row(u"file:///etc/passwd"_s, false);
    row(QString(), false);
}

void TestTemplateFetch::tokensGoToVonageOrLoopbackOnly()
{
    QFETCH(const QUrl, server);
    QFETCH(const bool, allowed);
    QCOMPARE(isTemplateServer(server), allowed);
    if (allowed)
        return;
    TemplateFetcher fetcher;
    const auto future = fetcher.fetch({server, u"1"_s, "t"});
    QVERIFY(future.isFinished()); // without asking anybody
    QCOMPARE(future.result().error().kind, TemplateFetchError::Kind::BadServer);
}

void TestTemplateFetch::whatWasTypedStaysInItsPlace()
{
    ScriptedServer server;
    server.willDo(Script::answer("200 OK", page({}, {})));
    TemplateFetcher fetcher;
    QVERIFY(result(fetcher.fetch({server.url({}), u"1/../../x?y=#z"_s, "t"})).has_value());
    QCOMPARE(server.requests.first().target,
             QByteArray("/v2/whatsapp-manager/wabas/1%2F..%2F..%2Fx%3Fy%3D%23z/templates"
                        "?limit=100"));
}

QTEST_GUILESS_MAIN(TestTemplateFetch)
#include "tst_templatefetch.moc"
