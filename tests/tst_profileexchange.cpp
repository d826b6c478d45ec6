#include "store/profileexchange.h"

#include "store/profilejson.h"
#include "support/storesamples.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestProfileExchange : public QObject
{
    Q_OBJECT

private slots:
    void whatIsHandedOnComesBack();
    void whatIsPersonalStaysHere();
    void aFileCannotDecideForItsReader();
    void hostileFilesAreRefused_data();
    void hostileFilesAreRefused();
    void oldProfilesAreStillRead();
};

namespace {

Profile shop()
{
    Profile profile;
    profile.id = newId();
    profile.name = u"Büro \"1\""_s;
    profile.region = Region::Custom;
    profile.customUrl = u"https://proxy.example/base"_s;
    profile.approvedHost = u"https://proxy.example:443"_s;
    profile.agentId = u"64b7f0c2a9d14e5b8c3f1a20"_s;
    profile.namespaceId = u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s;
    profile.inboxSource = InboxSource::Elsewhere;
    profile.statusUrl = u"https://example.org/status"_s;
    profile.appendSendId = true;
    profile.limit = 5;
    profile.live = true;
    profile.onlyTestNumbers = true;
    profile.limitSharedByKey = true;
    profile.keyInKeychain = true;
    profile.quiet = {true, true, true};
    profile.limitRequest = LimitRequest{5, QDateTime::currentDateTimeUtc(), {}, {}};
    return profile;
}

} // namespace

void TestProfileExchange::whatIsHandedOnComesBack()
{
    const Profile sent = shop();
    const auto got = importProfile(exportProfile(sent));
    QVERIFY(got);
    Profile expected = sent;
    expected.id = got->id;
    expected.approvedHost.clear();
    expected.keyInKeychain = false;
    expected.quiet = {};
    expected.limitRequest.reset();
    QVERIFY(*got == expected);
    QVERIFY(got->id != sent.id);
    QVERIFY(importProfile(exportProfile(sent))->id != got->id);
}

void TestProfileExchange::whatIsPersonalStaysHere()
{
    const Profile profile = shop();
    const QByteArray json = exportProfile(profile);
    QVERIFY(!json.contains(profile.id.toUtf8()));
    for (const char *word : {"approved_host", "key_in_keychain", "quiet", "limit_request"})
        QVERIFY2(!json.contains(word), word);
}

void TestProfileExchange::aFileCannotDecideForItsReader()
{
    const auto got = importProfile(
        R"({"icebreaker_profile":1,"id":"6c6f6f70-6261-4b00-8000-000000000001","name":" x ",
            "region":"custom","custom_url":"https://evil.example","live":true,
            "approved_host":"https://evil.example:443","key_in_keychain":true,
            "quiet":{"repeated":true,"first_live_today":true,"whole_batch":true}})");
    QVERIFY(got);
    QVERIFY(got->id != u"6c6f6f70-6261-4b00-8000-000000000001"_s);
    QCOMPARE(got->name, u"x"_s);
    QVERIFY(got->approvedHost.isEmpty());
    QVERIFY(!got->keyInKeychain);
    QVERIFY(got->quiet == QuietQuestions());
}

void TestProfileExchange::hostileFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &members) {
        QTest::newRow(name) << "{\"icebreaker_profile\":1," + members + '}';
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << "hello"_ba;
    QTest::newRow("a list") << "[]"_ba;
    QTest::newRow("some other JSON") << R"({"name":"x"})"_ba;
    QTest::newRow("newer version") << R"({"icebreaker_profile":2,"name":"x"})"_ba;
    QTest::newRow("too large") << R"({"icebreaker_profile":1,"name":")"
            + QByteArray(LargestProfileFile, 'x') + "\"}";
    QTest::newRow("too deep") << QByteArray(1000, '[');
    row("no name", R"("region":"eu")");
    row("blank name", R"("name":"  ")");
    row("long name", "\"name\":\"" + QByteArray(201, 'x') + '"');
    row("line break in the name", R"("name":"a\nb")");
    row("direction mark in the name",
        "\"name\":\"a\xE2\x80\xAE"
        "b\"");
    row("unknown region", R"("name":"x","region":"moon")");
    row("name is a number", R"("name":5)");
    row("custom without URL", R"("name":"x","region":"custom")");
    row("plain http", R"("name":"x","region":"custom","custom_url":"http://h.org"})");
    row("user in the URL", R"("name":"x","region":"custom","custom_url":"https://u:p@h.org")");
    row("URL without custom region", R"("name":"x","region":"eu","custom_url":"https://h.org")");
    row("status URL is a script", R"x("name":"x","region":"eu","status_url":"javascript:x()")x");
    row("status URL is a file", R"("name":"x","region":"eu","status_url":"file:///etc/passwd")");
    row("limit 1000", R"("name":"x","limit":1000)");
    row("live is a text", R"("name":"x","live":"no")");
}

void TestProfileExchange::hostileFilesAreRefused()
{
    QFETCH(const QByteArray, json);
    const auto got = importProfile(json);
    QVERIFY(!got);
    QVERIFY(got.error().kind == ErrorKind::InvalidInput);
}

void TestProfileExchange::oldProfilesAreStillRead()
{
    const auto json = parseJson(R"({"id":"6c6f6f70-6261-4b00-8000-00000000aaaa","name":"Shop",
        "region":"us","limit":3,"live":true,"limit_shared_by_key":false})");
    QVERIFY(json);
    const auto profile = profileFromJson(*json);
    QVERIFY(profile);
    QVERIFY(profile->live);
    QVERIFY(!profile->onlyTestNumbers);
    QVERIFY(profile->quiet == QuietQuestions()); // everything is asked
    QVERIFY(!profile->limitRequest);
}

QTEST_APPLESS_MAIN(TestProfileExchange)
#include "tst_profileexchange.moc"
