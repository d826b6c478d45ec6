#include "core/endpoint.h"
#include "secrets/vault.h"
#include "store/profiles.h"
#include "support/cliprocess.h"
#include "support/keyring.h"
#include "support/scriptedserver.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

/// Reads differently in JSON, in a URL and in base64. (moc 6.4 loses track of a raw string
/// with one quote in it.)
// NOLINTNEXTLINE(modernize-raw-string-literal)
const QByteArray Key = "k\"/+=\\&%-0123456789-{leak}?";

/// Every spelling in which the key may have got somewhere. Base64 of a longer text that
/// has the key inside depends on where it starts: three possibilities.
QByteArrayList spellings()
{
    const QJsonDocument document(QJsonArray{QString::fromLatin1(Key)});
    const QByteArray escaped = document.toJson(QJsonDocument::Compact).chopped(2).sliced(2);
    QByteArray escapedSlash = escaped;
    escapedSlash.replace("/", QByteArray(1, '\\') + '/');
    QByteArrayList list{Key,
                        escaped,
                        escapedSlash,
                        Key.toPercentEncoding(),
                        Key.toPercentEncoding({}, "\"\\%"),
                        Key.toHex()};
    for (int shift = 0; shift < 3; ++shift) {
        for (const auto option : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray whole = (QByteArray(shift, '.') + Key).toBase64(option);
            list.append(whole.mid(shift == 0 ? 0 : 4, Key.size())); // of its middle
        }
    }
    return list;
}

bool leaksInto(const QByteArray &text)
{
    const QByteArrayList list = spellings();
    return std::any_of(list.begin(), list.end(),
                       [&text](const QByteArray &spelling) { return text.contains(spelling); });
}

QStringList leakingFilesIn(const QString &folder)
{
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly) && leaksInto(file.readAll()))
            found.append(file.fileName());
    }
    return found;
}

/// Of every process of this computer that we may look at.
QByteArray allCommandLines()
{
    QByteArray all;
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        QFile file(u"/proc/%1/cmdline"_s.arg(process));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll() + '\n';
    }
    return all;
}

} // namespace

/// Promise 4, for the whole program: with a real keychain and real files.
class TestKeyLeak : public QObject
{
    Q_OBJECT

private slots:
    void theSearchFindsEverySpelling();
    void theKeyIsOnlyInTheRequest_data();
    void theKeyIsOnlyInTheRequest();
    void aKeyIsNotSentToAHostThatWasNotApproved();

private:
    static Profile profileFor(const QUrl &base);
};

Profile TestKeyLeak::profileFor(const QUrl &base)
{
    Profile profile = builtInProfile();
    profile.name = u"Leaky"_s;
    profile.region = Region::Custom;
    profile.customUrl = base.toString();
    profile.approvedHost = origin(base);
    profile.keyInKeychain = true;
    return profile;
}

void TestKeyLeak::theSearchFindsEverySpelling()
{
    QVERIFY(leaksInto("x" + Key));
    QVERIFY(leaksInto(toJson(JsonValue(QString::fromLatin1(Key)), JsonStyle::Compact)));
    QVERIFY(leaksInto(Key.toPercentEncoding()));
    for (const char *before : {"", "a", "ab", "abc", "key:"})
        QVERIFY(leaksInto((before + Key + "after").toBase64()));
    QVERIFY(!leaksInto(Key.chopped(1)));
}

void TestKeyLeak::theKeyIsOnlyInTheRequest_data()
{
    QTest::addColumn<bool>("fromKeychain");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<Script>("script");

    const QStringList json{u"--json"_s};
    for (const bool fromKeychain : {true, false}) {
        const QByteArray place = fromKeychain ? "keychain" : "standard input";
        const auto row = [&](const char *name, const QStringList &options, const Script &script) {
            QTest::addRow("%s, %s", place.constData(), name) << fromKeychain << options << script;
        };
        row("accepted", json, Script::answer("200 OK"));
        row("refused, for people", {}, Script::answer("401 Unauthorized"));
        // Some servers send back what they were sent.
        row("repeated by the server", json,
            Script::answer("400 Bad Request", "your key is " + Key, "X-Echo: " + Key + "\r\n"));
        row("cut off", {}, Script::raw("HTTP/1.1 20", Script::End::Close));
    }
}

void TestKeyLeak::theKeyIsOnlyInTheRequest()
{
    QFETCH(bool, fromKeychain);
    QFETCH(QStringList, options);
    QFETCH(Script, script);
    const Workplace place;
    ScriptedServer server;
    // Slowly, so that there is a process to look at.
    script.drip = std::chrono::milliseconds(1000 / script.bytes.size());
    server.willDo(script);
    const QUrl base(baseText(server.url()));
    const Profile profile = profileFor(base);
    QStringList arguments = options + QStringList{u"send"_s, place.file(requestJson())};
    if (fromKeychain) {
        Vault vault;
        QVERIFY(await(vault.store(profile.id, origin(base), Key)).has_value());
        QVERIFY(saveProfiles(place.folder(), {profile}).has_value());
        arguments << u"--profile"_s << profile.name;
    } else {
        arguments << u"--endpoint"_s << base.toString() << u"--key-stdin"_s;
    }

    CliProcess cli(place.folder(), arguments);
    cli.start(fromKeychain ? QByteArray() : Key + '\n');
    QTRY_COMPARE(server.posts(), 1);
    const QByteArray running = allCommandLines();
    QVERIFY(running.contains("icebreaker-cli"));
    QVERIFY(!leaksInto(running));
    QVERIFY(cli.waitForEnd());
    QVERIFY(cli.exitStatus() >= 0);

    QCOMPARE(server.requests.first().values("x-vgai-key"), QByteArrayList{Key}); // it was used
    QVERIFY(!leaksInto(server.requests.first().body));
    QVERIFY(!leaksInto(cli.out));
    QVERIFY(!leaksInto(cli.err));
    QCOMPARE(place.outcomes().size(), 1); // and something was written
    QCOMPARE(leakingFilesIn(QFileInfo(place.folder()).path()), QStringList());
    QCOMPARE(leakingFilesIn(QDir::homePath()), QStringList());
}

void TestKeyLeak::aKeyIsNotSentToAHostThatWasNotApproved()
{
    const Workplace place;
    ScriptedServer server;
    const QUrl base(baseText(server.url()));
    Profile profile = profileFor(base);
    profile.approvedHost = u"https://studio.example.com:443"_s;
    Vault vault;
    QVERIFY(await(vault.store(profile.id, origin(base), Key)).has_value());
    QVERIFY(saveProfiles(place.folder(), {profile}).has_value());
    CliProcess cli(place.folder(),
                   {u"send"_s, place.file(requestJson()), u"--profile"_s, profile.name});
    QCOMPARE(cli.run(), 2);
    QVERIFY2(cli.err.contains("not agreed"), cli.err.constData());
    QCOMPARE(server.connections, 0);
}

QTEST_GUILESS_MAIN(TestKeyLeak)
#include "tst_keyleak.moc"
