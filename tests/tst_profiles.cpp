#include "store/profiles.h"

#include "support/storesamples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestProfiles : public QObject
{
    Q_OBJECT

private slots:
    void withoutAFileThereIsTheSandbox();
    void everyFieldRoundTrips();
    void everyInboxRoundTrips();
    void aStatusUrlOfAnOlderFileIsElsewhere();
    void unknownMembersSurvive();
    void unusableProfilesAreNotSaved_data();
    void unusableProfilesAreNotSaved();
    void brokenFileIsSetAside_data();
    void brokenFileIsSetAside();
    void brokenFileIsNotOverwritten();
    void unreadableFileIsAnErrorAndStays();
    void othersCannotReadTheFile();
};

namespace {

Profile fullProfile()
{
    Profile profile;
    profile.id = newId();
    profile.name = u"Büro \"1\""_s;
    profile.region = Region::Custom;
    profile.customUrl = u"https://proxy.example/base"_s;
    profile.approvedHost = u"https://proxy.example:443"_s;
    profile.agentId = u"1a20"_s;
    profile.namespaceId = u"ns"_s;
    profile.inboxSource = InboxSource::Elsewhere;
    profile.statusUrl = u"https://example.org/status"_s;
    profile.appendSendId = true;
    profile.limit = 5;
    profile.live = true;
    profile.limitSharedByKey = true;
    profile.keyInKeychain = true;
    return profile;
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestProfiles::withoutAFileThereIsTheSandbox()
{
    const QTemporaryDir dir;
    const auto loaded = loadProfiles(dir.filePath(u"new"_s));
    QVERIFY(loaded);
    QVERIFY(!loaded->setAside);
    QCOMPARE(loaded->profiles.size(), 1);
    QVERIFY(loaded->profiles.front() == builtInProfile());
    QVERIFY(loaded->profiles.front().region == Region::Sandbox);
    QVERIFY(!loaded->profiles.front().live);
    QVERIFY(saveProfiles(dir.filePath(u"new"_s), loaded->profiles));
}

void TestProfiles::everyFieldRoundTrips()
{
    const QTemporaryDir dir;
    const QList<Profile> profiles{builtInProfile(), fullProfile()};
    QVERIFY(saveProfiles(dir.path(), profiles));
    const auto loaded = loadProfiles(dir.path());
    QVERIFY(loaded && !loaded->setAside);
    QVERIFY(loaded->profiles == profiles);
}

void TestProfiles::everyInboxRoundTrips()
{
    const QTemporaryDir dir;
    for (const InboxSource source :
         {InboxSource::BuiltIn, InboxSource::WebhookSite, InboxSource::Elsewhere}) {
        Profile profile = builtInProfile();
        profile.inboxSource = source;
        QVERIFY(saveProfiles(dir.path(), {profile}));
        const auto loaded = loadProfiles(dir.path());
        QVERIFY(loaded && loaded->profiles.front() == profile);
    }
}

void TestProfiles::aStatusUrlOfAnOlderFileIsElsewhere()
{
    const QTemporaryDir dir;
    const QByteArray id = newId().toUtf8();
    const QByteArray other = newId().toUtf8();
    write(dir.filePath(u"profiles.json"_s),
          R"({"profiles":[{"id":")" + id + R"(","name":"A","status_url":"https://h.org/x"},)"
              + R"({"id":")" + other + R"(","name":"B","status_url":""}]})");
    const auto loaded = loadProfiles(dir.path());
    QVERIFY(loaded && !loaded->setAside);
    QCOMPARE(loaded->profiles.at(0).inboxSource, InboxSource::Elsewhere);
    QVERIFY(!loaded->profiles.at(0).appendSendId);
    QCOMPARE(loaded->profiles.at(1).inboxSource, InboxSource::BuiltIn);
}

void TestProfiles::unknownMembersSurvive()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"profiles.json"_s);
    const QString id = newId();
    write(path,
          R"({"zoom":1.50,"profiles":[{"colour":"red","id":")" + id.toUtf8()
              + R"(","name":"A","limit":3,"deep":{"b":[1]}}],"after":null})");
    auto loaded = loadProfiles(dir.path());
    QVERIFY(loaded && !loaded->setAside);
    loaded->profiles.front().name = u"B"_s;
    loaded->profiles.prepend(fullProfile());
    QVERIFY(saveProfiles(dir.path(), loaded->profiles));
    const QByteArray saved = read(path);
    QVERIFY(saved.contains(R"("zoom": 1.50)"));
    QVERIFY(saved.contains(R"("after": null)"));
    QCOMPARE(saved.count(R"("colour": "red")"), 1);
    QVERIFY(saved.contains(R"("name": "B")"));
    QVERIFY(saved.contains("\"deep\": {"));
    QVERIFY(loadProfiles(dir.path())->profiles == loaded->profiles);
}

void TestProfiles::unusableProfilesAreNotSaved_data()
{
    QTest::addColumn<QString>("mistake");
    for (const char *mistake : {"id", "braces", "twice", "name", "limit 0", "limit 2", "limit 4",
                                "limit 6", "custom without URL", "custom http", "none"})
        QTest::newRow(mistake) << QString::fromLatin1(mistake);
}

void TestProfiles::unusableProfilesAreNotSaved()
{
    QFETCH(const QString, mistake);
    const QTemporaryDir dir;
    const QList<Profile> good{fullProfile()};
    QVERIFY(saveProfiles(dir.path(), good));
    QList<Profile> bad{fullProfile()};
    Profile &profile = bad.front();
    if (mistake == u"id"_s)
        profile.id = u"../x"_s;
    else if (mistake == u"braces"_s)
        profile.id = u'{' + newId() + u'}';
    else if (mistake == u"twice"_s)
        bad.append(bad.front());
    else if (mistake == u"name"_s)
        profile.name = u" "_s;
    else if (mistake.startsWith(u"limit"_s))
        profile.limit = mistake.last(1).toInt();
    else if (mistake == u"custom without URL"_s)
        profile.customUrl.clear();
    else if (mistake == u"custom http"_s)
        profile.customUrl = u"http://example.org"_s;
    else
        bad.clear();
    const auto saved = saveProfiles(dir.path(), bad);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::InvalidInput);
    QVERIFY(loadProfiles(dir.path())->profiles == good);
}

void TestProfiles::brokenFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray id = newId().toUtf8();
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("cut") << QByteArray(R"({"profiles":[{)");
    QTest::newRow("not an object") << QByteArray("[]");
    QTest::newRow("no list") << QByteArray("{}");
    QTest::newRow("empty list") << QByteArray(R"({"profiles":[]})");
    QTest::newRow("not a profile") << QByteArray(R"({"profiles":[1]})");
    QTest::newRow("limit") << R"({"profiles":[{"id":")" + id + R"(","name":"A","limit":2}]})";
    QTest::newRow("limit as text")
        << R"({"profiles":[{"id":")" + id + R"(","name":"A","limit":"3"}]})";
    QTest::newRow("limit 1.0") << R"({"profiles":[{"id":")" + id + R"(","name":"A","limit":1.0}]})";
    QTest::newRow("live as text") << R"({"profiles":[{"id":")" + id
            + R"(","name":"A","live":"yes"}]})";
    QTest::newRow("region") << R"({"profiles":[{"id":")" + id + R"(","name":"A","region":"x"}]})";
    QTest::newRow("no name") << R"({"profiles":[{"id":")" + id + R"("}]})";
    QTest::newRow("no id") << QByteArray(R"({"profiles":[{"name":"A"}]})");
    QTest::newRow("binary") << QByteArray("\0\xFF\x01", 3);
}

void TestProfiles::brokenFileIsSetAside()
{
    QFETCH(const QByteArray, content);
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"profiles.json"_s);
    write(path, content);
    const auto loaded = loadProfiles(dir.path());
    QVERIFY(loaded);
    QVERIFY(loaded->setAside);
    QCOMPARE(read(*loaded->setAside), content);
    QVERIFY(!QFile::exists(path));
    QVERIFY(loaded->profiles == QList<Profile>{builtInProfile()});
}

void TestProfiles::brokenFileIsNotOverwritten()
{
    const QTemporaryDir dir;
    write(dir.filePath(u"profiles.json"_s), "{ my notes");
    QVERIFY(saveProfiles(dir.path(), {fullProfile()}));
    const auto aside = QDir(dir.path()).entryInfoList({u"profiles-damaged-*.json"_s});
    QCOMPARE(aside.size(), 1);
    QCOMPARE(read(aside.front().filePath()), QByteArray("{ my notes"));
}

void TestProfiles::unreadableFileIsAnErrorAndStays()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(u"profiles.json"_s)); // cannot be read, even by root
    QVERIFY(!loadProfiles(dir.path()));
    QVERIFY(!saveProfiles(dir.path(), {fullProfile()}));
    QVERIFY(QFileInfo(dir.filePath(u"profiles.json"_s)).isDir());
}

void TestProfiles::othersCannotReadTheFile()
{
    const QTemporaryDir dir;
    QVERIFY(saveProfiles(dir.path(), {fullProfile()}));
    constexpr auto Owner = QFile::ReadOwner | QFile::WriteOwner;
    constexpr auto Others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    const auto permissions = QFileInfo(dir.filePath(u"profiles.json"_s)).permissions();
    QCOMPARE(permissions & (Owner | Others), QFile::Permissions(Owner));
}

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
