#include "core/endpoint.h"
#include "core/statusevent.h"
#include "net/webhooksite.h"
#include "support/fakewebhooksite.h"
#include "support/rawclient.h"
#include "support/scriptedserver.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = WebhookSiteProblem::Kind;

namespace {

const QString SendId = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
const QString Token = u"6d2f7e3c-8a54-4b1f-9c6e-0d1a2b3c4d5e"_s;
const QByteArray ApiSecret = "s3cret-0123456789-abcdef";

/// The result of @p future, which must come within 5 s.
template <typename T>
WebhookSiteResult<T> resultOf(const QFuture<WebhookSiteResult<T>> &future)
{
    QFutureWatcher<WebhookSiteResult<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    if ((future.isFinished() || finished.wait(5000)) && future.resultCount() == 1)
        return future.result();
    WebhookSiteProblem none;
    none.detail = u"the future did not finish"_s;
    return tl::unexpected(none);
}

Script ok(const QByteArray &json)
{
    return Script::answer("200 OK", json);
}

} // namespace

/// The calls to webhook.site, one at a time.
class TestWebhookSite : public QObject
{
    Q_OBJECT

private slots:
    void addressIsMadeAndTakesCallbacks();
    void pagesAreNewestFirst();
    void pathBehindTheTokenIsFound_data();
    void pathBehindTheTokenIsFound();
    void listsKeepTheirDistance();
    void addressesAreNotMadeMoreOftenThanAllowed();
    void keyGoesOnlyToItsOrigin();
    void keyIsInNoProblem();
    void keyThatFitsIntoNoHeaderIsNotSent_data();
    void keyThatFitsIntoNoHeaderIsNotSent();
    void redirectIsNotFollowed();
    void statusIsExplained_data();
    void statusIsExplained();
    void malformedAnswerIsAProblem_data();
    void malformedAnswerIsAProblem();
    void oddEntriesAreSkipped();
    void listWithGapsIsRead();
    void hugeAnswerIsCutOff();
    void silenceEnds();
    void unreachableSiteIsAProblem();
    void siteThatGoesAwayFinishesItsCalls();
    void baseMustBeHttpsOrLoopback_data();
    void baseMustBeHttpsOrLoopback();
    void tokenThatIsNoneAsksNobody();
};

void TestWebhookSite::addressIsMadeAndTakesCallbacks()
{
    FakeWebhookSite fake;
    WebhookSite site;
    QVERIFY(site.setBase(fake.base()));
    const auto address = resultOf(site.createUrl());
    QVERIFY(address);
    QCOMPARE(address->url, QUrl(fake.base().toString() + u'/' + address->token));
    QCOMPARE(site.urlFor(address->token, SendId),
             QUrl(address->url.toString() + u"/s/"_s + SendId));

    const QUrl url = site.urlFor(address->token, SendId);
    RawClient sender(static_cast<quint16>(url.port()));
    sender.post(url.path().toLatin1(), R"({"status":"read"})");
    QVERIFY(sender.waitForAnswer());
    QCOMPARE(sender.status(), 200);

    const auto page = resultOf(site.requests(address->token, 1));
    QVERIFY(page);
    QCOMPARE(page->requests.size(), 1);
    const WebhookRequest &request = page->requests.front();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.body, QByteArray(R"({"status":"read"})"));
    QCOMPARE(request.path, u"/s/"_s + SendId);
    QCOMPARE(sendIdInPath(request.path), SendId);
    QVERIFY(std::abs(request.arrivedAt.secsTo(QDateTime::currentDateTimeUtc())) < 10);
    QVERIFY(page->last);
}

void TestWebhookSite::pagesAreNewestFirst()
{
    FakeWebhookSite fake;
    const QString token = fake.addToken();
    fake.addRequests(token, 250);
    WebhookSite site;
    QVERIFY(site.setBase(fake.base()));
    site.setLimits({0ms});
    QByteArrayList bodies;
    for (int number = 1; number <= 3; ++number) {
        const auto page = resultOf(site.requests(token, number));
        QVERIFY(page);
        QCOMPARE(page->last, number == 3);
        for (const WebhookRequest &request : page->requests)
            bodies.append(request.body);
    }
    QCOMPARE(bodies.size(), 250);
    QCOMPARE(bodies.first(), QByteArray("249"));
    QCOMPARE(bodies.last(), QByteArray("0"));
    QCOMPARE(fake.requests().front().query, QByteArray("sorting=newest&per_page=100&page=1"));
}

void TestWebhookSite::pathBehindTheTokenIsFound_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("path");
    QTest::newRow("none") << u"https://webhook.site/"_s + Token << QString();
    QTest::newRow("a send's") << u"https://webhook.site/"_s + Token + u"/s/1"_s << u"/s/1"_s;
    QTest::newRow("with a query") << u"https://webhook.site/"_s + Token + u"/s/1?a=b"_s
                                  << u"/s/1"_s;
    QTest::newRow("self-hosted") << u"http://h:8084/x/"_s + Token + u"/s/1"_s << u"/s/1"_s;
    QTest::newRow("as a host name") << u"https://"_s + Token + u".webhook.site/s/1"_s << u"/s/1"_s;
    QTest::newRow("as a host name, nothing behind")
        << u"https://"_s + Token + u".webhook.site/"_s << QString();
    QTest::newRow("another token") << u"https://webhook.site/x/s/1"_s << QString();
    QTest::newRow("no URL") << u"::::"_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestWebhookSite::pathBehindTheTokenIsFound()
{
    QFETCH(const QString, url);
    QFETCH(const QString, path);
    const QByteArray json =
        R"({"data":[{"uuid":")" + Token.toLatin1() + R"(","url":")" + url.toLatin1() + R"("}]})";
    const auto page = parseWebhookPage(json, Token, 100);
    QVERIFY(page);
    QCOMPARE(page->requests.front().path, path);
}

void TestWebhookSite::listsKeepTheirDistance()
{
    FakeWebhookSite fake;
    const QString token = fake.addToken();
    WebhookSite site;
    QVERIFY(site.setBase(fake.base()));
    site.setLimits({2000ms});
    QCOMPARE(site.nextListIn(), 0ms);
    QVERIFY(resultOf(site.requests(token, 1)));
    const auto early = resultOf(site.requests(token, 1));
    QVERIFY(!early);
    QCOMPARE(early.error().kind, Kind::TooSoon);
    QVERIFY(early.error().retryAfter.value() > 0ms);
    QVERIFY(early.error().retryAfter.value() <= 2000ms);
    QCOMPARE(fake.lists(), 1);
    QTRY_COMPARE(site.nextListIn(), 0ms);
    QVERIFY(resultOf(site.requests(token, 1)));
    QVERIFY(60s / WebhookSiteLimits().betweenLists < 120); // the site's limit
}

void TestWebhookSite::addressesAreNotMadeMoreOftenThanAllowed()
{
    FakeWebhookSite fake;
    WebhookSite site;
    QVERIFY(site.setBase(fake.base()));
    for (int i = 0; i < 10; ++i)
        QVERIFY(resultOf(site.createUrl()));
    const auto tooMany = resultOf(site.createUrl());
    QVERIFY(!tooMany);
    QCOMPARE(tooMany.error().kind, Kind::TooSoon);
    QVERIFY(tooMany.error().retryAfter.value() > 50s);
    QVERIFY(tooMany.error().retryAfter.value() <= 60s);
    QCOMPARE(fake.requests().size(), 10);
}

void TestWebhookSite::keyGoesOnlyToItsOrigin()
{
    FakeWebhookSite mine;
    FakeWebhookSite other;
    mine.requireKey("X-Site-Key", ApiSecret);
    WebhookSite site;
    QVERIFY(site.setBase(mine.base()));
    QCOMPARE(resultOf(site.createUrl()).error().kind, Kind::Unauthorized);
    site.setApiKey({ApiSecret, origin(mine.base())}, "X-Site-Key");
    QVERIFY(resultOf(site.createUrl()));

    QVERIFY(site.setBase(other.base()));
    QCOMPARE(resultOf(site.createUrl()).error().kind, Kind::BadKey);
    QCOMPARE(resultOf(site.requests(Token, 1)).error().kind, Kind::BadKey);
    QCOMPARE(other.requests().size(), 0);

    site.setApiKey({});
    QVERIFY(resultOf(site.createUrl()));
    QVERIFY(headerValue(other.requests().front().headers, "X-Site-Key").isEmpty());
}

void TestWebhookSite::keyIsInNoProblem()
{
    ScriptedServer server;
    server.willDo(Script::answer("403 " + ApiSecret, ApiSecret, "X-Echo: " + ApiSecret + "\r\n"));
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    site.setApiKey({ApiSecret, origin(server.url())});
    const auto result = resultOf(site.requests(Token, 1));
    QCOMPARE(server.requests.front().values("api-key"), {ApiSecret});
    QCOMPARE(result.error().kind, Kind::Unauthorized);
    QVERIFY(!result.error().detail.contains(QString::fromLatin1(ApiSecret)));
    QVERIFY(!result.error().detail.contains(Token));
}

void TestWebhookSite::keyThatFitsIntoNoHeaderIsNotSent_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("line break") << QByteArray("a\r\nX-Injected: b") << QByteArray("Api-Key");
    QTest::newRow("blank") << QByteArray("a b") << QByteArray("Api-Key");
    QTest::newRow("no ASCII") << QByteArray("\xC3\xA4") << QByteArray("Api-Key");
    QTest::newRow("empty header") << QByteArray("key") << QByteArray();
    QTest::newRow("header with a colon") << QByteArray("key") << QByteArray("Api-Key:");
}

void TestWebhookSite::keyThatFitsIntoNoHeaderIsNotSent()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, header);
    ScriptedServer server;
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    site.setApiKey({key, origin(server.url())}, header);
    QCOMPARE(resultOf(site.createUrl()).error().kind, Kind::BadKey);
    QCOMPARE(server.connections, 0);
}

void TestWebhookSite::redirectIsNotFollowed()
{
    ScriptedServer elsewhere;
    ScriptedServer server;
    server.willDo(
        Script::answer("302 Found", {}, "Location: " + elsewhere.url().toEncoded() + "\r\n"));
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    site.setApiKey({ApiSecret, origin(server.url())});
    const auto result = resultOf(site.requests(Token, 1));
    QCOMPARE(result.error().kind, Kind::WrongStatus);
    QCOMPARE(result.error().status, 302);
    QCOMPARE(elsewhere.connections, 0);
}

void TestWebhookSite::statusIsExplained_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("final");
    const auto row = [](const QByteArray &line, Kind kind, bool final) {
        QTest::newRow(line.constData()) << line << kind << final;
    };
    row("400 Bad Request", Kind::WrongStatus, false);
    row("401 Unauthorized", Kind::Unauthorized, true);
    row("403 Forbidden", Kind::Unauthorized, true);
    row("404 Not Found", Kind::Gone, true);
    row("410 Gone", Kind::Gone, true);
    row("429 Too Many Requests", Kind::TooMany, false);
    row("500 Internal Server Error", Kind::WrongStatus, false);
    row("503 Service Unavailable", Kind::WrongStatus, false);
}

void TestWebhookSite::statusIsExplained()
{
    QFETCH(const QByteArray, line);
    QFETCH(const Kind, kind);
    QFETCH(const bool, final);
    ScriptedServer server;
    server.willDo(Script::answer(line, "<html>", "Retry-After: 7\r\n"));
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    const auto result = resultOf(site.requests(Token, 1));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QCOMPARE(result.error().status, line.left(3).toInt());
    QCOMPARE(result.error().retryAfter, std::chrono::milliseconds(7s));
    QCOMPARE(isFinal(kind), final);
}

void TestWebhookSite::malformedAnswerIsAProblem_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a page for people") << QByteArray("<!doctype html><html></html>");
    QTest::newRow("cut JSON") << QByteArray(R"({"data":[{"uuid")");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("no data") << QByteArray(R"({"total":0})");
    QTest::newRow("data is a text") << QByteArray(R"({"data":"none"})");
    QTest::newRow("data is null") << QByteArray(R"({"data":null})");
    QTest::newRow("not UTF-8") << QByteArray("{\"data\":[\"\xff\"]}");
    QTest::newRow("very deep") << QByteArray(100'000, '[');
}

void TestWebhookSite::malformedAnswerIsAProblem()
{
    QFETCH(const QByteArray, body);
    ScriptedServer server;
    server.willDo(ok(body));
    server.willDo(ok(body));
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    QCOMPARE(resultOf(site.requests(Token, 1)).error().kind, Kind::Malformed);
    QCOMPARE(resultOf(site.createUrl()).error().kind, Kind::Malformed);
}

void TestWebhookSite::oddEntriesAreSkipped()
{
    const QByteArray good = R"({"uuid":")" + Token.toLatin1() + R"(","content":null,"url":7})";
    const auto page = parseWebhookPage(R"({"data":[null,1,"x",[],{},{"uuid":7},{"uuid":"x"},)"
                                           + good + R"(],"is_last_page":"maybe"})",
                                       Token, 8);
    QVERIFY(page);
    QCOMPARE(page->skipped, 7);
    QCOMPARE(page->requests.size(), 1);
    QVERIFY(page->requests.front().body.isEmpty());
    QVERIFY(!page->requests.front().arrivedAt.isValid());
    QVERIFY(!page->last); // as full as a page can be: there may be another
}

void TestWebhookSite::listWithGapsIsRead()
{
    const auto page = parseWebhookPage(R"({"data":{"0":{"uuid":")" + Token.toLatin1()
                                           + R"(","content":"a"}},"is_last_page":true})",
                                       Token, 100);
    QVERIFY(page);
    QCOMPARE(page->requests.size(), 1);
    QVERIFY(page->last);
}

void TestWebhookSite::hugeAnswerIsCutOff()
{
    ScriptedServer server;
    Script flood = Script::raw("HTTP/1.1 200 OK\r\n\r\n", Script::End::Close);
    flood.flood = 200'000'000;
    server.willDo(flood);
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    QCOMPARE(resultOf(site.requests(Token, 1)).error().kind, Kind::TooLarge);
    QVERIFY(server.bytesWritten < 50'000'000);
}

void TestWebhookSite::silenceEnds()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    WebhookSiteLimits limits;
    limits.patience = 200ms;
    site.setLimits(limits);
    const auto result = resultOf(site.requests(Token, 1));
    QCOMPARE(result.error().kind, Kind::Unreachable);
    QCOMPARE(result.error().transport, TransportProblem::TotalTimeout);
}

void TestWebhookSite::unreachableSiteIsAProblem()
{
    QUrl url;
    {
        ScriptedServer gone;
        url = gone.url(u"/"_s);
    }
    WebhookSite site;
    QVERIFY(site.setBase(url));
    const auto refused = resultOf(site.createUrl());
    QCOMPARE(refused.error().kind, Kind::Unreachable);
    QCOMPARE(refused.error().transport, TransportProblem::ConnectionRefused);

    ScriptedServer untrusted(ScriptedServer::Transport::Tls);
    QVERIFY(site.setBase(untrusted.url(u"/"_s)));
    const auto tls = resultOf(site.createUrl());
    QCOMPARE(tls.error().transport, TransportProblem::TlsFailed);
    QVERIFY(tls.error().detail.contains("self-signed"_L1));
    QCOMPARE(untrusted.requests.size(), 0);
}

void TestWebhookSite::siteThatGoesAwayFinishesItsCalls()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    auto site = std::make_unique<WebhookSite>();
    QVERIFY(site->setBase(server.url(u"/"_s)));
    const auto future = site->requests(Token, 1);
    QTRY_COMPARE(server.requests.size(), 1);
    site.reset();
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().transport, TransportProblem::Aborted);
}

void TestWebhookSite::baseMustBeHttpsOrLoopback_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<bool>("good");
    QTest::newRow("the site itself") << u"https://webhook.site"_s << true;
    QTest::newRow("self-hosted") << u"https://hooks.example.com:8443/w/"_s << true;
    QTest::newRow("on this computer") << u"http://localhost:8084"_s << true;
    QTest::newRow("without TLS") << u"http://webhook.site"_s << false;
    QTest::newRow("with a user") << u"https://u:p@webhook.site"_s << false;
    QTest::newRow("with a query") << u"https://webhook.site/?a=b"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestWebhookSite::baseMustBeHttpsOrLoopback()
{
    QFETCH(const QString, base);
    QFETCH(const bool, good);
    WebhookSite site;
    QCOMPARE(site.base(), WebhookSite::defaultBase());
    const auto set = site.setBase(QUrl(base));
    QCOMPARE(set.has_value(), good);
    if (!good)
        QCOMPARE(site.base(), WebhookSite::defaultBase());
}

void TestWebhookSite::tokenThatIsNoneAsksNobody()
{
    ScriptedServer server;
    WebhookSite site;
    QVERIFY(site.setBase(server.url(u"/"_s)));
    QCOMPARE(resultOf(site.requests(u"../../elsewhere"_s, 1)).error().kind, Kind::Gone);
    QCOMPARE(resultOf(site.requests({}, 1)).error().kind, Kind::Gone);
    QCOMPARE(server.connections, 0);
}

QTEST_GUILESS_MAIN(TestWebhookSite)
#include "tst_webhooksite.moc"
