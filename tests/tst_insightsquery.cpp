#include "core/insightsquery.h"
#include "core/json.h"

#include <QTest>
#include <QUrlQuery>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

const QUrl Base(u"https://studio-api-eu.ai.vonage.com"_s);

QDateTime utc(const QString &text)
{
    return QDateTime::fromString(text + u'Z', Qt::ISODateWithMs);
}

SessionQuery querySample()
{
    SessionQuery query;
    query.claimedAt = utc(u"2026-11-23T10:00:00"_s);
    query.settledAt = utc(u"2026-11-23T10:00:01"_s);
    query.to = u"+44 7700 900123"_s;
    query.agentId = u"65f00000000000000000a001"_s;
    return query;
}

SessionSummary session(const QString &id, const QString &time)
{
    SessionSummary summary;
    summary.id = id;
    summary.startedAt = utc(u"2026-11-23T"_s + time);
    summary.source = u"447700900123"_s;
    summary.destination = u"441234567890"_s;
    summary.agentId = u"65f00000000000000000a001"_s;
    return summary;
}

QStringList ids(const SessionChoice &choice)
{
    QStringList list;
    for (const SessionSummary &candidate : choice.candidates)
        list.append(candidate.id);
    return list;
}

} // namespace

class TestInsightsQuery : public QObject
{
    Q_OBJECT

private slots:
    void searchAsksForTheAgentAndTheNumberOnBothSides();
    void searchLeavesOutWhatIsNotKnown();
    void searchEncodesEverything();
    void searchRangeIsUtcAndAtMostSixtyDays();
    void sessionIsAskedForInThreeForms();
    void idsStayInsideTheirPathSegment_data();
    void idsStayInsideTheirPathSegment();
    void uselessIdsAreRefused_data();
    void uselessIdsAreRefused();
    void sessionIdOfTheSendsAnswer_data();
    void sessionIdOfTheSendsAnswer();
    void recordBecomesAQuery();
    void midnightAddsTheNearerDay_data();
    void midnightAddsTheNearerDay();

    void onlyOneFittingSessionIsChosen();
    void twoNearSessionsAreNeverChosenFrom();
    void sessionFarFromTheSendIsOnlyACandidate();
    void lateAnswerWidensTheNearTime();
    void otherNumbersAndAgentsAreNoCandidates();
    void numberOnEitherSideCounts();
    void sessionThatSaysTooLittleIsNeverChosen_data();
    void sessionThatSaysTooLittleIsNeverChosen();
};

void TestInsightsQuery::searchAsksForTheAgentAndTheNumberOnBothSides()
{
    SessionQuery query = querySample();
    query.channel = u"Whatsapp"_s;
    const QUrl url = sessionSearchUrl(Base, query, 3);
    QVERIFY(url.isValid());
    QCOMPARE(url.adjusted(QUrl::RemoveQuery), QUrl(Base.toString() + u"/insights/sessions"_s));
    const QUrlQuery items(url);
    QCOMPARE(items.queryItemValue(u"page_number"_s), u"3"_s);
    QCOMPARE(items.queryItemValue(u"page_size"_s), u"20"_s);
    QCOMPARE(items.queryItemValue(u"sort_by"_s, QUrl::FullyDecoded), u"session_start_time:asc"_s);
    QCOMPARE(items.queryItemValue(u"filter_by"_s, QUrl::FullyDecoded),
             uR"({"must":[{"term":{"agent_information.id":"65f00000000000000000a001"}},)"
             uR"({"term":{"channel":"Whatsapp"}}],)"
             uR"("should":[{"term":{"source":"447700900123"}},{"term":{"source":"+447700900123"}},)"
             uR"({"term":{"destination":"447700900123"}},)"
             uR"({"term":{"destination":"+447700900123"}}]})"_s);
}

void TestInsightsQuery::searchLeavesOutWhatIsNotKnown()
{
    SessionQuery query = querySample();
    query.to.clear();
    QVERIFY(isSearchable(query));
    QString filter =
        QUrlQuery(sessionSearchUrl(Base, query)).queryItemValue(u"filter_by"_s, QUrl::FullyDecoded);
    QVERIFY(filter.contains("must"_L1) && !filter.contains("should"_L1));
    query = querySample();
    query.agentId.clear();
    QVERIFY(isSearchable(query));
    filter =
        QUrlQuery(sessionSearchUrl(Base, query)).queryItemValue(u"filter_by"_s, QUrl::FullyDecoded);
    QVERIFY(!filter.contains("must"_L1) && filter.contains("should"_L1));
    query.to = u"nobody"_s;
    QVERIFY(!isSearchable(query));
    query = querySample();
    query.claimedAt = {};
    QVERIFY(!isSearchable(query));
}

void TestInsightsQuery::searchEncodesEverything()
{
    SessionQuery query = querySample();
    query.agentId = uR"(a"&=+#{} %7B é)"_s;
    const QByteArray encoded = sessionSearchUrl(Base, query).toEncoded();
    for (const char c : QByteArray("{}\"[] +<>#|^`\\"))
        QVERIFY2(!encoded.contains(c), QByteArray(1, c).constData());
    QVERIFY(encoded.contains("%7B%22must%22"));
    const QUrlQuery items(QUrl::fromEncoded(encoded));
    QCOMPARE(items.queryItems().size(), 6);
    const auto filter =
        parseJson(items.queryItemValue(u"filter_by"_s, QUrl::FullyDecoded).toUtf8());
    QVERIFY(filter.has_value());
    const JsonObject *term = filter->object()->find(u"must")->array()->front().object();
    QCOMPARE(*term->find(u"term")->object()->find(u"agent_information.id")->string(),
             query.agentId);
}

void TestInsightsQuery::searchRangeIsUtcAndAtMostSixtyDays()
{
    SessionQuery query = querySample();
    query.claimedAt = QDateTime({2026, 3, 1}, {0, 5}, Qt::OffsetFromUTC, 3600);
    const QUrlQuery items(sessionSearchUrl(Base, query));
    const QString from = items.queryItemValue(u"from_date"_s, QUrl::FullyDecoded);
    const QString to = items.queryItemValue(u"to_date"_s, QUrl::FullyDecoded);
    QCOMPARE(from, u"2026-02-28T22:50:00"_s);
    QCOMPARE(to, u"2026-03-01T23:05:00"_s);
    QVERIFY(utc(from).daysTo(utc(to)) <= 60);
}

void TestInsightsQuery::sessionIsAskedForInThreeForms()
{
    const QUrl base(u"https://proxy.example:8443/studio"_s);
    const QDate day(2026, 1, 2);
    const QString id = u"0f1e-abc"_s;
    QCOMPARE(sessionUrl(base, SessionPath::Parameters, id, day).toEncoded(),
             "https://proxy.example:8443/studio/insights/sessions/0f1e-abc/parameters"
             "?session_start_time=2026-01-02");
    QCOMPARE(sessionUrl(base, SessionPath::Session, id, day).toEncoded(),
             "https://proxy.example:8443/studio/insights/sessions/0f1e-abc");
    QCOMPARE(sessionUrl(base, SessionPath::Search, id, day).toEncoded(),
             "https://proxy.example:8443/studio/insights/sessions/search/0f1e-abc");
}

void TestInsightsQuery::idsStayInsideTheirPathSegment_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("segment");
    QTest::newRow("slash") << u"../../x"_s << QByteArray("..%2F..%2Fx");
    QTest::newRow("query") << u"a?b=c#d"_s << QByteArray("a%3Fb%3Dc%23d");
    QTest::newRow("percent") << u"%2e%2e"_s << QByteArray("%252e%252e");
    QTest::newRow("other host") << u"@evil.example"_s << QByteArray("%40evil.example");
    QTest::newRow("umlaut") << u"ä{}"_s << QByteArray("%C3%A4%7B%7D");
}

void TestInsightsQuery::idsStayInsideTheirPathSegment()
{
    QFETCH(const QString, id);
    QFETCH(const QByteArray, segment);
    QVERIFY(isUsableSessionId(id));
    const QUrl url = sessionUrl(Base, SessionPath::Session, id, {});
    QCOMPARE(url.toEncoded(), Base.toEncoded() + "/insights/sessions/" + segment);
    QCOMPARE(url.host(), Base.host());
}

void TestInsightsQuery::uselessIdsAreRefused_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("here") << u"."_s;
    QTest::newRow("up") << u".."_s;
    QTest::newRow("space") << u"a b"_s;
    QTest::newRow("line") << u"a\r\nX: y"_s;
    QTest::newRow("null") << QString(QChar(0));
    QTest::newRow("lone surrogate") << QString(QChar(0xD800));
    QTest::newRow("long") << QString(201, u'a');
}

void TestInsightsQuery::uselessIdsAreRefused()
{
    QFETCH(const QString, id);
    QVERIFY(!isUsableSessionId(id));
}

void TestInsightsQuery::sessionIdOfTheSendsAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::newRow("root") << QByteArray(R"({"session_id":"s-1"})") << u"s-1"_s;
    QTest::newRow("other spelling") << QByteArray(R"({"a":1,"sessionId":"s-1"})") << u"s-1"_s;
    QTest::newRow("data") << QByteArray(R"({"data":{"session_id":"s-1"}})") << u"s-1"_s;
    QTest::newRow("id may be anything's") << QByteArray(R"({"id":"m-1"})") << QString();
    QTest::newRow("null") << QByteArray(R"({"session_id":null})") << QString();
    QTest::newRow("object") << QByteArray(R"({"session_id":{"x":"y"}})") << QString();
    QTest::newRow("useless") << QByteArray(R"({"session_id":".."})") << QString();
    QTest::newRow("list") << QByteArray(R"([{"session_id":"s-1"}])") << QString();
    QTest::newRow("text") << QByteArray("OK") << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TestInsightsQuery::sessionIdOfTheSendsAnswer()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, id);
    QCOMPARE(sessionIdInAnswer(body), id);
}

void TestInsightsQuery::recordBecomesAQuery()
{
    SendRecord record;
    record.claim.claimedAt = utc(u"2026-11-23T10:00:00"_s);
    record.claim.to = u"447700900123"_s;
    record.claim.agentId = u"a-1"_s;
    record.claim.channel = u"whatsapp"_s;
    record.settledAt = utc(u"2026-11-30T10:00:00"_s);
    SessionQuery query = sessionQuery(record);
    QCOMPARE(query.claimedAt, record.claim.claimedAt);
    QCOMPARE(query.to, record.claim.to);
    QCOMPARE(query.agentId, record.claim.agentId);
    QVERIFY(query.sessionId.isEmpty() && query.channel.isEmpty() && !query.chosen);
    QVERIFY(!query.settledAt.isValid()); // no answer: settled a week later, after a crash

    record.answer.status = 200;
    record.answer.body = R"({"session_id":"s-9"})";
    query = sessionQuery(record);
    QCOMPARE(query.settledAt, record.settledAt);
    QCOMPARE(query.sessionId, u"s-9"_s);

    const SessionSummary candidate = session(u"s-2"_s, u"12:00:00"_s);
    const SessionQuery chosen = withSession(query, candidate);
    QCOMPARE(chosen.sessionId, u"s-2"_s);
    QCOMPARE(chosen.sessionStart, candidate.startedAt);
    QVERIFY(chosen.chosen);
}

void TestInsightsQuery::midnightAddsTheNearerDay_data()
{
    QTest::addColumn<QDateTime>("claimed");
    QTest::addColumn<QDateTime>("started");
    QTest::addColumn<QDate>("first");
    QTest::addColumn<QDate>("second");
    QTest::newRow("before midnight")
        << utc(u"2026-12-31T23:59:59"_s) << QDateTime() << QDate(2026, 12, 31) << QDate(2027, 1, 1);
    QTest::newRow("after midnight")
        << utc(u"2027-01-01T00:00:01"_s) << QDateTime() << QDate(2027, 1, 1) << QDate(2026, 12, 31);
    QTest::newRow("other zone") << QDateTime({2026, 6, 2}, {1, 0}, Qt::OffsetFromUTC, 7200)
                                << QDateTime() << QDate(2026, 6, 1) << QDate(2026, 6, 2);
    QTest::newRow("known start") << utc(u"2026-06-02T23:59:59"_s) << utc(u"2026-06-03T00:00:02"_s)
                                 << QDate(2026, 6, 3) << QDate(2026, 6, 2);
}

void TestInsightsQuery::midnightAddsTheNearerDay()
{
    QFETCH(const QDateTime, claimed);
    QFETCH(const QDateTime, started);
    QFETCH(const QDate, first);
    QFETCH(const QDate, second);
    SessionQuery query;
    query.claimedAt = claimed;
    query.sessionStart = started;
    QCOMPARE(sessionDays(query), (QList<QDate>{first, second}));
}

void TestInsightsQuery::onlyOneFittingSessionIsChosen()
{
    const auto choice =
        chooseSession({session(u"earlier"_s, u"09:50:00"_s), session(u"later"_s, u"13:00:00"_s),
                       session(u"ours"_s, u"10:00:02"_s)},
                      querySample());
    QVERIFY(choice.chosen);
    QCOMPARE(choice.chosen->id, u"ours"_s);
    QCOMPARE(ids(choice), (QStringList{u"ours"_s, u"earlier"_s, u"later"_s}));
    QVERIFY(!chooseSession({}, querySample()).chosen);
}

void TestInsightsQuery::twoNearSessionsAreNeverChosenFrom()
{
    const auto choice = chooseSession(
        {session(u"second"_s, u"10:01:30"_s), session(u"first"_s, u"10:00:02"_s)}, querySample());
    QVERIFY(!choice.chosen);
    QCOMPARE(choice.nearby, 2);
    QCOMPARE(ids(choice), (QStringList{u"first"_s, u"second"_s}));
}

void TestInsightsQuery::sessionFarFromTheSendIsOnlyACandidate()
{
    for (const QString &time : {u"09:59:29"_s, u"10:02:02"_s, u"18:00:00"_s, u"09:46:00"_s}) {
        const auto choice = chooseSession({session(u"s"_s, time)}, querySample());
        QVERIFY2(!choice.chosen, qPrintable(time));
        QCOMPARE(ids(choice), QStringList{u"s"_s});
    }
    for (const QString &time : {u"09:59:30"_s, u"10:00:00"_s, u"10:02:01"_s})
        QVERIFY2(chooseSession({session(u"s"_s, time)}, querySample()).chosen, qPrintable(time));
    // Another day's is none at all.
    SessionQuery query = querySample();
    query.claimedAt = query.claimedAt.addDays(-2);
    QVERIFY(chooseSession({session(u"s"_s, u"10:00:00"_s)}, query).candidates.isEmpty());
}

void TestInsightsQuery::lateAnswerWidensTheNearTime()
{
    SessionQuery query = querySample();
    query.settledAt = query.claimedAt.addSecs(30);
    QVERIFY(chooseSession({session(u"s"_s, u"10:02:30"_s)}, query).chosen);
    query.settledAt = {};
    QVERIFY(!chooseSession({session(u"s"_s, u"10:02:30"_s)}, query).chosen);
    QVERIFY(chooseSession({session(u"s"_s, u"10:01:30"_s)}, query).chosen);
}

void TestInsightsQuery::otherNumbersAndAgentsAreNoCandidates()
{
    SessionSummary otherNumber = session(u"number"_s, u"10:00:02"_s);
    otherNumber.source = u"447700900124"_s;
    SessionSummary otherAgent = session(u"agent"_s, u"10:00:02"_s);
    otherAgent.agentId = u"65f00000000000000000a002"_s;
    const auto choice =
        chooseSession({otherNumber, otherAgent, session(u"ours"_s, u"10:00:03"_s)}, querySample());
    QVERIFY(choice.chosen);
    QCOMPARE(ids(choice), QStringList{u"ours"_s});
}

void TestInsightsQuery::numberOnEitherSideCounts()
{
    SessionSummary outbound = session(u"s"_s, u"10:00:02"_s);
    std::swap(outbound.source, outbound.destination);
    outbound.destination = u"+44 7700 900123"_s;
    QVERIFY(chooseSession({outbound}, querySample()).chosen);
}

void TestInsightsQuery::sessionThatSaysTooLittleIsNeverChosen_data()
{
    QTest::addColumn<SessionSummary>("vague");
    SessionSummary noNumber = session(u"s"_s, u"10:00:02"_s);
    noNumber.source.clear();
    noNumber.destination.clear();
    QTest::newRow("no number") << noNumber;
    SessionSummary noTime = session(u"s"_s, u"10:00:02"_s);
    noTime.startedAt = {};
    QTest::newRow("no time") << noTime;
    QTest::newRow("useless ID") << session(u".."_s, u"10:00:02"_s);
}

void TestInsightsQuery::sessionThatSaysTooLittleIsNeverChosen()
{
    QFETCH(const SessionSummary, vague);
    const auto alone = chooseSession({vague}, querySample());
    QVERIFY(!alone.chosen);
    QCOMPARE(alone.candidates.size(), 1);
    // It may be the one as well as the one that says more.
    SessionSummary clear = session(u"clear"_s, u"10:00:05"_s);
    QVERIFY(!chooseSession({vague, clear}, querySample()).chosen);
}

QTEST_APPLESS_MAIN(TestInsightsQuery)
#include "tst_insightsquery.moc"
