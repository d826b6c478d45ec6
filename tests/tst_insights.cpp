#include "core/json.h"
#include "net/insights.h"
#include "support/scriptedserver.h"
#include "support/sending.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString Id = u"0d8f7b0e-1111"_s;
const QByteArray Partial = R"({"id":"0d8f7b0e-1111","parameters":{"A":"1"},"transcription":[]})";
const QByteArray Whole =
    R"({"id":"0d8f7b0e-1111","parameters":{"A":"1"},"transcription":[{"agent":"Hi"}]})";
const QByteArray ListOfOne =
    R"({"sessions":[{"id":"0d8f7b0e-1111","session_start_time":"2026-11-23T10:00:02",)"
    R"("source":"447700900123","destination":"44123456","agent_id":"a-1"}]})";

Script ok(const QByteArray &body)
{
    return Script::answer("200 OK", body);
}

Script notFound()
{
    return Script::answer("404 Not Found", R"({"message":"no such session"})");
}

SessionQuery searching()
{
    SessionQuery query;
    query.claimedAt = QDateTime({2026, 11, 23}, {10, 0}, Qt::UTC);
    query.settledAt = query.claimedAt.addSecs(1);
    query.to = u"+44 7700 900123"_s;
    query.agentId = u"a-1"_s;
    return query;
}

SessionQuery knowing()
{
    SessionQuery query = searching();
    query.sessionId = Id;
    return query;
}

/// Six tries as in the product, with pauses that a test need not notice.
InsightsLimits quick()
{
    InsightsLimits limits;
    limits.waits = {1ms, 1ms, 1ms, 1ms, 1ms};
    return limits;
}

/// One fetch and everything that it says.
class Asked
{
public:
    explicit Asked(const ScriptedServer &server, const SessionQuery &query = searching(),
                   const InsightsLimits &limits = quick())
        : Asked(server.url(QString()), keyFor(server.url(QString())), query, limits)
    { }
    Asked(const QUrl &base, const ApiKey &key, const SessionQuery &query,
          const InsightsLimits &limits = quick())
    {
        m_insights.setLimits(limits);
        fetch = m_insights.fetch(base, key, query);
        QObject::connect(fetch, &InsightsFetch::asking, fetch,
                         [this](FetchPlace place, int number) {
                             places += place == FetchPlace::Search ? 's' : 'r';
                             tries = number;
                         });
        QObject::connect(fetch, &InsightsFetch::waiting, fetch,
                         [this](const QDateTime &next, int left) {
                             nextTries.append(next);
                             triesLeft.append(left);
                         });
        QObject::connect(fetch, &InsightsFetch::finished, fetch,
                         [this](const FetchReport &report) { reports.append(report); });
    }

    /// The report, or one that no test expects.
    FetchReport wait()
    {
        FetchReport none;
        none.tries = -1;
        (void)QTest::qWaitFor([this] { return !reports.isEmpty() && !fetch; }, 20'000);
        return reports.size() == 1 && m_insights.inFlight() == 0 ? reports.first() : none;
    }

    Insights &insights() { return m_insights; }

    QPointer<InsightsFetch> fetch;
    QByteArray places; ///< s for search, r for reading, one for each request.
    int tries = 0;
    QList<QDateTime> nextTries;
    QList<int> triesLeft;
    QList<FetchReport> reports;

private:
    Insights m_insights;
};

QByteArrayList targets(const ScriptedServer &server)
{
    QByteArrayList list;
    for (const SeenRequest &request : server.requests)
        list.append(request.target);
    return list;
}

} // namespace

class TestInsights : public QObject
{
    Q_OBJECT

private slots:
    void sessionNamedByTheAnswerIsReadWithoutASearch();
    void queryThatArrivesIsTheOneThatWasMeant();
    void onlyGetsWithKeyAndWithoutCookiesAreSent();
    void sessionThatComesLateIsFound();
    void transcriptionThatComesLateIsFound();
    void withoutTranscriptionWhatThereIsIsGiven();
    void nothingForEverIsNotFound_data();
    void nothingForEverIsNotFound();
    void everyPathIsTriedInOrder();
    void neighbouringDayIsTriedAroundMidnight();
    void searchedDocumentIsShownIfNoPathTellsMore();
    void severalSessionsAreGivenNotGuessed();
    void lonelyLateSessionIsGivenNotGuessed();
    void chosenSessionIsRead();
    void allPagesAreSearched();
    void endlessPagesAreNotGuessedFrom();
    void anotherSessionsAnswerIsNeverShown();

    void unauthorizedSearchEndsAtOnce_data();
    void unauthorizedSearchEndsAtOnce();
    void unauthorizedPathIsNotTheLastWord();
    void unauthorizedBesideNotFoundIsTold();
    void rateLimitIsWaitedForAsAsked();
    void rateLimitThatIsTooLongEndsTheFetch();
    void oddAnswersAreToldByKind_data();
    void oddAnswersAreToldByKind();
    void redirectNeverTakesTheKeyAlong_data();
    void redirectNeverTakesTheKeyAlong();
    void keyIsHiddenWhereverItComesBack();
    void hugeAnswerIsCutAtTheCap();

    void nothingIsSentThatMustNotBe_data();
    void nothingIsSentThatMustNotBe();
    void stalledServerIsGivenUp();
    void unreachableServerIsToldWithoutTheNumber();
    void cancelEndsThePauseAtOnce();
    void cancelEndsTheRequestAtOnce();
    void cancelBeforeTheStartSendsNothing();
    void cancelFromWithinASignalIsHeard();
    void cancelKeepsWhatThereWas();
    void deletedClientStillReports();
    void pausesAreTheDocumentedOnes();
};

void TestInsights::sessionNamedByTheAnswerIsReadWithoutASearch()
{
    ScriptedServer server;
    server.willDo(ok(Whole));
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Found);
    QCOMPARE(report.tries, 1);
    QCOMPARE(asked.places, "r");
    QVERIFY(report.kept.has_value());
    QCOMPARE(report.kept->foundBy, FoundBy::Answer);
    QCOMPARE(report.kept->conversation.turns.first().text, u"Hi"_s);
    QCOMPARE(report.kept->conversation.raw, Whole);
    QVERIFY(report.kept->fetchedAt.secsTo(QDateTime::currentDateTimeUtc()) < 60);
    QCOMPARE(targets(server),
             QByteArrayList{"/insights/sessions/0d8f7b0e-1111/parameters"
                            "?session_start_time=2026-11-23"});
}

void TestInsights::queryThatArrivesIsTheOneThatWasMeant()
{
    ScriptedServer server;
    server.willDo(ok(ListOfOne));
    server.willDo(ok(Whole));
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Found);
    QCOMPARE(report.kept->foundBy, FoundBy::Search);
    QCOMPARE(asked.places, "sr");

    const QByteArray target = server.requests.first().target;
    QVERIFY(!target.contains('{') && !target.contains('"') && !target.contains('+'));
    const QUrlQuery items(QUrl::fromEncoded(target));
    const auto item = [&items](const QString &name) {
        return items.queryItemValue(name, QUrl::FullyDecoded);
    };
    QCOMPARE(item(u"from_date"_s), u"2026-11-23T09:45:00"_s);
    QCOMPARE(item(u"to_date"_s), u"2026-11-24T10:00:00"_s);
    const auto filter = parseJson(item(u"filter_by"_s).toUtf8());
    QVERIFY(filter.has_value());
    QCOMPARE(*filter, *parseJson(R"({"must":[{"term":{"agent_information.id":"a-1"}}],
                           "should":[{"term":{"source":"447700900123"}},
                                     {"term":{"source":"+447700900123"}},
                                     {"term":{"destination":"447700900123"}},
                                     {"term":{"destination":"+447700900123"}}]})"));
    QVERIFY(server.requests.last().target.endsWith("=2026-11-23"));
}

void TestInsights::onlyGetsWithKeyAndWithoutCookiesAreSent()
{
    ScriptedServer server;
    server.willDo(Script::answer("200 OK", ListOfOne, "Set-Cookie: a=b\r\n"));
    server.willDo(ok(Partial));
    Asked asked(server);
    QCOMPARE(asked.wait().end, FetchEnd::Incomplete);
    QVERIFY(server.requests.size() > 10);
    for (const SeenRequest &request : server.requests) {
        QCOMPARE(request.method, "GET");
        QCOMPARE(request.values("x-vgai-key"), QByteArrayList{Key});
        QVERIFY(request.values("cookie").isEmpty() && request.values("authorization").isEmpty());
        QVERIFY(request.body.isEmpty());
        QVERIFY(!request.target.contains(Key));
    }
}

void TestInsights::sessionThatComesLateIsFound()
{
    ScriptedServer server;
    for (const char *empty : {"[]", "{}", R"({"sessions":[]})"})
        server.willDo(ok(empty));
    server.willDo(ok(ListOfOne));
    server.willDo(ok(Whole));
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Found);
    QCOMPARE(report.tries, 4);
    QCOMPARE(asked.places, "ssssr");
    QCOMPARE(asked.triesLeft, (QList<int>{5, 4, 3}));
}

void TestInsights::transcriptionThatComesLateIsFound()
{
    ScriptedServer server;
    server.willDo(ok(Partial));
    server.willDo(notFound());
    server.willDo(ok(Partial));
    server.willDo(ok(Whole)); // of the second try
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Found);
    QCOMPARE(report.tries, 2);
    QVERIFY(report.kept->conversation.complete);
}

void TestInsights::withoutTranscriptionWhatThereIsIsGiven()
{
    ScriptedServer server;
    const QByteArray richer =
        R"({"id":"0d8f7b0e-1111","parameters":{"A":"1","B":"2"},"flow_path":[{"type":"x"}]})";
    for (int attempt = 0; attempt < 6; ++attempt) {
        server.willDo(ok(attempt == 3 ? richer : Partial));
        server.willDo(notFound());
        server.willDo(ok(Partial));
    }
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Incomplete);
    QCOMPARE(report.tries, 6);
    QVERIFY(report.kept.has_value() && !report.kept->conversation.complete);
    QCOMPARE(report.kept->conversation.raw, richer); // a poorer answer replaces no richer one
    QCOMPARE(asked.triesLeft, (QList<int>{5, 4, 3, 2, 1}));
}

void TestInsights::nothingForEverIsNotFound_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty list") << QByteArray("200 OK") << QByteArray("[]");
    QTest::newRow("null") << QByteArray("200 OK") << QByteArray("null");
    QTest::newRow("no body") << QByteArray("200 OK") << QByteArray();
    QTest::newRow("no content") << QByteArray("204 No Content") << QByteArray();
    QTest::newRow("not found") << QByteArray("404 Not Found") << QByteArray("{}");
    QTest::newRow("a router's not found")
        << QByteArray("404 Not Found") << QByteArray("<html>Cannot GET</html>");
}

void TestInsights::nothingForEverIsNotFound()
{
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, body);
    ScriptedServer server;
    for (int attempt = 0; attempt < 6; ++attempt)
        server.willDo(Script::answer(status, body));
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::NotFound);
    QCOMPARE(report.tries, 6);
    QCOMPARE(asked.places, "ssssss");
    QVERIFY(!report.kept.has_value() && report.candidates.isEmpty());
    QCOMPARE(report.answer.body, body);
}

void TestInsights::everyPathIsTriedInOrder()
{
    ScriptedServer server;
    for (int path = 0; path < 3; ++path)
        server.willDo(notFound());
    server.willDo(ok(R"({"id":"a/b?","transcription":["Hi"]})"));
    SessionQuery query = knowing();
    query.sessionId = u"a/b?"_s;
    Asked asked(server, query);
    QCOMPARE(asked.wait().end, FetchEnd::Found);
    QCOMPARE(targets(server),
             (QByteArrayList{"/insights/sessions/a%2Fb%3F/parameters?session_start_time=2026-11-23",
                             "/insights/sessions/a%2Fb%3F/parameters?session_start_time=2026-11-22",
                             "/insights/sessions/a%2Fb%3F", "/insights/sessions/search/a%2Fb%3F"}));
}

void TestInsights::neighbouringDayIsTriedAroundMidnight()
{
    ScriptedServer server;
    server.willDo(notFound());
    server.willDo(ok(Whole));
    SessionQuery query = knowing();
    query.claimedAt = QDateTime({2026, 12, 31}, {23, 59, 59}, Qt::UTC);
    Asked asked(server, query);
    QCOMPARE(asked.wait().end, FetchEnd::Found);
    QVERIFY(server.requests.at(0).target.endsWith("session_start_time=2026-12-31"));
    QVERIFY(server.requests.at(1).target.endsWith("session_start_time=2027-01-01"));
}

void TestInsights::searchedDocumentIsShownIfNoPathTellsMore()
{
    ScriptedServer server;
    QByteArray list = ListOfOne;
    list.replace(R"("agent_id":"a-1")", R"("agent_id":"a-1","transcription":[{"agent":"Hi"}])");
    server.willDo(ok(list));
    for (int path = 0; path < 4; ++path)
        server.willDo(notFound());
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Found);
    QCOMPARE(report.tries, 1);
    QCOMPARE(asked.places, "srrrr");
    QCOMPARE(report.kept->conversation.turns.size(), 1);
}

void TestInsights::severalSessionsAreGivenNotGuessed()
{
    ScriptedServer server;
    QByteArray list = ListOfOne;
    list.replace("}]",
                 R"(},{"id":"other","session_start_time":"2026-11-23T10:00:40",)"
                 R"("destination":"+447700900123","agent_id":"a-1"}])");
    server.willDo(ok(list));
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Ambiguous);
    QCOMPARE(report.tries, 1); // more time makes it no clearer
    QCOMPARE(asked.places, "s");
    QVERIFY(!report.kept.has_value());
    QCOMPARE(report.candidates.size(), 2);
    QCOMPARE(report.candidates.first().id, Id);
    QCOMPARE(report.candidates.last().id, u"other"_s);
}

void TestInsights::lonelyLateSessionIsGivenNotGuessed()
{
    ScriptedServer server;
    QByteArray list = ListOfOne;
    list.replace("10:00:02", "13:30:00");
    for (int attempt = 0; attempt < 6; ++attempt)
        server.willDo(ok(list));
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Ambiguous);
    QCOMPARE(report.tries, 6); // the send's own may still come
    QCOMPARE(report.candidates.size(), 1);
    QCOMPARE(asked.places, "ssssss");
}

void TestInsights::chosenSessionIsRead()
{
    ScriptedServer server;
    server.willDo(ok(Whole));
    SessionSummary choice;
    choice.id = Id;
    choice.startedAt = QDateTime({2026, 11, 24}, {8, 0}, Qt::UTC);
    Asked asked(server, withSession(searching(), choice));
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Found);
    QCOMPARE(report.kept->foundBy, FoundBy::Choice);
    QVERIFY(server.requests.first().target.endsWith("=2026-11-24"));
}

void TestInsights::allPagesAreSearched()
{
    ScriptedServer server;
    QByteArray full = "[";
    for (int i = 0; i < SearchPageSize; ++i)
        full += R"({"id":"x)" + QByteArray::number(i) + R"(","source":"1"},)";
    full.back() = ']';
    server.willDo(ok(full));
    server.willDo(ok(ListOfOne));
    server.willDo(ok(Whole));
    Asked asked(server);
    QCOMPARE(asked.wait().end, FetchEnd::Found);
    QCOMPARE(asked.places, "ssr");
    QVERIFY(server.requests.at(0).target.contains("page_number=0&"));
    QVERIFY(server.requests.at(1).target.contains("page_number=1&"));
}

void TestInsights::endlessPagesAreNotGuessedFrom()
{
    ScriptedServer server;
    QByteArray full = ListOfOne;
    for (int i = 1; i < SearchPageSize; ++i)
        full.replace("}]", R"(},{"id":"x)" + QByteArray::number(i) + R"(","source":"1"}])");
    server.willDo(ok(full));
    server.willDo(ok(full)); // the server knows no pages
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Ambiguous);
    QCOMPARE(asked.places, "ss");
    QCOMPARE(report.candidates.size(), 1);
}

void TestInsights::anotherSessionsAnswerIsNeverShown()
{
    ScriptedServer server;
    QByteArray other = Whole;
    other.replace("0d8f7b0e-1111", "0d8f7b0e-2222");
    for (int request = 0; request < 18; ++request)
        server.willDo(ok(other));
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::OddAnswer);
    QVERIFY(!report.kept.has_value());
    QCOMPARE(report.answer.body, other);
}

void TestInsights::unauthorizedSearchEndsAtOnce_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("401") << QByteArray("401 Unauthorized");
    QTest::newRow("403") << QByteArray("403 Forbidden");
}

void TestInsights::unauthorizedSearchEndsAtOnce()
{
    QFETCH(const QByteArray, status);
    ScriptedServer server;
    server.willDo(Script::answer(status, R"({"message":"no"})"));
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Unauthorized);
    QCOMPARE(report.answer.status, status.first(3).toInt());
    QCOMPARE(report.answer.body, R"({"message":"no"})");
    QCOMPARE(report.tries, 1);
    QCOMPARE(server.requests.size(), 1);
}

void TestInsights::unauthorizedPathIsNotTheLastWord()
{
    ScriptedServer server;
    server.willDo(Script::answer("401 Unauthorized")); // documented for bad parameters
    server.willDo(ok(Whole));
    Asked asked(server, knowing());
    QCOMPARE(asked.wait().end, FetchEnd::Found);
    QCOMPARE(server.requests.last().target, "/insights/sessions/0d8f7b0e-1111");
}

void TestInsights::unauthorizedBesideNotFoundIsTold()
{
    ScriptedServer server;
    for (int attempt = 0; attempt < 6; ++attempt) {
        server.willDo(Script::answer("401 Unauthorized"));
        server.willDo(notFound());
        server.willDo(notFound());
    }
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Unauthorized);
    QCOMPARE(report.answer.status, 401);

    for (int path = 0; path < 3; ++path)
        server.willDo(Script::answer("401 Unauthorized"));
    const auto before = server.requests.size();
    Asked again(server, knowing());
    QCOMPARE(again.wait().end, FetchEnd::Unauthorized);
    QCOMPARE(again.tries, 1); // nobody said anything else: no use in asking on
    QCOMPARE(server.requests.size() - before, 3);
}

void TestInsights::rateLimitIsWaitedForAsAsked()
{
    ScriptedServer server;
    server.willDo(Script::answer("429 Too Many Requests", "{}", "Retry-After: 0\r\n"));
    server.willDo(Script::answer("429 Too Many Requests", "{}", "Retry-After: 120\r\n"));
    Asked asked(server);
    QTRY_COMPARE(asked.nextTries.size(), 2);
    const qint64 pause = QDateTime::currentDateTimeUtc().secsTo(asked.nextTries.last());
    QVERIFY2(pause > 100 && pause <= 120, QByteArray::number(pause).constData());
    QCOMPARE(server.requests.size(), 2);
    QVERIFY(asked.reports.isEmpty());
    asked.fetch->cancel();
    QCOMPARE(asked.wait().end, FetchEnd::Cancelled);
}

void TestInsights::rateLimitThatIsTooLongEndsTheFetch()
{
    ScriptedServer server;
    server.willDo(Script::answer("429 Too Many Requests", "{}", "Retry-After: 3600\r\n"));
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::RateLimited);
    QCOMPARE(report.tries, 1);
    QCOMPARE(report.answer.retryAfter, std::optional<std::chrono::milliseconds>(1h));
    QCOMPARE(server.requests.size(), 1); // no other path is tried under a limit
}

void TestInsights::oddAnswersAreToldByKind_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<FetchEnd>("end");
    QTest::addColumn<int>("tries");
    const QByteArray html = "Content-Type: text/html\r\n";
    QTest::newRow("text") << ok("OK") << FetchEnd::OddAnswer << 6;
    QTest::newRow("number") << ok("5") << FetchEnd::OddAnswer << 6;
    QTest::newRow("a message") << ok(R"({"message":"x"})") << FetchEnd::OddAnswer << 6;
    QTest::newRow("half") << ok(R"({"sessions":[)") << FetchEnd::OddAnswer << 6;
    QTest::newRow("not UTF-8") << ok("[\"\xFF\"]") << FetchEnd::OddAnswer << 6;
    QTest::newRow("page") << Script::answer("200 OK", "<html></html>", html) << FetchEnd::WebPage
                          << 1;
    QTest::newRow("page said to be JSON") << ok("\n<!DOCTYPE html>") << FetchEnd::WebPage << 1;
    QTest::newRow("JSON said to be a page")
        << Script::answer("200 OK", "[]", html) << FetchEnd::WebPage << 1;
    QTest::newRow("400") << Script::answer("400 Bad Request") << FetchEnd::BadRequest << 1;
    QTest::newRow("422") << Script::answer("422 No") << FetchEnd::BadRequest << 1;
    QTest::newRow("500") << Script::answer("500 Oops") << FetchEnd::ServerFailed << 6;
    QTest::newRow("503") << Script::answer("503 Later", "{}", "Retry-After: 0\r\n")
                         << FetchEnd::ServerFailed << 6;
    QTest::newRow("408") << Script::answer("408 Slow") << FetchEnd::ServerFailed << 6;
    QTest::newRow("cut") << Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[]",
                                        Script::End::Close)
                         << FetchEnd::NoAnswer << 6;
    QTest::newRow("closed") << Script::closeUnanswered() << FetchEnd::NoAnswer << 6;
    QTest::newRow("reset") << Script::resetUnanswered() << FetchEnd::NoAnswer << 6;
    QTest::newRow("not HTTP") << Script::raw("SSH-2.0\r\n\r\n", Script::End::Close)
                              << FetchEnd::NoAnswer << 6;
}

void TestInsights::oddAnswersAreToldByKind()
{
    QFETCH(const Script, script);
    QFETCH(const FetchEnd, end);
    QFETCH(const int, tries);
    ScriptedServer server;
    for (int request = 0; request < 40; ++request) // Qt itself asks again where nobody answered
        server.willDo(script);
    Asked asked(server);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, end);
    QCOMPARE(report.tries, tries);
    QVERIFY(!report.kept.has_value());
    QCOMPARE(report.answer.problem != TransportProblem::None, end == FetchEnd::NoAnswer);
}

void TestInsights::redirectNeverTakesTheKeyAlong_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const char *status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary",
                               "308 Permanent", "300 Choose"})
        QTest::newRow(status) << QByteArray(status);
}

void TestInsights::redirectNeverTakesTheKeyAlong()
{
    QFETCH(const QByteArray, status);
    ScriptedServer elsewhere;
    ScriptedServer server;
    const QByteArray location = "Location: " + elsewhere.url(u"/steal"_s).toEncoded() + "\r\n";
    for (int request = 0; request < 3; ++request)
        server.willDo(Script::answer(status, {}, location));
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Redirected);
    QCOMPARE(report.tries, 1);
    QCOMPARE(server.requests.size(), 3); // each path once
    QCOMPARE(elsewhere.connections, 0);
}

void TestInsights::keyIsHiddenWhereverItComesBack()
{
    ScriptedServer server;
    QByteArray body = Whole;
    body.replace("Hi", "your key is " + Key);
    server.willDo(Script::answer("200 OK", body, "X-Echo: " + Key + "\r\n"));
    Asked asked(server, knowing());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Found);
    QCOMPARE(report.kept->conversation.turns.first().text, u"your key is [key]"_s);
    QVERIFY(!report.kept->conversation.raw.contains(Key));
    QVERIFY(!report.answer.body.contains(Key));
    QCOMPARE(headerValue(report.answer.headers, "x-echo"), QByteArray("[key]"));
}

void TestInsights::hugeAnswerIsCutAtTheCap()
{
    ScriptedServer server;
    Script flood{"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n["};
    flood.flood = 49'999'999;
    for (int path = 0; path < 3; ++path)
        server.willDo(flood);
    InsightsLimits limits = quick();
    QCOMPARE(limits.get.answerCap, 8 * 1024 * 1024);
    Asked asked(server, knowing(), limits);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::TooLarge);
    QVERIFY(report.answer.bodyCapped);
    QCOMPARE(report.answer.body.size(), limits.get.answerCap);
    QCOMPARE(report.tries, 1);
}

void TestInsights::nothingIsSentThatMustNotBe_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("keyOrigin");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<SessionQuery>("query");
    QTest::addColumn<TransportProblem>("problem");
    const QString here = u"http://127.0.0.1:PORT"_s;
    const auto other = TransportProblem::Other;
    SessionQuery vague = searching();
    vague.to.clear();
    vague.agentId.clear();
    SessionQuery up = knowing();
    up.sessionId = u".."_s;
    QTest::newRow("other host's key") << here << u"https://studio-api-eu.ai.vonage.com:443"_s << Key
                                      << searching() << TransportProblem::KeyNotForHost;
    QTest::newRow("other port's key")
        << here << u"http://127.0.0.1:1"_s << Key << searching() << TransportProblem::KeyNotForHost;
    QTest::newRow("key with a line break")
        << here << here << QByteArray("abc\r\nX: y") << searching() << other;
    QTest::newRow("no key") << here << here << QByteArray() << searching() << other;
    QTest::newRow("user name") << u"http://u:p@127.0.0.1:PORT"_s << here << Key << searching()
                               << other;
    QTest::newRow("not encrypted")
        << u"http://192.0.2.1:PORT"_s << u"http://192.0.2.1:PORT"_s << Key << searching() << other;
    QTest::newRow("no HTTP") << u"ftp://127.0.0.1:PORT"_s << here << Key << searching() << other;
    QTest::newRow("nothing to search for") << here << here << Key << vague << other;
    QTest::newRow("useless ID") << here << here << Key << up << other;
}

void TestInsights::nothingIsSentThatMustNotBe()
{
    QFETCH(QString, base);
    QFETCH(QString, keyOrigin);
    QFETCH(const QByteArray, key);
    QFETCH(const SessionQuery, query);
    QFETCH(const TransportProblem, problem);
    ScriptedServer server;
    const QString port = QString::number(server.serverPort());
    Asked asked(QUrl(base.replace("PORT"_L1, port)),
                ApiKey{key, keyOrigin.replace("PORT"_L1, port)}, query);
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::NotAsked);
    QCOMPARE(report.answer.problem, problem);
    QVERIFY(!report.answer.problemDetail.isEmpty());
    QCOMPARE(report.tries, 0);
    QCOMPARE(server.connections, 0);
}

void TestInsights::stalledServerIsGivenUp()
{
    ScriptedServer server;
    for (int request = 0; request < 10; ++request)
        server.willDo(Script::stall());
    InsightsLimits limits = quick();
    limits.waits = {1ms};
    limits.get.total = 200ms;
    Asked byTotal(server, searching(), limits);
    FetchReport report = byTotal.wait();
    QCOMPARE(report.end, FetchEnd::NoAnswer);
    QCOMPARE(report.answer.problem, TransportProblem::TotalTimeout);
    QCOMPARE(report.tries, 2);

    limits.get.total = 20s;
    limits.get.inactivity = 200ms;
    Asked bySilence(server, searching(), limits);
    report = bySilence.wait();
    QCOMPARE(report.end, FetchEnd::NoAnswer);
    QCOMPARE(report.answer.problem, TransportProblem::InactivityTimeout);
}

void TestInsights::unreachableServerIsToldWithoutTheNumber()
{
    QUrl base;
    {
        ScriptedServer server;
        base = server.url(QString());
    }
    Asked asked(base, keyFor(base), searching());
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::NoAnswer);
    QCOMPARE(report.answer.problem, TransportProblem::ConnectionRefused);
    QCOMPARE(report.tries, 6);
    QVERIFY(!report.answer.problemDetail.isEmpty());
    QVERIFY(!report.answer.problemDetail.contains("7700"_L1));
    QVERIFY(!report.answer.problemDetail.contains(QLatin1String(Key)));
}

void TestInsights::cancelEndsThePauseAtOnce()
{
    ScriptedServer server;
    server.willDo(ok("[]"));
    InsightsLimits limits;
    limits.waits = {1h};
    limits.longestWait = 2h;
    Asked asked(server, searching(), limits);
    QTRY_COMPARE(asked.nextTries.size(), 1);
    QVERIFY(asked.reports.isEmpty());
    asked.fetch->cancel();
    QCOMPARE(asked.reports.size(), 1); // before anything else happens
    asked.fetch->cancel(); // says nothing more
    QCOMPARE(asked.wait().end, FetchEnd::Cancelled);
    QCOMPARE(server.requests.size(), 1);
}

void TestInsights::cancelEndsTheRequestAtOnce()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    Asked asked(server);
    QTRY_COMPARE(server.requests.size(), 1);
    asked.insights().cancelAll();
    QCOMPARE(asked.reports.size(), 1);
    QCOMPARE(asked.wait().end, FetchEnd::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
    QCOMPARE(server.requests.size(), 1);
}

void TestInsights::cancelBeforeTheStartSendsNothing()
{
    ScriptedServer server;
    Asked asked(server);
    asked.fetch->cancel();
    QCOMPARE(asked.wait().end, FetchEnd::Cancelled);
    QCOMPARE(server.connections, 0);
}

void TestInsights::cancelFromWithinASignalIsHeard()
{
    ScriptedServer server;
    Asked asked(server);
    QObject::connect(asked.fetch, &InsightsFetch::asking, asked.fetch, &InsightsFetch::cancel);
    QCOMPARE(asked.wait().end, FetchEnd::Cancelled);
    QCOMPARE(server.connections, 0);

    server.willDo(ok("[]"));
    Asked paused(server);
    QObject::connect(paused.fetch, &InsightsFetch::waiting, paused.fetch, &InsightsFetch::cancel);
    QCOMPARE(paused.wait().end, FetchEnd::Cancelled);
    QCOMPARE(server.requests.size(), 1);
}

void TestInsights::cancelKeepsWhatThereWas()
{
    ScriptedServer server;
    server.willDo(ok(Partial));
    server.willDo(Script::stall());
    Asked asked(server, knowing());
    QTRY_COMPARE(server.requests.size(), 2);
    asked.fetch->cancel();
    const FetchReport report = asked.wait();
    QCOMPARE(report.end, FetchEnd::Cancelled);
    QVERIFY(report.kept.has_value());
    QCOMPARE(report.kept->conversation.raw, Partial);
}

void TestInsights::deletedClientStillReports()
{
    ScriptedServer server;
    server.willDo(Script::stall());
    QList<FetchReport> reports;
    {
        Insights insights;
        const QUrl base = server.url(QString());
        InsightsFetch *fetch = insights.fetch(base, keyFor(base), searching());
        connect(fetch, &InsightsFetch::finished, this,
                [&reports](const FetchReport &report) { reports.append(report); });
        QTRY_COMPARE(server.requests.size(), 1);
    }
    QCOMPARE(reports.size(), 1);
    QCOMPARE(reports.first().end, FetchEnd::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestInsights::pausesAreTheDocumentedOnes()
{
    QCOMPARE(InsightsLimits().waits, (QList<std::chrono::milliseconds>{5s, 5s, 10s, 20s, 40s}));
    ScriptedServer server;
    server.willDo(ok("[]"));
    Asked asked(server, searching(), InsightsLimits());
    QTRY_COMPARE(asked.nextTries.size(), 1);
    const qint64 pause = QDateTime::currentDateTimeUtc().msecsTo(asked.nextTries.first());
    QVERIFY2(pause > 2000 && pause <= 5000, QByteArray::number(pause).constData());
    QCOMPARE(asked.triesLeft, QList<int>{5});
}

QTEST_GUILESS_MAIN(TestInsights)
#include "tst_insights.moc"
