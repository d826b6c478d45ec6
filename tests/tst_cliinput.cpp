#include "core/endpoint.h"
#include "store/addressbook.h"
#include "store/inboxfile.h"
#include "store/profiles.h"
#include "support/cliprocess.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

/// What icebreaker-cli is given: whatever cannot be used ends with 2, and nothing is sent.
class TestCliInput : public QObject
{
    Q_OBJECT

private slots:
    void wrongUsageIsExplained_data();
    void wrongUsageIsExplained();
    void helpIsNoMistake_data();
    void helpIsNoMistake();
    void filesThatAreNoRequestAreRefused_data();
    void filesThatAreNoRequestAreRefused();
    void filesThatCannotBeReadAreRefused();
    void errorsOfTheRequestStopIt();
    void aMissingStatusUrlIsTheProfilesInboxs_data();
    void aMissingStatusUrlIsTheProfilesInboxs();
    void anInboxThatTheCloudCannotReachStopsIt();
    void warningsDoNotStopIt();
    void theRequestCanComeFromStandardInput();
    void theKeyIsTheFirstLineOfStandardInput();
    void keysThatCannotBeUsedAreRefused_data();
    void keysThatCannotBeUsedAreRefused();
    void aVariableThatIsNotSetIsNoKey();
    void aProfileSaysWhereTo();
    void aProfileMustBeKnownByItsName_data();
    void aProfileMustBeKnownByItsName();
    void anEndpointNeedsAKeyOfItsOwn();
    void aLimitedProfileReachesItsTestNumbersOnly();

private:
    static Profile customProfile(const QUrl &base)
    {
        Profile profile = builtInProfile();
        profile.name = u"Mine"_s;
        profile.region = Region::Custom;
        profile.customUrl = base.toString();
        profile.approvedHost = origin(base);
        return profile;
    }
};

void TestCliInput::wrongUsageIsExplained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("explanation");
    const auto row = [](const char *arguments, const char *explanation) {
        QTest::newRow(*arguments == '\0' ? "nothing" : arguments)
            << QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts)
            << QByteArray(explanation);
    };
    row("", "No command");
    row("batch", "one CSV file, or --resume");
    row("batch a b --request r --region sandbox", "one CSV file");
    row("batch a --region sandbox", "--request FILE");
    row("batch a --request r", "--region, --endpoint or --profile");
    row("batch a --request r --region sandbox --limit 4", "--limit cannot be 4");
    row("batch a --request r --region sandbox --map to", "FIELD=COLUMN");
    row("batch a --request r --region sandbox --map =x", "FIELD=COLUMN");
    row("batch a --request r --region sandbox --encoding latin", "windows-1252, not latin");
    row("batch a --request r --region sandbox --delimiter x", "pipe, not x");
    row("batch a --request - --region sandbox --key-stdin", "both the request and the key");
    row("batch a --resume last", "--resume takes no CSV");
    row("batch --resume soon", "number or “last”");
    row("batch --resume last --check", "--check does not go with --resume");
    row("batch --resume last --any-number", "--any-number does not go with --resume");
    row("batch --resume last --region eu", "--region does not go with --resume");
    row("import --from curl", "one FILE");
    row("import --from wget a", "json, not wget");
    row("import - --environment -", "two files");
    row("import /nowhere", "cannot be read");
    row("export", "one FILE");
    row("export a", "--to is curl");
    row("export a --to ruby", "not “ruby”");
    row("export a --to curl --region sandbox", "eu or us");
    row("export a --to curl --endpoint http://h.example", "https");
    row("export a --to curl --key-env X", "key-env");
    row("send", "one FILE");
    row("send a b --region sandbox", "one FILE");
    row("send a", "--region, --endpoint or --profile");
    row("send a --frobnicate", "frobnicate");
    row("send a --port 5", "port");
    row("send a --region", "region");
    row("send a --region mars", "eu, us or sandbox");
    row("send a --region custom", "eu, us or sandbox");
    row("send a --region eu --endpoint https://h.example", "contradict");
    row("send a --region eu --region us", "twice");
    row("send a --region= --profile p", "empty");
    row("send a --region eu", "no API key");
    row("send a --endpoint http://h.example --key-env TEST_KEY", "https");
    row("send a --endpoint https://u:p@h.example --key-env TEST_KEY", "https");
    row("send a --region sandbox --key-stdin --key-env TEST_KEY", "contradict");
    row("send - --region sandbox --key-stdin", "Standard input");
    row("send a --region sandbox --json=yes", "json");
    row("log --limit 0", "limit");
    row("log --limit 10001", "limit");
    row("log --limit many", "limit");
    row("log --region eu", "region");
    row("log foo:bar", "foo:bar");
    row("log status:9", "status:9");
    row("sandbox please", "no argument");
    row("sandbox --port 65536", "port");
    row("sandbox --limit 2", "limit");
}

void TestCliInput::wrongUsageIsExplained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, explanation);
    const Workplace place;
    CliProcess cli(place.folder(), arguments);
    QCOMPARE(cli.run(), 2);
    QCOMPARE(cli.out, QByteArray());
    QVERIFY2(cli.err.contains(explanation), cli.err.constData());
    QVERIFY(!QFileInfo::exists(place.folder())); // nothing was touched
}

void TestCliInput::helpIsNoMistake_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("of all") << QStringList{u"--help"_s} << QByteArray("send FILE|-");
    QTest::newRow("of send") << QStringList{u"send"_s, u"-h"_s} << QByteArray("--key-stdin");
    QTest::newRow("of log") << QStringList{u"log"_s, u"--help"_s} << QByteArray("outcome:unknown");
    QTest::newRow("of sandbox") << QStringList{u"sandbox"_s, u"--help"_s} << QByteArray("--port");
    QTest::newRow("version") << QStringList{u"--version"_s} << QByteArray(ICEBREAKER_VERSION);
}

void TestCliInput::helpIsNoMistake()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, part);
    const Workplace place;
    CliProcess cli(place.folder(), arguments);
    QCOMPARE(cli.run(), 0);
    QVERIFY2(cli.out.contains(part), cli.out.constData());
    QVERIFY2(cli.err.isEmpty(), cli.err.constData());
}

void TestCliInput::filesThatAreNoRequestAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("explanation");
    QTest::newRow("empty") << QByteArray() << QByteArray("is empty");
    QTest::newRow("white space") << QByteArray(" \n") << QByteArray("is empty");
    QTest::newRow("broken") << QByteArray("{\n \"to\": \"1\",\n oops") << QByteArray("Line 3");
    QTest::newRow("cut") << requestJson().chopped(1) << QByteArray("Line 1");
    QTest::newRow("two") << requestJson() + requestJson() << QByteArray("Line 1");
    QTest::newRow("a list") << QByteArray("[") + requestJson() + ']'
                            << QByteArray("one JSON object");
    QTest::newRow("a text") << QByteArray("\"to\"") << QByteArray("one JSON object");
    QTest::newRow("not UTF-8") << requestJson("447946000958",
                                              R"(,"name":"J)"
                                              "\xfc"
                                              R"(rgen")")
                               << QByteArray("UTF-8");
    QTest::newRow("UTF-8 that ends early") << QByteArray("{\"a\":\"\xc3") << QByteArray("UTF-8");
    QTest::newRow("2 MiB") << requestJson("447946000958",
                                          R"(,"x":")" + QByteArray(2'097'152, 'x') + '"')
                           << QByteArray("1 MiB");
    QTest::newRow("too deep") << QByteArray(100'000, '[') << QByteArray("deeper");
}

void TestCliInput::filesThatAreNoRequestAreRefused()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, explanation);
    const Workplace place;
    const ScriptedServer server;
    const QStringList rest{u"--endpoint"_s, baseText(server.url()), u"--key-env"_s, u"TEST_KEY"_s};
    CliProcess fromFile(place.folder(), QStringList{u"send"_s, place.file(content)} + rest);
    QCOMPARE(fromFile.run(), 2);
    QVERIFY2(fromFile.err.contains(explanation), fromFile.err.constData());
    CliProcess fromInput(place.folder(), QStringList{u"send"_s, u"-"_s} + rest);
    QCOMPARE(fromInput.run(content), 2);
    QVERIFY2(fromInput.err.contains(explanation), fromInput.err.constData());
    QCOMPARE(server.connections, 0);
}

void TestCliInput::filesThatCannotBeReadAreRefused()
{
    const Workplace place;
    for (const QString &name : {place.file({}) + u"-absent"_s, QDir::tempPath()}) {
        CliProcess cli(place.folder(), {u"send"_s, name, u"--region"_s, u"sandbox"_s});
        QCOMPARE(cli.run(), 2);
        QVERIFY2(cli.err.contains("cannot be read"), cli.err.constData());
    }
}

void TestCliInput::errorsOfTheRequestStopIt()
{
    const Workplace place;
    const ScriptedServer server;
    QByteArray json = requestJson("12",
                                  R"(,"components":[{"type":"body","parameters":)"
                                  R"([{"type":"text","text":"a"},{"type":"text","text":""}]}])");
    json.replace(R"("status_url":"https://status.example.com/x")", R"("status_url":"")");
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(json), u"--endpoint"_s, baseText(server.url()),
                    u"--key-env"_s, u"TEST_KEY"_s});
    QCOMPARE(cli.run(), 2);
    QVERIFY2(cli.err.contains("error: to: Too short"), cli.err.constData());
    QVERIFY2(cli.err.contains("error: components, no. 2: An empty value"), cli.err.constData());
    QVERIFY2(cli.err.contains("error: status_url: "), cli.err.constData());
    QCOMPARE(server.connections, 0);
    QVERIFY(!QFileInfo::exists(place.folder()));
}

void TestCliInput::aMissingStatusUrlIsTheProfilesInboxs_data()
{
    QTest::addColumn<InboxSource>("source");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("before"); // the send's ID
    QTest::addColumn<QString>("after");
    QTest::newRow("built-in") << InboxSource::BuiltIn << QString()
                              << u"https://t.example/in/secretsecretsecret/s/"_s << QString();
    QTest::newRow("webhook.site")
        << InboxSource::WebhookSite << QString()
        << u"https://webhook.site/7c9e6679-7425-40de-944b-e07fc1f90ae7/s/"_s << QString();
    QTest::newRow("elsewhere") << InboxSource::Elsewhere << u"https://h.org/x?job=1"_s
                               << u"https://h.org/x/s/"_s << u"?job=1"_s;
}

void TestCliInput::aMissingStatusUrlIsTheProfilesInboxs()
{
    QFETCH(const InboxSource, source);
    QFETCH(const QString, typed);
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    const Workplace place;
    const ScriptedServer server;
    Profile profile = customProfile(QUrl(baseText(server.url())));
    profile.inboxSource = source;
    profile.statusUrl = typed;
    profile.appendSendId = true;
    QVERIFY(saveProfiles(place.folder(), {profile}));
    InboxFile inbox;
    inbox.listener.secret = u"secretsecretsecret"_s;
    inbox.listener.publicBase = u"https://t.example/in"_s;
    inbox.places.insert(
        profile.id,
        {u"https://webhook.site"_s, u"7c9e6679-7425-40de-944b-e07fc1f90ae7"_s, {}, {}, false});
    QVERIFY(saveInbox(place.folder(), inbox));
    QByteArray json = requestJson();
    json.replace(R"(,"status_url":"https://status.example.com/x")", "");
    CliProcess cli(place.folder(),
                   {u"send"_s, u"--json"_s, place.file(json), u"--profile"_s, profile.name,
                    u"--key-env"_s, u"TEST_KEY"_s});
    QCOMPARE(cli.run(), 0);
    const QString id = textOf(cli.objects().first(), u"id");
    const auto url = "\"status_url\": \""_L1 + before + id + after + u'"';
    const QByteArray body = server.requests.first().body;
    QVERIFY2(QByteArray(body)
                 .replace("\": \"", "\":\"")
                 .contains(QString(url).replace("\": \""_L1, "\":\""_L1).toUtf8()),
             body.constData());
}

void TestCliInput::anInboxThatTheCloudCannotReachStopsIt()
{
    const Workplace place;
    Profile profile = builtInProfile();
    profile.name = u"Live"_s;
    profile.region = Region::Eu;
    QVERIFY(saveProfiles(place.folder(), {profile}));
    QByteArray json = requestJson();
    json.replace(R"(,"status_url":"https://status.example.com/x")", "");
    CliProcess cli(
        place.folder(),
        {u"send"_s, place.file(json), u"--profile"_s, profile.name, u"--key-env"_s, u"TEST_KEY"_s});
    QCOMPARE(cli.run(), 2);
    QVERIFY2(cli.err.contains("error: status_url: "), cli.err.constData());
    QVERIFY2(cli.err.contains("cannot reach this computer"), cli.err.constData());
}

void TestCliInput::warningsDoNotStopIt()
{
    const Workplace place;
    ScriptedServer server;
    QByteArray json = requestJson();
    json.replace(R"("locale":"en")", R"("locale":"xx")");
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(json), u"--endpoint"_s, baseText(server.url()),
                    u"--key-env"_s, u"TEST_KEY"_s});
    QCOMPARE(cli.run(), 0);
    QVERIFY2(cli.err.contains("warning: locale: "), cli.err.constData());
    QCOMPARE(server.posts(), 1);
}

void TestCliInput::theRequestCanComeFromStandardInput()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(place.folder(),
                   {u"send"_s, u"-"_s, u"--endpoint"_s, baseText(server.url()), u"--key-env"_s,
                    u"TEST_KEY"_s});
    QCOMPARE(cli.run("\xEF\xBB\xBF" + requestJson() + "\r\n"), 0); // as some editors save it
    QCOMPARE(server.requests.first().body, toJson(*parseJson(requestJson()), JsonStyle::Indented));
}

void TestCliInput::theKeyIsTheFirstLineOfStandardInput()
{
    const Workplace place;
    ScriptedServer server;
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(requestJson()), u"--endpoint"_s, baseText(server.url()),
                    u"--key-stdin"_s});
    QCOMPARE(cli.run(" first-key \r\nsecond line\n"), 0);
    QCOMPARE(server.requests.first().values("x-vgai-key"), QByteArrayList{"first-key"});
}

void TestCliInput::keysThatCannotBeUsedAreRefused_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("an empty line") << QByteArray("\nkey\n");
    QTest::newRow("two words") << QByteArray("secret-one secret-two\n");
    QTest::newRow("beyond ASCII") << QByteArray("secret-\xc3\xa9\n");
    QTest::newRow("a whole file") << "secret-" + QByteArray(100'000, 'x');
}

void TestCliInput::keysThatCannotBeUsedAreRefused()
{
    QFETCH(QByteArray, input);
    const Workplace place;
    const ScriptedServer server;
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(requestJson()), u"--endpoint"_s, baseText(server.url()),
                    u"--key-stdin"_s});
    QCOMPARE(cli.run(input), 2);
    QVERIFY2(cli.err.contains("API key"), cli.err.constData());
    QVERIFY(!cli.err.contains("secret"));
    QCOMPARE(server.connections, 0);
}

void TestCliInput::aVariableThatIsNotSetIsNoKey()
{
    const Workplace place;
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(requestJson()), u"--region"_s, u"sandbox"_s,
                    u"--key-env"_s, u"UNSET_KEY"_s});
    QCOMPARE(cli.run(), 2);
    QVERIFY2(cli.err.contains("UNSET_KEY is not set"), cli.err.constData());
}

void TestCliInput::aProfileSaysWhereTo()
{
    const Workplace place;
    ScriptedServer server;
    const Profile profile = customProfile(QUrl(baseText(server.url())));
    QVERIFY(saveProfiles(place.folder(), {profile}).has_value());
    for (const QString &name : {profile.name, profile.id}) {
        CliProcess cli(place.folder(),
                       {u"send"_s, place.file(requestJson()), u"--profile"_s, name, u"--no-pace"_s,
                        u"--key-env"_s, u"TEST_KEY"_s});
        QCOMPARE(cli.run(), 0);
        QCOMPARE(textOf(place.log().first(), u"profile"), profile.name);
    }
    QCOMPARE(server.posts(), 2);
}

void TestCliInput::aProfileMustBeKnownByItsName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("explanation");
    QTest::newRow("unknown") << u"Yours"_s << QByteArray("no profile");
    QTest::newRow("another case") << u"mine"_s << QByteArray("no profile");
    QTest::newRow("two of that name") << u"Twin"_s << QByteArray("More than one");
}

void TestCliInput::aProfileMustBeKnownByItsName()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, explanation);
    const Workplace place;
    const ScriptedServer server;
    QList<Profile> profiles(3, customProfile(QUrl(baseText(server.url()))));
    for (qsizetype i = 0; i < profiles.size(); ++i) {
        profiles[i].id = u"6c6f6f70-6261-4b00-8000-00000000001%1"_s.arg(i);
        profiles[i].name = i == 0 ? u"Mine"_s : u"Twin"_s;
    }
    QVERIFY(saveProfiles(place.folder(), profiles).has_value());
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(requestJson()), u"--profile"_s, name, u"--key-env"_s,
                    u"TEST_KEY"_s});
    QCOMPARE(cli.run(), 2);
    QVERIFY2(cli.err.contains(explanation), cli.err.constData());
    QCOMPARE(server.connections, 0);
}

// Giving the key by hand is what agrees to its being sent there.
void TestCliInput::anEndpointNeedsAKeyOfItsOwn()
{
    const Workplace place;
    const ScriptedServer server;
    Profile profile = builtInProfile();
    profile.region = Region::Eu;
    profile.keyInKeychain = true;
    QVERIFY(saveProfiles(place.folder(), {profile}).has_value());
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(requestJson()), u"--endpoint"_s, baseText(server.url()),
                    u"--profile"_s, profile.name});
    QCOMPARE(cli.run(), 2);
    QVERIFY2(cli.err.contains("not agreed"), cli.err.constData());
    QCOMPARE(server.connections, 0);
}

// Break it by leaving out checkTestNumbers() in readSendInput().
void TestCliInput::aLimitedProfileReachesItsTestNumbersOnly()
{
    const Workplace place;
    ScriptedServer server;
    Profile profile = customProfile(QUrl(baseText(server.url())));
    profile.live = true;
    profile.onlyTestNumbers = true;
    QVERIFY(saveProfiles(place.folder(), {profile}).has_value());
    const auto send = [&](const QStringList &more) {
        CliProcess cli(place.folder(),
                       QStringList{u"send"_s, place.file(requestJson()), u"--profile"_s,
                                   profile.name, u"--no-pace"_s, u"--key-env"_s, u"TEST_KEY"_s}
                           + more);
        const int status = cli.run();
        return std::pair(status, cli.err);
    };
    const auto [status, err] = send({});
    QCOMPARE(status, 2);
    QVERIFY2(err.contains("447946000958") && err.contains("--any-number"), err.constData());
    QCOMPARE(server.connections, 0);
    QVERIFY(place.log().isEmpty());

    QCOMPARE(send({u"--any-number"_s}).first, 0);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(send({u"--region"_s, u"sandbox"_s}).first, 1); // nobody's phone; the key is another
    QVERIFY(saveAddressBook(place.folder(), profile.id,
                            AddressBook({{u"447946000958"_s, u"Anna"_s, true, {}}})));
    QCOMPARE(send({}).first, 0);
    QCOMPARE(server.posts(), 2);
}

QTEST_GUILESS_MAIN(TestCliInput)
#include "tst_cliinput.moc"
